"""The statistical analyses of an outcome measure: a table, and a result for each comparison of two groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.readers.ctgov_estimates import contradicted, effect_of, p_of
from ingest.readers.ctgov_fields import Fields, parts, spoken, texts, words
from ingest.readers.ctgov_groups import Group, Pair, pair_of
from ingest.readers.ctgov_outcomes import Outcome
from ingest.readers.ctgov_sheet import Placed, Sheet, row_of
from ingest.readers.raw_tables import RawTable
from ingest.registry import Result

HEAD = ("Groups", "Type of test", "Method", "Estimate", "Value", "Interval", "p value", "Comment")
VERSUS = " versus "
_FIRST, _LAST = HEAD.index("Estimate"), HEAD.index("p value")
_ONE_SIDED = re.compile(r"\b(?:one|1)[ -]?(?:sided|tailed)\b", re.I)
_SUPERIORITY = ("", "SUPERIORITY", "SUPERIORITY_OR_OTHER", "SUPERIORITY_OR_OTHER_LEGACY")
_COMMENTS = (
    *("groupDescription", "pValueComment", "estimateComment", "statisticalComment", "nonInferiorityComment"),
    *("ciLowerLimitComment", "ciUpperLimitComment", "otherAnalysisDescription"),
)


def analyses_of(outcome: Outcome) -> Sheet | None:
    """The table of an outcome's analyses and their results; None where there are none."""
    found = parts(outcome.fields, "analyses")
    if not found:
        return None
    rows = [row_of(HEAD, header=True)]
    plans: list[tuple[int, Fields, Pair | None]] = []
    for fields in found:
        wanted = texts(fields, "groupIds")
        groups = [g for ident in wanted for g in outcome.groups if g.id == ident]
        pair = pair_of(groups) if len(groups) == len(wanted) else None
        plans.append((len(rows), fields, pair))
        rows.append(row_of(_cells(fields, groups if pair is None else [g for g in (pair.first, pair.second) if g])))
    label, ident = f"Outcome {outcome.number}, analyses", f"outcome-{outcome.number}-analyses"
    raw = RawTable(rows, label, f"Statistical analyses of {outcome.title}", (), 1, ident)
    return Sheet(raw, lambda placed: _results(placed, outcome, plans))


def is_superiority(fields: Fields) -> bool:
    """True where an analysis asks whether the groups differ, and not whether one is no worse."""
    test = words(fields, "nonInferiorityType").upper().replace(" ", "_")
    return test in _SUPERIORITY and fields.get("testedNonInferiority") is not True


def _leaves_open(fields: Fields) -> bool:
    """True for a p value of a one-sided test that is significant at one usual level and not at another."""
    p, told = p_of(words(fields, "pValue")), " ".join(words(fields, key) for key in _COMMENTS)
    one_sided = _ONE_SIDED.search(told) or words(fields, "ciNumSides").upper().startswith(("ONE", "1"))
    return p is not None and bool(one_sided) and p.value > 0.02 and p.value <= 0.06


def _cells(fields: Fields, groups: Sequence[Group]) -> list[str]:
    value, spread = words(fields, "paramValue"), words(fields, "dispersionValue")
    low, high, level = (words(fields, name) for name in ("ciLowerLimit", "ciUpperLimit", "ciPctValue"))
    interval, p = "", words(fields, "pValue")
    if low or high:
        side = ", 1-sided" if words(fields, "ciNumSides").upper().startswith(("ONE", "1")) else ""
        interval = f"{level.rstrip('% ')}% CI" if level else "CI"
        interval += f"{side} {low or 'NA'} to {high or 'NA'}"
    if value and spread:
        value += f" ({spoken(words(fields, 'dispersionType')) or 'spread'} {spread})"
    if p and p[0] not in "pP":
        p = f"p {p}" if p[0] in "<>=≤≥" else f"p = {p}"
    test = spoken(words(fields, "nonInferiorityType")) or (
        "non-inferiority" if fields.get("testedNonInferiority") is True else ""
    )
    comment = "; ".join(text for key in _COMMENTS if (text := words(fields, key)))
    named = VERSUS.join(g.name for g in groups)
    return [named, test, words(fields, "statisticalMethod"), words(fields, "paramType"), value, interval, p, comment]


def _results(placed: Placed, outcome: Outcome, plans: Sequence[tuple[int, Fields, Pair | None]]) -> Iterator[Result]:
    title = placed.captioned(outcome.title)
    for row, fields, pair in plans:
        span, place = placed.row(row), placed.between(row, _FIRST, _LAST)
        if title is None or pair is None or pair.second is None or span is None or place is None:
            continue
        effect = effect_of(outcome, fields, place.of(placed.text), place, placed.selector(row))
        first = placed.mention(row, 0, pair.first.name)
        second = placed.mention(row, 0, pair.second.name, after=len(pair.first.name) + len(VERSUS))
        if effect is None or first is None or second is None:
            continue
        yield Result(
            title,
            span,
            placed.selector(row),
            (effect,),
            first,
            second,
            sided=pair.sided and not contradicted(outcome, pair, effect),
            superiority=is_superiority(fields) and not _leaves_open(fields),
            primary=outcome.primary,
        )
