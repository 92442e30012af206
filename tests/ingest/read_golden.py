"""What a reader made of an input, in a form that a person can check: what each ``.read.json`` holds."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from ingest.article import Article, SectionKind
from ingest.readers.source import HEAD, Item, Source
from ingest.readers.table import read_source
from ingest.tabular import Table

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
_METADATA = (
    *("id", "title", "authors", "journal", "published", "doi", "pmid", "pmcid", "registration", "language", "licence"),
    *("retracted", "primary_source", "registrations", "types", "no_evidence"),
)


def items_of(data: bytes, name: str, given_id: str | None = None) -> list[Item]:
    """Every record of an input, articles and errors."""
    return list(read_source(Source(name, io.BytesIO(data), data[:HEAD], given_id)))


def the_article(data: bytes, name: str) -> Article:
    """The one article of an input."""
    (item,) = items_of(data, name)
    assert isinstance(item, Article), item
    return item


def the_reason(data: bytes, name: str) -> str:
    """Why an input gave nothing."""
    (item,) = items_of(data, name)
    assert not isinstance(item, Article), item.text[:200]
    return f"{item.place}: {item.reason}"


def grid(table: Table) -> list[list[str]]:
    """The words of every place, row by row; a cell that covers several stands in each of them."""
    found = [[table.at(r, c) for c in range(table.width)] for r in range(table.height)]
    return [[cell.text if cell else "" for cell in row] for row in found]


def told(item: Item) -> dict[str, Any]:
    """An article's metadata, sections and tables, or the error."""
    if not isinstance(item, Article):
        return {"error": str(item)}
    places_hold(item)
    meta = {key: value for key in _METADATA if (value := getattr(item, key)) not in (None, (), False)}
    return {
        **meta,
        "kind": item.kind.value,
        **({"notices": [[n.kind.value, n.source, n.of_other] for n in item.notices]} if item.notices else {}),
        "sections": [
            [s.kind.value, s.name, s.span.of(item.text)] for s in item.sections if s.kind is not SectionKind.TABLE
        ],
        "tables": [_table(item, t) for t in item.tables],
    }


def places_hold(article: Article) -> None:
    """Sections stand in order and apart, and every cell, caption and note is a range of the text with its words."""
    end = 0
    for section in article.sections:
        assert section.span.start >= end, section
        assert section.span.end <= len(article.text)
        end = section.span.end
    kinds = {s.span: s.kind for s in article.sections}
    for table in article.tables:
        assert kinds.get(table.span) is SectionKind.TABLE, table.id
        for cell in table.cells:
            assert cell.span is None or (cell.span.of(article.text) == cell.text and table.span.contains(cell.span))
            for mark in cell.raised:
                assert cell.span is not None
                assert cell.span.contains(mark)
        for span in (*table.notes, *([table.caption] if table.caption else [])):
            assert table.span.contains(span)


def _table(article: Article, table: Table) -> dict[str, Any]:
    whole = {
        "id": table.id,
        "label": table.label,
        "caption": table.caption.of(article.text) if table.caption else None,
        "head_rows": table.head_rows,
        "grid": grid(table),
        "indents": {c.text: c.indent for c in table.cells if c.indent},
        "raised": [m.of(article.text) for c in table.cells for m in c.raised],
        "notes": [n.of(article.text) for n in table.notes],
        "note": table.note,
    }
    return {k: v for k, v in whole.items() if v}


def as_json(items: list[Item]) -> str:
    """The content of a golden file."""
    return json.dumps([told(i) for i in items], ensure_ascii=False, indent=1) + "\n"
