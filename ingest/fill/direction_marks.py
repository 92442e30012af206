"""A passage as the direction model sees it: the asked outcome and arms as marks, numbers and p values as kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.fill.asked import Phrase
from ingest.fill.direction_words import signal_of
from ingest.fill.words import stem_of

MAX_MARKS = 400
OUTCOME, FIRST, SECOND = "OUT", "INT", "COM"
_P = re.compile(
    r"\b[Pp](?:\s*[- ]?\s*values?)?\s*(?:was|were|of|is)?\s*(?P<sign>[=<>≤≥⩽⩾]+|&lt;|&gt;)?\s*"
    r"(?P<value>0?\s?[.·,]\s?\d+|0\b|1\.0+\b)"
)
_NS = re.compile(r"\b(?:N\.?S\.?(?=[\s,;).]|$)|[Pp]\s*[=:]\s*(?:NS|n\.?s\.?)\b)")
_CI = re.compile(
    r"(?:9\d(?:\.\d)?\s*%\s*)?\b(?:CI|confidence intervals?)\b[\s:=,\[(-]*"
    r"(?P<low>[-−–]?\d+(?:[.·]\d+)?)\s*%?\s*(?:to|and|[-−–,;~])\s*(?P<high>[-−–]?\d+(?:[.·]\d+)?)"
)
_RATIO = re.compile(r"\b(?:OR|RR|HR|IRR|odds|hazard|risk|rate|ratio|relative)\b")
_TOKEN = re.compile(
    r"(?P<mark>\x01[A-Z]+\x01)|(?P<number>[-−]?\d+(?:[.,·]\d+)*)|(?P<word>[^\W\d_](?:[^\W_]|(?<=[^\W_])['’](?=\w))*)"
    r"|(?P<sign>[%±<>≤≥=;:.,()\[\]/+])"
)
_CONTROL = re.compile(
    r"\b(?:control|placebo|usual|standard|conventional|sham|no|without|routine|vehicle|alone|untreated)\b", re.I
)
_OF_CONTROL = frozenset(stem_of(w) for w in ("control", "controls", "placebo", "sham"))
_OF_OTHERS = frozenset(stem_of(w) for w in ("intervention", "experimental", "active", "treated"))


@dataclass(frozen=True, slots=True)
class Mark:
    """One token: what it is called, and its signal where it is one (``UP``, ``THAN``, ``INT``, ``PSIG``, ...).

    ``text`` is the word as printed, empty for p values and intervals; ``value`` that of a number.
    """

    name: str
    signal: str | None
    text: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The stems that stand for each slot of a question."""

    outcome: frozenset[str]
    first: frozenset[str]
    second: frozenset[str]


def slots_of(outcome: Phrase, intervention: Phrase, comparator: Phrase) -> Slots:
    """What tells the arms apart: the stems of one that the other has not, with words of control where they fit."""
    first = intervention.all_stems - comparator.all_stems
    second = comparator.all_stems - intervention.all_stems
    first_control = bool(_CONTROL.search(intervention.words))
    second_control = bool(_CONTROL.search(comparator.words))
    if second_control and not first_control:
        second |= _OF_CONTROL
        first |= _OF_OTHERS
    elif first_control and not second_control:
        first |= _OF_CONTROL
        second |= _OF_OTHERS
    return Slots(outcome.all_stems, first - second, second - first)


def marks_of(words: str, slots: Slots) -> list[Mark]:
    """The tokens of a passage, one for each word, number and sign; of a very long one the first ``MAX_MARKS``."""
    plain = " ".join(words.split())  # long runs of blanks would cost the patterns a lot of time
    return list(islice(_marks(_with_kinds(plain), slots), MAX_MARKS))


def _with_kinds(words: str) -> str:
    words = _NS.sub(" \x01PNS\x01 ", words)
    words = _P.sub(lambda m: f" \x01{_kind_of_p(m)}\x01 ", words)
    return _CI.sub(lambda m: f" \x01{_kind_of_interval(m, words)}\x01 ", words)


def _kind_of_p(m: re.Match[str]) -> str:
    digits = re.sub(r"\s", "", m["value"]).replace("·", ".").replace(",", ".")
    value, sign = float(digits), m["sign"] or "="
    if any(c in sign for c in ">≥⩾") or sign == "&gt;":
        return "PNS" if value >= 0.01 else "PSIG"
    if any(c in sign for c in "<≤⩽") or sign == "&lt;":
        return "PSIG" if value <= 0.05 else "PNS"
    return "PSIG" if value < 0.05 else "PEDGE" if value == 0.05 else "PNS"


def _kind_of_interval(m: re.Match[str], words: str) -> str:
    low, high = (float(re.sub("[−–]", "-", m[n]).replace("·", ".")) for n in ("low", "high"))
    low, high = min(low, high), max(low, high)
    null = 1.0 if _RATIO.search(words, max(0, m.start() - 60), m.start()) or 0 < low < 1 < high else 0.0
    return "CINULL" if low <= null <= high else "CIUP" if low > null else "CIDOWN"


def _marks(words: str, slots: Slots) -> Iterator[Mark]:
    for m in _TOKEN.finditer(words):
        if m["mark"]:
            kind = m["mark"].strip("\x01")
            yield Mark(kind, kind)
        elif m["number"]:
            stem = stem_of(m["number"])
            if stem in slots.first or stem in slots.second or stem in slots.outcome:
                yield _of_slot(stem, m[0], slots)
                continue
            digits = re.sub(r"[,·]", ".", m["number"].replace("−", "-"))
            yield Mark("NUM", None, m[0], float(digits) if digits.count(".") < 2 else None)
        elif m["sign"]:
            yield Mark(m["sign"], None, m[0])
        else:
            word = m["word"]
            stem = stem_of(word)
            if stem in slots.first or stem in slots.second or stem in slots.outcome:
                yield _of_slot(stem, m[0], slots)
                continue
            yield Mark(stem, signal_of(word), m[0])


def _of_slot(stem: str, word: str, slots: Slots) -> Mark:
    name = OUTCOME if stem in slots.outcome else FIRST if stem in slots.first else SECOND
    return Mark(name, name, word)


def joined(marks: Iterable[Mark]) -> Iterator[Mark]:
    """``marks`` with those of one slot that stand side by side as one."""
    last: str | None = None
    for mark in marks:
        if mark.signal in (OUTCOME, FIRST, SECOND) and mark.signal == last:
            continue
        last = mark.signal if mark.signal in (OUTCOME, FIRST, SECOND) else None
        yield mark
