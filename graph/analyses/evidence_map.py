"""The evidence map: drugs against outcomes, with what was found of each pair, and by how many studies. Pure.

A claim counts in the row of every drug that it names, and in the row of everything broader that has one: as a question
for that drug finds it. So rows may share claims; within a cell a claim and a study count once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.analyses.conflicts import Conflict, Grade
from graph.analyses.facts import Fact, Term, names_of
from graph.analyses.tally import Tally, tally
from graph.words import says_plainly
from ingest.terminology import Terminology

DRUGS, OUTCOMES = 40, 25
"""So many rows and columns a map has, if nothing else is asked for: those with the most studies."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or column: its term, and how many studies and claims it has in the whole answer."""

    term: Term
    studies: int
    claims: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of a drug and an outcome. ``conflict`` is the worse grade of its conflicts, None without any."""

    drug: str
    outcome: str
    tally: Tally
    conflict: Grade | None = None


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """Rows, columns and the cells that hold something, by row and column.

    ``all_drugs`` and ``all_outcomes`` are how many there are with those that are left out. ``without_drug`` counts
    claims that name no drug, which no cell holds. ``claims`` and ``studies`` count the whole answer.
    """

    drugs: tuple[Axis, ...]
    outcomes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    all_drugs: int
    all_outcomes: int
    without_drug: int
    claims: int
    studies: int

    def cell(self, drug: str, outcome: str) -> Cell | None:
        """The cell of two term ids; None where there is no evidence."""
        return next((c for c in self.cells if (c.drug, c.outcome) == (drug, outcome)), None)


def evidence_map(
    facts: Sequence[Fact],
    terminology: Terminology,
    *,
    found: Sequence[Conflict] = (),
    drugs: int = DRUGS,
    outcomes: int = OUTCOMES,
    up: int = 0,
    asked: tuple[Collection[str], Collection[str]] = ((), ()),
) -> EvidenceMap:
    """The map of ``facts``, with ``found`` conflicts marked; rows and columns with the most studies first.

    ``up`` steps broader concepts take the place of those that claims name. Where a question asked for concepts
    (``asked``: drugs, outcomes), rows and columns are these and what is narrower: a partner in a combination is none.
    """
    rows = _Side([(f, f.drug) for f in facts if f.drug is not None], terminology, up, asked[0])
    columns = _Side([(f, f.outcome) for f in facts], terminology, up, asked[1])
    shown = rows.most(drugs), columns.most(outcomes)
    in_row = {axis.term.id: {f.claim: f for f in rows.of(axis.term)} for axis in shown[0]}
    in_column = {axis.term.id: {f.claim for f in columns.of(axis.term)} for axis in shown[1]}
    cells = []
    for drug, some in in_row.items():
        for outcome, ids in in_column.items():
            here = [fact for claim, fact in some.items() if claim in ids]
            if here:
                cells.append(Cell(drug, outcome, tally(here), _grade({f.claim for f in here}, found)))
    return EvidenceMap(
        *shown,
        tuple(cells),
        len(rows.terms),
        len(columns.terms),
        sum(f.drug is None for f in facts),
        len(facts),
        len({f.study for f in facts}),
    )


def _grade(claims: Collection[str], found: Sequence[Conflict]) -> Grade | None:
    """The worst conflict of which claims on two sides are among ``claims``."""
    grades = [
        conflict.grade
        for conflict in found
        if sum(any(c in claims for some in side.claims for c in some) for side in conflict.sides) > 1
    ]
    return next((grade for grade in Grade if grade in grades), None)


class _Side:
    """The facts of one axis, by what their mention is found under."""

    def __init__(
        self, pairs: Sequence[tuple[Fact, Term]], terminology: Terminology, up: int, asked: Collection[str]
    ) -> None:
        self._terminology = terminology
        self._by_term: dict[Term, list[Fact]] = {}
        for fact, term in pairs:
            self._by_term.setdefault(term, []).append(fact)
        self.terms: dict[str, Term] = {}
        for term in self._by_term:
            for one in _named(term, terminology, up, asked):
                self.terms.setdefault(one.id, one)

    def of(self, term: Term) -> list[Fact]:
        """Facts that a question for ``term`` finds."""
        names = self._names(term)
        return [f for other, some in self._by_term.items() if self._holds(term, names, other) for f in some]

    def most(self, number: int) -> tuple[Axis, ...]:
        """So many terms with the most studies, then claims, then by name."""
        axes = [Axis(t, len({f.study for f in some}), len(some)) for t, some in self._quick()]
        axes.sort(key=_order)
        exact = [(axis.term, self.of(axis.term)) for axis in axes[:number]]
        return tuple(sorted((Axis(t, len({f.study for f in some}), len(some)) for t, some in exact), key=_order))

    def _quick(self) -> list[tuple[Term, list[Fact]]]:
        """Terms with their facts by concept alone, which is enough to order them."""
        held: dict[str, list[Fact]] = {id: [] for id in self.terms}
        for term, some in self._by_term.items():
            under = {b for c in term.concepts for b in self._terminology.ancestors(c)} if term.linked else {term.id}
            for id in under & held.keys():
                held[id] += some
        return [(self.terms[id], some) for id, some in held.items()]

    def _names(self, term: Term) -> tuple[str, ...]:
        concept = self._terminology.get(term.id)
        return () if concept is None else names_of(concept, self._terminology)

    def _holds(self, term: Term, names: Sequence[str], other: Term) -> bool:
        if not term.linked or term.id == other.id:
            return term.id == other.id
        if not other.concepts:
            return says_plainly(other.keys, names) is True
        linked = any(term.id in self._terminology.ancestors(concept) for concept in other.concepts)
        return linked and says_plainly(other.keys, names) is not False


def _order(axis: Axis) -> tuple[int, int, str, str]:
    return -axis.studies, -axis.claims, axis.term.label.casefold(), axis.term.id


def _named(term: Term, terminology: Terminology, up: int, asked: Collection[str]) -> list[Term]:
    """What a term makes rows of: its concepts, so many steps up, as far as they are what was asked for."""
    if not term.linked:
        return [term]
    level = set(term.id.split(" + "))
    if asked:
        level = {iri for iri in level if not terminology.ancestors(iri).isdisjoint(asked)}
    for _ in range(up):
        level = {p for iri in level for p in _parents(iri, terminology)}
    return [Term(iri, _label(iri, term, terminology), (iri,)) for iri in sorted(level)]


def _parents(iri: str, terminology: Terminology) -> Sequence[str]:
    concept = terminology.get(iri)
    return (iri,) if concept is None or not concept.parents else concept.parents


def _label(iri: str, term: Term, terminology: Terminology) -> str:
    concept = terminology.get(iri)
    return term.label if concept is None and term.id == iri else iri if concept is None else concept.name


def by_pair(made: EvidenceMap) -> Mapping[tuple[str, str], Cell]:
    """The cells by drug and outcome."""
    return {(c.drug, c.outcome): c for c in made.cells}
