"""When the words a reader took for a slot name the same as a gold mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from corpus.annotation import GoldDoc, GoldMention

_TOKEN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")

# Words that say nothing about which arm, outcome or population is meant.
_EMPTY = frozenset(
    _TOKEN.findall(
        "a an the this that these those their its of in on at to for from with by and or plus who whom which was "
        "were is are had has have been be patient people person participant man men woman women group arm cohort "
        "given received receiving treated taking assigned allocated randomised randomized"
    )
)
_NEGATIONS = frozenset(_TOKEN.findall("no not non nor without never neither none ineligible noneligible free"))


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The telling words of ``text``: lower case, singular, one spelling for British and American, hyphens opened.

    >>> sorted(words_of("the Patients with non-transplant-eligible tumours"))
    ['eligible', 'non', 'transplant', 'tumor']
    """
    plain = text.lower().replace("ae", "e").replace("tumour", "tumor")
    words = frozenset(_singular(word) for word in _TOKEN.findall(plain))
    return words - _EMPTY or words


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def closeness(gold: GoldMention, predicted: Mapping[str, Any] | None) -> int:
    """How many telling words of ``gold``, in its fullest fitting wording, ``predicted`` has too; 0: it does not fit.

    A wording fits if all its words are there and neither side denies what the other does not deny. Further words do
    no harm by themselves: see :func:`fits`. A label counts only where the mention has its place in the text.
    """
    if predicted is None:
        return 0
    best = 0
    for said in _sayings(predicted):
        there = words_of(said)
        for wording in (gold.text, *gold.also):
            wanted = words_of(wording)
            if wanted <= there and (wanted & _NEGATIONS) == (there & _NEGATIONS):
                best = max(best, len(wanted))
    return best


def fits(slot: str, gold: GoldMention, predicted: Mapping[str, Any] | None, doc: GoldDoc) -> bool:
    """Whether ``predicted`` names what ``gold`` names, and no other gold mention of that slot more closely.

    So "death from a second cancer" does not pass for "second cancer" in an article that reports both.
    """
    near = closeness(gold, predicted)
    return near > 0 and near >= max(closeness(other, predicted) for other in _mentions(slot, doc))


def _mentions(slot: str, doc: GoldDoc) -> Iterable[GoldMention]:
    return [mentions[slot] for claim in doc.claims if slot in (mentions := claim.mentions())]


def _sayings(predicted: Mapping[str, Any]) -> Iterable[str]:
    placed = predicted.get("start") is not None
    return [str(predicted[key]) for key in (("text", "label") if placed else ("text",)) if predicted.get(key)]
