"""A server in front of a real store that asks for credentials, or spoils what passes through it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx

USER, PASSWORD, TOKEN = "me", "s3cret/:@", "t0ken-of-mine"


@dataclass
class Passing:
    """What goes back to the client: at first what the store said."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """What the header says, None for the truth."""
    drop: bool = False
    """Close the connection without a word."""


Spoil = Callable[[Passing, int, str], Passing | None]
"""Given the answer, the number of the request (from 0) and its path; None lets the answer through."""
Check = Callable[[str | None, str], str | None]
"""Given the Authorization header and the path: None lets the request in, else the challenge to answer with."""


@contextmanager
def proxied(store: str, *, spoil: Spoil = lambda p, n, path: None, check: Check = lambda h, p: None) -> Iterator[str]:
    """The address of the server in front of ``store``."""
    seen = [0]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            number, seen[0] = seen[0], seen[0] + 1
            challenge = check(self.headers.get("Authorization"), self.path)
            if challenge is not None:
                told = f"no: {self.headers.get('Authorization')} {USER} {PASSWORD} {TOKEN}".encode()
                self.give(Passing(401, "text/plain", told, {"WWW-Authenticate": challenge}))
                return
            held = {k: self.headers[k] for k in ("Content-Type", "Accept") if k in self.headers}
            answer = httpx.post(store + self.path, content=body, headers=held)
            passing = Passing(answer.status_code, answer.headers.get("content-type", ""), answer.content)
            self.give(spoil(passing, number, self.path) or passing)

        def give(self, passing: Passing) -> None:
            if passing.drop:
                self.close_connection = True
                return
            self.send_response(passing.status)
            for name, value in passing.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", passing.kind)
            self.send_header("Content-Length", str(passing.length or len(passing.body)))
            self.end_headers()
            self.wfile.write(passing.body)
            self.close_connection = passing.length is not None

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def basic(header: str | None, path: str) -> str | None:
    """Lets in who signs with basic authentication."""
    wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return None if header == wanted else 'Basic realm="store"'


def bearer(header: str | None, path: str) -> str | None:
    """Lets in who has the token."""
    return None if header == f"Bearer {TOKEN}" else "Bearer"


def digest(header: str | None, path: str) -> str | None:
    """Lets in who signs with digest authentication (RFC 7616, MD5, qop=auth)."""
    challenge = 'Digest realm="store", nonce="0123456789abcdef", qop="auth", algorithm=MD5'
    if header is None or not header.startswith("Digest "):
        return challenge
    given = {k: a or b for k, a, b in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', header)}
    one, two = _md5(f"{USER}:store:{PASSWORD}"), _md5(f"POST:{path}")
    wanted = _md5(f"{one}:0123456789abcdef:{given.get('nc')}:{given.get('cnonce')}:auth:{two}")
    return None if given.get("response") == wanted else challenge


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
