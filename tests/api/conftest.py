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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.settings import Settings
from graph.library import Library
from ingest.terminology import Terminology
from tests.api.samples import fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., subprocess.CompletedProcess[str]]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCRIPTS_ON = pytest.mark.parametrize("page", [True], ids=["scripts on"], indirect=True)
"""Marks a test of what only scripts do."""


@contextmanager
def serving(
    library: Library, settings: Settings | None = None, terminology: Terminology | None = None
) -> Iterator[str]:
    """The service over ``library`` in a thread of this process; its address."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, or Nagle's wait stays on
    listener.bind(("127.0.0.1", 0))
    app = create_app(library, settings or Settings(reader="tests.api.readers:sample"), terminology)
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


@pytest.fixture
def library() -> Iterator[Library]:
    """The sample article in memory."""
    with Library.open("memory:") as opened:
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


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page of the service; nothing may fail in it or be refused by its policy."""
    context = browser.new_context(base_url=address, java_script_enabled=request.param)
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    yield opened
    context.close()
    assert [text for text in told if "the server responded with a status" not in text] == []


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
