"""What a page says of itself: meta tags of journals and of news sites, and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from ingest.readers.building import clean_words
from ingest.readers.dates import read_date
from ingest.readers.ids import doi_in, pmcid_of, pmid_of, pubmed_link

MAX_VALUE = 2_000
"""Code points of one value; the rest of it is left out."""
_MAX_JSON = 1_000_000
_ARTICLES = re.compile(r"(?:News|Scholarly|Medical\w*|Report\w*|Blog)?(?:Article|Posting|WebPage)$", re.I)
_NEWS = re.compile(r"News", re.I)
_PMC = re.compile(r"/(PMC\d{1,9})\b")
_BY = re.compile(r"^(?:by|written by)\s+", re.I)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Fields of Article by name, whether the page is of a journal or of a news site, and the text of its JSON-LD."""

    meta: dict[str, Any]
    of_journal: bool
    of_news: bool
    body: str | None = None


def page_facts(page: etree._Element) -> PageFacts:
    """The facts that the page gives of itself; nothing is taken from its words but the title."""
    tags = _tags(page)
    data = next(iter(_json_ld(page)), {})

    def first(*names: str) -> str | None:
        return next((v for name in names for v in tags.get(name, ())), None)

    address = first("og:url", "citation_public_url", "citation_abstract_html_url") or _canonical(page) or ""
    journal = first("citation_journal_title", "prism.publicationname", "citation_journal_abbrev")
    doi = doi_in(first("citation_doi", "prism.doi", "bepress_citation_doi"))
    doi = doi or next((d for v in (*tags.get("dc.identifier", ()), *tags.get("doi", ())) if (d := doi_in(v))), None)
    pmid = pmid_of(first("citation_pmid", "ncbi_uid", "uid") if "citation_title" in tags else None)
    pmid = pmid or (pubmed_link(address) if "citation_title" in tags else None)
    of_journal = bool(doi or journal or pmid or "citation_title" in tags)
    site = first("og:site_name", "application-name") or _name_of(data.get("publisher"))
    dates = first(
        *("citation_publication_date", "citation_date", "citation_online_date", "prism.publicationdate", "dc.date"),
        *("dc.date.issued", "dcterms.date", "article:published_time", "datepublished", "date", "pubdate"),
    )
    title = first("citation_title") or _text(data.get("headline")) or first("og:title", "dc.title", "twitter:title")
    licence = _licence(page) or _text(data.get("license")) or first("dc.rights", "dcterms.rights", "dc.rights.license")
    meta = {
        "title": _without_site(title or _heading(page), site),
        "authors": tuple(_authors(tags, data, site)),
        "journal": journal or site or (urlsplit(address).hostname if not of_journal else None),
        "published": _date(dates or _text(data.get("datePublished")) or _time(page)),
        "doi": doi,
        "pmid": pmid,
        "pmcid": pmcid_of(m[1]) if of_journal and (m := _PMC.search(address)) else pmcid_of(first("citation_pmcid")),
        "language": _language(page, tags, data),
        "licence": licence,
        "types": tuple(tags.get("citation_article_type", ())),
    }
    types = _types(data)
    news = any(_NEWS.search(t) for t in types) or (first("og:type") == "article" and not of_journal)
    return PageFacts({k: v for k, v in meta.items() if v}, of_journal, news, _text(data.get("articleBody"), None))


def _tags(page: etree._Element) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop") or tag.get("http-equiv")
        value = clean_words((tag.get("content") or "")[:MAX_VALUE])
        if name and value:
            name = name.strip().casefold().replace("dc:", "dc.").replace("prism:", "prism.")
            out.setdefault(name, []).append(value)
    return out


def _json_ld(page: etree._Element) -> Iterator[Mapping[str, Any]]:
    """Objects of JSON-LD that describe an article, those with a headline first."""
    found: list[Mapping[str, Any]] = []
    for script in page.iter("script"):
        words = script.text or ""
        if "ld+json" not in (script.get("type") or "").casefold() or len(words) > _MAX_JSON:
            continue
        try:
            data = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        todo = [data]
        for _ in range(200):
            if not todo:
                break
            item = todo.pop(0)
            if isinstance(item, list):
                todo.extend(item[:100])
            elif isinstance(item, dict):
                todo.extend(v for v in (item.get("@graph"), item.get("mainEntity")) if isinstance(v, list | dict))
                if any(_ARTICLES.fullmatch(t) for t in _types(item)):
                    found.append(item)
    yield from sorted(found, key=lambda item: not _text(item.get("headline")))


def _types(item: Mapping[str, Any]) -> Sequence[str]:
    kind = item.get("@type")
    return [t for t in (kind if isinstance(kind, list) else [kind]) if isinstance(t, str)]


def _authors(tags: Mapping[str, list[str]], data: Mapping[str, Any], site: str | None) -> Iterator[str]:
    for name in ("citation_author", "citation_authors", "dc.creator", "dc.contributor"):
        if values := tags.get(name):
            parts = [n for v in values for n in (v.split(";") if ";" in v else [v])]
            yield from (clean_words(n) for n in parts if clean_words(n))
            return
    given = data.get("author")
    names = [_name_of(a) for a in (given if isinstance(given, list) else [given])]
    names = [n for n in names if n] or [*tags.get("article:author", ()), *tags.get("author", ())]
    for name in dict.fromkeys(_BY.sub("", n or "") for n in names):
        if name and "://" not in name and name.casefold() != (site or "").casefold():
            yield name


def _name_of(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any, limit: int | None = MAX_VALUE) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value", value.get("url"))
    return clean_words(value[:limit]) or None if isinstance(value, str) else None


def _language(page: etree._Element, tags: Mapping[str, list[str]], data: Mapping[str, Any]) -> str | None:
    given = [page.get("lang"), page.get("{http://www.w3.org/XML/1998/namespace}lang"), page.get("xml:lang")]
    names = ("citation_language", "dc.language", "og:locale", "content-language")
    given += [v for name in names for v in tags.get(name, ())] + [_text(data.get("inLanguage"))]
    for value in given:
        m = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", value or "")
        if m:
            return m[1].casefold()
    return None


def _heading(page: etree._Element) -> str | None:
    for name in ("h1", "title"):
        for element in page.iter(name):
            words = clean_words("".join(element.itertext())[:MAX_VALUE])
            if words:
                return words
    return None


def _without_site(title: str | None, site: str | None) -> str | None:
    if title and site:
        m = re.search(r"\s[-–—|·:]\s" + re.escape(site) + r"\s*$", title, re.I)
        return title[: m.start()] if m else title
    return title


def _date(words: str | None) -> str | None:
    """The date without its time of day.

    >>> _date("2022-04-21T22:11:44-06:00"), _date("2020/3/2"), _date("2020/03/02")
    ('2022-04-21', '2020', '2020-03-02')
    """
    return read_date(re.sub(r"(?<=\d)T\d.*", "", words or "").replace("/", "-"))


def _canonical(page: etree._Element) -> str | None:
    return next((e.get("href") for e in page.iter("link") if (e.get("rel") or "").casefold() == "canonical"), None)


def _licence(page: etree._Element) -> str | None:
    for element in page.iter("a", "link"):
        if "license" in (element.get("rel") or "").casefold().split():
            return clean_words(element.get("href") or "")[:MAX_VALUE] or None
    return None


def _time(page: etree._Element) -> str | None:
    return next((e.get("datetime") for e in page.iter("time") if e.get("datetime")), None)
