"""The command and the service as processes that can be killed, and folders of articles for them."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from api.client import probe
from corpus.load import articles
from tests.api.conftest import environment

STARTING = 120.0
"""Seconds within which a service must answer."""


def start(
    *arguments: str, output: int = subprocess.DEVNULL, variables: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """The command as a process, with ``variables`` in its environment; its standard error can be read."""
    command = [sys.executable, "-m", "api.cli", *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, env=environment(**(variables or {}))
    )


def ended(process: subprocess.Popen[bytes], timeout: float) -> tuple[int, bytes]:
    """Status and standard output of a process that should end; killed when it does not."""
    try:
        out, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, _ = process.communicate()
    return process.returncode, out or b""


@contextmanager
def service(store: Path, variables: Mapping[str, str] | None = None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A service over ``store`` on a free port, with its address; killed at the end when it still runs."""
    process = start("--store", str(store), "serve", "--port", "0", variables=variables)
    guard = threading.Timer(STARTING, process.kill)
    guard.start()
    try:
        assert process.stderr is not None
        told = b""
        while b"Ctrl-C" not in told:
            line = process.stderr.readline()
            if not line:
                raise RuntimeError(f"the service did not start: {told.decode('utf-8', 'replace')}")
            told += line
        found = re.search(rb"http://[\d.]+:\d+", told)
        assert found is not None
        address = found[0].decode("ascii")
        while probe(address) is None:  # it tells its address a moment before it answers there
            if process.poll() is not None:
                raise RuntimeError("the service did not start")
            time.sleep(0.05)
        guard.cancel()
        yield process, address
    finally:
        guard.cancel()
        process.kill()
        process.communicate()


def write_articles(folder: Path, number: int) -> None:
    """So many articles: the bundled ones, again and again under ids of their own."""
    folder.mkdir(parents=True)
    bundled = [(a.name, a.read_text(encoding="utf-8")) for a in articles()]
    for index in range(number):
        name, text = bundled[index % len(bundled)]
        again = re.sub(r"^(id: *\S+)$", rf"\g<1>-{index:04}", text, count=1, flags=re.MULTILINE)
        (folder / f"{index:04}-{name}").write_text(f"{again}\nCopy {index}.\n", encoding="utf-8")
