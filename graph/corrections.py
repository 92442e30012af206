"""What a correction may set, by path. Pure.

Paths: ``direction``, ``significance``, ``assertion``, ``kind``, ``outcome_favours``; ``population`` (null removes the
slot) and ``population.text`` / ``.label`` / ``.concept`` / ``.concepts``, for every slot; ``effects[0]`` (null removes
it), ``effects[0].value`` and its other fields, ``effects[0].interval.low``, ``effects[0].p.value``; ``study.name`` and
the other plain fields of the study.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Any

from graph.corrected_effects import set_effect_field
from graph.corrected_values import FREE, as_choice, as_text, with_field
from graph.errors import BadCorrection
from graph.model import Change, JsonValue
from graph.roles import preferred
from graph.verify import stands_once
from graph.vocab import node
from ingest.article import Span
from ingest.claim import Assertion, Basis, Claim, ClaimKind, Direction, Favours, Mention, Significance, Study
from ingest.claim_json import effect_json, mention_json, study_json
from ingest.curies import expand
from ingest.terminology import Terminology, key_of

ROLES = ("intervention", "comparator", "outcome", "population")
_CLOSED: dict[str, tuple[type[StrEnum], bool]] = {
    "direction": (Direction, True),
    "significance": (Significance, True),
    "assertion": (Assertion, False),
    "kind": (ClaimKind, False),
    "outcome_favours": (Favours, True),
}
_STUDY = {
    "name": "text", "registration": "text", "design": "text", "phase": "text", "follow_up": "text",
    "enrolled": "count", "randomised": "count", "primary_endpoint_met": "flag",
}  # fmt: skip
_MENTION = ("text", "label", "concept", "concepts")
_PATH = re.compile(r"(?P<head>[a-z_]+)(?:\[(?P<index>\d{1,4})\])?(?:\.(?P<rest>[a-z_]+(?:\.[a-z_]+)?))?")
_IDENTITY = ("id", "content_key", "revision", "article", "text_sha256", "quote", "restatements")
_DERIVED = ("status", "checks", "confidence", "direction_basis", "significance_basis")


def parse_path(field: str) -> tuple[str, int | None, str | None]:
    """Head, index and rest of a path. Raises BadCorrection for what is no path, or is not the curator's to set."""
    found = _PATH.fullmatch(field)
    head = found["head"] if found else field.split(".")[0].split("[")[0]
    if head in _IDENTITY or head in _DERIVED:
        raise BadCorrection(field[:100], "cannot be corrected: it says which claim this is, or follows from the rest")
    known = [*_CLOSED, *ROLES, "effects", "study"]
    if found is None or head not in known or (head == "effects") != (found["index"] is not None):
        raise BadCorrection(
            field[:100], f"no such field; a path begins with {', '.join(known[:-2])}, effects[n] or study"
        )
    if head in _CLOSED and found["rest"] is not None:
        raise BadCorrection(field[:100], f"{head} has no parts")
    return head, None if found["index"] is None else int(found["index"]), found["rest"]


def value_at(claim: Claim, field: str) -> JsonValue:
    """What stands at ``field`` now, as JSON; None where there is nothing. Raises BadCorrection as ``parse_path``."""
    head, index, rest = parse_path(field)
    held: Any
    if head == "effects":
        if index is None or index >= len(claim.effects):
            raise BadCorrection(field, f"the claim has {len(claim.effects)} effects, counted from 0")
        held = effect_json(claim.effects[index])
    elif head == "study":
        held = study_json(claim.study)
    elif head in ROLES:
        held = mention_json(getattr(claim, head))
    else:
        member = getattr(claim, head)
        held = None if member is None else member.value
    for name in rest.split(".") if rest else ():
        held = held.get(name) if isinstance(held, dict) else None
    return held  # type: ignore[no-any-return]


