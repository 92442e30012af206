"""Notices of retraction, concern and correction as nodes of their article, and back, without loss. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode, Quad

from graph import codes
from graph.cited import primary_iri
from graph.terms import BOOLEAN, INTEGER, IRI, TEXT, Description, Node
from graph.vocab import EV, node
from ingest.notices import Notice

_INDEX, _NOTICE = node(EV["index"]), node(EV.notice)


def notice_quads(head: Node, notices: Sequence[Notice]) -> list[Quad]:
    """A node for each notice; ``head`` is the article's, and gets the links."""
    quads: list[Quad] = []
    for index, notice in enumerate(notices):
        part = Node(NamedNode(f"{head.subject.value}#notice-{index}"), node(EV.Notice))
        head.link(_NOTICE, part.subject)
        part.put(_INDEX, INTEGER, index)
        part.put(node(EV.noticeKind), codes.NOTICE, notice.kind)
        part.put(node(EV.noticeSource), TEXT, notice.source)
        part.put(node(EV.ofOther), BOOLEAN, notice.of_other)
        if about := primary_iri(notice.source) if notice.of_other else head.subject.value:
            part.put(node(EV.about), IRI, about)
        quads += part.quads
    return quads


def notices_from(record: NamedNode, held: Description) -> tuple[Notice, ...]:
    """The inverse of ``notice_quads``."""
    parts = sorted(held.links(record, _NOTICE), key=lambda part: held.need(part, _INDEX, INTEGER))
    return tuple(
        Notice(
            held.need(part, node(EV.noticeKind), codes.NOTICE),
            held.one(part, node(EV.noticeSource), TEXT),
            held.need(part, node(EV.ofOther), BOOLEAN),
        )
        for part in parts
    )
