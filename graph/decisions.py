"""Decisions of curators: checked when they are made, and applied to what was extracted. Pure.

A claim's effective state is its extraction with all its decisions applied in order; nothing else goes into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from graph.corrected_effects import unprinted
from graph.corrected_values import clean
from graph.corrections import implied, parse_path, set_value, value_at
from graph.errors import BadCorrection
from graph.model import Change, Decision, JsonValue, Reason, Verdict
from graph.records import decision_iri
from ingest.claim import Claim, Status
from ingest.settle import settle
from ingest.terminology import Terminology

LONGEST_AUTHOR, LONGEST_NOTE, MOST_CHANGES = 200, 4_000, 50
_STATUS = {Verdict.ACCEPT: Status.ACCEPTED, Verdict.REJECT: Status.REJECTED, Verdict.CORRECT: Status.CORRECTED}


def make_decision(
    claim: Claim,
    text: str,
    terminology: Terminology,
    verdict: Verdict,
    *,
    changes: Sequence[tuple[str, JsonValue]] = (),
    reason: Reason | None = None,
    note: str | None = None,
    author: str,
    made_at: str,
) -> Decision:
    """The decision as it will be recorded, with the values before. ``claim`` is in its effective state,
    ``text`` is its article's.

    Raises BadCorrection when a part of it is missing, too long, or not allowed.
    """
    _check_words(verdict, changes, reason, note, author, made_at)
    state, recorded = claim, list[Change]()
    for field, value in changes:
        steps = [Change(field, value_at(state, field), value), *implied(state, field, value, terminology)]
        for step in steps:
            state = set_value(state, step.field, step.new, text)
        recorded += steps
    if recorded and state == claim:
        raise BadCorrection("changes", "nothing would change; to confirm the claim as it is, accept it")
    revision = claim.revision + 1
    told = [verdict, [[c.field, c.old, c.new] for c in recorded], reason, note, author, made_at]
    return Decision(
        id=decision_iri(claim.id, revision, *told),
        claim=claim.id,
        content_key=claim.content_key,
        article=claim.article,
        text_sha256=claim.text_sha256,
        verdict=verdict,
        changes=tuple(recorded),
        reason=reason,
        note=note,
        author=author,
        made_at=made_at,
        revision=revision,
    )


def _check_words(
    verdict: Verdict,
    changes: Sequence[tuple[str, JsonValue]],
    reason: Reason | None,
    note: str | None,
    author: str,
    made_at: str,
) -> None:
    if verdict is Verdict.CORRECT and not changes:
        raise BadCorrection("changes", "a correction needs at least one change")
    if verdict is not Verdict.CORRECT and changes:
        raise BadCorrection("changes", f"{verdict.value} goes without changes; to change the claim, correct it")
    if verdict is Verdict.REJECT and reason is None:
        raise BadCorrection("reason", f"a rejection needs a reason: {', '.join(Reason)}")
    if len(changes) > MOST_CHANGES:
        raise BadCorrection("changes", f"at most {MOST_CHANGES} changes in one decision")
    if not author.strip():
        raise BadCorrection("author", "a decision needs its author")
    clean("author", author, LONGEST_AUTHOR)
    if note is not None:
        clean("note", note, LONGEST_NOTE, lines=True)
    try:
        datetime.fromisoformat(made_at)
    except ValueError as error:
        raise BadCorrection("made_at", f"an ISO 8601 time is needed: {error}") from error


def effective(extracted: Claim, decisions: Sequence[Decision], text: str) -> tuple[Claim, list[Decision]]:
    """The claim after ``decisions``, in their order, and those of them that do not fit it.

    A decision does not fit when it sets a field of an effect that no longer reads as it did when the decision was
    made: the numbers of a claim may come in another order, and a correction must not land on the wrong one.
    """
    state, touched, misfits, applied = extracted, set[int](), list[Decision](), 0
    last: Status | None = None
    for decision in decisions:
        changed = _changed(state, touched, decision, text)
        if changed is None:
            misfits.append(decision)
            continue
        state, touched = changed
        applied, last = applied + 1, _STATUS[decision.verdict]
    if last is None:
        return extracted, misfits
    corrected = any(d.changes for d in decisions if d not in misfits)
    return _standing(state, touched if corrected else None, last, extracted.revision + applied), misfits


def stages(extracted: Claim, decisions: Sequence[Decision], text: str) -> list[Claim]:
    """The claim as it was extracted, and as ``effective`` gives it after each decision that fits, in their order."""
    found, state, touched, corrected = [extracted], extracted, set[int](), False
    for decision in decisions:
        changed = _changed(state, touched, decision, text)
        if changed is not None:
            state, touched = changed
            corrected = corrected or bool(decision.changes)
            revision = extracted.revision + len(found)
            found.append(_standing(state, touched if corrected else None, _STATUS[decision.verdict], revision))
    return found


def _standing(state: Claim, touched: set[int] | None, status: Status, revision: int) -> Claim:
    """The claim with what follows from its fields worked out again; ``touched`` None: no decision changed any."""
    if touched is not None:
        settled = settle(state)
        notes = [check for index in sorted(touched) for check in unprinted(index, settled.effects[index])]
        state = replace(settled, checks=(*settled.checks, *notes))
    return replace(state, status=status, revision=revision)


def _changed(claim: Claim, touched: set[int], decision: Decision, text: str) -> tuple[Claim, set[int]] | None:
    """The claim and the effects that curators have touched, after one decision; None when it does not fit."""
    numbered = set(touched)
    for change in decision.changes:
        head, index, rest = parse_path(change.field)
        if index is not None and (index >= len(claim.effects) or value_at(claim, change.field) != change.old):
            return None
        try:
            claim = set_value(claim, change.field, change.new, text)
        except BadCorrection:
            return None
        if head == "effects" and index is not None:
            if rest is None:
                numbered = {i - (i > index) for i in numbered if i != index}
            else:
                numbered.add(index)
    return claim, numbered
