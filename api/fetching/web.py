"""One way to ask a service: paced, repeated where that may help, bounded in size and time, silent about secrets."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from api.fetching.clients import new_client
from api.fetching.errors import FetchError, PassingError, RefusedError
from api.fetching.pace import Clock, Pace, Sleep
from api.fetching.retry_after import seconds_of
from api.settings import FetchSettings, is_loopback

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before the second try, which double with every further one, and what they come to at most."""
CONNECT_TRIES = 3
"""Where nobody answers at all: most likely this machine is offline, and the user should know soon."""
MAX_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LATER = "try again later with the same command: what is there is kept"


@dataclass(frozen=True)
class Request:
    """What to ask. ``params`` go into the address, or with ``form`` into the body of a POST.

    ``private`` goes into the body only, so that it stands in no address, log or message. ``judge`` looks at the status
    and the bytes of every answer but passing failures, and raises RefusedError or PassingError where they will not do.
    """

    service: str
    url: str
    judge: Callable[[int, bytes], None]
    params: Mapping[str, str] = field(default_factory=dict)
    form: bool = False
    private: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def shown(self) -> str:
        """The address with its parameters, and without anything private."""
        return str(httpx.URL(self.url, params=dict(self.params)))


class Web:
    """Asks services. ``told`` hears in one line each that a request is repeated. Use as a context manager."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = time.sleep,
        jitter: Callable[[], float] = random.random,
        wall: Clock = time.time,
        told: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.clock, self.sleep = clock, sleep
        self._settings, self._jitter, self._wall, self._told = settings, jitter, wall, told
        self._clients: dict[bool, httpx.Client] = {}

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()

    def ask(self, request: Request, pace: Pace) -> bytes:
        """The bytes of the answer. Raises RefusedError at once, or PassingError when the last try came to nothing."""
        started = self.clock()

        def stop(state: RetryCallState) -> bool:
            error = _error_of(state)
            tries = min(self._settings.fetch_tries, (isinstance(error, PassingError) and error.tries) or 1_000)
            too_long = self.clock() - started + state.upcoming_sleep > self._settings.fetch_patience
            return state.attempt_number >= tries or too_long

        retrying = Retrying(
            retry=retry_if_exception_type(PassingError),
            wait=self._pause,
            stop=stop,
            sleep=self.sleep,
            before_sleep=self._before_sleep,
            reraise=True,
        )
        try:
            return retrying(self._once, request, pace, started + self._settings.fetch_patience)
        except PassingError as error:
            advice = error.advice or _LATER
            if error.after is not None and error.after > LONGEST_PAUSE:
                advice = f"it asks to come back in {error.after:.0f} seconds: what is there is kept"
            raise PassingError(error.service, error.reason, advice, after=error.after) from error

    def _pause(self, state: RetryCallState) -> float:
        error = _error_of(state)
        if isinstance(error, PassingError) and error.after is not None:
            return error.after
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (state.attempt_number - 1))
        return pause * (0.75 + 0.5 * self._jitter())  # so that many who failed together do not come back together

    def _before_sleep(self, state: RetryCallState) -> None:
        error = _error_of(state)
        if isinstance(error, FetchError):
            again = f"once more in {state.upcoming_sleep:.0f} s"
            self._told(f"{error.service}: {error.reason}; {again} (try {state.attempt_number + 1})")

    def _once(self, request: Request, pace: Pace, deadline: float) -> bytes:
        try:
            status, data = self._exchange(request, pace, deadline)
        except httpx.TimeoutException as error:
            silence = f"no answer for {self._settings.fetch_timeout:g} seconds"
            raise PassingError(request.service, silence) from error
        except httpx.ConnectError as error:
            raise _unreachable(request, error) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise PassingError(request.service, f"the answer broke off ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise RefusedError(request.service, "it sends to an address that is none") from error
        request.judge(status, data)
        return data

    def _exchange(self, request: Request, pace: Pace, deadline: float) -> tuple[int, bytes]:
        url = httpx.URL(request.url) if request.form else httpx.URL(request.shown)
        body = {**request.params, **request.private} if request.form else None
        for _ in range(MAX_REDIRECTS + 1):
            pace.wait()
            with self._client(request.service, is_loopback(url.host)).stream(
                "POST" if request.form else "GET", url, data=body
            ) as response:
                if response.has_redirect_location:
                    url = _followed(request, url, response.headers["location"])
                    continue
                if response.status_code in _PASSING:
                    after = seconds_of(response.headers.get("retry-after"), self._wall())
                    raise PassingError(request.service, _said(response.status_code), after=after)
                return response.status_code, self._body(request, response, deadline)
        raise RefusedError(request.service, f"it redirects more than {MAX_REDIRECTS} times")

    def _client(self, service: str, near: bool) -> httpx.Client:
        """For this machine without the proxy of the environment, for all others with it. Raises RefusedError."""
        if near not in self._clients:
            self._clients[near] = new_client(self._settings, service, near)
        return self._clients[near]

    def _body(self, request: Request, response: httpx.Response, deadline: float) -> bytes:
        limit, data = self._settings.fetch_bytes, bytearray()
        declared = response.headers.get("content-length", "")
        too_large = RefusedError(
            request.service, f"the answer has more than {limit:,} bytes", "see PICOGRAPH_FETCH_BYTES"
        )
        if declared.isascii() and declared.isdigit() and len(declared) < 20 and int(declared) > limit:
            raise too_large
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise too_large
            if self.clock() > deadline:
                raise PassingError(request.service, f"the answer takes over {self._settings.fetch_patience:g} seconds")
        return bytes(data)


def _error_of(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _said(status: int) -> str:
    return "too many requests (429)" if status == httpx.codes.TOO_MANY_REQUESTS else f"it answers {status}"


def _unreachable(request: Request, error: httpx.ConnectError) -> FetchError:
    host = httpx.URL(request.url).host
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        advice = "behind a proxy that opens TLS, name its certificate in SSL_CERT_FILE"
        return RefusedError(request.service, f"the certificate of {host} is not to be trusted", advice)
    return PassingError(request.service, f"{host} cannot be reached", "is this machine online?", tries=CONNECT_TRIES)


def _followed(request: Request, url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads: the same host, or any by https when nothing private is sent."""
    target = url.join(location)
    same = target.host == url.host and (
        target.scheme == "https" or (target.scheme, target.port) == (url.scheme, url.port)
    )
    if same or (target.scheme == "https" and not request.form):
        return target
    reason = f"it redirects to {target.scheme}://{target.host}, which is not followed"
    raise RefusedError(
        request.service, reason, "if the service has moved, docs/fetching.md tells how to set its address"
    )
