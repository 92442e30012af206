"""PMC: full texts as JATS XML, one in a file, where the publisher lets PMC give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from api.fetching.entrez import PAGE, Entrez
from api.fetching.errors import RefusedError
from api.fetching.naming import ids_or_query
from api.fetching.pieces import Failure, Form, Found, Outcome, Piece, Wanted
from api.fetching.web import Web
from api.settings import FetchSettings

_PMCID = re.compile(r"pmc\s?0*([1-9]\d{0,9})(?:\.\d+)?", re.I)
_BARE = re.compile(r"\d+")
_IDS = "{*}front/{*}article-meta/{*}article-id"
_WITHHELD = "does not allow downloading of the full text"


class Pmc:
    """See Service."""

    name, title, batch = "pmc", "PMC", 1

    def __init__(self, web: Web, settings: FetchSettings) -> None:
        self._entrez = Entrez(web, settings, "pmc", self.title)

    def named(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """PMCIDs, with ``PMC``: a bare number could as well be a PMID."""
        for word in words:
            if _BARE.fullmatch(word.strip()):
                raise ValueError(f"{word} may be a PMID: write PMC{word} for that number in PMC")
        return ids_or_query(words, _PMCID, lambda m: f"PMC{m[1]}", "PMC7326065")

    def find(self, query: str, limit: int) -> Found:
        """See Service."""
        first = self._entrez.search(query, 0, min(PAGE, limit))
        numbers = self._entrez.listed(query, first, min(limit, first.total))
        return Found(first.total, (Wanted(f"PMC{number}") for number in numbers), first.notes)

    def of_ids(self, ids: Sequence[str]) -> Iterator[Wanted]:
        """See Service."""
        return (Wanted(pmcid) for pmcid in ids)

    def bring(self, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """See Service."""
        for one in wanted:
            yield self._article(one.id)

    def _article(self, pmcid: str) -> Outcome:
        try:
            data, root, url = self._entrez.records((pmcid.removeprefix("PMC"),))
        except RefusedError as error:
            if "id list is empty" not in error.reason.casefold():
                raise
            return Failure((pmcid,), "PMC has no article of this number; check it")
        article = root if etree.QName(root).localname == "article" else root.find("{*}article")
        if article is None:
            return Failure((pmcid,), "PMC has no article of this number, or has taken it out; check the number")
        if _other(article, pmcid):
            return Failure((pmcid,), "PMC gave another article for this number; tell NCBI")
        if article.find("{*}body") is None:
            return Failure((pmcid,), _without_body(article))
        return Piece((pmcid,), f"{pmcid}.xml", Form.FULL_TEXT, data, f"{url}&id={pmcid.removeprefix('PMC')}", "POST")


def _other(article: etree._Element, pmcid: str) -> bool:
    """True where the article says that it has another number than ``pmcid``."""
    told = [i for i in article.iterfind(_IDS) if i.get("pub-id-type") in ("pmc", "pmcid")]
    numbers = {(i.text or "").strip().upper().removeprefix("PMC") for i in told}
    return bool(numbers) and pmcid.removeprefix("PMC") not in numbers


def _without_body(article: etree._Element) -> str:
    """Why there is no full text, and how to get the abstract."""
    said = " ".join(str(c.text) for c in article.iter(etree.Comment))
    why = "the publisher does not let PMC give the full text as XML" if _WITHHELD in said else "PMC has no text of it"
    pmids = [(i.text or "").strip() for i in article.iterfind(_IDS) if i.get("pub-id-type") == "pmid"]
    if pmids and pmids[0].isdecimal():
        return f"{why}; for its abstract: picograph fetch pubmed {pmids[0]}"
    return f"{why}; read it at the publisher, or give picograph a file that you may use"
