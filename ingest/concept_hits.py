"""The ways in which a search over concepts finds names in one table, each as a function of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Self

import numpy as np

from ingest.concept_index import ConceptIndex, Words
from ingest.curies import expand
from ingest.grams import Weights
from ingest.term_keys import key_of
from ingest.term_table import Numbers

LIKE = 0.5
"""Names less like the text (cosine of their runs of three letters) are not shown."""
MANY_WORDS = 8
"""Of a text of more words no word is looked for by itself."""
_LACKS = 100
_EXPLAINED = re.compile(r"(?P<short>\S+) \((?P<long>[^\W\d_]{4}.*)\)")  # "MS (Multiple Sclerosis)"
PENALTY = 1.2
"""What a wrong letter takes from the weight of a name."""


class Tier(IntEnum):
    """How a name was found, the best first."""

    SAME = 0
    SHORT = 1
    REORDERED = 2
    BEGINS = 3
    WORD = 4
    RARE = 5
    """Begins so, but is a chemical that only the supplementary records of MeSH have."""
    INITIALS = 6
    MISSPELT = 7
    ALIKE = 8


class Hit(NamedTuple):
    """A name that was found; the least is the best."""

    tier: Tier
    order: float
    iri: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What someone typed, perhaps not to the end: its key, and ``open``, the key while its last word may go on.

    Of "lymphomas" the key is "lymphoma"; of "dias" it is "dia", but what is typed may become "diastolic".
    """

    text: str
    key: str
    open: str

    @classmethod
    def of(cls, text: str) -> Self | None:
        """None where nothing in the text is a letter or a digit."""
        key, opened = key_of(text), key_of(f"{text}x")[:-1]
        return cls(text.strip(), key, opened) if key else None

    @property
    def words(self) -> list[tuple[str, bool]]:
        """The words, each once, and whether it is whole: the last one may go on."""
        words = self.open.split(" ")
        return [(w, i < len(words) - 1) for i, w in enumerate(words) if w and w not in words[:i]]


def beginning(index: ConceptIndex, typed: Typed, many: int) -> Iterator[Hit]:
    """Names that begin with what was typed; "MS (Multiple Sclerosis)" says itself that MS is a short form."""
    lines = index.table.keys
    found = [lines.beginning(form) for form in (typed.open, *_american(typed.open))]
    found = found if any(found) else [lines.beginning(f"{typed.key} ")]
    keys = np.concatenate([np.arange(some.start, some.stop) for some in found])
    for hit in _best(index, keys, index.key_weights[keys], many, Tier.BEGINS, "begins with this"):
        said = _EXPLAINED.fullmatch(hit.name)
        if said and said["short"].casefold() == typed.text.casefold():
            hit = hit._replace(tier=Tier.SHORT, why=f"short form of {said['long']}")
        yield hit


def holding(index: ConceptIndex, typed: Typed, many: int) -> Iterator[Hit]:
    """Names with all words of what was typed, in any order; the last word may go on."""
    words = typed.words
    if len(words) <= MANY_WORDS:
        rows = _common([[(0, r)] for r in (_as_typed(index.words, w, whole) for w, whole in words)], index)[0]
        keys = index.rows[rows]
        why = "has the word" if len(words) == 1 else "has these words"
        yield from _best(index, keys, index.key_weights[keys], many, Tier.WORD, why)


def initials(index: ConceptIndex, typed: Typed, many: int) -> Iterator[Hit]:
    """Names of three words or more whose first letters were typed."""
    keys = index.rows[index.with_initials(typed.key)]
    yield from _best(index, keys, index.key_weights[keys], many, Tier.INITIALS, "has these initials")


def misspelt(index: ConceptIndex, typed: Typed, many: int, behind: float | None) -> Iterator[Hit]:
    """Names with all words of what was typed, some of them spelt a little otherwise.

    ``behind`` is the order of the best name found as typed, None where there is none. Where there is one, every word
    counts as typed to its end and its first letter as right, and only better names are worth showing.
    """
    if len(typed.words) > MANY_WORDS:
        return
    options = []
    for word, whole in typed.words:
        near = index.words.near(word, whole or behind is not None)
        near = [(n, r) for n, r in near if behind is None or index.words[r.start][0] == word[0]]
        options.append([(0, _as_typed(index.words, word, whole)), *near])
    rows, apart = _common(options, index)
    keys, letters = index.rows[rows], len(typed.key.replace(" ", ""))
    for wrong in np.unique(apart[apart > 0]):
        some, why = keys[apart == wrong], f"spelt alike ({max(0.0, 1 - wrong / letters):.2f})"
        hits = _best(index, some, index.key_weights[some] - PENALTY * wrong, many, Tier.MISSPELT, why)
        yield from (hit for hit in hits if behind is None or hit.order < behind)


def alike(index: ConceptIndex, typed: Typed, many: int) -> Iterator[Hit]:
    """Names that have most runs of three letters in common with what was typed."""
    keys, grams = index.grams
    rows, likeness = grams.alike(grams.runs(typed.key), 2 * many)
    for row, like in zip(rows, likeness, strict=True):
        if like >= LIKE:
            key = keys[int(row) : int(row) + 1]
            why = f"spelt alike ({like:.2f})"
            yield from _best(index, key, np.array([50 * like], dtype=np.float32), 1, Tier.ALIKE, why)


def _as_typed(words: Words, word: str, whole: bool) -> range:
    singular = key_of(word)
    if whole:
        return words.only(word) or words.only(singular) or words.beginning(word)
    begun = (found for form in (word, *_american(word)) if (found := words.beginning(form)))
    return next(begun, words.only(singular))


def _american(begun: str) -> tuple[str, ...]:
    """What a British spelling may be that is not typed to its end: "haema", "tumou"."""
    other = begun.replace("ae", "e").replace("oe", "e").removesuffix("u")
    return () if other == begun else (other,)


def _common(options: Sequence[Sequence[tuple[int, range]]], index: ConceptIndex) -> tuple[Numbers, Numbers]:
    """Rows that have one of the options for each word, in order, and by how many letters they differ from the best."""
    total = np.zeros(len(index.rows), dtype=np.int16)
    for choices in options:
        apart = np.full(len(index.rows), _LACKS, dtype=np.int16)
        for wrong, words in sorted(choices, key=lambda choice: -choice[0]):
            apart[index.words.rows_of(words)] = wrong
        total += apart
    rows = np.flatnonzero(total < _LACKS)
    return rows, total[rows].astype(np.int64)


def _best(index: ConceptIndex, keys: Numbers, weights: Weights, many: int, tier: Tier, why: str) -> Iterator[Hit]:
    """Hits for the weightiest of these keys: ``many`` concepts or more, where there are so many."""
    table, wanted, seen = index.table, 4 * many, set[str]()
    while len(keys) and len(seen) < many:
        least = np.partition(weights, -wanted)[-wanted] if wanted < len(keys) else -np.inf
        for at in np.flatnonzero(weights >= least):
            for less, number in index.names(int(keys[at])):
                concept = int(table.concept_of_name[number])
                rare = tier is Tier.BEGINS and not index.known[concept]
                iri = expand(table.ids[concept])
                seen.add(iri)
                yield Hit(Tier.RARE if rare else tier, less - float(weights[at]), iri, table.texts[number], why)
        if wanted >= len(keys):
            break
        wanted *= 8
