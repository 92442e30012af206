"""A document in passages to an Article: its sections by their types, its tables by their markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from lxml import etree

from ingest.article import Article, ArticleKind, SectionKind
from ingest.readers.assembled import assembled
from ingest.readers.building import TextBuilder, clean_words
from ingest.readers.errors import ReadError
from ingest.readers.labels import labelled
from ingest.readers.markup_tables import tag_of, with_rows
from ingest.readers.passages import Document, Passage, metadata
from ingest.readers.raw_tables import RawTable
from ingest.readers.registries import registry_ids
from ingest.readers.sections import kind_of_heading
from ingest.readers.table_captions import label_of

_KINDS = {
    "ABSTRACT": SectionKind.ABSTRACT,
    "INTRO": SectionKind.BACKGROUND,
    "METHODS": SectionKind.METHODS,
    "RESULTS": SectionKind.RESULTS,
    "DISCUSS": SectionKind.DISCUSSION,
    "CONCL": SectionKind.CONCLUSION,
    "CASE": SectionKind.BODY,
    "FIG": SectionKind.BODY,
    "APPENDIX": SectionKind.BODY,
    **dict.fromkeys(
        ("REF", "ACK_FUND", "COMP_INT", "AUTH_CONT", "ABBR", "KEYWORD", "SUPPL", "REVIEW_INFO"), SectionKind.FURNITURE
    ),
}
"""The section types of BioC-PMC."""
_HEADING = re.compile(r"title_(\d)$|^(?:sub)?(?:section_)?title$|^heading$")


def article_of(document: Document, name: str, place: str, given_id: str | None = None) -> Article:
    """The article of a document. Raises ReadError where it has no words."""
    builder = TextBuilder()
    passages = [p for p in document.passages if clean_words(p.text)]
    title = next((p for p in passages if p.is_title), None)
    if title is not None:
        builder.title(title.text)
    section = ""
    for key, run in groupby((p for p in passages if p is not title), _table_of):
        group = list(run)
        if key is not None:
            builder.table(_table(group))
            continue
        for passage in group:
            _passage(builder, passage, section)
            section = passage.section if passage.section not in ("", "FIG", "TABLE") else section
    built = builder.finish()
    if not any(s.kind not in (SectionKind.FURNITURE, SectionKind.TABLE) for s in built.sections):
        raise ReadError(name, place, "no words: its passages hold neither text nor sentences")
    abstract = " ".join(p.text for p in passages if p.is_short)
    registrations = registry_ids(abstract)
    registration = registrations[0] if len(registrations) == 1 else None
    meta = metadata(document) | {"registrations": registrations, "registration": registration}
    return assembled(built, _kind(passages), meta, given_id)


def _passage(builder: TextBuilder, passage: Passage, before: str) -> None:
    kind = _KINDS.get(passage.section)
    if kind is None and "abstract" in passage.type:
        kind = SectionKind.ABSTRACT
    heading = _HEADING.search(passage.type)
    if heading is not None and passage.section not in ("FIG", "REF"):
        level = int(heading[1] or 1)
        builder.heading(passage.text, level, None if level > 1 else kind_of_heading(passage.text) or kind)
        return
    if passage.section not in ("", "FIG", "TABLE", before):
        builder.heading("", 1, kind)  # its heading, where it has one, came before
    if passage.type in ("ref", "footnote"):
        kind = SectionKind.FURNITURE
    if kind is SectionKind.ABSTRACT:
        for start, end, label in labelled(passage.text, 0, len(passage.text)):
            if label is not None:
                builder.heading(label, 2)
            builder.paragraph(passage.text[start:end], None if label or passage.section else kind)
        return
    known = kind is SectionKind.FURNITURE or passage.section in ("FIG", "TABLE") or not passage.section
    builder.paragraph(passage.text, kind if known else None)


def _table_of(passage: Passage) -> str | None:
    """What tells the passages of one table from those of the next; None for what is no table."""
    if passage.section != "TABLE" and not passage.type.startswith("table"):
        return None
    return passage.infons.get("id") or passage.infons.get("file") or ""


def _table(group: Sequence[Passage]) -> RawTable:
    captions = [p for p in group if "caption" in p.type or "title" in p.type]
    notes = [p.text for p in group if "foot" in p.type]
    grids = [p for p in group if p not in captions and "foot" not in p.type]
    caption = " ".join(clean_words(p.text) for p in captions)
    label, caption = label_of(caption)
    raw = RawTable(label=label, caption=caption or None, notes=notes, id=group[0].infons.get("id"))
    for grid in grids:
        table = _markup(grid.infons.get("xml", ""))
        if table is not None:
            return with_rows(table, raw)
    return RawTable(label=label, caption=raw.caption, notes=notes, id=raw.id, note="its cells are given without rows")


def _markup(xml: str) -> etree._Element | None:
    if not xml.strip():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or tag_of(root) == "table":
        return root
    return next(iter(root.iter("{*}table")), None)


def _kind(passages: Sequence[Passage]) -> ArticleKind:
    if all(p.is_short for p in passages):
        return ArticleKind.ABSTRACT
    sections = {p.section for p in passages}
    return ArticleKind.FULL_TEXT if sections & {"METHODS", "RESULTS", "INTRO", "DISCUSS"} else ArticleKind.OTHER
