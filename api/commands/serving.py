"""`serve`: the HTTP API and the pages, on this machine only."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.commands.failures import CommandError, Usage
from api.commands.output import messages
from api.commands.store import StoreOption, is_url, location_of

LOOPBACK = {"localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1", "::1": "::1", "[::1]": "::1"}


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or asyncio leaves Nagle on
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = f"cannot listen on {host} port {port}: {error.strerror}"
        raise CommandError(f"{reason}; choose another with --port, or 0 for any free one") from error
    return listener


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="localhost, 127.0.0.1 or ::1; nothing else.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8000,
    store: StoreOption = None,
) -> None:
    """Serve the store: pages for people, and an HTTP API under /api/v1. Stop with Ctrl-C.

    There is no log-in, so that the service listens on this machine only. While it runs, it owns the store, and other
    commands go through it.

    \b
    Examples:
      picograph serve
      picograph --store .picograph/demo serve --port 8080
    """
    if host not in LOOPBACK:
        raise Usage(f"{host} is not this machine; --host takes {', '.join(sorted(set(LOOPBACK) - {'[::1]'}))}")
    import uvicorn

    from api.app import create_app
    from api.settings import Settings
    from graph.library import Library

    try:
        settings = Settings()
    except ValueError as error:
        raise CommandError(f"a PICOGRAPH_ variable is not right: {error}") from error
    location = location_of(ctx, store)
    listener = _bound(LOOPBACK[host], port)
    shown = f"[{LOOPBACK[host]}]" if ":" in LOOPBACK[host] else LOOPBACK[host]
    address = f"http://{shown}:{listener.getsockname()[1]}"
    with listener, Library.open(location, address=None if is_url(location) else address) as library:
        messages().print(f"picograph serves {location} at {address} (Ctrl-C stops it)", soft_wrap=True)
        config = uvicorn.Config(
            create_app(library, settings),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(config).run(sockets=[listener])
