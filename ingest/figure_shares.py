"""Patterns of the effects grammar for percentages: shares, relative changes, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Measure
from ingest.figure_readers import (
    TIME,
    WORDS_FIRST,
    Pattern,
    before,
    pattern,
    signed,
    skip,
    span_of,
)
from ingest.figure_units import LAB
from ingest.figures import Figure, FigureKind
from ingest.numbers import IN_WORDS, NUMBER, PERCENT, PLAIN, START, parse

_NOT_DONE = "".join(
    rf"(?<!{word}\s)"
    for word in ("reported", "reached", "achieved", "experienced", "attained", "completed", "accepted")
)
"""What may not stand before "by 44%": words for what people did, who are 44% of them."""
_CHANGE = (
    r"(?:(?:relative|risk|absolute|mean|median|further)\s)?(?:lower|higher|less|more|fewer|greater|reductions?|decreases?"
    r"|increases?|drop|improvements?|better|worse|relative|decline|rise|shorter|longer|gain|loss)\b"
)


def shares() -> Iterator[Pattern]:
    """Relative changes, ranges of shares, plain percentages."""
    yield pattern(
        "relative change",
        "29% lower",
        r"by|reductions?|increases?|decreases?|improvements?|declines?|0(?:%|percent|per)",
        rf"{START}(?P<value>{PLAIN}){PERCENT}(?=\s{_CHANGE})"
        rf"|(?i:{_NOT_DONE}\bby\s(?:about\s|approximately\s|nearly\s|only\s|just\s)?)(?P<value2>{PLAIN}){PERCENT}"
        r"|(?i:\b(?:reduction|increase|decrease|improvement|decline)s?\s(?:in|of)\b)[^.;%\d]{2,60}?"
        rf"(?:\bwas\b|\bwere\b|\bof\b|\()\s?(?P<value3>{PLAIN}){PERCENT}(?!\s?\()",
        _relative,
    )
    yield skip(
        "range of values",
        "10 to 15 percent",
        r"0(?:%|percent|per|to|[-–−])",
        rf"{START}{PLAIN}\s?%?\s?(?:to|–|-|−)\s?{PLAIN}\s?(?:%|percent\b|{TIME}|{LAB})",
    )
    yield pattern(
        "percent in words",
        "Thirty-three percent",
        WORDS_FIRST,
        rf"(?<![\w-])(?P<value>{IN_WORDS})\s(?:percent\b|per\s?cent\b)",
        _percent,
    )
    yield pattern(
        "percent",
        "16.6%",
        r"0(?:%|percent|per)",
        rf"{START}(?P<value>{NUMBER})\s?(?:%|percent\b|per\s?cent\b)(?!\s?(?:CI|confidence|power)\b)",
        _percent,
    )


def _relative(m: re.Match[str]) -> Figure:
    value = parse(m["value"] or m["value2"] or m["value3"])
    return Figure(FigureKind.VALUE, span_of(m), "relative change", Measure.OTHER, value, "%")


_MEAN = re.compile(
    r"\b(?P<word>mean|median|average)s?\s(?:[\w-]+\s){0,4}?(?:changes?|reductions?|decreases?|increases?|loss|gain|improvements?"
    r"|declines?|difference|fall|rise|differences)\b[^.;]*$|\b(?P<word2>mean|median|average)\s(?:%|percent(?:age)?)[^.;]*$"
    r"|\b(?P<word3>mean|median)\b[^.;\d]{0,40}\((?:IQR|SD|range|SE)[^)]{0,20}\)[^.;]*$",
    re.I,
)


def _percent(m: re.Match[str]) -> Figure:
    """A share; a mean or median where the words before it speak of a mean change or a mean percentage.

    What has a sign is no share: its measure is left to the words of its clause.
    """
    said = _MEAN.search(before(m))
    word = ((said["word"] or said["word2"] or said["word3"]) if said else "").casefold()
    value, span = signed(m)
    share = Measure.PROPORTION if value >= 0 and "+" not in m.string[max(0, span.start - 2) : span.start] else None
    measure = {"mean": Measure.MEAN, "average": Measure.MEAN, "median": Measure.MEDIAN}.get(word, share)
    change = share is None
    return Figure(FigureKind.VALUE, span, "percent", measure, value, "%", change_from_baseline=change)
