"""A filled store, the service over it on a free port, and the command as a process."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.settings import Settings
from graph.library import Library
from ingest.terminology import Terminology, load_terminology
from tests.api.samples import LENALIDOMIDE, SECOND_PRIMARY, fill

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]


@contextmanager
def serving(library: Library, settings: Settings | None = None) -> Iterator[str]:
    """The service over ``library`` in a thread of this process; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(library, settings or Settings(reader="tests.api.readers:sample"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", proxy_headers=False, timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listener.close()


@cache
def few_concepts() -> Terminology:
    """Those of the sample article, and what is broader."""
    whole = load_terminology()
    wanted = whole.ancestors(LENALIDOMIDE) | whole.ancestors(SECOND_PRIMARY)
    return Terminology(concept for concept in whole if concept.iri in wanted)


@pytest.fixture
def library() -> Iterator[Library]:
    """The sample article in memory, with the few concepts that it names: making a store of all takes longer."""
    with Library.open("memory:", terminology=few_concepts()) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def address(library: Library) -> Iterator[str]:
    """The service over ``library``."""
    with serving(library) as running:
        yield running


@pytest.fixture
def http(address: str) -> Iterator[httpx.Client]:
    """A client of the service."""
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(params=["disk", "service"])
def location(request: pytest.FixtureRequest) -> str:
    """A filled store as ``--store`` names it: a folder that nobody owns, or the service that owns one."""
    if request.param == "service":
        return str(request.getfixturevalue("address"))
    return str(request.getfixturevalue("store"))


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the sample article; made once, to be copied."""
    path = tmp_path_factory.mktemp("filled") / "store"
    with Library.open(path) as opened:
        fill(opened)
    return path


@pytest.fixture
def store(filled_store: Path, tmp_path: Path) -> Path:
    """A store on disk of the test's own, with the sample article."""
    return Path(shutil.copytree(filled_store, tmp_path / "store"))


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: ours without picograph's variables, with the checkout importable."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PICOGRAPH_") and k != "COLUMNS"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **more}


@pytest.fixture
def picograph(tmp_path: Path) -> Command:
    """The command as a process in an empty folder; ``stdin`` and variables of the environment by name."""

    def run(*arguments: str, stdin: str | bytes = "", **variables: str) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "api.cli", *arguments],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            env=environment(**variables),
            timeout=300,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture(scope="session")
def claim_schema() -> dict[str, Any]:
    """The claim schema; its folder is named by PICOGRAPH_SHARED."""
    folder = Path(os.environ.get("PICOGRAPH_SHARED", ROOT.parent / "shared"))
    path = folder / "contract" / "claim.schema.json"
    if not path.is_file():
        told = f"no claim schema at {path}; PICOGRAPH_SHARED names the folder that holds contract/"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's binary."""
    found = os.environ.get("PICOGRAPH_CHROMIUM") or shutil.which("chromium")
    if found is None:
        told = "no chromium; .ci/browser installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    return found
