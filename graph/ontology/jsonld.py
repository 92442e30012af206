"""A claim as JSON-LD, complete and with its context inside, and back without loss. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, RdfFormat, parse

from graph.model import Decision, Run
from graph.ontology.base import normal_base, rebased, rebased_iri, restored
from graph.ontology.compaction import Compaction, JsonObject
from graph.ontology.complete import claim_of, complete_quads
from graph.ontology.files import context
from graph.ontology.provenance import provenance_quads
from graph.vocab import BASE, node
from ingest.article import Article
from ingest.claim import Claim

MEDIA_TYPE = "application/ld+json"


def published_quads(
    claim: Claim, article: Article, decisions: Sequence[Decision] = (), run: Run | None = None
) -> list[Quad]:
    """The claim in its complete form and how it came about: what every published form of a claim says."""
    quads = complete_quads(claim, article)
    return list(dict.fromkeys([*quads, *provenance_quads(claim, node(claim.id), decisions, run)]))


def claim_jsonld(
    claim: Claim,
    article: Article,
    decisions: Sequence[Decision] = (),
    run: Run | None = None,
    base: str = BASE,
) -> JsonObject:
    """The claim as one JSON-LD document: complete, with article, study, provenance and ``decisions``, below ``base``.

    Raises ValueError where ``base`` is none, or ``article`` another text than the claim's.
    """
    return {"@context": context(base), **claim_node(claim, article, decisions, run, base)}


def claim_node(
    claim: Claim, article: Article, decisions: Sequence[Decision] = (), run: Run | None = None, base: str = BASE
) -> JsonObject:
    """``claim_jsonld`` without its context: for a document of many claims, which needs the context once."""
    whole = normal_base(base)
    made = Compaction(rebased(published_quads(claim, article, decisions, run), whole), context(whole))
    return made.node(rebased_iri(claim.id, whole))


def claim_from_jsonld(document: JsonObject | str, base: str = BASE) -> Claim:
    """The claim of a document that ``claim_jsonld`` made with this ``base``. Raises ValueError for any other.

    No context is fetched: what a document only points at is not read.
    """
    text = document if isinstance(document, str) else json.dumps(document)
    try:
        quads: Iterable[Quad] = list(parse(text, RdfFormat.JSON_LD))
    except SyntaxError as error:
        raise ValueError(f"not JSON-LD that can be read: {error}") from error
    return claim_of(restored(quads, base))
