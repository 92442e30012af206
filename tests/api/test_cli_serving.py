"""`serve` as a process with other commands beside it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.commands.serving import _bound
from graph.errors import StoreLocked
from graph.library import Library
from tests.api.conftest import Command, environment
from tests.api.samples import QUESTION, TEXT


@contextmanager
def served(store: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`picograph serve` on ``store`` and a free port; its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "api.cli", "--store", str(store), "serve", "--port", "0", *arguments],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=store.parent,
        env=environment(PICOGRAPH_READER="tests.api.readers:sample"),
    ) as process:  # fmt: skip
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"at (http://\S+) ", line)
        assert found, line + process.stderr.read()
        address = found[1]
        try:
            with httpx.Client(transport=httpx.HTTPTransport(retries=20), trust_env=False) as client:
                assert client.get(f"{address}/api/v1/health", timeout=30).json()["service"] == "picograph"
            yield address, process
        finally:
            process.kill()


def test_commands_beside_a_service_go_through_it(store: Path, picograph: Command, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(TEXT + "\nMore.", encoding="utf-8")
    with served(store) as (address, _):
        for location in (str(store), address):
            done = picograph("--store", location, "query", QUESTION, "--json")
            assert (done.returncode, done.stderr) == (0, "")
            page = json.loads(done.stdout)
        assert page["total"] == 2
        claim = page["claims"][0]["id"]
        assert picograph("--store", str(store), "decide", claim, "accept", "--author", "A").returncode == 0
        assert httpx.get(f"{address}/api/v1/claims/{claim.rsplit('/', 1)[1]}").json()["status"] == "accepted"
        assert len(picograph("--store", str(store), "export").stdout.splitlines()) == 2
        assert picograph("--store", str(store), "orphans").stderr == "no orphaned decisions\n"
        assert "«With lenalidomide" in picograph("--store", str(store), "show", claim).stdout
        done = picograph("--store", str(store), "ingest", "new.txt", "--id", "new", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["added"] == 2
    with Library.open(store) as library:
        assert library.stats()["articles"] == 2


def test_the_owner_is_named_where_it_does_not_serve(store: Path, picograph: Command) -> None:
    import os

    with Library.open(store):
        done = picograph("--store", str(store), "orphans")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"process {os.getpid()}" in done.stderr


def test_a_second_service_is_refused_with_the_first_ones_address(store: Path, picograph: Command) -> None:
    with served(store) as (address, _):
        done = picograph("--store", str(store), "serve", "--port", "0")
        assert done.returncode == 1
        assert address in done.stderr


def test_a_port_that_is_taken_is_told(store: Path, picograph: Command, tmp_path: Path) -> None:
    with served(store) as (address, _):
        port = address.rsplit(":", 1)[1]
        done = picograph("--store", str(tmp_path / "other"), "serve", "--port", port)
        assert done.returncode == 1
        assert f"port {port}" in done.stderr
        assert not (tmp_path / "other").exists()


def test_a_setting_that_cannot_be_is_told(store: Path, picograph: Command) -> None:
    done = picograph("--store", str(store), "serve", "--port", "0", PICOGRAPH_BODY_LIMIT="many")
    assert done.returncode == 1
    assert "body_limit" in done.stderr


def test_the_service_ends_on_an_interrupt_and_frees_the_store(store: Path) -> None:
    with served(store) as (_, process):
        with pytest.raises(StoreLocked):
            Library.open(store)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in (0, 130)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    with Library.open(store) as library:
        assert library.stats()["claims"] == 2


def test_a_killed_service_leaves_a_store_that_opens(store: Path, picograph: Command) -> None:
    with served(store) as (_, process):
        process.kill()
        process.wait(timeout=30)
    done = picograph("--store", str(store), "query", QUESTION, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] == 2


def test_small_answers_are_not_held_back() -> None:
    """asyncio turns Nagle's algorithm off only for sockets that say that they are TCP; else answers take 40 ms more."""
    with _bound("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
