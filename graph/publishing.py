"""Claims of a library in the forms in which they are published: JSON-LD, nanopublications, TriG."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import get_args

from pyoxigraph import Quad

from graph import lookup
from graph.errors import UnknownClaim
from graph.model import Decision, Run
from graph.ontology.base import normal_base, rebased, rebased_prefixes
from graph.ontology.complete import article_head, complete_quads
from graph.ontology.files import context
from graph.ontology.jsonld import claim_jsonld, claim_node
from graph.ontology.nanopub import Nanopub, nanopubs, trig
from graph.ontology.provenance import provenance_quads
from graph.reading import Reader
from graph.rows import word
from graph.vocab import BASE, DECISIONS, node
from ingest.article import Article
from ingest.claim import Claim

Published = OneOf["jsonld", "nanopub", "trig"]
PUBLISHED: tuple[str, ...] = get_args(Published)


@dataclass(frozen=True, slots=True)
class Background:
    """A claim with all that is published of it.

    ``claim`` is as it leaves the library; ``extracted`` as it was read, before ``decisions``, the first one first;
    ``run`` is the run that read it, None where the library does not know.
    """

    claim: Claim
    article: Article
    extracted: Claim
    decisions: tuple[Decision, ...]
    run: Run | None

    def jsonld(self, base: str = BASE) -> bytes:
        """The claim as a JSON-LD document."""
        return _json(claim_jsonld(self.claim, self.article, self.decisions, self.run, base))

    def nanopub(self, base: str = BASE) -> Nanopub:
        """The nanopublication of the claim as it stands."""
        return nanopubs(self.extracted, self.decisions, self.article, self.run, base)[-1]


def background(claim_id: str, reader: Reader) -> Background:
    """The claim with what is published of it. Raises UnknownClaim, and QuoteMismatch where its words do not stand."""
    found, _ = lookup.find_claim(claim_id, reader)
    claim, article = lookup.checked(found, reader)
    extracted, decisions = lookup.background(found, article, reader)
    return Background(claim, article, extracted, tuple(decisions), run_of(article.id, reader))


def run_of(article: str, reader: Reader) -> Run | None:
    """The run that the article's claims come from; None where the log does not have it."""
    extraction = reader.extraction_of(article)
    rows = reader.rows("run_of", extraction=node(extraction)) if extraction is not None else []
    return Run(*(word(value) for value in rows[0])) if rows else None


def documents(
    claims: Iterable[tuple[Claim, Article]], look: Callable[[str], Background], form: str, base: str = BASE
) -> Iterator[bytes]:
    """The claims as one document of the form ``jsonld``, ``nanopub`` or ``trig``, below ``base``, in their order.

    ``look`` gives the background of a claim. ``nanopub``: the nanopublication of each, as TriG. ``trig``: each in its
    complete form in the default graph, and how it came about in the graph of decisions. Raises ValueError at the call.
    """
    whole = normal_base(base)
    if form not in PUBLISHED:
        raise ValueError(f"unknown format {form!r}; known: {', '.join(PUBLISHED)}")
    found = _backgrounds(claims, look)
    if form == "jsonld":
        return _jsonld(found, whole)
    return (each.nanopub(whole).trig() for each in found) if form == "nanopub" else _trig(found, whole)


def _backgrounds(claims: Iterable[tuple[Claim, Article]], look: Callable[[str], Background]) -> Iterator[Background]:
    for claim, _ in claims:
        try:
            yield look(claim.id)
        except UnknownClaim:  # it went while the export ran
            continue


def _jsonld(found: Iterable[Background], base: str) -> Iterator[bytes]:
    yield b'{"@context": ' + _json(context(base)).rstrip() + b',\n"@graph": ['
    for number, each in enumerate(found):
        made = claim_node(each.claim, each.article, each.decisions, each.run, base)
        yield (b",\n" if number else b"\n") + _json(made).rstrip()
    yield b"\n]}\n"


def _trig(found: Iterable[Background], base: str) -> Iterator[bytes]:
    home = None
    for each in found:
        quads = complete_quads(each.claim, each.article)
        if each.article.id == home:  # claims of an article come one after the other
            known = set(article_head(each.article))
            quads = [quad for quad in quads if quad not in known]
        home = each.article.id
        about = provenance_quads(each.claim, node(each.claim.id), each.decisions, each.run)
        quads += [Quad(q.subject, q.predicate, q.object, DECISIONS) for q in about]
        yield trig(list(rebased(quads, base)), rebased_prefixes(base))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")
