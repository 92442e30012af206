"""Files and folders to articles, one by one; what cannot be read is an item of its own and does not end the run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.article import Article
from ingest.readers.decode import MAX_BYTES
from ingest.readers.errors import ReadError
from ingest.readers.table import ENDINGS
from ingest.readers.table import read_bytes as read_bytes

STDIN = "-"


def list_files(paths: Sequence[Path]) -> list[Path]:
    """Files to read: each named file, and those with a known ending below each folder, sorted. ``-`` stands for itself.

    Raises ReadError for a path that is not there, or a folder that holds nothing readable.
    """
    found: list[Path] = []
    for path in paths:
        if str(path) == STDIN or path.is_file():
            found.append(path)
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
            inside = [p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts)]
            if not inside:
                raise ReadError(str(path), "folder", f"no file in it ends in {', '.join(ENDINGS)}")
            found.extend(inside)
        else:
            raise ReadError(str(path), "path", "there is no such file or folder")
    return found


def read_paths(paths: Sequence[Path], *, given_id: str | None = None) -> Iterator[Article | ReadError]:
    """An article, or the ReadError that says why there is none, for each file in turn."""
    files: list[Path] = []
    for path in paths:
        try:
            files.extend(list_files([path]))
        except ReadError as error:
            yield error
    for path in files:
        try:
            yield read_bytes(_bytes(path), str(path), given_id=given_id)
        except ReadError as error:
            yield error


def _bytes(path: Path) -> bytes:
    try:
        if str(path) == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(str(path), "file", error.strerror or str(error)) from error
