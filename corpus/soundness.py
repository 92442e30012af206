"""Whether a claim can show its words: the checks that need no gold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.printed import numbers_in

LONGEST_QUOTE = 700  # characters; a quote must be a passage, not the article. Tables are measured by their cells.


def why_unsound(claim: Mapping[str, Any], text: str) -> frozenset[str]:
    """Why the claim (in the shape of the claim schema) is not borne out by ``text``; empty for a sound one."""
    return frozenset(_reasons(claim, text))


def effect_numbers(effect: Mapping[str, Any], *, with_p: bool = True) -> frozenset[float]:
    """The numbers of an effect that its range has to print, without sign: all but the total and the level."""
    interval, p = effect.get("interval") or {}, effect.get("p") or {}
    given = [effect.get(key) for key in ("value", "events", "standard_deviation", "standard_error")]
    given += [interval.get("low"), interval.get("high"), p.get("value") if with_p else None]
    return frozenset(abs(float(number)) for number in given if number is not None)


def _reasons(claim: Mapping[str, Any], text: str) -> Iterator[str]:
    quotes = [claim["quote"], *(claim.get("restatements") or ())]
    for quote in quotes:
        if not _stands(quote, "exact", text):
            yield "quote not verbatim"
        elif len(quote["exact"]) > LONGEST_QUOTE and not quote.get("table"):
            yield "quote too long"
    for slot in ("intervention", "comparator", "outcome", "population"):
        mention = claim.get(slot)
        if mention is None:
            continue
        # words that were elided may be recorded without a place, but must still be words of the article
        placed = mention.get("start") is not None
        if not (_stands(mention, "text", text) if placed else mention["text"] in text):
            yield "mention not verbatim"
    for effect in claim.get("effects") or ():
        if not _stands(effect, "text", text):
            yield "effect text not verbatim"
            continue
        if not any(quote.get("table") or _within(effect, quote) for quote in quotes):
            yield "effect outside its quotes"
        if not effect_numbers(effect) <= numbers_in(text[effect["start"] : effect["end"]]):
            yield "number not printed in its range"
        if effect.get("total") is not None and float(effect["total"]) not in numbers_in(text):
            yield "total not printed"


def _stands(item: Mapping[str, Any], key: str, text: str) -> bool:
    start, end = item.get("start"), item.get("end")
    return start is not None and end is not None and bool(text[start:end] == item[key]) and bool(item[key])


def _within(effect: Mapping[str, Any], quote: Mapping[str, Any]) -> bool:
    start, end = quote.get("start"), quote.get("end")
    return start is not None and end is not None and bool(start <= effect["start"] and effect["end"] <= end)
