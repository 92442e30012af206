"""Virtuoso from Debian: fetched, unpacked and started without root, in a folder that goes away with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PACKAGES = ("virtuoso-opensource-7-bin", "libvirtodbc0", "libpcre3", "libwbxml2-1", "libltdl7", "libodbcinst2")
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "virtuoso"
PATIENCE = 90.0
USER = PASSWORD = "dba"
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryExecutionTime = 60
"""


def program() -> tuple[str, dict[str, str]]:
    """The server and the environment that it needs: what is installed, else Debian's packages, unpacked in ``.cache``.

    Raises RuntimeError where neither is to be had.
    """
    installed = shutil.which("virtuoso-t")
    if installed is not None:
        return installed, {}
    found = CACHE / "usr" / "bin" / "virtuoso-t"
    if not found.exists():
        if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
            raise RuntimeError("no Virtuoso: install its program virtuoso-t, or run this on Debian or Ubuntu")
        with tempfile.TemporaryDirectory(prefix="picograph-virtuoso-") as name:
            told = subprocess.run(["apt-get", "download", *PACKAGES], cwd=name, capture_output=True, text=True)
            if told.returncode:
                raise RuntimeError(f"apt-get cannot fetch Virtuoso (try `apt-get update`): {told.stderr.strip()}")
            for package in sorted(Path(name).glob("*.deb")):
                subprocess.run(["dpkg-deb", "-x", str(package), str(CACHE)], check=True)
    libraries = sorted({str(path.parent) for path in CACHE.rglob("*.so*")})
    return str(found), {"LD_LIBRARY_PATH": ":".join(libraries)}


@contextmanager
def served() -> Iterator[str]:
    """The address of a new, empty Virtuoso; it ends with the context. Raises RuntimeError when it does not start."""
    binary, environment = program()
    with tempfile.TemporaryDirectory(prefix="picograph-virtuoso-") as name:
        place, ports = Path(name), (_free_port(), _free_port())
        (place / "virtuoso.ini").write_text(SETTINGS.format(sql=ports[0], http=ports[1]))
        with subprocess.Popen(
            [binary, "-f", "-c", "virtuoso.ini", "+wait"],
            cwd=place,
            env={"PATH": "/usr/bin:/bin", **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                url = f"http://127.0.0.1:{ports[1]}"
                _await(url, server, place / "virtuoso.log")
                yield url
            finally:
                server.kill()


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            httpx.post(f"{url}/sparql", data={"query": "SELECT (1 AS ?one) WHERE {}"}, timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    told = log.read_text(errors="replace")[-2000:] if log.exists() else "it wrote no log"
    raise RuntimeError(f"Virtuoso did not start: {told}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
