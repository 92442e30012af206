"""Outcome measures with results: a table each, arms as columns, classes and categories as rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.claim import Arm, Effect
from ingest.readers.ctgov_fields import Fields, count, part, parts, spoken, words
from ingest.readers.ctgov_groups import Group, Pair, compared_in, groups_of, pairs_of
from ingest.readers.ctgov_sheet import Placed, Sheet, arms, head_row, row_of
from ingest.readers.ctgov_values import Scale, effect_of, shown
from ingest.readers.raw_tables import RawCell, RawTable
from ingest.registry import Result

_TIME = re.compile(
    r"(?:(?:at|on|by|after|change (?:at|from baseline (?:at|to))|baseline(?: to)?|cycle|through|up to|end of|post-?dose"
    r"|pre-?dose|month|week|day|year|hour|visit|\d+(?:\.\d+)?)[\s:-]*)+(?:\w+\s?){0,3}(?:\(.{0,40}\))?",
    re.I,
)
_TIME_WORD = re.compile(r"\b(?:months?|weeks?|days?|years?|hours?|hrs?|minutes?|visit|cycle|baseline|end of)\b", re.I)


@dataclass(frozen=True)
class Row:
    """One row of values: its heading, whether that is a time, the value of each group and the group's size."""

    name: str
    time: bool
    values: dict[str, Fields]
    sizes: dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """An outcome measure of the results, read from its fields; ``rows`` in their order."""

    number: int
    title: str
    primary: bool
    timeframe: str | None
    scale: Scale
    groups: Sequence[Group]
    rows: Sequence[Row]
    fields: Fields

    def timepoint(self, row: Row) -> str | None:
        """The time of a row as printed; None where the record gives none."""
        return row.name if row.time else self.timeframe


def outcomes_of(record: Fields) -> list[Outcome]:
    """The outcome measures whose results are posted, in their order."""
    module = part(record, "resultsSection", "outcomeMeasuresModule")
    out = []
    for number, fields in enumerate(parts(module, "outcomeMeasures"), 1):
        title = words(fields, "title")
        if not title:
            continue
        param, spread, unit = (words(fields, n) for n in ("paramType", "dispersionType", "unitOfMeasure"))
        scale = Scale(param, spread, unit, title)
        groups = groups_of(fields, record)
        primary = words(fields, "type").upper() == "PRIMARY"
        time = words(fields, "timeFrame") or None
        out.append(Outcome(number, title, primary, time, scale, groups, list(_rows(fields, scale)), fields))
    return out


def sheet_of(outcome: Outcome) -> Sheet:
    """The table of an outcome measure and its results."""
    fields, groups, scale = outcome.fields, outcome.groups, outcome.scale
    kind = spoken(words(fields, "type")).replace("other pre specified", "other pre-specified") or "other"
    values = _values_name(scale)
    about = f"{kind.capitalize()} outcome" + (f"; {values}" if values else "")
    caption = f"{outcome.title}. {about}" + (f", {scale.unit}" if scale.unit else "")
    caption += f". Time frame: {outcome.timeframe}" if outcome.timeframe else ""
    rows: list[list[RawCell]] = []
    if groups:
        rows.append(head_row("", groups))
        rows += [_size_row(denom, groups) for denom in parts(fields, "denoms")]
    places: list[tuple[int, Row]] = []
    for row in outcome.rows:
        for denom in _own_sizes(fields, row, outcome.rows):
            rows.append(row_of([f"{row.name}: participants analysed", *(str(denom.get(g.id, "")) for g in groups)]))
        places.append((len(rows), row))
        name = row.name or values.capitalize() or "Value"
        rows.append(row_of([name, *(shown(row.values.get(g.id, {})) for g in groups)]))
    notes = [f"{name}: {text}" for name, key in _NOTES if (text := words(fields, key))]
    if words(fields, "reportingStatus").upper() == "NOT_POSTED":
        notes.append("Results not posted.")
    raw = RawTable(
        rows if groups else (),
        f"Outcome {outcome.number}",
        caption,
        notes,
        1 if groups else 0,
        f"outcome-{outcome.number}",
    )
    return Sheet(raw, lambda placed: _results(placed, outcome, places))


_NOTES = (("Description", "description"), ("Analysis population", "populationDescription"))


