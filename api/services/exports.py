"""The graph as a stream of bytes, in each of its export formats."""

from __future__ import annotations

import json
from collections.abc import Iterator

from api.selection import ExportFormat, Selection
from graph.analyses.claims_network import graphml, node_link_json
from graph.library import Library
from graph.publishing import documents
from graph.vocab import BASE
from ingest.article import Article
from ingest.claim import Claim
from ingest.claim_json import to_json


class SelectionError(Exception):
    """This format cannot be narrowed in this way; the message says what can."""


def _network(library: Library, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
    network = library.network(selection.question)
    return graphml(network) if form is ExportFormat.GRAPHML else node_link_json(network)


CLAIM_BY_CLAIM = (ExportFormat.JSONL, ExportFormat.JSONLD, ExportFormat.NANOPUB, ExportFormat.TRIG)
"""Formats that hold one claim after the other, and so any selection."""


def export(library: Library, form: ExportFormat, selection: Selection, base: str = BASE) -> Iterator[bytes]:
    """The selected claims in a fixed order, our own IRIs below ``base`` (in JSON lines and networks: the default).

    Raises SelectionError at once, QuestionError with the first chunk.
    """
    narrowed = selection.statuses is not None or selection.kinds is not None or selection.article is not None
    if form not in CLAIM_BY_CLAIM and narrowed:
        raise SelectionError(f"{form} takes no status, kind or article; jsonl takes all of them")
    if form in (ExportFormat.GRAPHML, ExportFormat.NETWORK_JSON):
        return _network(library, form, selection)
    if form not in CLAIM_BY_CLAIM:
        if selection.question is not None:
            raise SelectionError(f"{form} exports the whole store; jsonl and the networks take a question")
        return library.dump(form.value, base)
    if form is not ExportFormat.JSONL:
        return documents(_chosen(library, selection), library.background, form.value, base)
    if selection == Selection():
        return library.dump("jsonl")
    return _lines(library, selection)


def _chosen(library: Library, selection: Selection) -> Iterator[tuple[Claim, Article]]:
    yield from library.claims(
        statuses=selection.statuses, kinds=selection.kinds, article=selection.article, question=selection.question
    )


def _lines(library: Library, selection: Selection) -> Iterator[bytes]:
    for claim, article in _chosen(library, selection):
        yield json.dumps(to_json(claim, article), ensure_ascii=False).encode() + b"\n"
