"""One record of PubMed XML as a Citation: MedlineCitation with its PubmedData, or a chapter of a book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.building import clean_words
from ingest.readers.citation import Citation, Part
from ingest.readers.ids import doi_in, pmcid_of, pmid_of
from ingest.readers.partial_dates import earliest
from ingest.readers.pubmed_dates import date_of
from ingest.readers.pubmed_fields import authors_of, notices_of, parts_of, words
from ingest.readers.registries import registry_id

_BRACKETED = re.compile(r"^\[(?P<title>.*?)\]?(?P<stop>\.?)$", re.S)
_NO_TITLE = frozenset({"not available", "[not available]", "in process citation", "[in process citation]"})
RETRACTED = "Retracted Publication"


def citation_of(medline: etree._Element, data: etree._Element | None = None) -> Citation:
    """The record of a ``MedlineCitation``; ``data`` is its ``PubmedData``."""
    out = Citation()
    others: list[etree._Element] = []
    for child in medline:
        match child.tag:
            case "PMID":
                out.pmid = pmid_of(child.text)
            case "Article":
                _read_article(out, child)
            case "OtherAbstract":
                others.append(child)
            case "CommentsCorrectionsList":
                out.notices = notices_of(child)
            case "MedlineJournalInfo":
                out.journal = out.journal or child.findtext("MedlineTA")
    if data is not None:
        _read_ids(out, data.find("ArticleIdList"))
        if out.published is None:
            history = data.find("History")
            dates = [d for d in history if d.get("PubStatus") in ("pubmed", "entrez")] if history is not None else []
            out.published = earliest(date for d in dates if (date := date_of(d)) is not None)
    if not out.abstract:
        _read_other(out, others)
    out.retracted = RETRACTED in out.types
    return out


def book_of(document: etree._Element) -> Citation:
    """The record of a ``BookDocument``: a book, or a chapter of one."""
    out = Citation(types=["Book"])
    chapter = None
    for child in document:
        match child.tag:
            case "PMID":
                out.pmid = pmid_of(child.text)
            case "ArticleIdList":
                _read_ids(out, document.find("ArticleIdList"))
            case "Book":
                out.title = clean_words(words(child.find("BookTitle")))
                out.authors = out.authors or list(
                    authors_of([a for group in child.iterfind("AuthorList") for a in group])
                )
                date = child.find("PubDate")
                out.published = date_of(date) if date is not None else None
            case "ArticleTitle":
                chapter = clean_words(words(child))
            case "AuthorList" if child.get("Type") != "editors":
                out.authors = list(authors_of(list(child)))
            case "Language":
                out.language = (child.text or "").strip().casefold() or None
            case "Abstract":
                out.abstract = parts_of(child)
            case "PublicationType":
                out.types = [*out.types, clean_words(child.text or "")]
            case "ContributionDate":
                out.published = date_of(child) or out.published
    if chapter:
        out.title, out.journal = chapter, out.title
        out.types = ["Book Chapter", *out.types[1:]]
    return out


def _read_article(out: Citation, article: etree._Element) -> None:
    dates: list[str | None] = []
    languages: list[str] = []
    registrations: list[str] = []
    for child in article:
        match child.tag:
            case "Journal":
                out.journal = clean_words(child.findtext("Title") or child.findtext("ISOAbbreviation") or "") or None
                found = child.find("JournalIssue/PubDate")
                dates.append(date_of(found) if found is not None else None)
            case "ArticleTitle":
                out.title = title_of(clean_words(words(child)))
            case "VernacularTitle":
                out.original_title = clean_words(words(child)) or None
            case "Abstract":
                out.abstract = parts_of(child)
            case "AuthorList":
                out.authors = list(authors_of(list(child)))
            case "Language":
                languages.append((child.text or "").strip().casefold())
            case "ArticleDate":
                dates.append(date_of(child))
            case "PublicationTypeList":
                out.types = [clean_words(t.text or "") for t in child]
            case "ELocationID" if child.get("EIdType") == "doi" and child.get("ValidYN") != "N":
                out.doi = doi_in(child.text)
            case "DataBankList":
                registrations += _registered(child)
    out.registrations = registrations
    out.published = earliest(date for date in dates if date is not None)
    out.language = language_of(languages, bool(out.abstract))


def _registered(banks: etree._Element) -> Iterator[str]:
    for number in banks.iter("AccessionNumber"):
        if (found := registry_id(number.text or "")) is not None:
            yield found


def _read_ids(out: Citation, ids: etree._Element | None) -> None:
    for given in ids if ids is not None else ():
        match given.get("IdType"):
            case "doi":
                out.doi = out.doi or doi_in(given.text)
            case "pmc" | "pmcid":
                out.pmcid = out.pmcid or pmcid_of(given.text) or pmcid_of(f"PMC{given.text}")
            case "pubmed":
                out.pmid = out.pmid or pmid_of(given.text)


def _read_other(out: Citation, others: list[etree._Element]) -> None:
    """An abstract in another place where the record has none of its own: in English, else in the first language."""
    found: list[tuple[str, list[Part]]] = [
        ((other.get("Language") or "").casefold(), parts) for other in others if (parts := parts_of(other))
    ]
    found.sort(key=lambda item: item[0] != "eng")
    if found:
        language, out.abstract = found[0]
        out.language = language or out.language


def language_of(languages: list[str], has_abstract: bool) -> str | None:
    """That of the text that PubMed holds: its abstracts are in English whatever the language of the article."""
    told = [language for language in languages if language]
    return "eng" if "eng" in told or (told and has_abstract) else told[0] if told else None


def title_of(words: str) -> str | None:
    """A title without the brackets that mark a translation."""
    if words.rstrip(".").casefold() in _NO_TITLE:
        return None
    m = _BRACKETED.match(words) if words.startswith("[") and words.rstrip(".").endswith("]") else None
    return m["title"] + m["stop"] if m else words or None
