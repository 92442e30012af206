"""What makes a write to an embedded store outlive a power cut: RocksDB's write-ahead logs, written out to the disk.

RocksDB hands each transaction to the system when it is committed, in files ``NNNNNN.log``, and reads them when a store
is opened again. Writing them out is what its own ``SyncWAL`` does, which Oxigraph does not pass on; its ``flush`` sorts
everything into a dozen new files instead, which takes ten times as long and makes work for later.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def written_out(data: Path) -> bool:
    """Write the logs in the folder of a RocksDB out to the disk; False where that cannot be done."""
    try:
        with os.scandir(data) as entries:
            logs = [entry.path for entry in entries if entry.name.endswith(".log") and entry.name[:-4].isdecimal()]
        for log in logs:
            with suppress(FileNotFoundError):  # its contents were sorted into a table meanwhile, which is on the disk
                _sync(log, os.O_RDWR)
        _sync(data, os.O_RDONLY)  # the names of new logs
    except OSError:
        return False
    return bool(logs)


def _sync(place: str | Path, flags: int) -> None:
    handle = os.open(place, flags | getattr(os, "O_CLOEXEC", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
