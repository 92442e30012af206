"""Which files of a folder or an archive are read: those with a known ending that are not hidden."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

ARCHIVES = (".zip", ".tar", ".tgz", ".tbz", ".tbz2", ".txz")
PACKED = (".gz", ".bz2", ".xz")
"""Endings of one packed file; what it holds is told by the ending before."""
_LEFT_OUT = ("__MACOSX",)


def is_picked(path: PurePath, endings: Collection[str]) -> bool:
    """True for a file to read. ``path`` is relative to the folder or archive, and every part of it counts.

    >>> [is_picked(PurePath(p), (".xml",)) for p in ("a/b.XML", "b.xml.gz", "b.csv.gz", ".b.xml", ".a/b.xml", "c.zip")]
    [True, True, False, False, False, True]
    """
    if any(part.startswith(".") or part in _LEFT_OUT for part in path.parts):
        return False
    ending = path.suffix.lower()
    if ending in PACKED:
        return PurePath(path.stem).suffix.lower() in (*endings, *ARCHIVES)
    return ending in endings or ending in ARCHIVES
