"""Results as rows of a table, the first of which holds the headings. Claim ids stand in the last column. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from graph.analyses.comparisons import Network
from graph.analyses.conflicts import Conflicts
from graph.analyses.evidence_map import EvidenceMap, by_pair
from graph.analyses.graphs import counts
from graph.analyses.paths import Paths
from graph.analyses.similarity import Similar
from graph.analyses.tally import Tally, tally

Row = list[str | int | float | None]


@singledispatch
def rows_of(result: Any) -> Iterator[Row]:
    """One row for each cell of a map, comparison, side of a conflict and study, pair of drugs, or step of a path."""
    raise TypeError(f"no table is made of {type(result).__name__}")


@rows_of.register(EvidenceMap)
def _map(result: EvidenceMap) -> Iterator[Row]:
    labels = {axis.term.id: axis.term.label for axis in (*result.drugs, *result.outcomes)}
    numbers = list(counts(tally(())))
    yield ["drug", "drug_id", "outcome", "outcome_id", *_named(numbers), "conflict", "claim_ids"]
    for cell in result.cells:
        held = counts(cell.tally)
        about: Row = [labels[cell.drug], cell.drug, labels[cell.outcome], cell.outcome]
        yield [*about, *held.values(), cell.conflict and cell.conflict.value, " ".join(cell.tally.claims)]


@rows_of.register(Network)
def _network(result: Network) -> Iterator[Row]:
    names = ["studies", "claims", "measures", "participants", "studies_with_participants", "bridge"]
    yield ["treatment", "treatment_id", "compared_with", "compared_with_id", *names, "study_ids", "claim_ids"]
    labels = {one.term.id: one.term.label for one in result.treatments}
    for made in result.comparisons:
        row: Row = [labels[made.one], made.one, labels[made.other], made.other, len(made.studies), len(made.claims)]
        row += [
            "; ".join(m.value for m in made.measures),
            made.participants,
            made.sized,
            "yes" if made.bridge else "no",
        ]
        yield [*row, " ".join(made.studies), " ".join(made.claims)]


@rows_of.register(Conflicts)
def _conflicts(result: Conflicts) -> Iterator[Row]:
    names = ["comparator", "population", "measures", "result", "study_id"]
    yield ["conflict", "grade", "drug", "drug_id", "outcome", "outcome_id", *names, "claim_ids"]
    for number, found in enumerate(result.conflicts, 1):
        row: Row = [number, found.grade.value, found.drug.label, found.drug.id, found.outcome.label, found.outcome.id]
        known = (found.context.comparator, found.context.population)
        row += [*(None if term is None else term.label for term in known), found.context.family]
        for side in found.sides:
            for study, claims in zip(side.studies, side.claims, strict=True):
                yield [*row, side.result.value, study, " ".join(claims)]


@rows_of.register(Similar)
def _similar(result: Similar) -> Iterator[Row]:
    counted = [f"{name}_{which}" for which in ("one", "other") for name in ("higher", "lower", "no_difference")]
    names = ["cosine", "jaccard", "outcome", "outcome_id", "share", *counted]
    yield ["drug", "drug_id", "other", "other_id", *names, "claim_ids"]
    for pair in result.pairs:
        row: Row = [pair.one.label, pair.one.id, pair.other.label, pair.other.id, pair.cosine, pair.jaccard]
        for shared in pair.shared:
            profiles = (shared.one, shared.other)
            found = [n for p in profiles for n in (p.higher, p.lower, p.no_difference)]
            outcome: Row = [shared.one.outcome.label, shared.one.outcome.id, shared.share]
            yield [*row, *outcome, *found, " ".join(claim for p in profiles for claim in p.claims)]


@rows_of.register(Paths)
def _paths(result: Paths) -> Iterator[Row]:
    yield ["path", "step", "from", "from_id", "from_role", "to", "to_id", "to_role", "studies", "claim_ids"]
    for number, path in enumerate(result.paths, 1):
        for place, step in enumerate(path.steps, 1):
            row: Row = [number, place, step.one.label, step.one.id, step.roles[0]]
            yield [*row, step.other.label, step.other.id, step.roles[1], len(step.studies), " ".join(step.claims)]


def matrix(result: EvidenceMap) -> Iterator[Row]:
    """The map as it is looked at: a row for each drug, a column for each outcome, studies in the cells, in words."""
    yield ["drug", *(axis.term.label for axis in result.outcomes)]
    cells = by_pair(result)
    for drug in result.drugs:
        held = (cells.get((drug.term.id, outcome.term.id)) for outcome in result.outcomes)
        yield [drug.term.label, *(None if cell is None else in_words(cell.tally) for cell in held)]


def in_words(tally: Tally) -> str:
    """What studies found: ``3 studies: 2 higher, 1 no difference``."""
    number = len(tally.studies)
    found = ", ".join(f"{n} {one.value}" for one, n in tally.studies_found)
    return f"{number} stud{'y' if number == 1 else 'ies'}: {found}"


def _named(numbers: list[str]) -> list[str | int | float | None]:
    return ["claims" if name == "count" else name for name in numbers]
