"""Words in a text as W3C Web Annotation has them: annotation, target, and selectors by words and by place. Pure."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad

from graph.terms import INTEGER, TEXT, Node
from graph.vocab import EV, OA, RDF_TYPE, node
from ingest.article import Span


def anchored(
    part: NamedNode,
    article: str,
    words: str,
    span: Span,
    around: tuple[str, str] = ("", ""),
    *,
    body: NamedNode | None = None,
    table: bool = False,
) -> list[Quad]:
    """That ``words`` of ``article`` at ``span``, with the words ``around`` them, are about ``body``; None: ``part``.

    The nodes are named after ``part``. ``table``: the part has a selector of its place in a table, which is one more.
    """
    annotation = Node(NamedNode(f"{part.value}-annotation"), node(OA.Annotation))
    target = Node(NamedNode(f"{part.value}-target"), node(OA.SpecificResource))
    said = Node(NamedNode(f"{part.value}-words"), node(OA.TextQuoteSelector))
    place = Node(NamedNode(f"{part.value}-position"), node(OA.TextPositionSelector))
    annotation.link(node(OA.hasBody), body or part)
    annotation.link(node(OA.hasTarget), target.subject)
    target.link(node(OA.hasSource), node(article))
    target.link(node(OA.hasSelector), said.subject)
    target.link(node(OA.hasSelector), place.subject)
    said.put(node(OA.exact), TEXT, words)
    said.put(node(OA.prefix), TEXT, around[0] or None)
    said.put(node(OA.suffix), TEXT, around[1] or None)
    place.put(node(OA.start), INTEGER, span.start)
    place.put(node(OA.end), INTEGER, span.end)
    quads = annotation.quads + target.quads + said.quads + place.quads
    if table:
        cell = NamedNode(f"{part.value}-table")
        quads += [
            Quad(target.subject, node(OA.hasSelector), cell),
            Quad(cell, RDF_TYPE, node(EV.TableSelector)),
        ]
    return quads
