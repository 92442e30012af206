"""Patterns of the effects grammar for a value with its standard deviation or standard error."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.claim import Measure
from ingest.figure_readers import (
    NUMBER_FIRST,
    TIME,
    Pattern,
    before,
    changed,
    pattern,
    span_of,
)
from ingest.figure_units import LAB, LAB_KEYS, unit_of
from ingest.figures import Figure, FigureKind
from ingest.numbers import NUMBER, PLAIN, START, parse

_SPREAD = r"(?i:SD|S\.D\.|SEM|SE|S\.E\.M?\.?|standard\s(?:deviation|error)(?:\sof\sthe\smean)?)"


_PLUS = r"(?:±|\+\s?/\s?[-−–]|[-−]/\+|\+\s?[-−])"


_UNIT = rf"(?:%|{LAB}|{TIME})"


def spreads() -> Iterator[Pattern]:
    """A value and its standard deviation or standard error that a sign or word ties together."""
    yield pattern(
        "mean with SD",
        "54.2 ± 3.1 mm Hg",
        rf"0(?:[±+%(\[,;\-−]|sd|{LAB_KEYS}|{TIME.replace(chr(92) + 'b', '')[3:-1]})",
        rf"{START}(?P<value>\+?{NUMBER})\s?(?P<unit>{_UNIT})?\s?(?:[(\[]?\s?{_PLUS}\s?|[(\[,;]\s?(?P<said>{_SPREAD})\s?[,=:]?\s?"
        rf"(?:of\s|±\s?)?|\s(?P<said2>{_SPREAD})\s?[=:]\s?)(?P<sd>{PLAIN})(?!\d)(?:\s?(?P<unit2>{_UNIT}))?"
        rf"(?:\s?[(\[]?(?P<said3>SEM?|SD)\b)?(?:\s?[)\]](?:\s?(?P<unit3>{_UNIT}))?)?",
        _with_spread,
    )


def declared() -> Iterator[Pattern]:
    """A value and its spread in brackets, where the sentence has said that brackets hold it."""
    yield pattern(
        "declared spread",
        "mean (SD) 54.2 (3.1)",
        NUMBER_FIRST,
        rf"{START}(?P<value>{NUMBER})\s?(?P<unit>{_UNIT})?\s?[(\[]\s?(?P<sd>{PLAIN})\s?(?:{_UNIT})?\s?[)\]](?:\s?(?P<unit2>{LAB}|{TIME}))?",
        _declared,
    )


def _error(said: str | None, words: str) -> bool:
    """True where the spread is a standard error: by its own word, else by the last that the sentence declared."""
    if said:
        return "e" in said.casefold().replace("deviation", "").replace("standard", "")[:4]
    found = re.findall(r"±\s?(?:SEM?\b|SD\b|standard\s\w+)|\b(?:SEM?|SD)\b|standard\s(?:error|deviation)", words)
    return bool(found) and ("SE" in found[-1] or "error" in found[-1])


def _spread_figure(m: re.Match[str], rule: str, error: bool) -> Figure:
    words, span, behind = before(m), span_of(m), m.groupdict().get("unit3")
    if re.search(r"[)\]]", m[0]) and not re.search(r"[(\[]", m[0]):  # the bracket that closes here is not its own
        end = m.start() + re.search(r"\s?[)\]]", m[0]).start()  # type: ignore[union-attr]
        span, behind = Span(m.start(), end), None
    unit = unit_of((m["unit"] or m["unit2"] or behind or "").strip() or None)
    spread = parse(m["sd"])
    geometric = re.search(r"\bgeometric\smean[^.;]*$", words, re.I)
    return Figure(
        FigureKind.VALUE,
        span,
        rule,
        Measure.GEOMETRIC_MEAN if geometric else Measure.MEAN,
        parse(m["value"].lstrip("+")),
        unit,
        standard_deviation=None if error else spread,
        standard_error=spread if error else None,
        change_from_baseline=changed(words),
    )


_AGE = re.compile(r"\bage[ds]?\b[^.;:()\d]{0,40}$|\bfollow[\s-]?up\b[^.;:()\d]{0,40}$", re.I)


def _with_spread(m: re.Match[str]) -> Figure | None:
    """None for an age, and for a length of follow-up."""
    if _AGE.search(before(m)) or re.match(r"\s(?:old|of\sage)\b", m.string[m.end() : m.end() + 8]):
        return None
    return _spread_figure(m, "mean with SD", _error(m["said"] or m["said2"] or m["said3"], before(m)))


_DECLARED = re.compile(
    r"\b(?:means?|M|averages?)\b[^.;\d]{0,40}?[(\[]?\s?(?:±\s?)?\b(SD|SEM?|standard\s(?:deviation|error))s?\b"
    r"|[(\[]\s?(SD|SEM?)\s?[,=]?\s?\d",
    re.I,
)


def _declared(m: re.Match[str]) -> Figure | None:
    """None where the sentence has not said that brackets hold a standard deviation or error."""
    declared = _DECLARED.search(before(m))
    return _spread_figure(m, "declared spread", _error(declared[1] or declared[2], "")) if declared else None
