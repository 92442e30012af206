"""The process that answers queries: one at a time, on a copy of the store, until its end of the pipe is closed.

It knows nothing of the library but the folder and the graphs it is told. What happens in here ends with this process.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Store

from api.sparql.answering import NoGraph, NotInFormat, TooLarge, answer
from api.sparql.confinement import confine
from api.sparql.wire import HEAD, packed

_PIPE = 1 << 20
_GRACE = 0.5
"""Seconds after its deadline at which the process ends by itself, should nobody have ended it."""


def _attempt(store: Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes | bytearray]:
    try:
        return {"outcome": "answer"}, answer(store, asked)
    except SyntaxError as error:
        return {"outcome": "malformed", "detail": str(error)}, b""
    except TooLarge as error:
        return {"outcome": "large", "detail": str(error)}, b""
    except NoGraph as error:
        return {"outcome": "graph", "detail": str(error)}, b""
    except NotInFormat as error:
        return {"outcome": "format", "detail": str(error)}, b""
    except MemoryError:
        return {"outcome": "memory"}, b""
    except Exception as error:  # whatever the engine says of a query ends that query and no more
        return {"outcome": "failed", "detail": f"{type(error).__name__}: {error}"}, b""


class _Memory:
    """How much this process has, from a file that stays open when no others can be opened any more."""

    def __init__(self) -> None:
        self._pages = os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else None

    def sizes(self) -> tuple[int, int]:
        """Bytes of addresses, and bytes that are resident; zeros where the system does not tell."""
        if self._pages is None:
            return 0, 0
        size, resident = os.pread(self._pages, 200, 0).split()[:2]
        return int(size) * resource.getpagesize(), int(resident) * resource.getpagesize()

    def bound(self, more: int) -> None:
        """No more than ``more`` bytes beyond what there is now."""
        size, _ = self.sizes()
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if size:
            resource.setrlimit(resource.RLIMIT_AS, (size + more, hard))


def _read(stream: BinaryIO) -> dict[str, Any] | None:
    """The next message; None at the end."""
    length = stream.read(HEAD.size)
    if len(length) < HEAD.size:
        return None
    told: dict[str, Any] = json.loads(stream.read(HEAD.unpack(length)[0]))
    return told


def main() -> None:
    """Answer on standard output what comes on standard input. Arguments: the folder of copies, the parent's id."""
    asked_on, told_on = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # an answer then goes in fewer pieces; where it may not, it goes in more
            fcntl.fcntl(told_on, fcntl.F_SETPIPE_SZ, _PIPE)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    memory = _Memory()
    means = confine(Path(sys.argv[1]))
    if os.getppid() != int(sys.argv[2]):
        return
    told_on.write(packed({"outcome": "ready", "means": means, "bytes": 0}))
    told_on.flush()
    store: Store | None = None
    body: bytes | bytearray
    while (asked := _read(asked_on)) is not None:
        signal.setitimer(signal.ITIMER_REAL, asked["seconds"] + _GRACE)
        if "open" in asked:
            store = None  # first, so that there are never two
            store = Store.read_only(asked["open"])
            head, body = {"outcome": "open"}, b""
        else:
            assert store is not None
            memory.bound(asked["memory"])
            head, body = _attempt(store, asked)
        signal.setitimer(signal.ITIMER_REAL, 0)
        told_on.write(packed({**head, "bytes": len(body), "resident": memory.sizes()[1]}))
        told_on.write(body)
        told_on.flush()
