"""The graph as a stream of bytes, in each of its export formats."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from api.selection import ExportFormat, Selection
from graph.library import Library
from ingest.claim_json import to_json


class SelectionError(Exception):
    """This format cannot be narrowed in this way; the message says what can."""


def _network(library: Library, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
    import networkx as nx

    network = library.network(selection.question)
    if form is ExportFormat.GRAPHML:
        buffer = io.BytesIO()
        nx.write_graphml_xml(network, buffer, encoding="utf-8", prettyprint=True, named_key_ids=True)
        yield buffer.getvalue() + b"\n"
    else:
        data = nx.node_link_data(network, edges="edges")
        yield json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def export(library: Library, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
    """The selected claims in a fixed order. Raises SelectionError at once, QuestionError with the first chunk."""
    narrowed = selection.statuses is not None or selection.kinds is not None or selection.article is not None
    if form is not ExportFormat.JSONL and narrowed:
        raise SelectionError(f"{form} takes no status, kind or article; jsonl takes all of them")
    if form in (ExportFormat.GRAPHML, ExportFormat.NETWORK_JSON):
        return _network(library, form, selection)
    if form is not ExportFormat.JSONL:
        if selection.question is not None:
            raise SelectionError(f"{form} exports the whole store; jsonl and the networks take a question")
        return library.dump(form.value)
    if selection == Selection():
        return library.dump("jsonl")
    return _lines(library, selection)


def _lines(library: Library, selection: Selection) -> Iterator[bytes]:
    chosen = library.claims(
        statuses=selection.statuses, kinds=selection.kinds, article=selection.article, question=selection.question
    )
    for claim, article in chosen:
        yield json.dumps(to_json(claim, article), ensure_ascii=False).encode() + b"\n"
