"""What the front of a JATS article says of it: names, dates, ids, licence, types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.notices import Notice
from ingest.readers.building import clean_words
from ingest.readers.ids import doi_in, pmcid_of, pmid_of
from ingest.readers.jats_notices import notices_of
from ingest.readers.jats_words import words_of
from ingest.readers.partial_dates import earliest, iso_date
from ingest.readers.registries import registry_id, registry_ids

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HREF = "{http://www.w3.org/1999/xlink}href"
_COMMONS = re.compile(r"https?://creativecommons\.org/\S+?(?=[\s\"'<>)\]]|\.?$|\.\s)", re.I)
_LATER = frozenset({"pmc-release", "nihms-submitted", "pmc-live", "retracted", "corrected", "received", "accepted"})
_GATHERED = frozenset({"collection", "ecollection"})
MAX_LICENCE = 300
"""Code points of a licence that is given in words only."""


@dataclass(frozen=True, slots=True)
class Front:
    """Metadata of one article, as far as its front gives them."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    published: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    registrations: tuple[str, ...] = ()
    language: str | None = None
    licence: str | None = None
    types: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    retracted: bool = False


def read_front(article: etree._Element) -> Front:
    """The metadata of an ``article`` element."""
    front = article.find("front")
    if front is None:
        front = article
    meta = front.find("article-meta")
    if meta is None:
        meta = front
    ids = {i.get("pub-id-type") or "": clean_words("".join(i.itertext())) for i in meta.findall("article-id")}
    title = title_of(meta)
    types = tuple(_types(article, meta))
    notices, retracted = notices_of(article, meta)
    return Front(
        title,
        tuple(_authors(meta)),
        _first(front, "journal-meta//journal-title", "journal-meta/journal-id[@journal-id-type='nlm-ta']"),
        _published(meta),
        doi_in(ids.get("doi")),
        pmid_of(ids.get("pmid")),
        _pmcid(ids.get("pmcid") or ids.get("pmc")),
        tuple(dict.fromkeys(_registered(meta, ids))),
        (article.get(_LANG) or "").casefold() or None,
        _licence(meta),
        types,
        notices,
        retracted,
    )


def title_of(meta: etree._Element) -> str | None:
    """The title with its subtitle; that in another language where it has no other."""
    group = meta.find("title-group")
    if group is None:
        return clean_words(words_of(meta.find("article-title"))) or None
    title = clean_words(words_of(group.find("article-title")))
    title = title or clean_words(words_of(group.find("trans-title-group/trans-title")))
    below = clean_words(words_of(group.find("subtitle")))
    return f"{title}{' ' if title[-1:] in '?!:.' else ': '}{below}" if title and below else title or below or None


def _authors(meta: etree._Element) -> Iterator[str]:
    for contrib in meta.iterfind("contrib-group/contrib"):
        if (contrib.get("contrib-type") or "author") not in ("author", "Author", "collab"):
            continue
        name = contrib.find("name")
        if name is None:
            name = contrib.find("name-alternatives/name")
        if name is not None:
            parts = [clean_words(words_of(name.find(part))) for part in ("given-names", "surname", "suffix")]
            written = " ".join(p for p in parts if p)
        else:
            found = next(
                (f for f in (contrib.find(n) for n in ("string-name", "collab", "on-behalf-of")) if f is not None), None
            )
            written = clean_words(words_of(found)) if found is not None and not found.findall(".//contrib") else ""
            if found is not None and not written:
                written = clean_words(found.text or "")
        if written:
            yield written


def _published(meta: etree._Element) -> str | None:
    """The earliest of the dates in print and online; the date of a collection only where there is no other."""
    dates: list[str] = []
    gathered: list[str] = []
    for date in meta.findall("pub-date"):
        told = {(date.get("pub-type") or "").casefold(), (date.get("date-type") or "").casefold()}
        words = [clean_words("".join(part.itertext())) if part is not None else None for part in _parts(date)]
        iso = iso_date(*words) or iso_date(*(date.get("iso-8601-date") or "").split("T")[0].split("-")[:3])
        if iso is not None and not told & _LATER:
            (gathered if told & _GATHERED else dates).append(iso)
    return earliest(dates) or earliest(gathered)


def _parts(date: etree._Element) -> list[etree._Element | None]:
    return [date.find(name) for name in ("year", "month", "day")]


def _types(article: etree._Element, meta: etree._Element) -> Iterator[str]:
    seen = set()
    for words in [
        article.get("article-type"),
        *(words_of(s) for s in meta.iterfind("article-categories/subj-group/subject")),
    ]:
        bare = clean_words(words or "")
        if bare and bare.casefold() not in seen:
            seen.add(bare.casefold())
            yield bare


def _registered(meta: etree._Element, ids: dict[str, str]) -> Iterator[str]:
    for words in ids.values():
        if (number := registry_id(words)) is not None:
            yield number
    for related in meta.iter("related-object"):
        given = registry_id(related.get("document-id") or "") or registry_id(related.get("object-id") or "")
        if given is not None:
            yield given
        yield from registry_ids("".join(related.itertext()))
    for link in meta.iter("ext-link"):
        if link.get("ext-link-type") == "clinical-trial":
            yield from registry_ids("".join(link.itertext()) + " " + (link.get(_HREF) or ""))
    for abstract in meta.iterfind("abstract"):
        yield from registry_ids(" ".join(abstract.itertext()))
    for named in meta.iterfind("custom-meta-group/custom-meta/meta-value"):
        yield from registry_ids("".join(named.itertext()))


def _licence(meta: etree._Element) -> str | None:
    found = meta.find("permissions/license")
    if found is None:
        return None
    for words in (found.get(_HREF) or "", *(n.text or "" for n in found.iter("license_ref", "license-ref"))):
        if words.strip().startswith("http"):
            return words.strip()
    links = [n.get(_HREF) or "" for n in found.iter("ext-link", "uri")]
    said = clean_words(words_of(found))
    told = next((m[0] for words in (*links, said) if (m := _COMMONS.search(words))), None)
    return told or found.get("license-type") or said[:MAX_LICENCE] or None


def _first(front: etree._Element, *paths: str) -> str | None:
    return next((words for path in paths if (words := clean_words(words_of(front.find(path))))), None)


def _pmcid(words: str | None) -> str | None:
    return pmcid_of(words) or pmcid_of(f"PMC{words}")
