"""Files and folders to articles, one by one; what cannot be read is an item of its own and does not end the run."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.article import Article
from ingest.readers.choosing import the_article
from ingest.readers.errors import ReadError
from ingest.readers.picking import is_picked
from ingest.readers.source import Item
from ingest.readers.streams import source_of
from ingest.readers.table import ENDINGS, read_source
from ingest.readers.table import read_bytes as read_bytes

STDIN = "-"


def list_files(paths: Sequence[Path]) -> list[Path]:
    """Files to read: each named file, and those with a known ending below each folder, sorted. ``-`` stands for itself.

    Raises ReadError for a path that is not there, or a folder that holds nothing readable.
    """
    found: list[Path] = []
    for path in paths:
        if str(path) == STDIN or path.is_file() or path.is_fifo():
            found.append(path)
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if is_picked(p.relative_to(path), ENDINGS) and p.is_file())
            if not inside:
                raise ReadError(str(path), "folder", f"no file in it ends in {', '.join(ENDINGS)}")
            found.extend(inside)
        else:
            raise ReadError(str(path), "path", "there is no such file or folder")
    return found


def read_paths(paths: Sequence[Path], *, given_id: str | None = None) -> Iterator[Item]:
    """Every record of every file in turn: its article, or the ReadError that says why there is none."""
    files: list[Path] = []
    for path in paths:
        try:
            files.extend(list_files([path]))
        except ReadError as error:
            yield error
    for path in files:
        yield from read_file(path, given_id=given_id)


def read_file(path: Path, *, given_id: str | None = None) -> Iterator[Item]:
    """Every record of one file, which is read as a stream and never held whole; ``-`` is standard input."""
    try:
        if str(path) == STDIN:
            yield from read_source(source_of(sys.stdin.buffer, "standard input", given_id))
            return
        with path.open("rb") as stream:
            yield from read_source(source_of(stream, str(path), given_id))
    except ReadError as error:
        yield error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        yield ReadError(str(path), "file", reason)


def read_article(path: Path, *, given_id: str | None = None, wanted: str | int | None = None) -> Article:
    """The one article of a file, or the ``wanted`` one of several, see ``the_article``. Raises ReadError."""
    return the_article(read_file(path, given_id=given_id), str(path), wanted)
