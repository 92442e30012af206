"""The vocabulary as a page: docs/ontology.md is what ``python -m graph.ontology.document`` writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.ontology.files import ONTOLOGY, published
from graph.vocab import BASE, PREFIXES, RDF_TYPE

PAGE = "docs/ontology.md"
_RDFS, _SKOS, _OWL = "http://www.w3.org/2000/01/rdf-schema#", PREFIXES["skos"], "http://www.w3.org/2002/07/owl#"
_LABEL, _COMMENT, _DOMAIN, _RANGE = (NamedNode(_RDFS + name) for name in ("label", "comment", "domain", "range"))
_CLASS, _SCHEME, _IN = NamedNode(_OWL + "Class"), NamedNode(_SKOS + "ConceptScheme"), NamedNode(_SKOS + "inScheme")
_RELATED = {
    _RDFS + "subClassOf": "a kind of",
    _RDFS + "subPropertyOf": "a kind of",
    _SKOS + "exactMatch": "same as",
    _SKOS + "closeMatch": "close to",
}
_MORE = {"rdfs": _RDFS, "owl": _OWL, "np": "http://www.nanopub.org/nschema#"}
_INTRODUCTION = """# The vocabulary
`ev:` is `{vocabulary}`. The vocabulary says what a claim, a reported number, a quote and a decision are; people,
documents, concepts, statistics, annotations and provenance are said in vocabularies that others keep, and our terms are
mapped to those. How a store is laid out is in [the graph](graph.md), how claims are published in
[publishing](publishing.md); `graph/ontology/shapes.ttl` says as SHACL what every stored claim conforms to.
`make ontology` writes this page from `graph/ontology/picograph.ttl`.

"""
_Facts = dict[str, list[Quad]]


def markdown(base: str = BASE) -> str:
    """The page, with our own IRIs below ``base``."""
    text = published(ONTOLOGY, base)
    vocabulary = text.split("@prefix ev: <", 1)[1].split(">", 1)[0]
    head, *sections = text.split("\n## ")
    short = _Shortener(vocabulary)
    prefixes = "\n".join(line for line in head.splitlines() if line.startswith("@prefix"))
    parts = [_INTRODUCTION.format(vocabulary=vocabulary)]
    for section in sections:
        title, _, body = section.partition("\n")
        facts: _Facts = {}
        for quad in parse(f"{prefixes}\n{body}", RdfFormat.TURTLE):
            assert isinstance(quad.subject, NamedNode), "the vocabulary has no blank nodes"
            facts.setdefault(quad.subject.value, []).append(quad)
        lines = _schemes(facts, short) if title == "Closed sets" else _terms(facts, short)
        parts.append(f"## {title}\n" + "\n".join(lines) + "\n\n")
    return "".join(parts).rstrip() + "\n"


class _Shortener:
    def __init__(self, vocabulary: str) -> None:
        self._prefixes = {**PREFIXES, **_MORE, "ev": vocabulary}

    def __call__(self, iri: str) -> str:
        for name, start in self._prefixes.items():
            if iri.startswith(start):
                return f"`{name}:{iri[len(start) :]}`"
        return f"`<{iri}>`"


def _values(quads: list[Quad], *predicates: NamedNode) -> list[str]:
    return [q.object.value for q in quads if q.predicate in predicates and hasattr(q.object, "value")]


def _terms(facts: _Facts, short: _Shortener) -> Iterator[str]:
    classes = all(_CLASS.value in _values(quads, RDF_TYPE) for quads in facts.values())
    yield (
        "| class | meaning | other vocabularies |"
        if classes
        else "| term | of | value | meaning | other vocabularies |"
    )
    yield "|---|---|---|" if classes else "|---|---|---|---|---|"
    for iri, quads in facts.items():
        related = "; ".join(
            f"{_RELATED[q.predicate.value]} {short(q.object.value)}"
            for q in quads
            if q.predicate.value in _RELATED and isinstance(q.object, NamedNode)
        )
        meaning = " ".join(_values(quads, _COMMENT))
        sets = ", ".join(f"one of {short(each)}" for each in _closed(quads))
        value = sets or ", ".join(map(short, _values(quads, _RANGE)))
        owner = ", ".join(map(short, _values(quads, _DOMAIN)))
        cells = [short(iri), meaning, related] if classes else [short(iri), owner, value, meaning, related]
        yield f"| {' | '.join(cells)} |"


def _closed(quads: list[Quad]) -> list[str]:
    return [
        q.object.value for q in quads if q.predicate.value.endswith("#closedSet") and isinstance(q.object, NamedNode)
    ]


def _schemes(facts: _Facts, short: _Shortener) -> Iterator[str]:
    for iri, quads in facts.items():
        if _SCHEME.value not in _values(quads, RDF_TYPE):
            continue
        yield f"### {_values(quads, _LABEL)[0].capitalize()}"
        yield f"{short(iri)}: {_values(quads, _COMMENT)[0]}\n\n| member | name | meaning |\n|---|---|---|"
        for member, said in facts.items():
            if iri in _values(said, _IN):
                yield f"| {short(member)} | {' '.join(_values(said, _LABEL))} | {' '.join(_values(said, _COMMENT))} |"
        yield ""


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else PAGE).write_text(markdown(), encoding="utf-8")
