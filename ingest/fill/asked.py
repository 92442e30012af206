"""A question in the words of an article: its phrases with their other forms, and where a passage has them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.fill.words import Word, telling, words_of

MAX_FORMS = 8
MAX_WORDS = 600
"""Code points of a phrase; no outcome or arm is described at greater length, and what comes behind is left out."""
MAX_RUN = 40
"""Words of a phrase that are looked for as they stand, one behind the other."""
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,120})[)\]]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One slot of a question. ``forms`` are bags of telling stems, the first as asked; ``all_stems`` in any of them."""

    words: str
    forms: tuple[tuple[str, ...], ...]
    all_stems: frozenset[str]


def phrase_of(words: str, long_of: Mapping[str, str]) -> Phrase:
    """``words`` as asked, without what stands in brackets, that alone, and with short forms written out or in.

    ``long_of`` is the article's: short form to long form.
    """
    words = words[:MAX_WORDS]
    texts = [words]
    if inner := _BRACKET.findall(words):
        texts += [_BRACKET.sub(" ", words), *inner]
    for text in list(texts):
        tokens = re.findall(r"[\w/+-]+|[^\w\s]", text)
        if any(t in long_of for t in tokens):
            texts.append(" ".join(long_of.get(t, t) for t in tokens))
        lower = text.casefold()
        for short, long in long_of.items():
            if len(long) > 3 and long.casefold() in lower:
                at = lower.index(long.casefold())
                texts.append(f"{text[:at]} {short} {text[at + len(long) :]}")
    forms = [telling(w.stem for w in words_of(text)) for text in texts]
    kept = tuple(dict.fromkeys(f for f in forms if f))[:MAX_FORMS]
    return Phrase(words, kept, frozenset(s for f in kept for s in f))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a stem tells in an article: the fewer passages have it, the more. ``total`` passages."""

    counts: Mapping[str, int]
    total: int

    def __call__(self, stem: str) -> float:
        """Log of all passages over those that have it; largest for a stem that none has."""
        return math.log((self.total + 1.0) / (self.counts.get(stem, 0) + 0.5))


def weights_of(passages: Sequence[Sequence[Word]]) -> Weights:
    """The weights of the stems in these passages."""
    counts: dict[str, int] = {}
    for words in passages:
        for stem in {w.stem for w in words}:
            counts[stem] = counts.get(stem, 0) + 1
    return Weights(counts, len(passages))


def coverage(phrase: Phrase, stems: frozenset[str] | set[str], weights: Weights) -> float:
    """The weighted share of a phrase that ``stems`` have, 0 to 1, in the form that fits best."""
    best = 0.0
    for form in phrase.forms:
        if stems.isdisjoint(form):
            continue
        total = sum(weights(s) for s in form)
        best = max(best, sum(weights(s) for s in form if s in stems) / total if total else 0.0)
    return best


def longest_run(words: str, sequence: Sequence[str]) -> float:
    """The longest run of ``words`` that stands in ``sequence`` (stems) as it is, as a share of the words; 0 to 1."""
    asked = [w.stem for w in words_of(words[:MAX_WORDS])][:MAX_RUN]
    if not asked:
        return 0.0
    best = 0
    before = [0] * (len(asked) + 1)
    for stem in sequence:
        now = [0] * (len(asked) + 1)
        for i, wanted in enumerate(asked):
            if wanted == stem:
                now[i + 1] = before[i] + 1
                best = max(best, now[i + 1])
        before = now
    return best / len(asked)
