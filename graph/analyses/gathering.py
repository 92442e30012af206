"""The claims that an analysis is made of: those of the evidence answer to its question, at one revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from graph.analyses.facts import Fact, Term, Terms, size_of
from graph.codes import FAVOURS
from graph.index.columns import Numbers
from graph.index.ordering import id_of
from graph.index.record import DIRECTIONS, MEASURES, NONE, ROLES, SIGNIFICANCES, STATUSES
from graph.language.understanding import known_to
from graph.mapping_mentions import mention_from
from graph.question import parse_question
from graph.reading import Reader
from graph.searching import answer
from graph.store import QuadStore
from graph.study_links import counted_as
from graph.terms import Description
from graph.vocab import EV, node
from ingest.claim import Favours, Measure
from ingest.terminology import Terminology

MOST_CLAIMS = 50_000
"""Claims of an answer that an analysis reads; of a larger answer the first ones, and the analysis says so."""
_STEP = 500


@dataclass(frozen=True, slots=True)
class Gathered:
    """An answer as facts, in its order.

    ``total`` counts the claims of the whole answer, of which ``facts`` may be the first ones. ``explanation`` says how
    the question was understood. ``asked`` are the concepts, if any, that it asks for as drug and as outcome.
    """

    question: str
    facts: tuple[Fact, ...]
    explanation: tuple[str, ...]
    total: int
    revision: int
    asked: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    @property
    def complete(self) -> bool:
        """True where nothing of the answer is left out."""
        return len(self.facts) == self.total


def gather(reader: Reader, question: str, terminology: Terminology, most: int = MOST_CLAIMS) -> Gathered:
    """What ``Library.evidence`` would page through, read at once. Raises QuestionError."""
    asked = parse_question(question, known_to(terminology))
    found = reader.remember(asked.text, lambda: answer(reader.index, asked, terminology))
    terms, units, facts = Mentions(terminology), dict[int, str](), list[Fact]()
    for start in range(0, min(len(found.ordered), most), _STEP):
        facts += _facts(reader, found.ordered[start : min(start + _STEP, most)], terms, units)
    targets = [frozenset(t for r, term in found.terms if r == role for t in term.targets) for role in _SIDES]
    said = [*found.said]
    if len(found.ordered) > most:
        counted = f"Only the first {most:,} of {len(found.ordered):,} claims are counted here"
        said.append(f"{counted}: narrow the question for numbers of the whole.")
    return Gathered(question, tuple(facts), tuple(said), len(found.ordered), reader.revision, (targets[0], targets[1]))


_SIDES = ("intervention", "outcome")
_COLUMNS = ("unit", "direction", "significance", "measures", "people", "status", "confidence")


def _facts(reader: Reader, places: Numbers, terms: Mentions, held: dict[int, str]) -> list[Fact]:
    columns = reader.index.columns
    claims, home = columns.claims, columns.claims["article"][places]
    ids = [id_of(columns, place) for place in places.tolist()]
    column = {name: claims[name][places].tolist() for name in _COLUMNS}
    slots = [terms.of(reader, claims[role][places].tolist()) for role in ROLES]
    for unit in sorted(set(column["unit"]) - held.keys()):
        held[unit] = counted_as(reader.index.said(unit) or "")
    favours = _favours(reader.store, ids)
    years, secondary = columns.articles["date"][home] // 10_000, columns.articles["secondary"][home]
    return [
        Fact(
            claim=claim,
            article=columns.ids[article],
            study=held[column["unit"][at]],
            outcome=outcome,
            drug=slots[0][at],
            comparator=slots[1][at],
            population=slots[3][at],
            direction=DIRECTIONS[column["direction"][at]],
            significance=SIGNIFICANCES[column["significance"][at]],
            favours=favours.get(claim),
            measures=_measures(column["measures"][at]),
            participants=size_of(column["people"][at]),
            year=year or None,
            status=STATUSES[column["status"][at]],
            confidence=column["confidence"][at] / 1000,
            secondary=second,
        )
        for at, (claim, article, outcome, year, second) in enumerate(
            zip(ids, home.tolist(), slots[2], years.tolist(), secondary.tolist(), strict=True)
        )
        if outcome is not None
    ]


class Mentions:
    """Terms by the number of their mention in the index; each mention is read from the store once."""

    def __init__(self, terminology: Terminology) -> None:
        self._terms = Terms(terminology)
        self._held: dict[int, Term | None] = {NONE: None}

    def of(self, reader: Reader, numbers: Sequence[int]) -> list[Term | None]:
        """The terms of these mentions; None for ``NONE``."""
        missing = sorted(set(numbers) - self._held.keys())
        for start in range(0, len(missing), _STEP):
            iris = reader.index.mention_iris(missing[start : start + _STEP])
            nodes = {number: node(iri) for number, iri in iris.items()}
            said = Description(reader.store.describe(nodes.values()))
            self._held |= {number: self._terms.of(mention_from(one, said, None)) for number, one in nodes.items()}
        return [self._held[number] for number in numbers]


@cache
def _measures(bits: int) -> tuple[Measure, ...]:
    return tuple(measure for place, measure in enumerate(MEASURES) if bits >> place & 1)


def _favours(store: QuadStore, claims: Sequence[str]) -> dict[str, Favours]:
    """Which direction is good for the patient, of those claims that say so: the index does not hold it."""
    rows = store.describe([node(claim) for claim in claims], node(EV.outcomeFavours))
    found = ((claim.value, FAVOURS.decode(value)) for claim, _, value in rows)
    return {claim: Favours(value) for claim, value in found if value is not None}
