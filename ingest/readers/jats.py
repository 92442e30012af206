"""JATS: PMC's and publishers' full texts, one or many in a file, and parts of them without an article around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from lxml import etree

from ingest.article import Article, ArticleKind, SectionKind
from ingest.readers.assembled import assembled
from ingest.readers.building import Built, TextBuilder
from ingest.readers.decode import MAX_BYTES
from ingest.readers.errors import ReadError
from ingest.readers.evidence_policy import is_review
from ingest.readers.jats_body import write_abstract, write_blocks
from ingest.readers.jats_fragments import FIRST, parse_fragment
from ingest.readers.jats_meta import read_front, title_of
from ingest.readers.registries import registry_ids
from ingest.readers.source import Format, Item, Source
from ingest.readers.tongue import tongue_of
from ingest.readers.whole import read_whole
from ingest.readers.xml_input import elements, first_tag

_WRAPPERS = frozenset(
    {"pmc-articleset", "articles", "article-set", "OAI-PMH", "record", "GetRecord", "ListRecords", "metadata"}
)
_JATS = re.compile(rb"<(?:[\w.-]+:)?(?:front|body|sec|floats-group)[\s/>]")
"""What an article of JATS has within, and one of HTML has not."""
_FRONTS = ("front/article-meta", "front-stub", "front", "article-meta")
"""Where the abstracts of an article, of a translation, and of parts without a root may stand."""
_OTHER_PARTS = frozenset(
    {"front", "front-stub", "abstract", "trans-abstract", "sub-article", "response", "article-meta", "title-group"}
)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _tells(source: Source) -> bool:
    head = source.head
    tag = first_tag(head)
    if tag == "article":
        return _JATS.search(head.replace(b"\0", b"")) is not None
    if tag in _WRAPPERS:
        return tag in ("pmc-articleset", "article-set") or b"article" in head.replace(b"\0", b"")
    return tag in FIRST


def _read(source: Source) -> Iterator[Item]:
    if first_tag(source.head) in FIRST:
        yield article_of(parse_fragment(read_whole(source, MAX_BYTES), source.name), source.name, source.given_id)
        return
    number = 0
    for number, element in enumerate(elements(source, ("article", "{*}article")), 1):
        try:
            yield article_of(element, source.name, source.given_id, f"article {number}")
        except ReadError as error:
            yield error
    if not number:
        raise ReadError(source.name, "whole file", "it holds no article")


def article_of(element: etree._Element, name: str, given_id: str | None = None, place: str = "whole file") -> Article:
    """The article in an ``article`` element. Raises ReadError where it has neither a title nor a text.

    Namespaces are taken off the element's names.
    """
    for inner in element.iter(etree.Element):
        tag = str(inner.tag)
        if tag[0] == "{":
            inner.tag = tag.rpartition("}")[2]
    front = read_front(element)
    source = _in_english(element, front.language)
    title = front.title if source is element else _title(source) or front.title
    body = source.find("body")
    has_body = body is not None and any(True for _ in body.iter("p", "table-wrap"))
    has_body = has_body or any(child.tag in ("sec", "table-wrap", "table-wrap-group") for child in source)
    built = _text(source, title, front.language or "en")
    if not built.text.strip():
        raise ReadError(name, place, "neither a title nor a text")
    kind = ArticleKind.FULL_TEXT if has_body else ArticleKind.ABSTRACT
    if is_review(front.types):
        kind = ArticleKind.REVIEW
    meta: dict[str, Any] = {f.name: getattr(front, f.name) for f in fields(front)}
    registrations = front.registrations or _registered(built)
    meta |= {"title": title, "registrations": registrations, "registration": next(iter(registrations), None)}
    return assembled(built, kind, meta | {"language": _language(built, front.language)}, given_id)


def _in_english(article: etree._Element, language: str | None) -> etree._Element:
    """The article, or its translation to English where it comes with one."""
    if (language or "en").startswith("en"):
        return article
    own = (s for s in article.iterfind("sub-article[@article-type='translation']") if _of(s, "").startswith("en"))
    return next(own, article)


def _title(translation: etree._Element) -> str | None:
    stub = next((s for s in map(translation.find, _FRONTS) if s is not None), None)
    return title_of(stub) if stub is not None else None


def _language(built: Built, told: str | None) -> str | None:
    """That of the text: as it reads, else as the source says."""
    unread = (SectionKind.TITLE, SectionKind.FURNITURE, SectionKind.TABLE)
    found = tongue_of(" ".join(s.span.of(built.text) for s in built.sections if s.kind not in unread))
    return told if found is None or (told or "").startswith(found) else found


def _registered(built: Built) -> tuple[str, ...]:
    """Where the front names no registry: the number in methods and notes, if it is only one; others' are cited, too."""
    kinds = (SectionKind.METHODS, SectionKind.FURNITURE)
    found = registry_ids(" ".join(s.span.of(built.text) for s in built.sections if s.kind in kinds))
    return found if len(found) == 1 else ()


def _text(article: etree._Element, title: str | None, language: str) -> Built:
    """Title, abstracts, body, floats and appendices. Of abstracts in several languages the English one is read."""
    builder = TextBuilder()
    builder.title(title or "")
    holders = [article, *(part for part in map(article.find, _FRONTS) if part is not None)]
    abstracts = [child for part in holders for child in part if child.tag in ("abstract", "trans-abstract")]
    english = [a for a in abstracts if _of(a, language if a.tag == "abstract" else "").startswith("en")]
    for abstract in abstracts:
        write_abstract(builder, abstract, abstract in english if english else abstract.tag == "abstract")
        builder.end(1)
    for part in article:
        if part.tag in ("body", "floats-group", "floats-wrap", "back"):
            write_blocks(builder, part, 1)
        elif part.tag not in _OTHER_PARTS:
            write_blocks(builder, [part], 1)
        builder.end(1)
    return builder.finish()


def _of(element: etree._Element, language: str) -> str:
    """The language that an element says it is in, else ``language``."""
    return (element.get(_XML_LANG) or language).casefold()


JATS = Format("jats", (".nxml", ".xml"), _tells, _read)
"""Whole articles, sets of them as PMC gives them, and parts that begin with an abstract, a section or a table."""
