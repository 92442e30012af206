"""NCBI's E-utilities: esearch for ids, efetch for records. Everything goes by POST, so that no key is in an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from api.fetching.bodies import NotWholeError, parse_json, parse_xml
from api.fetching.errors import FetchError, PassingError, RefusedError
from api.fetching.pace import Pace
from api.fetching.web import Request, Web
from api.settings import FetchSettings

SECONDS, SECONDS_WITH_KEY = 0.36, 0.11
"""Between two requests: NCBI allows 3 a second, 10 with a key, and counts them as they arrive."""
TOOL = "picograph"
PAGE = 1_000
"""Ids of one page of a search."""
_PASSING = (
    "search backend failed",
    "cannot get document summary",
    "rate limit",
    "temporar",
    "timeout",
    "timed out",
    "try again",
    "unable to obtain",
    "unavailable",
    "busy",
)
_NUMBER = re.compile(r"[0-9]{1,12}")
_OUT_OF_RANGE = "out of acceptable range"


@dataclass(frozen=True)
class Hits:
    """One page of a search: how many there are in all, the ids of this page, and what NCBI says of the words."""

    total: int
    ids: tuple[str, ...]
    notes: tuple[str, ...]


class Entrez:
    """E-utilities for one database. ``title`` names it in messages."""

    def __init__(self, web: Web, settings: FetchSettings, db: str, title: str) -> None:
        self._web, self._base, self._db, self._title = web, settings.ncbi_url, db, title
        self._private = {"email": settings.email} if settings.email else {}
        if settings.ncbi_api_key is not None:
            self._private["api_key"] = settings.ncbi_api_key.get_secret_value()
        self._hidden = tuple(self._private.values())
        keyed = settings.ncbi_api_key is not None
        self._pace = Pace(SECONDS_WITH_KEY if keyed else SECONDS, web.clock, web.sleep)

    def search(self, term: str, start: int, count: int) -> Hits:
        """Up to ``count`` ids from the ``start``-th hit on. Raises FetchError."""
        page = {"retstart": str(start), "retmax": str(count), "retmode": "json"}
        request = self._request("esearch.fcgi", {"term": term, **page}, self._judge_search)
        result = parse_json(self._web.ask(request, self._pace))["esearchresult"]
        ids = tuple(i for i in result.get("idlist", ()) if isinstance(i, str) and i.isascii() and i.isdigit())
        return Hits(int(result["count"]), ids, _notes(result))

    def listed(self, term: str, first: Hits, upto: int) -> Iterator[str]:
        """The first ``upto`` ids, each once, ``first`` being the first page. Raises FetchError while they are taken."""
        seen: set[str] = set()
        start, ids = 0, first.ids
        while ids:
            for one in ids[: upto - start]:
                if one not in seen:
                    seen.add(one)
                    yield one
            start += len(ids)
            if start >= upto:
                return
            ids = self.search(term, start, min(PAGE, upto - start)).ids

    def records(self, ids: tuple[str, ...]) -> tuple[bytes, etree._Element, str]:
        """The records of ``ids`` as XML, its root, and the address without the ids and what is private.

        Raises FetchError; a 400 because NCBI knows none of the ids is RefusedError with that status.
        """
        shown = self._request("efetch.fcgi", {"retmode": "xml"}, self._judge_records)
        request = self._request("efetch.fcgi", {"retmode": "xml", "id": ",".join(ids)}, self._judge_records)
        data = self._web.ask(request, self._pace)
        return data, parse_xml(data), shown.shown

    def _request(self, program: str, params: Mapping[str, str], judge: Callable[[int, bytes], None]) -> Request:
        known = {"db": self._db, "tool": TOOL, **params}
        return Request(self._title, f"{self._base}/{program}", judge, known, form=True, private=self._private)

    def _judge_search(self, status: int, data: bytes) -> None:
        try:
            told = parse_json(data)
        except NotWholeError as error:
            raise self._broken(status, f"the answer to the search is {error}") from error
        result = told.get("esearchresult")
        result = result if isinstance(result, dict) else {}
        for words in (told.get("error"), result.get("ERROR")):
            if isinstance(words, str) and words:
                raise self._said(status, words)
        if (
            status != 200
            or _NUMBER.fullmatch(str(result.get("count"))) is None
            or not isinstance(result.get("idlist"), list)
        ):
            raise self._broken(status, "the answer to the search holds no count and ids")

    def _judge_records(self, status: int, data: bytes) -> None:
        try:
            root = parse_xml(data)
        except NotWholeError as error:
            raise self._broken(status, f"the answer is {error}") from error
        if root.tag == "eFetchResult" or status != 200:
            raise self._said(status, " ".join("".join(e.itertext()) for e in root.iter("ERROR")) or "an error")

    def _said(self, status: int, words: str) -> FetchError:
        words = " ".join(words.split())
        for hidden in self._hidden:
            words = words.replace(hidden, "***")
        words = words[:300]
        lower = words.casefold()
        if "api key" in lower or "api_key" in lower:
            return RefusedError(self._title, f"NCBI says {words!r}", "check PICOGRAPH_NCBI_API_KEY", status=status)
        if _OUT_OF_RANGE not in lower and any(sign in lower for sign in _PASSING):
            return PassingError(self._title, f"NCBI says {words!r}")
        return RefusedError(self._title, f"NCBI says {words!r}", status=status)

    def _broken(self, status: int, words: str) -> FetchError:
        if status in (400, 401, 403, 404, 414):
            return RefusedError(self._title, f"NCBI answers {status}", status=status)
        return PassingError(self._title, words)


def _notes(result: Mapping[str, Any]) -> tuple[str, ...]:
    """What NCBI did not understand of a query."""
    notes = []
    for group, key, words in (
        ("errorlist", "phrasesnotfound", "does not know the words"),
        ("errorlist", "fieldsnotfound", "does not know the search field"),
        ("warninglist", "quotedphrasesnotfound", "does not know the phrase"),
        ("warninglist", "phrasesignored", "leaves out the words"),
    ):
        listed = result.get(group)
        named = listed.get(key) if isinstance(listed, dict) else None
        known = named if isinstance(named, list) else ()
        notes += [f"{words} {name!r}" for name in known if isinstance(name, str)]
    return tuple(notes)
