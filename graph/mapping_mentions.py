"""Mentions as nodes that claims share, and back, without loss. Pure.

A mention node is named by what it says: words, label, concepts. So "placebo" is one node however many claims compare
with it, and a node never changes. Where the words stand is the claim's own, see ``mapping``.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from graph.mapping_article import digest
from graph.mapping_places import span_at
from graph.terms import BOOLEAN, IRI, TEXT, Description, Node, canonical_json
from graph.vocab import EV, node
from ingest.claim import Mention
from ingest.terminology import key_of

MENTION_BASE = "https://w3id.org/picograph/mention/"
WORDS = node(EV.words)
_LABEL, _BEST, _CONCEPT = node(EV.label), node(EV.bestConcept), node(EV.concept)
_ORDER, _UNLINKED, _KEY = node(EV.conceptOrder), node(EV.unlinked), node(EV.key)


def search_key(words: str) -> str:
    """The words as word searches see them: normalised, with a blank on both sides, so that whole words are found."""
    return f" {key_of(words)} "


def mention_node(mention: Mention) -> NamedNode:
    """The node of all mentions with these words, this label and these concepts, wherever they stand."""
    return _named(mention.text, mention.label, mention.concept, mention.concepts)


@lru_cache(maxsize=4096)
def _named(*content: object) -> NamedNode:
    return NamedNode(MENTION_BASE + digest(canonical_json(content)))


def mention_quads(mention: Mention) -> list[Quad]:
    """The shared node. Derived, and not read again: ``ev:key``, its words as word searches see them, ``ev:unlinked``.

    ``ev:conceptOrder`` is written where it is not simply the best concept. Raises ValueError as ``claim_quads``.
    """
    part = Node(mention_node(mention))
    part.put(WORDS, TEXT, mention.text)
    part.put(_LABEL, TEXT, mention.label)
    part.put(_BEST, IRI, mention.concept)
    if mention.concepts != _alone(mention.concept):
        part.put(_ORDER, TEXT, " ".join(node(c).value for c in mention.concepts))
    if mention.concept is None and not mention.concepts:
        part.put(_UNLINKED, BOOLEAN, True)
    for concept in dict.fromkeys((*_alone(mention.concept), *mention.concepts)):
        part.put(_CONCEPT, IRI, concept)
    for key in dict.fromkeys(search_key(words) for words in (mention.text, mention.label) if words):
        part.put(_KEY, TEXT, key)
    return part.quads


def mention_from(part: NamedNode, held: Description, start: int | None) -> Mention:
    """The inverse of ``mention_quads``, at its place in one claim, None where that is unknown."""
    best, order = held.one(part, _BEST, IRI), held.one(part, _ORDER, TEXT)
    concepts = _alone(best) if order is None else tuple(order.split(" ") if order else ())
    words = held.need(part, WORDS, TEXT)
    span = None if start is None else span_at(start, words)
    return Mention(words, span, held.one(part, _LABEL, TEXT), best, concepts)


def _alone(concept: str | None) -> tuple[str, ...]:
    return () if concept is None else (concept,)
