"""Patterns of the effects grammar for what is measured: means with their spread, rates, laboratory values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.claim import Measure
from ingest.figure_readers import NUMBER_FIRST, TIME, Pattern, before, pattern, simple_reader, skip, span_of
from ingest.figure_units import LAB, LAB_KEYS, unit_of
from ingest.figures import Figure, FigureKind
from ingest.numbers import END, NUMBER, PERCENT, PLAIN, START, parse

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


def rates() -> Iterator[Pattern]:
    """Events per so many people and years."""
    yield pattern(
        "rate",
        "3.1 per 100 patient-years",
        r"0(?:%|percent|per|events?|cases?|cancers?|deaths?|malignancies|/|episodes|exacerbations|attacks|infections|admissions|fractures)",
        rf"{START}(?P<value>{PLAIN})(?P<pct>{PERCENT})?\s?(?:(?:events?|cases?|cancers?|deaths?|episodes|exacerbations"
        r"|attacks|infections|admissions|fractures|malignancies)\s)?(?:per\s|/\s?)"
        rf"(?P<base>{PLAIN})?\s?(?:person|patient|woman|child|subject|participant)[\s-]?(?P<time>years?|yrs?|months?|days?|weeks?)",
        _rate,
    )
    yield pattern(
        "rate of people",
        "3.1 per 1000 births",
        r"0(?:per|events?|cases?|deaths?)",
        rf"{START}(?P<value>{PLAIN})\s(?:(?:events?|cases?|deaths?)\s)?per\s(?P<base>1000?|10,?000|100,?000)\s"
        r"(?:(?:live\s)?births|patients|women|men|people|persons|population|participants|deliveries|procedures)\b",
        _rate_of_people,
    )


def laboratory() -> Iterator[Pattern]:
    """Values with the unit of a measurement, medians that are not there, and numbers that nothing names."""
    yield pattern(
        "laboratory value",
        "7.2 mmol/L",
        rf"0(?:{LAB_KEYS}|×|[-–])",
        rf"{START}(?P<value>{NUMBER})(?:\s|-(?=points?\b))?(?P<unit>{LAB}|[×x]\s?10\^?9/L)",
        _laboratory,
    )


def not_there() -> Iterator[Pattern]:
    """A median that was not reached or cannot be estimated."""
    yield pattern(
        "not reached",
        "were not reached",
        r"not|nr|ne|n|unreached",
        r"\b(?i:not\s(?:yet\s)?(?:been\s)?(?:reached|attained)|not\s(?:yet\s)?(?:been\s)?(?:estimable|evaluable|calculable))\b"
        r"|\b(?:NR|NE|N\.R\.)(?=[\s),;.\]]|$)",
        simple_reader(FigureKind.NOT_REACHED, "not reached"),
    )


def rest() -> Iterator[Pattern]:
    """What no other pattern has read."""
    yield skip("dimension", "2 × 2", "0[×x]", rf"{START}\d{{1,3}}\s?[×x]\s?\d{{1,3}}\b")
    yield pattern(
        "plain",
        "3.98",
        NUMBER_FIRST,
        rf"{START}(?P<value>{NUMBER}){END}(?!\s?[)\]]?\s?(?:st|nd|rd|th)\b)",
        lambda m: Figure(
            FigureKind.VALUE, span_of(m), "plain", None, parse(m["value"]), change_from_baseline=changed(before(m))
        ),
    )


_CHANGED = re.compile(
    r"\b(?:changes?\b[^.;()]{0,60}|(?:fell|rose|dropped|declined|decreased|increased|improved|gained|lost|reduced|lowered"
    r"|raised|grew)\s(?:significantly\s)?by\s(?:a\s(?:mean|median)\sof\s|an\saverage\sof\s|about\s)?"
    r"|(?:reductions?|decreases?|increases?|improvements?|declines?)\s(?:in|of|from)\b[^.;()\d]{0,60})$",
    re.I,
)


def changed(words: str) -> bool:
    """True where ``words`` lead up to an amount by which something changed.

    >>> changed("weight fell by a mean of "), changed("the mean weight was ")
    (True, False)
    """
    return _CHANGED.search(words) is not None


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
    if _AGE.search(before(m)):
        return None
    return _spread_figure(m, "mean with SD", _error(m["said"] or m["said2"] or m["said3"], before(m)))


_DECLARED = re.compile(
    r"\b(?:means?|M|averages?)\b[^.;\d]{0,40}?[(\[]?\s?(?:±\s?)?\b(SD|SEM?|standard\s(?:deviation|error))s?\b", re.I
)


def _declared(m: re.Match[str]) -> Figure | None:
    """None where the sentence has not said that brackets hold a standard deviation or error."""
    declared = _DECLARED.search(before(m))
    return _spread_figure(m, "declared spread", _error(declared[1], "")) if declared else None


_PER = {"y": "a", "m": "mo", "w": "wk", "d": "d"}


def _rate(m: re.Match[str]) -> Figure:
    base, time = (m["base"] or "").replace(",", ""), _PER[m["time"][0]]
    base = re.sub(r"\s", "", base) or "1"
    return Figure(FigureKind.VALUE, span_of(m), "rate", Measure.RATE, parse(m["value"]), f"/({base}.{time})")


def _rate_of_people(m: re.Match[str]) -> Figure:
    base = m["base"].replace(",", "")
    return Figure(FigureKind.VALUE, span_of(m), "rate", Measure.RATE, parse(m["value"]), f"/{base}")


_GIVEN = re.compile(
    r"\b(?:dose|dosage|received|receiving|given|administered|infus\w+|inject\w+|bolus|intake)\b[^.;]{0,30}$", re.I
)
_TOLD = re.compile(r"(?:\b(?:was|were|by|of|from|to|than|vs\.?|versus|and|with|difference|mean|median)|[=:(,])\s?$")


def _laboratory(m: re.Match[str]) -> Figure | None:
    """None for an amount that was given: "received 500 mL"."""
    words = before(m)
    if m["unit"] in ("mL", "ml", "g", "L") and (_GIVEN.search(words) or not _TOLD.search(words)):
        return Figure(FigureKind.IGNORED, span_of(m), "dose")
    unit = "10*9/L" if "10" in m["unit"] and m["unit"][0] in "×x" else unit_of(m["unit"])
    return Figure(
        FigureKind.VALUE,
        span_of(m),
        "laboratory value",
        None,
        parse(m["value"]),
        unit,
        change_from_baseline=changed(words),
    )
