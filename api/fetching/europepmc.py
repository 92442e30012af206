"""Europe PMC: full texts as JATS XML where they are open, else the record of a search, which holds the abstract.

An article is either the one or the other: the two together would be the same article twice.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from api.fetching.bodies import NotWholeError, parse_json, parse_xml, text_at
from api.fetching.errors import FetchError, PassingError, RefusedError
from api.fetching.naming import ids_or_query
from api.fetching.pace import Pace
from api.fetching.pieces import Failure, Form, Found, Outcome, Piece, Remark, Wanted
from api.fetching.web import Request, Web
from api.settings import FetchSettings

SECONDS = 0.2
"""Between two requests: half as fast as users are let."""
PAGE = 100
_ID = re.compile(r"(?:(?P<pmc>PMC\d{1,10})|(?P<ppr>PPR\d{1,10})|(?:pmid:?\s*)?0*(?P<pmid>[1-9]\d{0,8}))", re.I)
_FILE = re.compile(r"[A-Za-z0-9._-]{1,80}")


class EuropePmc:
    """See Service. ``full_text`` False asks for the records of the search only."""

    name, title, batch = "europepmc", "Europe PMC", 1

    def __init__(self, web: Web, settings: FetchSettings, *, full_text: bool = True) -> None:
        self._web, self._base, self._full_text = web, settings.europepmc_url, full_text
        self._pace = Pace(SECONDS, web.clock, web.sleep)

    def named(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """PMCIDs, ids of preprints (PPR...) and PMIDs."""
        return ids_or_query(words, _ID, lambda m: (m["pmc"] or m["ppr"] or m["pmid"]).upper(), "PMC7326065")

    def find(self, query: str, limit: int) -> Found:
        """See Service."""
        told = self._page(query, min(PAGE, limit), "*")
        return Found(int(told["hitCount"]), self._listed(query, limit, told))

    def of_ids(self, ids: Sequence[str]) -> Iterator[Wanted]:
        """See Service. An id that Europe PMC does not know comes without a record."""
        for one in ids:
            try:
                found = _results(self._page(_query_of(one), 1, "*"))
            except FetchError as error:
                yield Wanted(one, error=error)
            else:
                yield self._wanted(found[0]) if found else Wanted(one)

    def bring(self, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """See Service."""
        for one in wanted:
            if one.error is not None:
                raise one.error
            if one.record is None:
                yield Failure((one.id,), "Europe PMC has no article of this number; check it")
                continue
            record = _record_id(one.record)
            if one.id != record:
                try:
                    yield self._text(one.id, record)
                    continue
                except RefusedError as error:
                    reason = f"{error.reason}, though it is marked as open; its abstract is kept"
                    # Of preprints, the service promises no full texts.
                    yield Remark(one.id, reason) if one.id.startswith("PPR") else Failure((one.id,), reason)
            yield self._abstract(record, one.record)

    def _text(self, article: str, record: str) -> Piece:
        request = Request(self.title, f"{self._base}/{article}/fullTextXML", self._judge_text)
        data = self._web.ask(request, self._pace)
        return Piece((article, record), f"{article}.xml", Form.FULL_TEXT, data, request.shown, "GET")

    def _abstract(self, record: str, told: Mapping[str, Any]) -> Piece:
        # As the service answers a search for this one article.
        wrapped = {"hitCount": 1, "resultList": {"result": [told]}}
        data = json.dumps(wrapped, ensure_ascii=False, indent=1).encode() + b"\n"
        name = record.replace(":", "-")
        if not _FILE.fullmatch(name):
            name = hashlib.sha256(name.encode()).hexdigest()[:16]
        source, _, number = record.partition(":")
        request = self._search(f'EXT_ID:"{number}" AND SRC:{source}', 1, "*")
        return Piece((record,), f"{name}.json", Form.ABSTRACT, data, request.shown, "from the page of a search")

    def _wanted(self, record: Mapping[str, Any]) -> Wanted:
        number = _record_id(record)
        article = text_at(record, "pmcid") or (text_at(record, "id") if record.get("source") == "PPR" else None)
        is_open = record.get("isOpenAccess") == "Y" and record.get("inEPMC") == "Y"
        if self._full_text and is_open and article and re.fullmatch(r"(?:PMC|PPR)\d{1,10}", article):
            return Wanted(article, record=record)
        return Wanted(number, record=record)

    def _listed(self, query: str, limit: int, told: Mapping[str, Any]) -> Iterator[Wanted]:
        seen: set[str] = set()
        cursor, passed = "*", 0
        while found := _results(told):
            passed += len(found)
            for record in found:
                number = _record_id(record)
                if number not in seen and len(seen) < limit:
                    seen.add(number)
                    yield self._wanted(record)
            following = text_at(told, "nextCursorMark")
            if following is None or following == cursor or len(seen) >= limit or passed >= told["hitCount"]:
                return
            cursor = following
            told = self._page(query, PAGE, cursor)

    def _search(self, query: str, size: int, cursor: str) -> Request:
        params = {"query": query, "resultType": "core", "format": "json", "pageSize": str(size), "cursorMark": cursor}
        return Request(self.title, f"{self._base}/search", self._judge_page, params)

    def _page(self, query: str, size: int, cursor: str) -> dict[str, Any]:
        return parse_json(self._web.ask(self._search(query, size, cursor), self._pace))

    def _judge_page(self, status: int, data: bytes) -> None:
        try:
            told = parse_json(data)
        except NotWholeError as error:
            if status != 200:
                raise RefusedError(self.title, f"it answers {status} to the query", status=status) from error
            raise PassingError(self.title, f"the answer to the search is {error}") from error
        said = text_at(told, "errMsg") or text_at(told, "errorMessage")
        if said or status != 200:
            raise RefusedError(self.title, f"it answers {status} to the query: {(said or '')[:300]!r}", status=status)
        if not isinstance(told.get("hitCount"), int) or not isinstance(told.get("resultList"), dict):
            raise PassingError(self.title, "the answer to the search holds no count and results")

    def _judge_text(self, status: int, data: bytes) -> None:
        if status != 200:
            why = "it does not give the full text" if status == 404 else f"it answers {status}"
            raise RefusedError(self.title, why, status=status)
        try:
            root = parse_xml(data)
        except NotWholeError as error:
            raise PassingError(self.title, f"the answer is {error}") from error
        if not _has_body(root):
            raise RefusedError(self.title, "it does not give the full text")


def _has_body(root: etree._Element) -> bool:
    return etree.QName(root).localname == "article" and root.find("{*}body") is not None


def _results(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = told["resultList"].get("result")
    return [
        r
        for r in (found if isinstance(found, list) else ())
        if isinstance(r, dict) and text_at(r, "id") and text_at(r, "source")
    ]


def _record_id(record: Mapping[str, Any]) -> str:
    return f"{record['source']}:{record['id']}"


def _query_of(number: str) -> str:
    if number.startswith("PMC"):
        return f"PMCID:{number}"
    return f"EXT_ID:{number} AND SRC:{'PPR' if number.startswith('PPR') else 'MED'}"
