"""Who owns a store folder: one process at a time, and others are told which.

The lock dies with its process, the note beside it does not: a note without a lock behind it counts for nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from graph.errors import StoreLocked

LOCK = "owner.lock"
NOTE = "owner.json"


def take(folder: Path, address: str | None) -> Callable[[], None]:
    """Own ``folder`` until the function that comes back is called. Raises StoreLocked when another process owns it.

    ``address`` is where this process serves the store, None when it does not; it is told to whoever comes next.
    """
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        pid, at = read_note(folder)
        raise StoreLocked(str(folder), pid, at) from error
    note = folder / NOTE
    _write(note, json.dumps({"pid": os.getpid(), "address": address}))

    def release() -> None:
        note.unlink(missing_ok=True)
        lock.release()

    return release


def read_note(folder: Path) -> tuple[int | None, str | None]:
    """Process id and address of the owner, None where the note does not tell or its process is gone."""
    try:
        held = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        pid, address = held["pid"], held["address"]
    except (OSError, ValueError, KeyError, TypeError):
        return None, None
    if not isinstance(pid, int) or not psutil.pid_exists(pid):
        return None, None
    return pid, address if isinstance(address, str) else None


def _write(path: Path, text: str) -> None:
    """All of ``text``, or nothing."""
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