def set_value(claim: Claim, field: str, value: JsonValue, text: str) -> Claim:
    """The claim with ``field`` set. ``text`` is the article's. Raises BadCorrection, saying what is allowed."""
    head, index, rest = parse_path(field)
    value_at(claim, field)
    if head == "effects" and index is not None:
        return _set_effect(claim, field, index, rest, value, text)
    if head == "study":
        return replace(claim, study=_set_study(claim.study, field, rest, value))
    if head in ROLES:
        return with_field(claim, head, _set_mention(claim, field, head, rest, value))
    kind, nullable = _CLOSED[head]
    changed = with_field(claim, head, as_choice(field, value, kind, nullable=nullable))
    if head in ("direction", "significance"):
        changed = with_field(changed, f"{head}_basis", Basis.CURATOR)
    return changed


def implied(claim: Claim, field: str, value: JsonValue, terminology: Terminology) -> list[Change]:
    """What else a correction changes: other words for a slot no longer name the concept that the old words named.

    The new words get the concept that has them among its names and is of a kind that the slot prefers, or none.
    """
    head, _, rest = parse_path(field)
    mention = getattr(claim, head) if head in ROLES else None
    if mention is None or rest != "text" or not isinstance(value, str) or key_of(value) == key_of(mention.text):
        return []
    found: list[JsonValue] = [c.iri for c in preferred(head, terminology.find(value))[0]]
    wanted: dict[str, JsonValue] = {"label": None, "concepts": found}
    changes = [Change(f"{head}.{name}", value_at(claim, f"{head}.{name}"), new) for name, new in wanted.items()]
    return [change for change in changes if change.old != change.new]


def _set_mention(claim: Claim, field: str, role: str, rest: str | None, value: JsonValue) -> Mention | None:
    held: Mention | None = getattr(claim, role)
    if rest is None:
        if value is None and role != "outcome":
            return None
        raise BadCorrection(field, "an outcome is needed" if value is None else f"set {field}.text and its other parts")
    if rest not in _MENTION:
        raise BadCorrection(field, f"no such part; a mention has {', '.join(_MENTION)}")
    if rest == "text":
        words = as_text(field, value)
        place = _place(words, claim)
        return Mention(words, place) if held is None else replace(held, text=words, span=place)
    if held is None:
        raise BadCorrection(field, f"the claim has no {role}; set {role}.text first")
    if rest == "label":
        return replace(held, label=None if value is None else as_text(field, value))
    given = value if isinstance(value, list) else [] if value is None else [value]
    if rest == "concept" and isinstance(value, list):
        raise BadCorrection(field, "one concept here; several go to .concepts")
    concepts = tuple(_concept(field, c) for c in given[:20])
    return replace(held, concept=concepts[0] if concepts else None, concepts=concepts)


def _place(words: str, claim: Claim) -> Span | None:
    """Where the quote has the words, when it has them once; None else: the words are then the curator's."""
    if not stands_once(words, claim.quote.exact):
        return None
    start = claim.quote.span.start + claim.quote.exact.index(words)
    return Span(start, start + len(words))


def _concept(field: str, value: JsonValue) -> str:
    iri = as_text(field, value)
    try:
        return node(expand(iri)).value
    except ValueError as error:
        raise BadCorrection(
            field, f"a concept is an IRI such as http://id.nlm.nih.gov/mesh/D000077269: {error}"
        ) from error


def _set_effect(claim: Claim, field: str, index: int, rest: str | None, value: JsonValue, text: str) -> Claim:
    effects = list(claim.effects)
    if rest is None:
        if value is not None:
            raise BadCorrection(field, "only null, which removes the effect; else set its fields one by one")
        del effects[index]
    else:
        effects[index] = set_effect_field(effects[index], field, rest, value, claim.quote, text)
    return replace(claim, effects=tuple(effects))


def _set_study(study: Study | None, field: str, rest: str | None, value: JsonValue) -> Study:
    if rest not in _STUDY:
        raise BadCorrection(field, f"no such part; of the study you may set {', '.join(_STUDY)}")
    held = Study() if study is None else study
    if rest in ("name", "registration"):
        held = replace(held, id=None)
    return with_field(held, rest, FREE[_STUDY[rest]](field, value))
