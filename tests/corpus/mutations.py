"""A sentence with its arms, its numbers or its negation exchanged, and what claims say, put comparably."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.soundness import effect_numbers

Claim = Mapping[str, Any]
_FLIP = {"higher": "lower", "lower": "higher"}


@dataclass(frozen=True)
class Said:
    """A claim without regard to which arm comes first: each arm's numbers by its name, the direction of the first.

    ``arms`` are in the order of their names; ``direction`` is that of the outcome under the first of them.
    """

    outcome: str
    arms: tuple[tuple[str, frozenset[float]], ...]
    direction: str | None
    assertion: str


def name_of(claim: Claim, arm: str) -> str:
    """What an arm is called, without a preposition or article before it; empty where there is none."""
    return re.sub(
        r"^(?:(?:under|with|without|after|the|in)\b\s*)+", "", (claim[arm] or {"text": ""})["text"], flags=re.I
    )


def said(claim: Claim) -> Said:
    """``claim`` in comparable form."""
    numbers = {arm: frozenset[float]() for arm in ("intervention", "comparator")}
    for effect in claim["effects"]:
        if effect["arm"] in numbers:
            numbers[effect["arm"]] |= effect_numbers(effect)
    names = {arm: name_of(claim, arm).casefold() for arm in numbers}
    first, second = sorted(numbers, key=lambda arm: names[arm])
    direction = claim["direction"]
    direction = _FLIP.get(direction, direction) if first == "comparator" else direction
    arms = tuple((names[arm], numbers[arm]) for arm in (first, second))
    return Said(claim["outcome"]["text"].casefold(), arms, direction, claim["assertion"])


def mirrored(one: Said) -> Said:
    """What is said when the two names change places: the numbers of each are those of the other."""
    (first, mine), (second, yours) = one.arms
    return Said(
        one.outcome, ((first, yours), (second, mine)), _FLIP.get(one.direction or "", one.direction), one.assertion
    )


def with_arms_swapped(text: str, claims: Iterable[Claim]) -> str | None:
    """``text`` with its two arms exchanged; None unless all claims compare the same two, each named once."""
    pairs = {tuple(name_of(c, arm) for arm in ("intervention", "comparator")) for c in claims}
    if len(pairs) != 1:
        return None
    a, b = pairs.pop()
    if not a or not b or a.casefold() in b.casefold() or b.casefold() in a.casefold():
        return None
    places = [[m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)] for name in (a, b)]
    if any(len(p) != 1 for p in places):
        return None
    return exchanged(text, places[0][0], places[1][0])


def with_numbers_swapped(text: str, claims: Iterable[Claim]) -> str | None:
    """``text`` with what is printed for the two arms exchanged; None unless one claim has one number of each."""
    (claim, *others) = claims
    printed = {arm: [e for e in claim["effects"] if e["arm"] == arm] for arm in ("intervention", "comparator")}
    if others or any(len(effects) != 1 for effects in printed.values()):
        return None
    mine, yours = printed["intervention"][0], printed["comparator"][0]
    if effect_numbers(mine) == effect_numbers(yours) or mine.get("value") is None or yours.get("value") is None:
        return None
    return exchanged(text, (mine["start"], mine["end"]), (yours["start"], yours["end"]))


def exchanged(text: str, one: tuple[int, int], other: tuple[int, int]) -> str | None:
    """``text`` with two ranges exchanged; None where they overlap. A capital stays at the start of the sentence."""
    first, second = sorted((one, other))
    if first[1] > second[0]:
        return None
    a, b = text[slice(*first)], text[slice(*second)]
    if first[0] == 0 or text[: first[0]].endswith(". "):
        a, b = a[0].lower() + a[1:] if a[1:].islower() else a, b[0].upper() + b[1:]
    return text[: first[0]] + b + text[first[1] : second[0]] + a + text[second[1] :]


_NEGATIONS = (
    (r"\b(was|were) (more|less|fewer|lower|higher|longer|shorter|better|worse|commoner|rarer)\b", r"\1 not \2"),
    (r"\b(reduc|improv)ed\b(?! (?:in|by|with|between))", r"did not \1e"),
    (r"\b(lower|shorten|prolong|increas)ed\b(?! (?:in|by|with))", r"did not \1"),
    (r"\bcut\b", "did not cut"),
)
_ASSERTIONS = (
    (r"\b(was|were) not (more|less|fewer|lower|higher|longer|shorter|better|worse)\b", r"\1 \2"),
    (r"\bdid not (reduc|improv)e\b", r"\1ed"),
    (r"\bThere was no (increase|decrease|reduction)\b", r"There was a clear \1"),
    (r"\bfailed to improve\b", "improved"),
)


def with_negation_swapped(text: str) -> Iterator[str]:
    """``text`` with the first denial taken out, else with each word of comparison denied that can be, one at a time."""
    for pattern, replacement in _ASSERTIONS:
        if re.search(pattern, text):
            yield re.sub(pattern, replacement, text, count=1)
            return
    if re.search(r"\b(?:not|no|nor|neither|none|failed|without)\b", text, re.I):
        return
    for pattern, replacement in _NEGATIONS:
        if len(re.findall(pattern, text)) == 1:
            yield re.sub(pattern, replacement, text, count=1).replace("did not increas ", "did not increase ")
