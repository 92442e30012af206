"""A document in passages, as BioC and PubTator have it, and what its passages say of the publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.building import clean_words
from ingest.readers.ids import doi_in, pmcid_of, pmid_of


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with what the source says of them ("type": "abstract")."""

    text: str
    infons: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """What the passage is, in small letters; "" where the source does not say."""
        return (self.infons.get("type") or self.infons.get("section") or "").strip().casefold()

    @property
    def section(self) -> str:
        """The section it belongs to, in capitals; "" where the source does not say."""
        return (self.infons.get("section_type") or "").strip().upper()

    @property
    def is_title(self) -> bool:
        """True for the title of the document."""
        return self.section == "TITLE" or self.type in ("title", "front", "article-title", "document title")

    @property
    def is_short(self) -> bool:
        """True for what an abstract consists of."""
        return self.is_title or "abstract" in self.type or self.section == "ABSTRACT"


@dataclass(frozen=True, slots=True)
class Document:
    """Passages in order; ``id`` as given, ``source`` the collection that it comes from."""

    id: str
    passages: Sequence[Passage]
    source: str = ""


def metadata(document: Document) -> dict[str, Any]:
    """Fields of Article by name, None where the passages do not say."""
    title = next((p for p in document.passages if p.is_title and clean_words(p.text)), None)
    infons: dict[str, str] = {}
    for passage in document.passages:
        for key, value in passage.infons.items():
            if key.startswith(
                ("article-id", "name_", "year", "journal", "license", "doi", "pm", "authors", "language")
            ):
                infons.setdefault(key, value)
    ident = document.id.strip()
    source = document.source.strip().casefold()
    short = all(p.is_short for p in document.passages)
    pmid = pmid_of(infons.get("article-id_pmid") or infons.get("pmid"))
    pmcid = pmcid_of(_with_prefix(infons.get("article-id_pmc") or infons.get("pmcid")))
    pmcid = pmcid or pmcid_of(ident) or (pmcid_of(_with_prefix(ident)) if source == "pmc" else None)
    if pmid is None and pmcid is None and (source in ("pubmed", "medline", "pubtator") or (short and len(ident) >= 5)):
        pmid = pmid_of(ident)
    year = re.match(r"(?:19|20)\d\d", infons.get("year", ""))
    words = clean_words(title.text) if title else None
    return {
        "title": words,
        "pmid": pmid,
        "pmcid": pmcid,
        "doi": doi_in(infons.get("article-id_doi") or infons.get("doi")),
        "published": year[0] if year else None,
        "journal": clean_words(infons.get("journal-title") or infons.get("journal", "").split(";")[0]) or None,
        "licence": clean_words(infons.get("license", "")) or None,
        "authors": tuple(_authors(infons)),
    }


def _with_prefix(ident: str | None) -> str:
    return f"PMC{ident.strip().removeprefix('PMC')}" if ident else ""


def _authors(infons: dict[str, str]) -> Iterator[str]:
    """ "surname:Sample;given-names:Ada" of each author, else a list with commas."""
    names = sorted((int(k[5:]), v) for k, v in infons.items() if re.fullmatch(r"name_\d{1,4}", k))
    for _, value in names:
        parts = dict(p.split(":", 1) for p in value.split(";") if ":" in p)
        full = clean_words(f"{parts.get('given-names', '')} {parts.get('surname', '')}")
        if full:
            yield full
    if not names:
        yield from (n for part in infons.get("authors", "").split(",") if (n := clean_words(part)))
