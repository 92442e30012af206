"""The claims that an analysis is made of: those of the evidence answer to its question, at one revision."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analyses.facts import Fact, Terms, fact_of
from graph.index.columns import Numbers
from graph.index.ordering import id_of
from graph.index.side import SideIndex
from graph.language.understanding import known_to
from graph.mapping_article import digest
from graph.question import parse_question
from graph.reading import Reader
from graph.searching import answer
from graph.study_grounds import BY_ARTICLE
from graph.study_links import is_study
from ingest.terminology import Terminology

MOST_CLAIMS = 20_000
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
    terms, facts = Terms(terminology), list[Fact]()
    for start in range(0, min(len(found.ordered), most), _STEP):
        facts += _facts(reader, found.ordered[start : min(start + _STEP, most)], terms)
        reader.forget()
    targets = [frozenset(t for r, term in found.terms if r == role for t in term.targets) for role in _SIDES]
    said = [*found.said]
    if len(found.ordered) > most:
        counted = f"Only the first {most:,} of {len(found.ordered):,} claims are counted here"
        said.append(f"{counted}: narrow the question for numbers of the whole.")
    return Gathered(question, tuple(facts), tuple(said), len(found.ordered), reader.revision, (targets[0], targets[1]))


_SIDES = ("intervention", "outcome")


def _facts(reader: Reader, places: Numbers, terms: Terms) -> list[Fact]:
    index, columns = reader.index, reader.index.columns
    claims = reader.claims([id_of(columns, place) for place in places.tolist()])
    known = index.heads({claim.article for claim in claims})
    units = columns.claims["unit"][places].tolist()
    counted = {unit: counted_for(index, unit) for unit in set(units)}
    return [
        fact_of(claim, counted[unit], known[claim.article].published, known[claim.article].secondary, terms)
        for claim, unit in zip(claims, units, strict=True)
    ]


def counted_for(index: SideIndex, unit: int) -> str:
    """The id of the study that a claim counts for, as claims carry it that leave the library."""
    one = index.said(unit) or ""
    return one if is_study(one) else BY_ARTICLE + digest(one)
