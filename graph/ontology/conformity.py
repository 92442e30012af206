"""Whether quads conform to the shapes. pyshacl is loaded on first use: it is slow to load, and rarely needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graph.mapping import claim_quads, mentions_of
from graph.mapping_article import report_quads
from graph.mapping_mentions import mention_quads
from graph.ontology.files import SHAPES, shipped
from graph.vocab import PREFIXES
from ingest.claim import Claim

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_STRING = PREFIXES["xsd"] + "string"
_ONE_AT_A_TIME = Lock()
"""pyshacl changes rdflib while it loads shapes, and writes into their graph: two threads would collide."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which ``node`` does not conform: ``shape`` is what it breaks, ``path`` the property, None: none.

    ``value`` is the offending value as N3, None where there is none; ``message`` says it for people.
    """

    node: str
    path: str | None
    shape: str
    value: str | None
    message: str


def conforms(quads: Iterable[Quad]) -> list[Finding]:
    """Everything in ``quads`` that does not conform, in a fixed order; empty: all conforms.

    ``quads`` are records in the stored form with their parts and mentions, of any graph; which graph is not looked at.
    """
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    for quad in quads:
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    with _ONE_AT_A_TIME:
        _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    assert isinstance(report, rdflib.Graph), "pyshacl reports in a graph"
    return sorted(_findings(report), key=lambda f: (f.node, f.path or "", f.shape, f.value or "", f.message))


def claim_conforms(claim: Claim, others: Iterable[Quad] = ()) -> list[Finding]:
    """``conforms`` for one claim with its mentions and its study report, and for ``others`` beside it."""
    quads = [*claim_quads(claim), *others]
    for _, mention in mentions_of(claim):
        quads += mention_quads(mention)
    if claim.study is not None:
        quads += report_quads(claim.study, claim.article)
    return conforms(quads)


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data=shipped(SHAPES), format="turtle")


def _term(term: Any) -> Any:
    import rdflib

    if isinstance(term, Literal):
        kind = term.datatype.value
        plain = term.language is not None or kind == _STRING  # rdflib tells "a" and "a"^^xsd:string apart
        datatype = None if plain else rdflib.URIRef(kind)
        return rdflib.Literal(term.value, datatype=datatype, lang=term.language, normalize=False)
    assert isinstance(term, NamedNode | BlankNode), "picograph writes no triple terms"
    return rdflib.URIRef(term.value) if isinstance(term, NamedNode) else rdflib.BNode(term.value)


def _findings(report: rdflib.Graph) -> Iterable[Finding]:
    import rdflib

    sh = rdflib.Namespace(_SH)
    for result in report.objects(None, sh.result):
        node, path, value = (report.value(result, p) for p in (sh.focusNode, sh.resultPath, sh.value))
        broken = report.value(result, sh.sourceConstraintComponent)
        yield Finding(
            str(node),
            str(path) if isinstance(path, rdflib.URIRef) else None,
            str(broken).removeprefix(_SH).removesuffix("ConstraintComponent"),
            None if value is None else value.n3()[:200],
            " ".join(str(report.value(result, sh.resultMessage)).split())[:300],
        )
