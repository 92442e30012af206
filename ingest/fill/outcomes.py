"""How well names of outcomes, as tables and sentences have them, fit the outcome that a question asks for. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.fill.spelling import alike, plain, stem, tokens_of, written_out
from ingest.fill.times import same_time, times_in, without_times

_COUNTING = (
    "mean score rate level number percent percentage proportion incidence occurrence frequency frequent n value"
    " improvement reduction change decrease increase difference effect measure total overall result outcome patient sd"
    " participant subject people index scale assessment observed report standard deviation amount event presence case"
    " all cause developed improved reduced changed"
)
FILLER = frozenset(stem(w) for w in _COUNTING.split())
"""Words that say how a thing was counted or which way it went, not what it is."""
_FAINT = 0.2
_ASKED, _FOUND = 0.65, 0.35
"""What share of the question's words is found counts more than what share of the candidate's words was asked for."""
_OTHER_TIME = 0.5
"""A candidate that names times, none of which is the asked one, counts so much less."""


def match_outcome(
    outcome: str, candidates: Sequence[str], short_forms: Mapping[str, str]
) -> tuple[tuple[int, float], ...]:
    """The candidates that share a word with ``outcome``: (place, score from 0 to 1), the best first.

    Words are compared by their stems, with short forms written out and concepts by one name; a word weighs more, the
    fewer candidates have it. Points in time are compared apart from words: a candidate that names only other times than
    the question loses half of its score, one that names none loses nothing. Equal scores keep the order of the list.
    """
    asked = [_read(part, short_forms) for part in _parts(outcome)]
    read = [[_read(part, short_forms) for part in _parts(c)] for c in candidates]
    having = Counter(t for parts in read for t in {t for part in parts for t in part})
    weight = _Weight(having, len(candidates))
    times = times_in(outcome)
    out = []
    for i, parts in enumerate(read):
        score = max((weight.fit(a, b) * va for a, va in _valued(asked) for b in parts), default=0.0)
        if times and (own := times_in(candidates[i])) and not any(same_time(t, u) for t in times for u in own):
            score *= _OTHER_TIME
        if score > 0:
            out.append((i, min(score, 1.0)))
    return tuple(sorted(out, key=lambda p: (-p[1], p[0])))


def _parts(name: str) -> list[str]:
    """The whole name, what stands outside its brackets, and what stands in each."""
    words = plain(name)
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", words)
    inside = re.findall(r"[(\[]([^()\[\]]{2,200})[)\]]", words)
    return [words, *([outside, *inside] if inside else [])]


def _read(words: str, short_forms: Mapping[str, str]) -> tuple[str, ...]:
    return tokens_of(written_out(without_times(words), short_forms))


def _valued(parts: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], float]]:
    """The whole name and its parts, which count a little less."""
    return [(part, 1.0 if i == 0 else 0.9) for i, part in enumerate(parts)]


class _Weight:
    """Words weigh by how few candidates have them (log), fillers a fifth of that."""

    def __init__(self, having: Counter[str], count: int) -> None:
        self.having, self.count = having, count

    def of(self, token: str) -> float:
        rare = math.log((1 + self.count) / (0.5 + self.having[token])) / math.log(2 * (1 + self.count))
        return max(rare, 0.1) * (_FAINT if token in FILLER else 1.0)

    def fit(self, asked: Sequence[str], found: Sequence[str]) -> float:
        """0 to 1: shares of the weight of either's words that the other has; 0 where only fillers are shared."""
        shared = [t for t in asked if any(alike(t, u) for u in found)]
        if not any(t not in FILLER for t in shared) and any(t not in FILLER for t in asked):
            return 0.0
        back = [u for u in found if any(alike(t, u) for t in asked)]
        whole, whole_found = sum(map(self.of, asked)), sum(map(self.of, found))
        if not shared or not whole or not whole_found:
            return 0.0
        return _ASKED * sum(map(self.of, shared)) / whole + _FOUND * sum(map(self.of, back)) / whole_found
