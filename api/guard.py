"""What every request passes: this machine only, no requests forged by other sites, bounded bodies, safe headers."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import respond, unexpected
from api.problems import PREFIX
from api.schemas import Problem

HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def host_of(headers: Headers) -> str:
    """The host that the request names, without its port; empty when it names none or several."""
    named = headers.getlist("host")
    if len(named) != 1:
        return ""
    host, _, port = named[0].rpartition(":") if not named[0].endswith("]") else (named[0], "", "")
    return (host if host and port.isdigit() else named[0]).lower()


def is_foreign(method: str, headers: Headers) -> bool:
    """True for a request that changes something and that a page of another origin made.

    Browsers tell by Sec-Fetch-Site, older ones by Origin. Another port of this machine is another origin. Programs
    send neither.
    """
    if method in SAFE_METHODS:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.lower() != f"http://{headers.get('host', '').lower()}"


def too_large(limit: int) -> str:
    """What to tell of a body over ``limit`` bytes."""
    return f"the request body is larger than {limit} bytes"


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, body_limit: int) -> None:
        self._app = app
        self._limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with bounded input and headers on the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        received, started = 0, False

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(413, too_large(self._limit))
            return message

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is not None:
            await respond(Request(scope), refusal)(scope, receive, dressed)
            return
        try:
            await self._app(scope, bounded, dressed)
        except Exception as error:  # the last resort: a fault of ours is told as such, and the service goes on
            if started:
                raise
            await unexpected(Request(scope), error)(scope, receive, dressed)

    def _refusal(self, method: str, headers: Headers) -> Problem | None:
        if host_of(headers) not in HOSTS:
            told = "this service answers on localhost, 127.0.0.1 and [::1] only"
            return Problem(type=PREFIX + "host", title="Not a name of this machine", status=421, detail=told)
        if is_foreign(method, headers):
            told = "a page of another site may not change anything here"
            return Problem(type=PREFIX + "cross-origin", title="Request of another site", status=403, detail=told)
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self._limit:
            told = too_large(self._limit)
            return Problem(type=PREFIX + "too-large", title="Too large", status=413, detail=told)
        return None
