"""A server on this machine that answers as a service does, or badly in a way that a test asks for."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request: ``params`` of the address, ``form`` of the body."""

    method: str
    path: str
    params: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]
    address: str

    @property
    def all(self) -> dict[str, str]:
        """Parameters, wherever they stood."""
        return {**self.params, **self.form}


@dataclass(frozen=True)
class Answer:
    """What goes back. ``declared`` is the length that the head promises, None for the true one."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    declared: int | None = None


@dataclass(frozen=True)
class Reset:
    """The connection ends with a reset instead of an answer."""


@dataclass(frozen=True)
class Silence:
    """Nothing comes back until the test is over."""


@dataclass(frozen=True)
class Half:
    """The true answer, of which only the first half comes; ``honest`` about its length or not."""

    honest: bool = False


Fault = Answer | Reset | Silence | Half
World = Callable[[Asked], Answer]


class Replay:
    """Answers as ``world`` does; ``faults`` come first, one a request. ``asked`` is what was asked, in order.

    With a ``certificate``, a file that holds its key as well, by https.
    """

    def __init__(self, world: World, certificate: Path | None = None) -> None:
        self.asked: list[Asked] = []
        self.faults: deque[Fault] = deque()
        self._over = threading.Event()
        replay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer(b"")

            def do_POST(self) -> None:
                self._answer(self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

            def _answer(self, body: bytes) -> None:
                parts = urlsplit(self.path)
                form = dict(parse_qsl(body.decode()))
                params = dict(parse_qsl(parts.query))
                asked = Asked(self.command, parts.path, params, form, dict(self.headers), self.path)
                replay.asked.append(asked)
                fault = replay.faults.popleft() if replay.faults else None
                if isinstance(fault, Reset):
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.connection.shutdown(socket.SHUT_RD)
                    self.close_connection = True
                    return
                if isinstance(fault, Silence):
                    replay._over.wait(60)
                    self.close_connection = True
                    return
                answer = fault if isinstance(fault, Answer) else world(asked)
                if isinstance(fault, Half):
                    half = answer.body[: len(answer.body) // 2]
                    answer = Answer(half, answer.status, answer.headers, None if fault.honest else len(answer.body))
                self._send(answer)

            def _send(self, answer: Answer) -> None:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                length = len(answer.body) if answer.declared is None else answer.declared
                self.send_header("Content-Length", str(length))
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = length != len(answer.body)

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None:
                """Nothing: that clients go away is what tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._scheme = "http"
        if certificate is not None:
            self._scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Replay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join(timeout=30)
        self._server.server_close()
