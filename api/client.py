"""A store behind a running picograph service: the operations of ``api.records``, over its HTTP API."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from api.analysis_schemas import AnalysisOut, ConflictsOut, MapOut, NetworkOut, PathsOut, SimilarOut
from api.claim_schemas import ClaimDetailOut
from api.explain_schemas import ExplainedOut
from api.facet_schemas import FacetsOut
from api.problems import RemoteError, error_of
from api.schemas import BackupOut, DecisionIn, DecisionsOut, EvidenceOut, HealthOut, IngestedOut, IngestOut, StoreOut
from api.selection import ExportFormat, Selection
from api.services.analyses import Asked, Kind
from api.services.ingestion import AboutArticle
from api.services.reading import ReadingError
from api.sparql.endpoint import Answer
from api.sparql.formats import media_type
from api.sparql.protocol import DIRECT, SPARQL
from api.sparql.wire import GRAPH_FORMATS, ROW_FORMATS
from graph.analyses.files import FileFormat

API = "/api/v1"
PROBE_SECONDS = 2.0
_CHUNK = 1_000_000
Model = TypeVar("Model", bound=BaseModel)
_ANALYSES: dict[Kind, type[AnalysisOut]] = {
    Kind.MAP: MapOut,
    Kind.NETWORK: NetworkOut,
    Kind.CONFLICTS: ConflictsOut,
    Kind.SIMILAR: SimilarOut,
    Kind.PATH: PathsOut,
}


def probe(address: str) -> HealthOut | None:
    """The health of the picograph service at ``address``; None when nothing answers there, or something else does."""
    try:
        answer = httpx.get(address.rstrip("/") + API + "/health", timeout=PROBE_SECONDS, trust_env=False)
        return HealthOut.model_validate_json(answer.content) if answer.status_code == httpx.codes.OK else None
    except (httpx.HTTPError, httpx.InvalidURL, ValidationError):
        return None


class RemoteRecords:
    """See ``api.records.Records``. Loopback only, so proxies of the environment are not asked."""

    def __init__(self, address: str, *, timeout: float = 330.0) -> None:
        self._address = address.rstrip("/")
        self._http = httpx.Client(base_url=address.rstrip("/") + API, timeout=timeout, trust_env=False)

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def evidence(self, question: str, limit: int = 50, cursor: str | None = None) -> EvidenceOut:
        """See Records."""
        params = {"q": question, "limit": str(limit)} | ({} if cursor is None else {"cursor": cursor})
        return self._ask(EvidenceOut, "GET", "/evidence", params=params)

    def facets(self, question: str, limit: int = 20) -> FacetsOut:
        """See Records."""
        return self._ask(FacetsOut, "GET", "/facets", params={"q": question, "limit": str(limit)})

    def explain(self, question: str) -> ExplainedOut:
        """See Records."""
        return self._ask(ExplainedOut, "GET", "/explain", params={"q": question})

    def claim(self, claim_id: str) -> ClaimDetailOut:
        """See Records."""
        return self._ask(ClaimDetailOut, "GET", f"/claims/{quote(claim_id, safe='')}")

    def history(self, claim_id: str) -> DecisionsOut:
        """See Records."""
        return self._ask(DecisionsOut, "GET", f"/claims/{quote(claim_id, safe='')}/history")

    def orphans(self) -> DecisionsOut:
        """See Records."""
        return self._ask(DecisionsOut, "GET", "/orphans")

    def decide(self, claim_id: str, decision: DecisionIn, expected_revision: int | None = None) -> ClaimDetailOut:
        """See Records."""
        expected = "*" if expected_revision is None else f'"{expected_revision}"'
        path = f"/claims/{quote(claim_id, safe='')}/decisions"
        body = decision.model_dump(mode="json")
        return self._ask(ClaimDetailOut, "POST", path, json=body, headers={"If-Match": expected})

    def export(self, form: ExportFormat, selection: Selection) -> Iterator[bytes]:
        """See Records."""
        params: list[tuple[str, str | int | float | bool | None]] = [("format", form.value)]
        params += [("status", s.value) for s in selection.statuses or ()]
        params += [("kind", k.value) for k in selection.kinds or ()]
        params += [(k, v) for k, v in (("article", selection.article), ("question", selection.question)) if v]
        with self._http.stream("GET", "/export", params=httpx.QueryParams(params)) as answer:
            if not answer.is_success:
                answer.read()
                raise _error(answer)
            yield from answer.iter_bytes()

    def sparql(self, query: str, form: str | None) -> Answer:
        """See Records."""
        accept = ", ".join(media_type(f) for f in (("json", "turtle") if form is None else (form,)))
        headers = {"Accept": accept, "Content-Type": DIRECT}
        answer = self._http.post(self._address + SPARQL, content=query.encode("utf-8"), headers=headers)
        if not answer.is_success:
            raise _error(answer)
        told = answer.headers["Content-Type"]
        return Answer(
            answer.content,
            next(f for f in (*ROW_FORMATS, *GRAPH_FORMATS) if media_type(f) == told),
            int(answer.headers["Picograph-Revision"]),
            answer.headers.get("ETag"),
        )

    def analysis(self, asked: Asked) -> AnalysisOut:
        """See Records."""
        return self._ask(_ANALYSES[asked.kind], "GET", f"/analyses/{asked.kind}", params=asked.parameters())

    def analysis_file(self, asked: Asked, form: FileFormat) -> bytes:
        """See Records."""
        params = asked.parameters() | {"format": form.value}
        answer = self._http.get(f"/analyses/{asked.kind}", params=params)
        if not answer.is_success:
            raise _error(answer)
        return answer.content

    def add(self, stream: BinaryIO, name: str, given_id: str | None = None) -> Iterator[IngestOut | AboutArticle]:
        """See Records. The service decides how to read what is sent, and tells of all its articles at the end."""
        params = {"name": name} | ({} if given_id is None else {"id": given_id})
        headers = {"Content-Type": "application/octet-stream"} | _length_of(stream)
        sent = iter(lambda: stream.read(_CHUNK), b"")
        answer = self._http.request("POST", "/articles", params=params, content=sent, headers=headers)
        if not answer.is_success:
            error = _error(answer)
            if not isinstance(error, ReadingError):
                raise error
            yield ReadingError(_told(error, answer, name), busy=error.busy)
            return
        told = answer.json()
        if "outcomes" not in told:
            yield IngestOut.model_validate(told)
            return
        many = IngestedOut.model_validate(told)
        yield from many.outcomes
        yield from (ReadingError(failure) for failure in many.failures)

    def backup(self, keep: int | None) -> BackupOut:
        """Have the service make a backup, in its own folder for them."""
        return self._ask(BackupOut, "POST", "/store/backup", json={"keep": keep})

    def figures(self, triples: bool) -> StoreOut:
        """What the store of the service holds."""
        return self._ask(StoreOut, "GET", "/store/stats", params={"triples": str(triples).lower()})

    def _ask(self, model: type[Model], method: str, path: str, **parts: Any) -> Model:
        answer = self._http.request(method, path, **parts)
        if not answer.is_success:
            raise _error(answer)
        return model.model_validate_json(answer.content)


def _error(answer: httpx.Response) -> Exception:
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        return error_of(answer.json())
    return RemoteError(f"the service answered {answer.status_code} {answer.reason_phrase}")


def _told(error: ReadingError, answer: httpx.Response, name: str) -> str:
    if answer.status_code != httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return str(error)
    return f"{name}: {error}; stop the service and read it again, or serve with a larger PICOGRAPH_BODY_LIMIT"


def _length_of(stream: BinaryIO) -> dict[str, str]:
    """The length as a header, so that what is too large is refused before it is sent; none for a pipe."""
    if not stream.seekable():
        return {}
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return {"Content-Length": str(size)}
