"""What a process that answers queries cannot do."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.conftest import environment

TRY = """
import json, os, socket, subprocess, sys
from pathlib import Path
from api.sparql.confinement import confine

folder = Path(sys.argv[1])
means = confine(folder)

def fails(work):
    try:
        work()
    except OSError as error:
        return type(error).__name__
    return "done"

def connect():
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=5)

def write(path):
    with open(path, "wb", buffering=0) as file:
        file.write(b"x")

print(json.dumps({
    "means": means,
    "reads its copy": fails(lambda: (folder / "copy").read_bytes()),
    "reads elsewhere": fails(lambda: Path(sys.argv[3]).read_bytes()),
    "writes": fails(lambda: write(folder / "new")),
    "writes elsewhere": fails(lambda: write(sys.argv[3] + ".new")),
    "connects": fails(connect),
    "starts a program": fails(lambda: subprocess.run([sys.executable, "-c", ""])),
}))
"""


def test_it_reads_its_copy_and_does_nothing_else(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "copy").write_bytes(b"held")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"secret")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        arguments = [str(copies), str(listener.getsockname()[1]), str(elsewhere)]
        done = subprocess.run(
            [sys.executable, "-c", TRY, *arguments], capture_output=True, check=True, env=environment(), timeout=60
        )
    told = json.loads(done.stdout)
    assert "limits" in told["means"]
    assert told["reads its copy"] == "done"
    assert told["writes"] != "done"
    assert told["writes elsewhere"] != "done"
    if {"network namespace", "seccomp", "landlock"} & set(told["means"]):
        assert told["connects"] != "done"
    if "landlock" in told["means"]:
        assert told["reads elsewhere"] == "PermissionError"
    if "seccomp" in told["means"]:
        assert told["starts a program"] == "PermissionError"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these means")
def test_this_machine_has_what_keeps_queries_off_the_network(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from api.sparql.confinement import confine; print(confine(Path('.')))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment(), cwd=tmp_path, timeout=60
    )
    assert b"network namespace" in done.stdout or b"seccomp" in done.stdout
    assert b"no new privileges" in done.stdout
    assert list(tmp_path.iterdir()) == []
