"""How well annotations agree with those of a corpus. Pure: rows in, counts out.

A row is one text as the corpora and ``picograph annotate`` have it: ``text``, ``entities`` (``start``, ``end``,
``label``), ``relations`` (``head`` and ``tail``, indexes of entities, and ``label``), ``pairs`` (``sf``, ``lf``).
What is told twice counts once. Labels are compared by ``Names``. The items of a measure are (label, what it marks).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

Row = Mapping[str, Any]
Item = tuple[str, Hashable]
ALL = "all"
_NO_CONCEPT = frozenset({"", "-", "-1"})


class Measure(StrEnum):
    """What is compared; the values are shown to people."""

    SPANS = "strict spans"  # start, end and label agree
    TOKENS = "tokens"  # whitespace tokens that a span touches, by label
    RELATIONS = "relations"  # label and both entities agree, these by start, end and label
    CONCEPTS = "concepts"  # the set of concepts of a text
    FIRST_CONCEPT = "first concept"  # of each gold mention that has a concept: is the first concept one of its own?
    PAIRS = "abbreviations"  # short and long form


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts, so that texts and labels add up. ``extra``: only predicted; ``missed``: only in the corpus."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Agreement)))

    @property
    def precision(self) -> float | None:
        """Hits among what was predicted; None when nothing was."""
        return _ratio(self.hits, self.hits + self.extra)

    @property
    def recall(self) -> float | None:
        """Hits among what the corpus has; None when it has nothing."""
        return _ratio(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both, 0.0 without a hit; None when there was nothing to find and nothing found."""
        return _ratio(2 * self.hits, 2 * self.hits + self.extra + self.missed)


class Names:
    """Labels without regard to case and to ``_`` or ``-``, some of them renamed; the name ``*`` stands for the rest.

    >>> Names({"PARTICIPANTS": "PAR"})("participants"), Names({"*": "Disease"})("Modifier"), Names()("iv_bin_abs")
    ('par', 'disease', 'iv-bin-abs')
    """

    def __init__(self, renames: Mapping[str, str] | None = None) -> None:
        self._renames = {_folded(old): _folded(new) for old, new in (renames or {}).items()}

    def __call__(self, label: object) -> str:
        """The name under which ``label`` is compared and shown."""
        plain = _folded(label)
        return self._renames.get(plain, self._renames.get("*", plain))


def compare(
    measure: Measure,
    gold: Sequence[Row],
    predicted: Sequence[Row],
    *,
    gold_names: Names | None = None,
    names: Names | None = None,
) -> dict[str, Agreement]:
    """Agreement by label in alphabetical order, and ``all`` of them; the rows of both are of the same texts, in order.

    ``names`` are for the labels of ``predicted``. Of its entities those with a label that ``gold`` never uses are left
    out of every measure but relations. Measures without labels have ``all`` alone.
    """
    gold_names, names = gold_names or Names(), names or Names()
    labels = {gold_names(entity["label"]) for row in gold for entity in row.get("entities", ())}
    found: dict[str, Agreement] = {}
    for ours, theirs in zip(predicted, gold, strict=True):
        if measure is Measure.FIRST_CONCEPT:
            of_row = _first_concepts(theirs, ours, gold_names)
        elif measure is Measure.CONCEPTS:
            of_row = _agreements(_known_concepts(theirs), _said_concepts(ours, names, labels))
        else:
            items = _ITEMS[measure]
            of_row = _agreements(items(theirs, gold_names, labels), items(ours, names, labels))
        for label, agreement in of_row.items():
            found[label] = found.get(label, Agreement()) + agreement
    if measure in (Measure.SPANS, Measure.TOKENS):
        found |= {label: Agreement() for label in labels - set(found)}
    total = sum(found.values(), Agreement())
    return {label: found[label] for label in sorted(found) if label != ALL} | {ALL: total}


def _agreements(gold: set[Item], predicted: set[Item]) -> dict[str, Agreement]:
    groups = (gold & predicted, predicted - gold, gold - predicted)
    counts = [Counter(label for label, _ in group) for group in groups]
    return {label: Agreement(*(count[label] for count in counts)) for label in {k for count in counts for k in count}}


def _place(entity: Row) -> tuple[int, int]:
    return entity["start"], entity["end"]


def _spans(row: Row, names: Names, labels: Collection[str]) -> set[Item]:
    return {(names(e["label"]), _place(e)) for e in row.get("entities", ()) if names(e["label"]) in labels}


def _tokens(row: Row, names: Names, labels: Collection[str]) -> set[Item]:
    tokens = [match.span() for match in re.finditer(r"\S+", row["text"])]
    entities = [(names(e["label"]), *_place(e)) for e in row.get("entities", ())]
    return {
        (label, token)
        for label, start, end in entities
        if label in labels
        for token in tokens
        if token[0] < end and start < token[1]
    }


def _relations(row: Row, names: Names, labels: Collection[str]) -> set[Item]:
    ends = [(names(e["label"]), _place(e)) for e in row.get("entities", ())]
    plain = Names()
    return {(plain(r["label"]), (ends[r["head"]], ends[r["tail"]])) for r in row.get("relations", ())}


def _known_concepts(row: Row) -> set[Item]:
    return {(ALL, concept) for entity in row.get("entities", ()) for concept in _ids(entity)}


def _said_concepts(row: Row, names: Names, labels: Collection[str]) -> set[Item]:
    kept = [entity for entity in row.get("entities", ()) if names(entity["label"]) in labels]
    said = [concept for entity in kept for concept in entity.get("concepts") or [entity.get("concept")]]
    return {(ALL, _last_part(concept)) for concept in said if concept}


def _pairs(row: Row, names: Names, labels: Collection[str]) -> set[Item]:
    return {
        (ALL, tuple(" ".join(pair[form].split()).lower() for form in ("sf", "lf"))) for pair in row.get("pairs", ())
    }


_ITEMS: dict[Measure, Callable[[Row, Names, Collection[str]], set[Item]]] = {
    Measure.SPANS: _spans,
    Measure.TOKENS: _tokens,
    Measure.RELATIONS: _relations,
    Measure.PAIRS: _pairs,
}


def _first_concepts(gold: Row, predicted: Row, gold_names: Names) -> dict[str, Agreement]:
    """A wrong concept is both extra and missed, so that recall is the share of mentions with a right one."""
    first = {_place(e): _last_part(e.get("concept") or "") for e in predicted.get("entities", ())}
    found: dict[str, Agreement] = {}
    for entity in gold.get("entities", ()):
        wanted = set(_ids(entity))
        if wanted:
            said = first.get(_place(entity))
            right = said in wanted
            label = gold_names(entity["label"])
            found[label] = found.get(label, Agreement()) + Agreement(right, bool(said) and not right, not right)
    return found


def _ids(entity: Row) -> Iterable[str]:
    return (_last_part(concept) for concept in entity.get("ids", ()) if concept not in _NO_CONCEPT)


def _last_part(concept: str) -> str:
    """D009369 of an IRI, 175100 of OMIM:175100."""
    return re.split(r"[/:]", concept.rstrip("/"))[-1]


def _folded(label: object) -> str:
    return str(label or "").lower().replace("_", "-")


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
