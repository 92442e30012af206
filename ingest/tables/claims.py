"""Claims of a table's rows: each arm against the control, with the numbers of both and of what compares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.article import Span, quote_at
from ingest.claim import Arm, Claim, ClaimKind, Effect, Mention, Quote, Study
from ingest.confidence import reasons
from ingest.context import Known
from ingest.favours import favours_of
from ingest.identity import claim_id, content_key
from ingest.phrases import Phrase
from ingest.settle import settle
from ingest.tables.comparing import agreeing
from ingest.tables.confidence import WEIGHTS, confidence_of, features_of
from ingest.tables.controls import Control, control_of
from ingest.tables.result_rows import ArmHead, Number, ResultRow
from ingest.terminology import Concept, ConceptKind
from ingest.trace import Step

MAX_QUOTE = 1_000
"""Code points; a longer row is no evidence that a reader would check."""
MAX_CLAIMS = 2_000
"""Claims of one article's tables; what comes behind is left out, and noted."""
_GIVEN = (ConceptKind.DRUG, ConceptKind.PROCEDURE)
_MEASURED = (ConceptKind.OUTCOME, ConceptKind.DISEASE)
Sides = tuple[int | None, int | None]


def claims_of_rows(known: Known, rows: Iterable[ResultRow], study: Study | None) -> list[Claim]:
    """The claims of ``rows`` in order of the text, each once; at most ``MAX_CLAIMS``."""
    out: dict[str, Claim] = {}
    controls: dict[tuple[ArmHead, ...], Control] = {}
    for row in rows:
        if row.arms not in controls:
            controls[row.arms] = control_of(known, row.arms, row.caption)
        for claim in _claims(known, row, controls[row.arms], study):
            if len(out) == MAX_CLAIMS:
                known.trace.note(Step.REFUSED, "more claims of tables than are kept", row.line)
                return list(out.values())
            out.setdefault(claim.id, claim)
    return list(out.values())


def _claims(known: Known, row: ResultRow, control: Control, study: Study | None) -> Iterator[Claim]:
    for sides in _sides(row, control.place):
        effects = agreeing(tuple(_effects(row, sides)), control.sure)
        if not any(e.arm in (Arm.INTERVENTION, Arm.CONTRAST) for e in effects):
            continue
        line = _quoted(known, row, effects)
        if len(line) > MAX_QUOTE:
            known.trace.note(Step.REFUSED, "too long a row to quote", line)
            continue
        claim = _claim(known, row, line, sides, effects, study)
        features = features_of(claim, row.sure, control.sure)
        claim = replace(claim, confidence=confidence_of(features))
        if known.trace.on:
            known.trace.note(Step.SENTENCE, "table", line, row.place.label or row.place.id)
            known.trace.note(Step.CLAIM, claim.id, line, f"{claim.direction or 'no direction'}")
            known.trace.note(Step.CONFIDENCE, f"{claim.confidence:.2f}", line, reasons(WEIGHTS, features))
        yield claim


def _sides(row: ResultRow, control: int | None) -> Iterator[Sides]:
    """Each arm with numbers beside the control; alone where there is no control, or the control has no number."""
    valued = {n.arm for n in row.numbers if n.arm is not None}
    compared = any(n.arm is None for n in row.numbers)
    for place in range(len(row.arms)):
        if place == control or (place not in valued and not compared):
            continue
        yield place, control if control in valued or compared else None
    if control is not None and valued == {control} and not compared:
        yield control, None


def _effects(row: ResultRow, sides: Sides) -> Iterator[Effect]:
    """The numbers of the two arms, and those that compare just these two."""
    intervention, comparator = sides
    for number in row.numbers:
        if number.arm is not None:
            if number.arm in sides:
                yield replace(number.effect, arm=Arm.INTERVENTION if number.arm == intervention else Arm.COMPARATOR)
        elif comparator is not None and _compares(number, sides, row):
            yield replace(number.effect, arm=Arm.CONTRAST)


def _compares(number: Number, sides: Sides, row: ResultRow) -> bool:
    """True for a number of just these arms; without a word in the table, where there are no others.

    A comparison that is printed the other way round would say the contrary; only its p value holds both ways.
    """
    if number.pair is None:
        return len(row.arms) == 2
    one_sided = number.effect.measure.is_contrast
    return number.pair == sides or (not one_sided and number.pair == (sides[1], sides[0]))


def _quoted(known: Known, row: ResultRow, effects: Sequence[Effect]) -> Span:
    return Span(
        min(row.line.start, *(e.span.start for e in effects)), max(row.line.end, *(e.span.end for e in effects))
    )


def _claim(
    known: Known, row: ResultRow, line: Span, sides: Sides, effects: tuple[Effect, ...], study: Study | None
) -> Claim:
    text = known.article.text
    outcome = _outcome(known, row)
    arms = [None if place is None else _arm(known, row.arms[place]) for place in sides]
    slots = (arms[0], arms[1], _mention(outcome), None)
    selector = quote_at(text, line)
    section = known.article.section_at(line.start)
    quote = Quote(selector.exact, line, selector.prefix, selector.suffix, section.name if section else None, row.place)
    claim = Claim(
        id=claim_id(known.article.text_sha256, line, slots, effects),
        content_key=content_key(known.article.id, quote.exact, slots, effects),
        article=known.article.id,
        text_sha256=known.article.text_sha256,
        outcome=_mention(outcome),
        quote=quote,
        intervention=slots[0],
        comparator=slots[1],
        effects=effects,
        outcome_favours=favours_of(replace(outcome, text=row.label or outcome.text)),
        kind=ClaimKind.BASELINE if row.baseline else ClaimKind.OWN_RESULT,
        study=study,
    )
    return settle(claim)


def _outcome(known: Known, row: ResultRow) -> Phrase:
    span = row.outcome
    concepts = _whole(known, span, _MEASURED)
    return Phrase(span, span.of(known.article.text), concepts, row.label)


def _whole(known: Known, span: Span, kinds: tuple[ConceptKind, ...]) -> tuple[Concept, ...]:
    """The concept whose name the words are, and nothing else; empty where they say more."""
    found = [f for f in known.places.inside(span) if f.kind in kinds]
    if len(found) != 1 or len(found[0].span) < 0.9 * len(span):
        return ()
    return found[0].concepts[:1]


def _arm(known: Known, arm: ArmHead) -> Mention:
    found = [f for f in known.places.inside(arm.span) if f.kind in _GIVEN]
    concepts = tuple(dict.fromkeys(c for f in found for c in (f.concepts if f.short else f.concepts[:1])))
    return _mention(Phrase(arm.span, arm.text, concepts))


def _mention(phrase: Phrase) -> Mention:
    concepts = tuple(c.iri for c in phrase.concepts)
    label = phrase.label or (phrase.concepts[0].name if len(phrase.concepts) == 1 else None)
    return Mention(phrase.text, phrase.span, label, concepts[0] if concepts else None, concepts)
