"""Web pages: of journals, of news sites and others. Their main content, their metadata and their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from ingest.article import Article, ArticleKind, SectionKind
from ingest.readers.assembled import assembled
from ingest.readers.building import Built, TextBuilder, clean_words, without_controls
from ingest.readers.errors import ReadError
from ingest.readers.html_body import Content, tidy
from ingest.readers.html_meta import PageFacts, page_facts
from ingest.readers.html_tables import take_tables
from ingest.readers.primary import linked_source, reports_on
from ingest.readers.registries import registry_ids
from ingest.readers.source import Format, Item, Source
from ingest.readers.tongue import tongue_of
from ingest.readers.whole import plain_head, read_whole

MAX_HTML = 20_000_000
"""Bytes of one page."""
MAX_ELEMENTS = 100_000
"""Elements of one page besides its tables; finding the content takes time for each."""

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.I)
_PROLOGUE = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_START = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body|div|h1|main|meta|title)\b",
    re.I | re.S,
)
_LONG_TEXT = 12_000
_FRONT = 6_000
"""Code points at the beginning in which an article names its own registration."""
_DROPPED = ("script", "style", "noscript", "svg", "template", "iframe", "object", "form", "nav", "button", "select")


def read_html(source: Source) -> Iterator[Item]:
    """The one article of a page. Raises ReadError where the page has none, or is too large or nested too deep."""
    text = _decoded(read_whole(source, MAX_HTML), source.name)
    page = _parsed(text, source.name)
    facts = page_facts(page)
    for element in list(page.iter(*_DROPPED)):
        element.drop_tree()
    tables = take_tables(page)
    tidy(page)
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        raise ReadError(source.name, "whole page", f"more than {MAX_ELEMENTS:,} elements")
    builder = TextBuilder()
    title = facts.meta.get("title")
    builder.title(title or "")
    content = Content(builder, tables, title)
    body = _main(page)
    if body is not None:
        content.fill(body)
    if not content.words and facts.body:
        builder.paragraph(facts.body)
    built = builder.finish()
    if all(s.kind in (SectionKind.FURNITURE, SectionKind.TITLE) for s in built.sections):
        raise ReadError(source.name, "whole page", "no article in it, only menus and the like")
    yield _article(built, facts, content, source)


def _article(built: Built, facts: PageFacts, content: Content, source: Source) -> Article:
    meta: dict[str, Any] = dict(facts.meta)
    prose = "\n\n".join(s.span.of(built.text) for s in built.sections if s.kind is not SectionKind.FURNITURE)
    meta["language"] = tongue_of(prose) or meta.get("language")  # templates often declare the wrong one
    registrations = registry_ids(prose[:_FRONT])
    meta["registrations"] = registrations
    meta["registration"] = registrations[0] if len(registrations) == 1 else None
    kind = _kind(built, facts, prose)
    if kind in (ArticleKind.NEWS, ArticleKind.OTHER):
        meta["primary_source"] = linked_source(prose, content.links)
    return assembled(built, kind, meta, source.given_id)


def _kind(built: Built, facts: PageFacts, prose: str) -> ArticleKind:
    kinds = {s.kind for s in built.sections}
    if facts.of_journal:
        whole = {SectionKind.METHODS, SectionKind.RESULTS} <= kinds and (len(prose) > _LONG_TEXT or built.tables)
        return ArticleKind.FULL_TEXT if whole or len(prose) > 2 * _LONG_TEXT else ArticleKind.ABSTRACT
    return ArticleKind.NEWS if facts.of_news or reports_on(prose) else ArticleKind.OTHER


def _main(page: html.HtmlElement) -> etree._Element | None:
    from trafilatura import bare_extraction  # takes half a second, and most inputs are no pages

    found = bare_extraction(
        page, include_comments=False, include_tables=True, include_links=True, include_formatting=False,
        with_metadata=False, deduplicate=False,
    )  # fmt: skip
    return None if found is None or isinstance(found, dict) else found.body


def _parsed(text: str, name: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, "whole page", f"it cannot be parsed: {clean_words(str(error))}") from error
    deep = next((e for e in parser.error_log if e.type_name == "ERR_RESOURCE_LIMIT"), None)
    if deep is not None:
        raise ReadError(name, f"line {deep.line}", "elements nested too deep, or one that is too large, for an article")
    for element in page.iter():  # what "&#2;" leaves behind cannot be written back, which moving a word does
        element.text, element.tail = _fit(element.text), _fit(element.tail)
    return page


def _fit(words: str | None) -> str | None:
    return words if words is None or words.isprintable() else without_controls(words)


def _decoded(data: bytes, name: str) -> str:
    """The text: in UTF-8 where it is valid, else as the page declares, else as Western."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        declared = _DECLARED.search(data[:4096])
        encoding = declared[1].decode("ascii") if declared else "cp1252"
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            utf8 = encoding.casefold().replace("-", "") == "utf8"
            text = _as(data, "utf-8" if utf8 else encoding)
    if text.count("\x00") + text.count("\ufffd") > len(text) / 100:
        raise ReadError(name, "whole page", "it is not in the encoding that it declares: save it as UTF-8")
    return _PROLOGUE.sub("", text.replace("\x00", ""))


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def _is_html(source: Source) -> bool:
    return _START.match(plain_head(source)) is not None


HTML = Format("html", (".html", ".htm", ".xhtml"), _is_html, read_html)
