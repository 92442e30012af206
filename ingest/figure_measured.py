"""Patterns of the effects grammar for rates, laboratory values, what is not there, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claim import Measure
from ingest.figure_readers import (
    NUMBER_FIRST,
    Pattern,
    before,
    changed,
    pattern,
    signed,
    simple_reader,
    skip,
    span_of,
)
from ingest.figure_units import LAB, LAB_KEYS, unit_of
from ingest.figures import Figure, FigureKind
from ingest.numbers import END, NUMBER, PERCENT, PLAIN, RAISED, START, parse


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
        rf"0(?:{LAB_KEYS}|[×x]|[-–])",
        rf"{START}(?P<value>{NUMBER})(?:\s|-(?=points?\b))?(?P<unit>{LAB}|[×x]\s?10(?:\^?9|⁹)/L)",
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
    yield skip("power of ten", "10⁹", NUMBER_FIRST, rf"{START}(?:{PLAIN}\s?[×x·]\s?)?10[⁺⁻]?[{RAISED}]+")
    yield pattern(
        "plain",
        "3.98",
        NUMBER_FIRST,
        rf"{START}(?P<value>{NUMBER}){END}(?!\s?[)\]]?\s?(?:st|nd|rd|th)\b)",
        _plain,
    )


def _plain(m: re.Match[str]) -> Figure:
    value, span = signed(m)
    return Figure(FigureKind.VALUE, span, "plain", None, value, change_from_baseline=changed(before(m)))


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
