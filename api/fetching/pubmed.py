"""PubMed: records of articles, most with an abstract, up to 200 in a file as efetch gives them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from api.fetching.entrez import PAGE, Entrez
from api.fetching.errors import RefusedError
from api.fetching.naming import ids_or_query
from api.fetching.pieces import Failure, Form, Found, Outcome, Piece, Wanted
from api.fetching.web import Web
from api.settings import FetchSettings

LISTED = 9_999
"""Hits of one search that PubMed lists to programs, whatever they ask for."""
_PMID = re.compile(r"(?:pmid:?\s*)?0*([1-9]\d{0,8})", re.I)
_UNKNOWN = "PubMed has no record of this number; check it, or look for the title"


class PubMed:
    """See Service."""

    name, title, batch = "pubmed", "PubMed", 200

    def __init__(self, web: Web, settings: FetchSettings) -> None:
        self._entrez = Entrez(web, settings, "pubmed", self.title)

    def named(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """PMIDs: numbers, with or without ``PMID:``."""
        return ids_or_query(words, _PMID, lambda m: m[1], "32817081")

    def find(self, query: str, limit: int) -> Found:
        """See Service."""
        reach = min(limit, LISTED)
        first = self._entrez.search(query, 0, min(PAGE, reach))
        missing = None
        if limit > LISTED < first.total:
            missing = f"PubMed lists only the first {LISTED:,} hits; cut the search by dates, as in AND 2020:2021[dp]"
        wanted = (Wanted(pmid) for pmid in self._entrez.listed(query, first, min(reach, first.total)))
        return Found(first.total, wanted, first.notes, missing)

    def of_ids(self, ids: Sequence[str]) -> Iterator[Wanted]:
        """See Service."""
        return (Wanted(pmid) for pmid in ids)

    def bring(self, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """One file of all that PubMed has of them."""
        ids = tuple(w.id for w in wanted)
        try:
            data, root, url = self._entrez.records(ids)
        except RefusedError as error:
            if "id list is empty" not in error.reason.casefold():
                raise
            yield Failure(ids, _UNKNOWN)
            return
        given = set(_pmids(root))
        there = tuple(pmid for pmid in ids if pmid in given)
        if there:
            digest = hashlib.sha256(",".join(there).encode()).hexdigest()[:8]
            name = f"{there[0]}.xml" if len(there) == 1 else f"{there[0]}-and-{len(there) - 1}-more-{digest}.xml"
            yield Piece(there, name, Form.RECORD, data, url, "POST with these ids")
        if unknown := tuple(pmid for pmid in ids if pmid not in given):
            yield Failure(unknown, _UNKNOWN)


def _pmids(root: etree._Element) -> Iterator[str]:
    for holder in root.iter("MedlineCitation", "BookDocument"):
        words = holder.findtext("PMID")
        if words and words.strip():
            yield words.strip()
