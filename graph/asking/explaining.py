"""How a question is read: its names, what they widen to, its filters, and the SPARQL that asks the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.asking.query import sparql
from graph.asking.telling import told
from graph.index.choosing import by_itself, choose
from graph.index.matching import mentions_of
from graph.language.rendering import rendered
from graph.language.tree import terms
from graph.language.understanding import understand
from graph.naming import MOST, narrower
from graph.question import Question
from graph.reading import Reader
from graph.resolving import Resolved
from graph.searching import answer
from ingest.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Widened:
    """A concept that a term names. ``narrower`` concepts count with it; None where they are more than are counted."""

    iri: str
    name: str
    narrower: int | None


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """One term of a question in its slot.

    ``concepts`` are empty where the words decide; ``words`` are the names that are looked for in mentions without a
    concept; ``claims`` have it by itself, whatever their status and kind.
    """

    role: str
    term: str
    said: str
    concepts: tuple[Widened, ...]
    words: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Explained:
    """How a question is read. ``form`` is the question with every name quoted and everything grouped.

    ``filters`` are sentences. ``sparql`` gives the claims of the answer in its order, from this library at
    ``revision`` and from any store that holds the same triples in its default graph; ``total`` is how many.
    """

    question: str
    form: str
    terms: tuple[ReadTerm, ...]
    said: tuple[str, ...]
    filters: tuple[str, ...]
    sparql: str
    total: int
    revision: int


def explained(reader: Reader, question: Question, terminology: Terminology) -> Explained:
    """Explain ``question`` for the library at the reader's revision. Raises QuestionError."""
    understood = understand(question, terminology)
    index = reader.index
    articles = np.unique(index.columns.claims["article"][choose(index, understood).chosen])
    excluded, doubled = (
        {index.columns.ids[number] for number in articles[index.columns.articles[name][articles]].tolist()}
        for name in ("excluded", "doubled")
    )
    query = sparql(understood, excluded, doubled)
    return Explained(
        question.text,
        rendered(question),
        tuple(
            _term(reader, asked.role, asked.meanings[term.words], terminology)
            for asked in understood.slots
            for term in terms(asked.expression)
        ),
        understood.said,
        told(question),
        query,
        len(answer(index, question, terminology).ordered),
        reader.revision,
    )


def _term(reader: Reader, role: str, term: Resolved, terminology: Terminology) -> ReadTerm:
    concepts = tuple(_widened(iri, terminology) for iri in term.targets)
    claims = by_itself(reader.index, role, mentions_of(reader.index, term))
    return ReadTerm(role, term.term, term.said, concepts, tuple(term.words.values()), claims)


def _widened(iri: str, terminology: Terminology) -> Widened:
    concept = terminology.get(iri)
    if concept is None:
        return Widened(iri, iri, 0)
    below = narrower(terminology, iri)
    return Widened(iri, concept.name, None if below > MOST else below)
