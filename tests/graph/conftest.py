"""Stores and libraries for tests: in memory, on disk, and behind the URL of a real server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from graph.connection import connection_from_environment
from graph.library import Library
from graph.opening import MEMORY, open_store
from graph.sparql_http import SparqlHttp
from graph.sparql_store import NAMED
from graph.store import QuadStore
from ingest.terminology import Terminology
from tests.graph.small import TERMINOLOGY


def _server_program() -> str | None:
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.exists() else shutil.which("oxigraph")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def empty(url: str) -> None:
    """Clear every graph that picograph has in the store at ``url``."""
    connection = connection_from_environment()
    graphs = [graph.value for graph in NAMED] + ([connection.default_graph] if connection.default_graph else [])
    SparqlHttp(url, connection).update(" ;\n".join(f"CLEAR SILENT GRAPH <{graph}>" for graph in graphs))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store, served by a process of its own."""
    if INTEROP is not None:
        empty(INTEROP)
        yield INTEROP
        return
    program = _server_program()
    if program is None:
        pytest.skip("the oxigraph server is not installed")
    url = f"http://127.0.0.1:{_free_port()}"
    place = tmp_path / "served"
    with subprocess.Popen(
        [program, "serve", "--location", str(place), "--bind", url.removeprefix("http://")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                httpx.get(url, timeout=1)
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        yield url
        server.kill()  # it waits for nobody, and what it has written is thrown away


INTEROP = os.environ.get("PICOGRAPH_INTEROP_URL")
"""A store of others, which takes the place of ours: see ``tests.interop``."""


@pytest.fixture(params=["memory", "disk", "served"] if INTEROP is None else ["interop"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where each kind of store is; it is empty."""
    if INTEROP is not None:
        empty(INTEROP)
        return INTEROP
    if request.param == "memory":
        return MEMORY
    if request.param == "disk":
        return str(tmp_path / "store")
    return str(request.getfixturevalue("served"))


@pytest.fixture
def store(location: str) -> Iterator[QuadStore]:
    """An empty store of each kind."""
    opened = open_store(location)
    yield opened
    opened.close()


@pytest.fixture
def any_library(location: str) -> Iterator[Library]:
    """An empty library on each kind of store."""
    with Library.open(location, terminology=TERMINOLOGY) as library:
        yield library


@pytest.fixture
def library() -> Iterator[Library]:
    """An empty library in memory."""
    with Library.open(MEMORY, terminology=TERMINOLOGY) as opened:
        yield opened


@pytest.fixture
def new_library() -> Callable[[], Library]:
    """Makes empty libraries in memory."""

    def make(terminology: Terminology = TERMINOLOGY) -> Library:
        return Library.open(MEMORY, terminology=terminology)

    return make
