"""The library as files: one claim a line, Turtle, N-Quads. Same library, same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import Literal as OneOf
from typing import get_args

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from graph import used
from graph.hierarchy import is_about_concept
from graph.mapping import ROLES
from graph.mapping_mentions import MENTION_BASE
from graph.ontology.base import rebased, rebased_prefixes
from graph.reading import Reader
from graph.vocab import BASE, DECISIONS, EV, EXTRACTIONS, TEXTS, node
from ingest.article import Article
from ingest.claim import Claim
from ingest.claim_json import to_json

Format = OneOf["turtle", "nquads", "jsonl"]
FORMATS: tuple[str, ...] = get_args(Format)
_CHUNK = 1 << 16
_SLOTS = frozenset(ROLES.values())


def jsonl(pairs: Iterable[tuple[Claim, Article]]) -> Iterator[bytes]:
    """One claim a line, as the claim schema has it."""
    for claim, article in pairs:
        yield (json.dumps(to_json(claim, article), ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def turtle(reader: Reader, base: str = BASE) -> Iterator[bytes]:
    """The effective state: claims, articles, studies, and the concepts they use with everything broader."""
    quads = sorted(rebased(default_graph(reader), base), key=str)
    out = io.BytesIO()
    triples = [Triple(q.subject, q.predicate, q.object) for q in quads]
    serialize(triples, out, RdfFormat.TURTLE, prefixes=rebased_prefixes(base))
    lines = out.getvalue().splitlines(keepends=True)
    prefixes = sum(1 for line in lines if line.startswith(b"@prefix "))
    yield from _chunks(b"".join([*sorted(lines[:prefixes]), *lines[prefixes:]]))  # they come in no fixed order


def nquads(reader: Reader, base: str = BASE) -> Iterator[bytes]:
    """The same, and beside it every text, every extraction and every decision; not the log, which holds clock times."""
    quads = default_graph(reader)
    for g, s, p, o in reader.rows("named_graph", g=[TEXTS, EXTRACTIONS, DECISIONS]):
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and isinstance(g, NamedNode) and o is not None:
            quads.append(Quad(s, p, o, g))
    out = io.BytesIO()
    serialize(rebased(quads, base), out, RdfFormat.N_QUADS)
    yield from _chunks(b"".join(sorted(out.getvalue().splitlines(keepends=True))))


def default_graph(reader: Reader) -> list[Quad]:
    """The default graph without mentions that no claim has, and without concepts that are of no use.

    A concept is of use to a claim or a decision that names it, and to what is narrower and of use.
    """
    quads = [
        Quad(s, p, o)
        for s, p, o in reader.rows("default_graph")
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None
    ]
    said = {q.object for q in quads if q.predicate in _SLOTS}
    quads = [q for q in quads if q.subject in said or not q.subject.value.startswith(MENTION_BASE)]  # type: ignore[union-attr]
    within = [q for q in quads if q.predicate == node(EV.within)]
    using = used.in_store(reader.rows)
    wanted = {q.object for q in within if isinstance(q.subject, NamedNode) and q.subject.value in using}
    unused = {q.subject for q in within} - wanted
    return [q for q in quads if q.subject not in unused or not is_about_concept(q)]


def _chunks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]
