"""A claim as a nanopublication: assertion, provenance and publication info as graphs, under a trusty URI. Pure.

Each revision of a claim is one nanopublication, which supersedes the one before; a rejection retracts that one. A
nanopublication never changes, so it says nothing that depends on what else a library holds.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from graph.decisions import stages
from graph.model import Decision, Run
from graph.ontology.base import normal_base, rebased, rebased_iri, rebased_prefixes
from graph.ontology.complete import article_head, complete_quads
from graph.ontology.provenance import curator_iri, decision_activity, moment, provenance_quads, reader_iri
from graph.ontology.trusty import LENGTH, PLACEHOLDER, coded
from graph.terms import DOUBLE_TYPE
from graph.vocab import BASE, DCTERMS, NP, NPX, PROV, RDF_TYPE, node
from ingest.article import Article
from ingest.claim import Claim, Status

MEDIA_TYPE = "application/trig"
NANOPUBS = BASE + "np/"
_HEAD, _ASSERTION, _PROVENANCE, _INFO = (
    NamedNode(f"{NANOPUBS}{PLACEHOLDER}#{name}") for name in ("Head", "assertion", "provenance", "pubinfo")
)
_SELF = NamedNode(NANOPUBS + PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class Nanopub:
    """One nanopublication: its trusty URI, and its quads in four named graphs."""

    iri: str
    quads: tuple[Quad, ...]

    def trig(self) -> bytes:
        """The nanopublication as TriG, with ``this:`` and ``sub:`` for itself and its parts."""
        whole = self.iri.removesuffix(self.iri[-LENGTH:]).removesuffix("np/")
        return trig(self.quads, rebased_prefixes(whole) | {"this": self.iri, "sub": f"{self.iri}#"})


def nanopubs(
    extracted: Claim, decisions: Sequence[Decision], article: Article, run: Run | None = None, base: str = BASE
) -> list[Nanopub]:
    """The nanopublications of a claim, one for each revision, the first one first; the last one is how it stands.

    ``extracted`` is the claim before any decision, ``decisions`` are those that made it what it is, in order: each is
    in the nanopublication that it made, and earlier ones in those that are superseded. ``run`` is the run that read
    it, None: not known. Raises ValueError as ``complete_quads``, for a decision that does not fit, and a bad ``base``.
    """
    whole, made = normal_base(base), list[Nanopub]()
    before: str | None = None
    for state, last in zip(stages(extracted, decisions, article.text), (None, *decisions), strict=True):
        quads = _graphs(state, last, article, run, before)
        code, coded_quads = coded(rebased(map(_number, quads), whole))
        before = NANOPUBS + code
        made.append(Nanopub(rebased_iri(before, whole), tuple(coded_quads)))
    return made


def trig(quads: Sequence[Quad], prefixes: dict[str, str]) -> bytes:
    """Quads as TriG, with those of the prefixes that they use, in a fixed order."""
    out = io.BytesIO()
    told = "\n".join(map(str, quads))
    used = {name: iri for name, iri in sorted(prefixes.items()) if iri in told}
    serialize(quads, out, RdfFormat.TRIG, prefixes=used)
    lines = out.getvalue().splitlines(keepends=True)
    count = sum(1 for line in lines if line.startswith(b"@prefix "))
    return b"".join([*sorted(lines[:count]), *lines[count:]])  # they come in no fixed order


def _graphs(claim: Claim, last: Decision | None, article: Article, run: Run | None, before: str | None) -> list[Quad]:
    head = [
        (_SELF, RDF_TYPE, node(NP.Nanopublication)),
        (_SELF, node(NP.hasAssertion), _ASSERTION),
        (_SELF, node(NP.hasProvenance), _PROVENANCE),
        (_SELF, node(NP.hasPublicationInfo), _INFO),
    ]
    info: list[tuple[NamedNode, NamedNode, NamedNode | Literal]]
    maker = reader_iri(run) if last is None else curator_iri(last.author)
    if claim.status is Status.REJECTED and last is not None and before is not None:
        assertion = [Quad(maker, node(NPX.retracts), node(before))]
        provenance = [*decision_activity(last), Quad(_ASSERTION, node(PROV.wasGeneratedBy), node(last.id))]
        info = []
    else:
        about = article_head(article)
        known = set(about)
        assertion = [q for q in complete_quads(claim, article) if q not in known]
        provenance = [*provenance_quads(claim, _ASSERTION, () if last is None else (last,), run), *about]
        info = [(_SELF, node(NPX.introduces), node(claim.id))]
        if before is not None:
            info.append((_SELF, node(NPX.supersedes), node(before)))
    provenance.append(Quad(_ASSERTION, node(PROV.wasAttributedTo), maker))
    info.append((_SELF, node(PROV.wasAttributedTo), maker))
    when = last.made_at if last is not None else None if run is None else run.started
    if when is not None:
        info.append((_SELF, node(DCTERMS.created), moment(when)))
    return [
        *(Quad(*triple, _HEAD) for triple in head),
        *(Quad(q.subject, q.predicate, q.object, _ASSERTION) for q in assertion),
        *(Quad(q.subject, q.predicate, q.object, _PROVENANCE) for q in dict.fromkeys(provenance)),
        *(Quad(*triple, _INFO) for triple in info),
    ]


def _number(quad: Quad) -> Quad:
    """Doubles in the form that rdflib gives them as it reads, so that a code still fits what it has read."""
    if isinstance(quad.object, Literal) and quad.object.datatype == DOUBLE_TYPE:
        number = Literal(repr(float(quad.object.value)), datatype=DOUBLE_TYPE)
        return Quad(quad.subject, quad.predicate, number, quad.graph_name)
    return quad
