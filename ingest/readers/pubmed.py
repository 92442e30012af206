"""PubMed XML: what efetch gives and the yearly baseline files, record by record in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.readers.citation import Citation, article_of
from ingest.readers.errors import ReadError
from ingest.readers.pubmed_record import book_of, citation_of
from ingest.readers.source import Format, Item, Source
from ingest.readers.xml_input import elements, first_tag

_SETS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet", "DeleteCitation"})
_ALONE = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation"})


def _tells(source: Source) -> bool:
    return first_tag(source.head) in _SETS | _ALONE


def _read(source: Source) -> Iterator[Item]:
    first = first_tag(source.head)
    tags = (
        ("MedlineCitation",)
        if first in ("MedlineCitationSet", "MedlineCitation")
        else ("PubmedArticle", "PubmedBookArticle")
    )
    number, last = 0, ""
    try:
        for number, element in enumerate(elements(source, tags, rootless=first in _ALONE), 1):
            citation = _citation(element)
            last = f" (PMID {citation.pmid})" if citation is not None and citation.pmid else ""
            yield _item(citation, source, f"record {number}{last}")
    except ReadError as error:
        where = f"{error.place}, behind record {number}{last}" if number else error.place
        raise ReadError(source.name, where, error.reason) from error
    if not number:
        raise ReadError(source.name, "whole file", "it holds no record")


def _item(citation: Citation | None, source: Source, place: str) -> Item:
    if citation is None:
        return ReadError(source.name, place, "neither a citation nor a book")
    try:
        article = article_of(citation, source.given_id)
    except ValueError as error:
        return ReadError(source.name, place, str(error))
    return article or ReadError(source.name, place, "neither a title nor an abstract")


def _citation(element: etree._Element) -> Citation | None:
    if element.tag == "MedlineCitation":
        return citation_of(element)
    medline = element.find("MedlineCitation")
    if medline is not None:
        return citation_of(medline, element.find("PubmedData"))
    book = element.find("BookDocument")
    return book_of(book) if book is not None else None


PUBMED = Format("pubmed", (".xml",), _tells, _read)
"""Sets of records and single ones, also without a root."""
