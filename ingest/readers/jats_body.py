"""The text of a JATS article, from its abstract to its appendices, put together part by part."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ingest.article import SectionKind
from ingest.readers.building import TextBuilder, clean_words
from ingest.readers.jats_tables import raw_tables
from ingest.readers.jats_words import plain, runs_of, words_of
from ingest.readers.labels import labelled
from ingest.readers.sections import kind_of_heading

_SEC_TYPES = {
    "intro": SectionKind.BACKGROUND,
    "introduction": SectionKind.BACKGROUND,
    "background": SectionKind.BACKGROUND,
    "objective": SectionKind.BACKGROUND,
    "methods": SectionKind.METHODS,
    "materials": SectionKind.METHODS,
    "subjects": SectionKind.METHODS,
    "results": SectionKind.RESULTS,
    "discussion": SectionKind.DISCUSSION,
    "conclusions": SectionKind.CONCLUSION,
    "conclusion": SectionKind.CONCLUSION,
    "supplementary-material": SectionKind.FURNITURE,
    "COI-statement": SectionKind.FURNITURE,
    "data-availability": SectionKind.FURNITURE,
    "ethics-statement": SectionKind.FURNITURE,
}
_ASIDE = frozenset({"teaser", "toc", "editor", "graphical", "web-summary"})
"""Abstracts that are not the authors' own, or only point to the article."""
_POINTS = frozenset(
    {"key-points", "highlights", "author-highlights", "short", "summary", "author-summary"}
) | frozenset({"plain-language-summary", "executive-summary", "precis"})
_LEFT_OUT = frozenset(
    {"title", "label", "ref-list", "sec-meta", "object-id", "graphic", "media", "permissions", "alt-text", "bio"}
    | {"supplementary-material", "attrib", "front-stub", "subtitle"}
)
_FURNITURE = frozenset({"ack", "fn-group", "notes", "glossary", "fn"})
_DEEPEST = 30


def write_abstract(builder: TextBuilder, abstract: etree._Element, own: bool = True) -> None:
    """The abstract with its sections, also those that are only named in the text.

    ``own`` False for an abstract in another language.
    """
    kind = SectionKind.ABSTRACT
    told = (abstract.get("abstract-type") or "").casefold()
    if not own or told in _ASIDE:
        kind = SectionKind.FURNITURE
    elif told in _POINTS:
        kind = SectionKind.KEY_POINTS
    builder.heading(words_of(abstract.find("title")), 1, kind)
    if kind is not SectionKind.ABSTRACT:
        for part in abstract.iter("p"):
            _paragraph(builder, part, 1, kind)
        return
    for child in abstract:
        if child.tag == "p":
            _labelled(builder, child)
        elif child.tag not in _LEFT_OUT:
            write_blocks(builder, [child], 2)


def write_blocks(builder: TextBuilder, parts: Iterable[etree._Element], level: int) -> None:
    """Sections, paragraphs, lists, tables and captions in their order; ``level`` is that of the sections among them."""
    for part in parts:
        tag = part.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            continue
        if tag in ("sec", "app", "boxed-text", "ack", "notes", "glossary", "fn-group", "statement"):
            _section(builder, part, level)
        elif tag in ("table-wrap", "table"):
            for raw in raw_tables(part):
                builder.table(raw)
        elif tag == "fn":
            for inner in part:
                _paragraph(builder, inner, level, SectionKind.FURNITURE)
        elif tag == "fig":
            builder.paragraph(_caption(part))
        elif tag == "def-item":
            builder.paragraph(": ".join(clean_words(words_of(inner)) for inner in part))
        elif tag == "list-item":
            _item(builder, part, level)
        elif tag in ("p", "disp-formula", "attrib", "preformat", "verse-line"):
            _paragraph(builder, part, level)
        elif level < _DEEPEST and len(part):
            write_blocks(builder, part, level)  # a group, a list, a wrapper
        else:
            _paragraph(builder, part, level)


def _section(builder: TextBuilder, part: etree._Element, level: int) -> None:
    title = part.find("title")
    if title is None and (caption := part.find("caption")) is not None:
        title = caption.find("title")
    words = clean_words(words_of(title))
    if part.tag in _FURNITURE:
        builder.heading(words, level, SectionKind.FURNITURE)
    elif part.tag == "app":
        builder.heading(words, level, kind_of_heading(words) or SectionKind.BODY)
    else:
        builder.heading(words, level, kind_of_sec(part))
    if level < _DEEPEST:
        write_blocks(builder, part, level + 1)
    else:
        for inner in part.iter("p"):
            _paragraph(builder, inner, level)
    builder.end(level)


def kind_of_sec(sec: etree._Element) -> SectionKind | None:
    """What @sec-type says, of several words the first that tells; None where none does."""
    types = (sec.get("sec-type") or "").replace("/", "|").split("|")
    return next((_SEC_TYPES[t.strip()] for t in types if t.strip() in _SEC_TYPES), None)


def _paragraph(builder: TextBuilder, part: etree._Element, level: int, kind: SectionKind | None = None) -> None:
    for run in runs_of(part):
        if isinstance(run, list):
            builder.paragraph(plain(run), kind)
        elif kind is None:
            write_blocks(builder, [run], level)


def _item(builder: TextBuilder, item: etree._Element, level: int) -> None:
    """A list item, its printed number before its first paragraph."""
    label = clean_words(words_of(item.find("label")))
    for part in item:
        if part.tag == "p" and label:
            first, *rest = runs_of(part) or [[]]
            builder.paragraph(f"{label} {plain(first)}" if isinstance(first, list) else label)
            for run in rest:
                if isinstance(run, list):
                    builder.paragraph(plain(run))
                else:
                    write_blocks(builder, [run], level)
            label = ""
        else:
            write_blocks(builder, [part], level)


def _caption(fig: etree._Element) -> str:
    caption = fig.find("caption")
    parts = [words_of(fig.find("label"))]
    parts += [words_of(c) for c in caption if isinstance(c.tag, str)] if caption is not None else []
    cleaned = [p for p in map(clean_words, parts) if p]
    return " ".join(p if p[-1] in ".:?!" else p + "." for p in cleaned)


def _labelled(builder: TextBuilder, part: etree._Element) -> None:
    """A paragraph of an abstract, cut at the labels in it ("Results: ...")."""
    for run in runs_of(part):
        if not isinstance(run, list):
            write_blocks(builder, [run], 2)
            continue
        words = clean_words(plain(run))
        titled = _run_in_title(part)
        if titled and words.startswith(titled):
            builder.heading(titled.rstrip(" .:"), 2)
            words = words[len(titled) :].lstrip(" .:—–")
        for start, end, label in labelled(words, 0, len(words)):
            if label is not None:
                builder.heading(label, 2)
            builder.paragraph(words[start:end])


def _run_in_title(part: etree._Element) -> str | None:
    """Bold or italic words at the beginning of a paragraph that are a section's name."""
    first = next(iter(part), None)
    if first is None or first.tag not in ("bold", "italic", "underline", "sc") or (part.text or "").strip():
        return None
    words = clean_words(words_of(first))
    return words if len(words) <= 60 and kind_of_heading(words) is not None else None
