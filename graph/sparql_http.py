"""The SPARQL 1.1 protocol: form POST, whole answers or none, repeated only where repeating cannot do harm.

A query changes nothing. An update of ours may run twice: it adds and removes triples that it names, and does so only
while the revision that it was made for stands. Neither is repeated when the store was too slow to answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from graph.connection import Connection, auth_of, endpoints, without_credentials
from graph.errors import StoreUnavailable

TIMEOUT = httpx.Timeout(60.0, connect=5.0)
TRIES = 4
_PASSING = frozenset({429, 502, 503})
_CUT = ("x-sparql-maxrows", "x-sql-state")
"""Headers with which Virtuoso says, beside a status of 200, that it left rows out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its media type, without parameters, and its bytes."""

    kind: str
    body: bytes


class SlowUpdate(StoreUnavailable):
    """An update was sent and no answer came: it may have been done."""


class NotInThisForm(StoreUnavailable):
    """The store has no answer to this query in the form that was asked for (406)."""


class _Passing(StoreUnavailable):
    """May work in a moment."""


class SparqlHttp:
    """Sends queries and updates to one store. Raises StoreUnavailable, which says what to do and tells no secret."""

    def __init__(self, url: str, connection: Connection) -> None:
        self._query_url, follows = endpoints(url)
        self._update_url = connection.update or follows
        self._auth, self._secrets = auth_of(url, connection)
        self._limit = connection.bytes
        self.name = without_credentials(url)
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False)
        self._again = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=0.1, max=2.0),
            reraise=True,
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def query(self, text: str, accept: str, dataset: Mapping[str, Sequence[str]]) -> Answer:
        """The answer to a query. ``dataset`` has the protocol's graph parameters; empty for the store's own dataset."""
        form: dict[str, object] = {"query": text, **dataset}
        answer = self._again(self._send, self._query_url, form, accept)
        if answer.kind != accept:
            raise StoreUnavailable(
                f"{self.name} answered with {answer.kind or 'something'}, not {accept}: is it the address of a SPARQL "
                "store?"
            )
        return answer

    def update(self, text: str) -> None:
        """Have an update done. Raises SlowUpdate when it may have been done."""
        self._again(self._send, self._update_url, {"update": text}, "*/*")

    def _send(self, url: str, form: Mapping[str, object], accept: str) -> Answer:
        auth = self._auth if self._auth is not None else httpx.USE_CLIENT_DEFAULT
        try:
            with self._client.stream("POST", url, data=form, headers={"Accept": accept}, auth=auth) as answer:
                body = self._read(answer)
        except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
            slow = StoreUnavailable if "query" in form else SlowUpdate
            raise slow(
                f"{self.name} did not answer in {TIMEOUT.read:.0f} seconds; ask again when it is idle"
            ) from error
        except httpx.TransportError as error:
            raise _Passing(
                f"{self.name} did not answer: {self._clean(str(error))}; is it running, and is the address right?"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise StoreUnavailable(f"{self.name} cannot be asked: {self._clean(str(error))}") from error
        self._judge(answer, url, body, "query" in form)
        return Answer(answer.headers.get("content-type", "").partition(";")[0].strip().lower(), body)

    def _read(self, answer: httpx.Response) -> bytes:
        """The whole body; httpx raises when it is shorter than announced."""
        parts, size = [], 0
        for part in answer.iter_bytes():
            size += len(part)
            if size > self._limit:
                raise StoreUnavailable(
                    f"{self.name} gave an answer of more than {self._limit} bytes; PICOGRAPH_STORE_BYTES allows more"
                )
            parts.append(part)
        return b"".join(parts)

    def _judge(self, answer: httpx.Response, url: str, body: bytes, asked: bool) -> None:
        """Raises unless this is a whole answer."""
        status, at = answer.status_code, without_credentials(url)
        if status == httpx.codes.OK and asked and any(header in answer.headers for header in _CUT):
            raise StoreUnavailable(f"{self.name} left rows out of its answer; raise its limits on rows and time")
        if status == httpx.codes.OK or (answer.is_success and not asked):
            return
        said = self._clean(body[:2000].decode("utf-8", "replace"))[:200]
        if answer.is_redirect:
            goal = without_credentials(answer.headers.get("location", ""))
            raise StoreUnavailable(f"{at} sends on to {goal}, which is not followed: give that address, if it is right")
        if status in (401, 403):
            raise StoreUnavailable(f"{at} answered {status}: {self._sign(answer)}")
        if status in (404, 405):
            other = "PICOGRAPH_STORE_UPDATE names the address for updates" if not asked else "check the address"
            raise StoreUnavailable(f"{at} answered {status}: there is no SPARQL service for this; {other}")
        if status in _PASSING:
            raise _Passing(f"{at} answered {status}: {said}; try again later")
        if status == httpx.codes.NOT_ACCEPTABLE:
            raise NotInThisForm(f"{at} answered {status}: it does not give results in a form that picograph reads")
        if status == httpx.codes.PARTIAL_CONTENT:
            raise StoreUnavailable(f"{at} answered with a part of the rows only (206); raise its limits")
        raise StoreUnavailable(f"{at} answered {status}: {said}")

    def _sign(self, answer: httpx.Response) -> str:
        """What to do about a refusal."""
        wanted = answer.headers.get("www-authenticate", "").partition(" ")[0].lower()
        if wanted == "digest" and not isinstance(self._auth, httpx.DigestAuth):
            return "it asks for digest authentication: set PICOGRAPH_STORE_AUTH=digest, beside user and password"
        if self._auth is None:
            return "set PICOGRAPH_STORE_USER and PICOGRAPH_STORE_PASSWORD, or PICOGRAPH_STORE_TOKEN"
        return "it does not take these credentials, or they may not do this; check them, and the user's rights there"

    def _clean(self, said: str) -> str:
        """One line of what someone else said, without our secrets."""
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return " ".join("".join(c if c.isprintable() else " " for c in said).split())
