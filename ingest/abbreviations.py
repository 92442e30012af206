"""Short forms that an article defines, with the words they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.article import Span
from ingest.brackets import Site, sites
from ingest.nlp import Abbreviation
from ingest.short_forms import Fit, align, balanced

_LIMIT_CAPITALS, _LIMIT, _LIMIT_SMALL = 17.0, 12.0, 10.0
"""Highest price per letter of an alignment that is believed: three capitals or more, others, no capital at all.

Of the definitions in the training part of MED1250, nine in ten cost at most six a letter; 98 in 100 alignments that
cheap are right, and beyond the limit fewer than half.
"""
_FUNCTION_WORD = re.compile(r"(?:a|an|the|of|by|in|for|with|and|to|from|on|at|as|or|is|was|were)\b", re.IGNORECASE)
_FUNCTION_PRICE = 30


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form where it is defined, and its long form; both spans are verbatim in the text."""

    short: str
    short_span: Span
    long_span: Span


def find_definitions(view: str) -> list[Definition]:
    """Definitions in the order of their brackets: ``long form (SF)``, ``[SF]``, ``(SF; more)``, ``SF (long form)``."""
    found: list[Definition] = []
    for possible in sites(view):
        for site in possible:
            long = _long_form(view, site)
            if long is not None:
                found.append(Definition(site.short.of(view), site.short, long))
                break
    return found


def _long_form(view: str, site: Site) -> Span | None:
    short, words = site.short.of(view), site.words.of(view)
    fit = align(short, words)
    if fit is None or not _believed(short, words, fit):
        return None
    if site.reversed:
        return None if re.search(r"\s", words[: fit.start]) else site.words
    return Span(site.words.start + fit.start, site.words.end)


def _believed(short: str, words: str, fit: Fit) -> bool:
    long = words[fit.start :]
    if len(long) <= len(short) or long.split()[0].lower() == short.lower():
        return False
    if long.endswith("-") or not balanced(long) or not re.search(r"[^\W\d_]{4}", long):
        return False
    if fit.letters == 1 and (fit.cost or re.search(r"\s", long)):
        return False
    cost = fit.cost + (_FUNCTION_PRICE if _FUNCTION_WORD.match(long) else 0)
    if fit.letters > 2 and short.isalpha() and short.isupper():
        return cost <= _LIMIT_CAPITALS * fit.letters
    return cost <= (_LIMIT_SMALL if short.islower() else _LIMIT) * fit.letters


def _initials(short: str, long: str) -> int:
    letters = [c for c in short.casefold().rstrip("s") if c.isalpha()]
    starts = [w[0].casefold() for w in re.findall(r"[A-Za-z]\w*", long)]
    return sum(letter in starts for letter in letters)


def resolve(view: str, detected: Iterable[Abbreviation], definitions: Iterable[Definition]) -> dict[str, str]:
    """Short form to long form for the whole article; a definition whose initials fit better wins, then the first.

    A short form of one letter, or without a capital, is left out: elsewhere it is more likely another word.
    ``definitions`` are those that ``find_definitions`` gives for ``view``.
    """
    table: dict[str, str] = {}
    ours = [
        (d.short, d.long_span.of(view)) for d in definitions if len(d.short) > 1 and any(c.isupper() for c in d.short)
    ]
    for short, long in [*ours, *((a.short, a.long) for a in detected)]:
        words = " ".join(long.split())
        key = re.sub(r"(?<=[A-Z])s$", "", short)
        if key not in table or _initials(key, words) > _initials(key, table[key]):
            table[key] = words
    return table