def _results(placed: Placed, outcome: Outcome, places: Sequence[tuple[int, Row]]) -> Iterator[Result]:
    title = placed.captioned(outcome.title)
    if title is None:
        return
    pairs = pairs_of(outcome.groups, compared_in(outcome.groups, parts(outcome.fields, "analyses")))
    for number, row in places:
        span = placed.row(number)
        if span is None:
            continue
        told = title
        if row.name and not row.time:
            told = placed.mention(number, 0, label=f"{outcome.title}: {row.name}") or title
        for pair in pairs:
            effects = tuple(_effects(placed, outcome, number, row, pair))
            first, second = arms(placed, outcome.groups, pair)
            if effects and (first is not None or pair.first.everyone):
                yield Result(
                    told,
                    span,
                    placed.selector(number),
                    effects,
                    first,
                    second,
                    sided=pair.sided,
                    primary=outcome.primary,
                )


def _effects(placed: Placed, outcome: Outcome, number: int, row: Row, pair: Pair) -> Iterator[Effect]:
    sides = [(pair.first, Arm.OVERALL if pair.first.everyone else Arm.INTERVENTION)]
    sides += [(pair.second, Arm.COMPARATOR)] if pair.second is not None else []
    for group, arm in sides:
        measured = row.values.get(group.id)
        column = 1 + list(outcome.groups).index(group)
        cell = placed.cell(number, column)
        size = row.sizes.get(group.id)
        if measured is None or cell is None or cell.span is None or size == 0:
            continue
        effect = effect_of(
            outcome.scale,
            measured,
            arm,
            cell.text,
            cell.span,
            total=size,
            timepoint=outcome.timepoint(row),
            table=placed.selector(number, column),
        )
        if effect is not None:
            yield effect


def _rows(fields: Fields, scale: Scale) -> Iterator[Row]:
    whole = _sizes(fields)
    for group in parts(fields, "classes"):
        title = words(group, "title")
        sizes = _sizes(group) or whole
        for category in parts(group, "categories"):
            name = ": ".join(text for text in (title, words(category, "title")) if text)
            values = {words(m, "groupId"): m for m in parts(category, "measurements")}
            yield Row(name, bool(name) and is_time(name), values, sizes)


def is_time(name: str) -> bool:
    """True for a row's heading that is a point in time.

    >>> is_time("Week 12"), is_time("At 6 months"), is_time("Grade 3"), is_time("Day 1 nausea and vomiting of any kind")
    (True, True, False, False)
    """
    return _TIME_WORD.search(name) is not None and _TIME.fullmatch(name) is not None


def _sizes(fields: Fields) -> dict[str, int]:
    """How many participants of each group were analysed; of other units where only those are counted."""
    denoms = parts(fields, "denoms")
    people = [d for d in denoms if words(d, "units").casefold() in ("participants", "")]
    counts = parts(people[0], "counts") if people else []
    found = {words(c, "groupId"): count(words(c, "value")) for c in counts}
    return {group: size for group, size in found.items() if size is not None}


def _own_sizes(fields: Fields, row: Row, rows: Sequence[Row]) -> list[dict[str, int]]:
    """The sizes of a row that are not those of the whole table, before the first row that has them."""
    if not row.name or row.sizes == _sizes(fields):
        return []
    return [row.sizes] if next(r for r in rows if r.sizes is row.sizes) is row else []


def _size_row(denom: Fields, groups: Sequence[Group]) -> list[RawCell]:
    sizes = {words(c, "groupId"): words(c, "value") for c in parts(denom, "counts")}
    return row_of([f"{words(denom, 'units') or 'Participants'} analysed", *(sizes.get(g.id, "") for g in groups)])


def _values_name(scale: Scale) -> str:
    """What a value and its spread are, in words: "mean (standard deviation)"."""
    value = spoken(scale.param)
    spread = spoken(scale.dispersion).replace("inter-quartile", "interquartile")
    if spread.startswith("confidence "):
        level = scale.interval[1] if scale.interval is not None else None
        spread = f"{level:g}% confidence interval" if level is not None else "confidence interval"
    known = spread and spread.casefold() not in ("na", "not applicable")
    return f"{value} ({spread})" if known else value
