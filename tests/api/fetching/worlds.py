"""The services in small: protocols as they are documented, records of our own making."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.api.fetching.replay import Answer, Asked

WITHHELD = "<!--The publisher of this article does not allow downloading of the full text in XML form.-->"


def pubmed_record(pmid: str) -> str:
    """A PubMed record."""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f'<Article PubModel="Print"><ArticleTitle>Drug {pmid} against placebo.</ArticleTitle><Abstract><AbstractText>'
        "Relapse fell from 30% to 12%.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
    )


def jats(number: str, body: str = "<body><p>Relapse fell from 30% to 12%.</p></body>", pmid: str = "") -> str:
    """A JATS article."""
    ids = f'<article-id pub-id-type="pmcid">PMC{number}</article-id>'
    ids += f'<article-id pub-id-type="pmid">{pmid}</article-id>' if pmid else ""
    title = f"<title-group><article-title>Trial {number}</article-title></title-group>"
    return f"<article><front><article-meta>{ids}{title}</article-meta></front>{body}</article>"


def xml(body: str, status: int = 200) -> Answer:
    """An XML answer."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return Answer((head + body).encode(), status, {"Content-Type": "text/xml; charset=UTF-8"})


def as_json(value: Any, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(json.dumps(value).encode(), status, {"Content-Type": "application/json"})


@dataclass
class Ncbi:
    """E-utilities over PMIDs and articles of PMC. A search finds all of them, whatever the words."""

    pmids: list[str] = field(default_factory=list)
    articles: dict[str, str] = field(default_factory=dict)
    unknown_words: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        """See World."""
        params = asked.all
        if asked.path.endswith("/esearch.fcgi"):
            return self._search(params)
        assert asked.path.endswith("/efetch.fcgi"), asked.path
        assert params["retmode"] == "xml"
        ids = params["id"].split(",")
        if not any(int(i) for i in ids):
            return xml(
                "<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>", 400
            )
        if params["db"] == "pubmed":
            return xml(
                f"<PubmedArticleSet>{''.join(pubmed_record(i) for i in ids if i in self.pmids)}</PubmedArticleSet>"
            )
        unknown = '<error id="{0}">The following PMCID is not available: {0}</error>'
        return xml(f"<pmc-articleset>{''.join(self.articles.get(i, unknown.format(i)) for i in ids)}</pmc-articleset>")

    def _search(self, params: dict[str, str]) -> Answer:
        assert params["retmode"] == "json"
        all_ids = self.pmids if params["db"] == "pubmed" else list(self.articles)
        start, count = int(params["retstart"]), int(params["retmax"])
        if params["db"] == "pubmed" and start + count > 9_999:
            return as_json({"esearchresult": {"ERROR": "Search Backend failed: position out of acceptable range"}})
        ids = all_ids[start : start + count]
        result = {"count": str(len(all_ids)), "retmax": str(len(ids)), "retstart": str(start), "idlist": ids}
        if self.unknown_words:
            result["errorlist"] = {"phrasesnotfound": self.unknown_words, "fieldsnotfound": []}  # type: ignore[assignment]
        return as_json({"header": {"type": "esearch"}, "esearchresult": result})


def europepmc_record(
    number: str, *, pmcid: str | None = None, is_open: bool = False, source: str = "MED"
) -> dict[str, Any]:
    """One result of a search at Europe PMC, of the core kind."""
    record = {
        "id": number,
        "source": source,
        "doi": f"10.5555/{number}",
        "title": f"Drug {number} against placebo",
        "abstractText": "<h4>Results</h4>Relapse fell from 30% to 12%.",
        "isOpenAccess": "Y" if is_open else "N",
        "inEPMC": "Y" if is_open else "N",
    }
    return record | ({"pmid": number} if source == "MED" else {}) | ({"pmcid": pmcid} if pmcid else {})


@dataclass
class EuropePmc:
    """Search with cursors, and full texts by id."""

    records: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Answer:
        """See World."""
        assert asked.method == "GET"
        if asked.path.endswith("/fullTextXML"):
            number = asked.path.split("/")[-2]
            return xml(self.texts[number]) if number in self.texts else Answer(b"", 404)
        assert asked.path.endswith("/search"), asked.path
        assert (asked.params["format"], asked.params["resultType"]) == ("json", "core")
        found = [r for r in self.records if self._matches(r, asked.params["query"])]
        cursor = asked.params["cursorMark"]
        start = 0 if cursor == "*" else int(cursor.removeprefix("after="))
        page = found[start : start + int(asked.params["pageSize"])]
        following = f"after={start + len(page)}" if page else cursor
        return as_json({"hitCount": len(found), "nextCursorMark": following, "resultList": {"result": page}})

    @staticmethod
    def _matches(record: dict[str, Any], query: str) -> bool:
        if query.startswith("PMCID:"):
            return bool(record.get("pmcid") == query.removeprefix("PMCID:"))
        if query.startswith("EXT_ID:"):
            return query == f"EXT_ID:{record['id']} AND SRC:{record['source']}"
        return True


def study(nct: str) -> dict[str, Any]:
    """A registry record."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct, "briefTitle": f"Study {nct}"},
            "statusModule": {"overallStatus": "COMPLETED"},
            "descriptionModule": {"briefSummary": "Whether drug A prevents relapse."},
        },
        "hasResults": False,
    }


@dataclass
class ClinicalTrials:
    """Version 2: a list with tokens, and studies by number, an old number redirected to the present one."""

    numbers: list[str] = field(default_factory=list)
    old: dict[str, str] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Answer:
        """See World."""
        assert asked.method == "GET"
        if asked.path.endswith("/studies"):
            return self._list(asked)
        number = asked.path.rsplit("/", 1)[-1]
        if number in self.old:
            return Answer(b"", 301, {"Location": asked.address.replace(number, self.old[number])})
        if number not in self.numbers:
            return Answer(f"NCT number {number} not found".encode(), 404, {"Content-Type": "text/plain"})
        return as_json(study(number))

    def _list(self, asked: Asked) -> Answer:
        if asked.params["query.term"] == "AREA[":
            return Answer(b"Query parser error", 400, {"Content-Type": "text/plain"})
        size, token = int(asked.params["pageSize"]), asked.params.get("pageToken")
        assert 1 <= size <= 1_000
        start = int(token.removeprefix("t")) if token else 0
        page = self.numbers[start : start + size]
        told: dict[str, Any] = {
            "studies": [{"protocolSection": {"identificationModule": {"nctId": nct}}} for nct in page]
        }
        if token is None and asked.params.get("countTotal") == "true":
            told["totalCount"] = len(self.numbers)
        if start + size < len(self.numbers):
            told["nextPageToken"] = f"t{start + size}"
        return as_json(told)
