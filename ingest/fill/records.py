"""Where the numbers of an answer come from in a registry record: the claims of its results tables, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.article import Span
from ingest.claim import Arm, Claim, Effect, Measure, Mention, Significance
from ingest.claim import Direction as Way
from ingest.fill.match import match_arms, match_outcome
from ingest.fill.model import Direction, DirectionLabel, Number, Question, Side, Statistic
from ingest.fill.prepared import Prepared
from ingest.registry import RegistryArticle
from ingest.tabular import Table

SURE = 0.6
"""The least likeness of an outcome's name to the question's words."""
APART = 0.05
"""The next best outcome is at least so much less like it; else nobody knows which is meant."""
ANALYSED = "analysed"
"""How the heading of a row ends that gives the number of people behind the values below it."""


def from_record(prepared: Prepared, question: Question) -> Iterator[Number]:
    """The numbers of both arms in the one row of the record that is surely meant; none of other articles."""
    found = _asked(prepared, question)
    if found is not None:
        claim, turned = found
        tables = {table.id: table for table in prepared.tables}
        for effect in claim.effects:
            first = (effect.arm is Arm.INTERVENTION) is not turned
            yield from _numbers(effect, Side.INTERVENTION if first else Side.COMPARATOR, claim.id, tables)


def record_direction(prepared: Prepared, question: Question) -> Direction | None:
    """What the analyses of the record say of the two arms in that row; None where they say nothing, or two things."""
    found = _asked(prepared, question)
    if found is None:
        return None
    claim, turned = found
    mine = {_name(claim.intervention), _name(claim.comparator)}
    tested = [
        c
        for c in prepared.claims
        if c.quote.table is not None
        and claim.quote.table is not None
        and c.quote.table.id == f"{claim.quote.table.id}-analyses"
        and {_name(c.intervention), _name(c.comparator)} == mine
        and c.significance is not None
    ]
    labels = {label for c in tested if (label := _label(c, claim, turned)) is not None}
    return Direction(labels.pop(), tested[0].quote.span, tested[0].id) if len(labels) == 1 else None


def _label(test: Claim, values: Claim, turned: bool) -> DirectionLabel | None:
    if test.significance is Significance.NOT_SIGNIFICANT:
        return DirectionLabel.NO_DIFFERENCE
    way = test.direction or values.direction
    if way not in (Way.HIGHER, Way.LOWER):
        return None
    return DirectionLabel.INCREASED if (way is Way.HIGHER) is not turned else DirectionLabel.DECREASED


def _asked(prepared: Prepared, question: Question) -> tuple[Claim, bool] | None:
    """The claim of the row that is meant, and whether its arms are the other way round than the question's."""
    if not isinstance(prepared.article, RegistryArticle):
        return None
    valued = [c for c in prepared.claims if c.comparator is not None and _valued(c)]
    names = list(dict.fromkeys(m.text for c in valued for m in (c.intervention, c.comparator) if m is not None))
    one, two = match_arms(question.intervention, question.comparator, names, prepared.long_of)
    if one is None or two is None:
        return None
    asked = (names[one], names[two])
    able = [c for c in valued if {_name(c.intervention), _name(c.comparator)} == set(asked)]
    claim = _meant(able, question, prepared)
    return None if claim is None else (claim, _name(claim.intervention) != asked[0])


def _valued(claim: Claim) -> bool:
    return {e.arm for e in claim.effects} == {Arm.INTERVENTION, Arm.COMPARATOR}


def _name(mention: Mention | None) -> str:
    return "" if mention is None else mention.text


def _meant(claims: Sequence[Claim], question: Question, prepared: Prepared) -> Claim | None:
    candidates = [f"{c.outcome.label or c.outcome.text} {c.effects[0].timepoint or ''}" for c in claims]
    found = match_outcome(question.outcome, candidates, prepared.long_of)
    if not found or found[0][1] < SURE or (len(found) > 1 and found[0][1] - found[1][1] < APART):
        return None
    return claims[found[0][0]]


def _numbers(effect: Effect, side: Side, claim: str, tables: dict[str, Table]) -> Iterator[Number]:
    if effect.events is not None:
        yield Number(side, Statistic.EVENTS, effect.events, effect.span, claim)
    if effect.measure is Measure.MEAN and effect.value is not None:
        yield Number(side, Statistic.MEAN, effect.value, effect.span, claim)
        if effect.standard_deviation is not None:
            yield Number(side, Statistic.STANDARD_DEVIATION, effect.standard_deviation, effect.span, claim)
    if effect.total is not None:
        yield Number(side, Statistic.GROUP_SIZE, effect.total, _printed(effect, effect.total, tables), claim)


def _printed(effect: Effect, total: int, tables: dict[str, Table]) -> Span:
    """Where the size stands: in the effect's own cell, else in the nearest row of sizes above it."""
    table = tables.get(effect.table.id) if effect.table is not None else None
    own = next((c for c in table.cells if c.span == effect.span), None) if table is not None else None
    if table is None or own is None or str(total) in effect.text:
        return effect.span
    for row in range(own.row - 1, 0, -1):
        head, cell = table.at(row, 0), table.at(row, own.column)
        if head is None or cell is None or cell.span is None or not head.text.endswith(ANALYSED):
            continue
        if cell.text.replace(",", "") == str(total):
            return cell.span
    return effect.span
