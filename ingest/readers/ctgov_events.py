"""Adverse events of a registry record: deaths, serious and other events as tables, and a result for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.claim import Arm, Effect, Measure
from ingest.readers.ctgov_fields import Fields, count, part, parts, words
from ingest.readers.ctgov_groups import Group, groups_of, pairs_of
from ingest.readers.ctgov_sheet import Placed, Sheet, arms, head_row, row_of
from ingest.readers.raw_tables import RawTable
from ingest.registry import Result

_TOTALS = (
    ("Deaths from any cause", "deathsNumAffected", "deathsNumAtRisk"),
    ("Any serious adverse event", "seriousNumAffected", "seriousNumAtRisk"),
    ("Any other adverse event", "otherNumAffected", "otherNumAtRisk"),
)


@dataclass(frozen=True)
class Tally:
    """One row: what happened, and to how many of how many of each group (by its id), with the number of events."""

    name: str
    label: str | None
    counts: dict[str, tuple[int, int, str]]


def sheets_of(record: Fields) -> Iterator[Sheet]:
    """The tables of adverse events; none where the record has no module of them."""
    module = part(record, "resultsSection", "adverseEventsModule")
    groups = groups_of(module, record, name="eventGroups")
    if not groups:
        return
    time = words(module, "timeFrame") or None
    notes = [f"{name}: {text}" for name, key in _NOTES if (text := words(module, key))]
    totals = [t for t in _totals(module) if t.counts]
    if totals:
        yield _sheet(
            "adverse-events", "Adverse events", "Participants with adverse events", totals, groups, time, notes
        )
    for ident, key, kind, title in _LISTS:
        tallies = [t for event in parts(module, key) if (t := _tally(event, kind)) is not None]
        if tallies:
            yield _sheet(ident, title, f"{title} by term", tallies, groups, time, [])


_NOTES = (
    ("Description", "description"),
    ("Frequency threshold of other events, percent", "frequencyThreshold"),
    ("Deaths", "allCauseMortalityComment"),
)
_LISTS = (
    ("serious-events", "seriousEvents", "serious adverse event", "Serious adverse events"),
    ("other-events", "otherEvents", "other adverse event", "Other adverse events"),
)


def _sheet(
    ident: str,
    label: str,
    caption: str,
    tallies: Sequence[Tally],
    groups: Sequence[Group],
    time: str | None,
    notes: Sequence[str],
) -> Sheet:
    rows = [head_row("Participants affected / at risk", groups)]
    for tally in tallies:
        rows.append(row_of([tally.name, *(_shown(tally.counts.get(g.id)) for g in groups)]))
    caption += f". Time frame: {time}" if time else ""
    raw = RawTable(rows, label, caption, notes, 1, ident)
    return Sheet(raw, lambda placed: _results(placed, tallies, groups, time))


def _shown(counts: tuple[int, int, str] | None) -> str:
    if counts is None:
        return ""
    affected, at_risk, events = counts
    return f"{affected}/{at_risk}" + (f" ({events} events)" if events else "")


def _totals(module: Fields) -> Iterator[Tally]:
    for name, affected, at_risk in _TOTALS:
        counts = {words(g, "id"): _pair(g, affected, at_risk) for g in parts(module, "eventGroups")}
        yield Tally(name, None, {ident: found for ident, found in counts.items() if found is not None})


def _tally(event: Fields, kind: str) -> Tally | None:
    term = words(event, "term")
    counts = {words(s, "groupId"): _pair(s, "numAffected", "numAtRisk") for s in parts(event, "stats")}
    known = {ident: found for ident, found in counts.items() if found is not None}
    return Tally(term, f"{term} ({kind})", known) if term and known else None


def _pair(fields: Fields, affected: str, at_risk: str) -> tuple[int, int, str] | None:
    """Affected, at risk, and the number of events as given; None where one is missing, or fewer were at risk."""
    hit, whole = count(words(fields, affected)), count(words(fields, at_risk))
    if hit is None or not whole or hit > whole:
        return None
    return hit, whole, words(fields, "numEvents")


def _results(placed: Placed, tallies: Sequence[Tally], groups: Sequence[Group], time: str | None) -> Iterator[Result]:
    pairs = pairs_of(groups)
    for row, tally in enumerate(tallies, 1):
        span, outcome = placed.row(row), placed.mention(row, 0, label=tally.label)
        if span is None or outcome is None:
            continue
        for pair in pairs:
            sides = [(pair.first, Arm.OVERALL if pair.first.everyone else Arm.INTERVENTION)]
            sides += [(pair.second, Arm.COMPARATOR)] if pair.second is not None else []
            effects = []
            for group, arm in sides:
                if effect := _effect(placed, row, 1 + groups.index(group), tally.counts.get(group.id), arm, time):
                    effects.append(effect)
            first, second = arms(placed, groups, pair)
            if effects and (first is not None or pair.first.everyone):
                yield Result(
                    outcome, span, placed.selector(row), tuple(effects), first, second, sided=pair.sided, adverse=True
                )


def _effect(
    placed: Placed, row: int, column: int, counts: tuple[int, int, str] | None, arm: Arm, time: str | None
) -> Effect | None:
    cell = placed.cell(row, column)
    if counts is None or cell is None or cell.span is None:
        return None
    hit, whole, _ = counts
    place = placed.selector(row, column)
    return Effect(Measure.COUNT, arm, cell.text, cell.span, events=hit, total=whole, timepoint=time, table=place)
