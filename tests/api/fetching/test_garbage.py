"""Whatever a service answers, it ends in files, failures that name an article, or an error of ours."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from api.fetching.errors import FetchError
from api.fetching.pace import Pace
from api.fetching.pieces import Failure, Piece, Remark, Service
from api.fetching.services import SERVICES
from api.fetching.web import Request, Web
from api.settings import FetchSettings

KEYS = (
    *("esearchresult", "count", "idlist", "error", "ERROR", "errorlist", "warninglist", "phrasesnotfound", "hitCount"),
    *("resultList", "result", "id", "source", "pmcid", "isOpenAccess", "inEPMC", "nextCursorMark", "errMsg", "studies"),
    *("protocolSection", "identificationModule", "nctId", "totalCount", "nextPageToken"),
)
LEAVES = (
    st.none() | st.integers() | st.sampled_from(["", "1", "²", "7", "Y", "PMC7", "NCT00000001", "../x", "\x00", "*"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
TAGS = (
    "pmc-articleset",
    "article",
    "front",
    "article-meta",
    "article-id",
    "body",
    "PubmedArticleSet",
    "MedlineCitation",
)
ELEMENTS = st.recursive(
    st.sampled_from(["", "7", "<PMID>7</PMID>", "<ERROR>busy</ERROR>", "<!-- c -->", "<?p?>"]),
    lambda inner: st.tuples(st.sampled_from((*TAGS, "eFetchResult", "error")), st.lists(inner, max_size=3)).map(
        lambda told: f"<{told[0]}>{''.join(told[1])}</{told[0]}>"
    ),
    max_leaves=8,
)
ANSWERS = (
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5).map(lambda value: json.dumps(value).encode())
    | ELEMENTS.map(str.encode)
    | st.binary(max_size=30)
)


class Given(Web):
    """A service that answers what it is given, the last answer over and over."""

    def __init__(self, settings: FetchSettings, answers: list[bytes], status: int) -> None:
        super().__init__(settings, sleep=lambda seconds: None)
        self._answers, self._status, self._asked = answers, status, 0

    def ask(self, request: Request, pace: Pace) -> bytes:
        """The next answer, judged as a real one."""
        data = self._answers[min(self._asked, len(self._answers) - 1)]
        self._asked += 1
        request.judge(self._status, data)
        return data


def outcomes(service: Service, wanted: list[Any]) -> list[Any]:
    """What comes of one group."""
    return list(service.bring(wanted[: service.batch]))


@given(st.sampled_from(sorted(SERVICES)), st.lists(ANSWERS, min_size=1, max_size=3), st.sampled_from([200, 400, 404]))
def test_anything_may_come_back(name: str, answers: list[bytes], status: int) -> None:
    settings = FetchSettings()
    service = SERVICES[name](Given(settings, answers, status), settings)
    found: list[Any] = []
    with suppress(FetchError):
        listed = service.find("anything", 5)
        found += outcomes(service, list(listed.wanted))
    ids = {"pubmed": ("7",), "clinicaltrials": ("NCT00000001",)}.get(name, ("PMC7",))
    service = SERVICES[name](Given(settings, answers, status), settings)
    with suppress(FetchError):
        found += outcomes(service, list(service.of_ids(ids)))
    for outcome in found:
        assert isinstance(outcome, Piece | Failure | Remark)
        if isinstance(outcome, Piece):
            assert outcome.ids
            assert "/" not in outcome.name
            assert not outcome.name.startswith(".")
