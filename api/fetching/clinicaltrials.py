"""ClinicalTrials.gov: registry records with their results, one study in a file, as version 2 of its API gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from api.fetching.bodies import NotWholeError, parse_json, text_at
from api.fetching.errors import PassingError, RefusedError
from api.fetching.naming import ids_or_query
from api.fetching.pace import Pace
from api.fetching.pieces import Failure, Form, Found, Outcome, Piece, Remark, Wanted
from api.fetching.web import Request, Web
from api.settings import FetchSettings

SECONDS = 1.2
"""Between two requests: the service prints no limit; its robots.txt asks for a second, users tell of 50 a minute."""
PAGE = 1_000
_NCT = re.compile(r"(NCT\d{8})", re.I)
_HEAD = ("protocolSection", "identificationModule", "nctId")


class ClinicalTrials:
    """See Service."""

    name, title, batch = "clinicaltrials", "ClinicalTrials.gov", 1

    def __init__(self, web: Web, settings: FetchSettings) -> None:
        self._web, self._base = web, settings.clinicaltrials_url
        self._pace = Pace(SECONDS, web.clock, web.sleep)

    def named(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """NCT numbers."""
        return ids_or_query(words, _NCT, lambda m: m[1].upper(), "NCT00114101")

    def find(self, query: str, limit: int) -> Found:
        """See Service."""
        total, ids, token = self._page(query, min(PAGE, limit), None)
        return Found(total, self._listed(query, min(limit, total), ids, token))

    def of_ids(self, ids: Sequence[str]) -> Iterator[Wanted]:
        """See Service."""
        return (Wanted(nct) for nct in ids)

    def bring(self, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """See Service."""
        for one in wanted:
            yield from self._study(one.id)

    def _study(self, asked: str) -> Iterator[Outcome]:
        request = Request(self.title, f"{self._base}/studies/{asked}", self._judge_study, {"format": "json"})
        try:
            data = self._web.ask(request, self._pace)
        except RefusedError as error:
            if error.status not in (400, 404):
                raise
            yield Failure((asked,), "ClinicalTrials.gov has no study of this number; check it")
            return
        nct = text_at(parse_json(data), *_HEAD) or asked
        if nct != asked:
            yield Remark(asked, f"it is filed as {nct} now")
        yield Piece(tuple(dict.fromkeys((asked, nct))), f"{nct}.json", Form.RECORD, data, request.shown, "GET")

    def _listed(self, query: str, upto: int, ids: tuple[str, ...], token: str | None) -> Iterator[Wanted]:
        seen: set[str] = set()
        while True:
            for nct in ids:
                if nct not in seen and len(seen) < upto:
                    seen.add(nct)
                    yield Wanted(nct)
            if token is None or not ids or len(seen) >= upto:
                return
            _, ids, token = self._page(query, PAGE, token)

    def _page(self, query: str, size: int, token: str | None) -> tuple[int, tuple[str, ...], str | None]:
        params = {"query.term": query, "fields": "NCTId", "pageSize": str(size), "format": "json"}
        params |= {"countTotal": "true"} if token is None else {"pageToken": token}
        told = parse_json(
            self._web.ask(Request(self.title, f"{self._base}/studies", self._judge_page, params), self._pace)
        )
        ids = tuple(nct for study in told["studies"] if (nct := text_at(study, *_HEAD)) and _NCT.fullmatch(nct))
        total = told.get("totalCount")
        return total if isinstance(total, int) else len(ids), ids, text_at(told, "nextPageToken")

    def _judge_page(self, status: int, data: bytes) -> None:
        if status != 200:
            # The body is plain text about the query.
            words = " ".join(data[:300].decode("utf-8", "replace").split())
            raise RefusedError(self.title, f"it answers {status} to the query: {words!r}", status=status)
        try:
            if isinstance(parse_json(data).get("studies"), list):
                return
        except NotWholeError as error:
            raise PassingError(self.title, f"the answer to the search is {error}") from error
        raise PassingError(self.title, "the answer to the search holds no studies")

    def _judge_study(self, status: int, data: bytes) -> None:
        if status != 200:
            raise RefusedError(self.title, f"it answers {status}", status=status)
        try:
            nct = text_at(parse_json(data), *_HEAD)
        except NotWholeError as error:
            raise PassingError(self.title, f"the answer is {error}") from error
        if nct is None or not _NCT.fullmatch(nct):
            raise PassingError(self.title, "the answer is no study record")
