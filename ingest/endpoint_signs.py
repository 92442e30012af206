"""Which way a clause says that a comparison went: in words, by its p value, by its interval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.endpoint_cues import cues_of

_NUMBER = r"(?:\d{0,4}\.\d{1,6}|\d{1,4})"
_P = re.compile(
    rf"""\b(?:p|p[ -]?values?)\s?(?:\([^)]{{1,12}}\)|for\s\w+)?\s?(?:of|was|,)?\s?
         (?P<op>[<>=])\s?=?\s?(?P<n>{_NUMBER})(?!\d)""",
    re.VERBOSE,
)
_NS = re.compile(r"\bp\s?=\s?n\.?s\b|\(ns\)|\bn\.s\.")
_RATIO = re.compile(r"\b(?:hazard|odds|risk|rate|relative)\s(?:ratio|risk)\b|\b(?:hr|rr|or)\b(?=[,\s=:]{1,3}[\d.(])")
_INTERVAL = re.compile(
    rf"""(?P<value>{_NUMBER})\s?[,;(\[]+\s?(?:\d{{2}}(?:\.\d+)?\s?%\s?)?(?:(?:confidence|credible)\sintervals?\s?)?
         (?:\[?c[ir]\]?)?[\s,:=;\[(]*(?P<low>{_NUMBER})\s?(?:to|-|,)\s?(?P<high>{_NUMBER})""",
    re.VERBOSE,
)
_VALUE = re.compile(rf"[^\d.]{{0,90}}?(?P<value>{_NUMBER})")
_OTHER_P = re.compile(r"\binteraction\b|\bheterogeneity\b|\bnoninferior|\btrend\b")
REACH = 140
"""How far behind the name of a ratio its interval may stand."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a clause says: 1 better, -1 not, 0 nothing. ``same`` where the words are of likeness, not of failure."""

    words: int = 0
    same: bool = False
    worse: bool = False
    p: int = 0
    interval: int = 0


def signs_of(clause: str, alpha: float, start: int = 0, *, survival: bool = False) -> Signs:
    """The signs of ``clause``, written one way; numbers are looked for behind ``start`` first, then anywhere.

    For ``survival`` a ratio above 1 is no gain by itself: its clause has to say that it is one.
    """
    cues = cues_of(clause)
    p = _either(clause, start, lambda part: _by_p(part, alpha))
    interval = _either(clause, start, _by_interval)
    if p > 0 and (cues.worse or (survival and cues.words <= 0 and _above_one(clause[start:]))):
        p = 0
    words = 0 if cues.words > 0 and p < 0 else cues.words  # "a 13% reduction (P = .37)" is a number, and no result
    return Signs(words, cues.same, cues.worse, p, interval)


def _either(clause: str, start: int, sign: Callable[[str], int]) -> int:
    return sign(clause[start:]) or sign(clause)


def _by_p(words: str, alpha: float) -> int:
    for m in _P.finditer(words):
        value = float(m["n"])
        if value > 1 or _OTHER_P.search(words[max(0, m.start() - 25) : m.end() + 20]):
            continue
        if m["op"] == ">":
            return -1 if value >= alpha else 0
        if value < alpha or (value == alpha and m["op"] == "<"):
            return 1
        return -1 if m["op"] == "=" else 0
    return -1 if _NS.search(words) else 0


def _by_interval(words: str) -> int:
    for m in _RATIO.finditer(words):
        found = _INTERVAL.search(words, m.end(), m.end() + REACH)
        if found is not None:
            value, low, high = (float(found[name]) for name in ("value", "low", "high"))
            if low <= value <= high:
                return int(high < 1) or -int(low <= 1)
    return 0


def _above_one(words: str) -> bool:
    ratio = _RATIO.search(words)
    value = _VALUE.match(words, ratio.end()) if ratio is not None else None
    return value is not None and float(value["value"]) > 1
