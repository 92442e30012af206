"""Copies of a store to measure on, so that a data set stays as it was built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copied(store: Path, target: Path) -> Path:
    """The store again: files that never change once they are written are linked, the others copied."""
    if target.exists():
        shutil.rmtree(target)

    def copy(one: str, other: str) -> str:
        if one.endswith(".sst"):
            os.link(one, other)
        else:
            shutil.copy2(one, other)
        return other

    return Path(shutil.copytree(store, target, copy_function=copy, ignore=shutil.ignore_patterns("owner.*")))


def size(folder: Path) -> int:
    """Bytes on disk of everything in the folder."""
    return sum(512 * p.stat().st_blocks for p in folder.rglob("*") if p.is_file())
