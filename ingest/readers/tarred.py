"""Tar archives as streams: their files one by one, in the order in which they stand."""

from __future__ import annotations

import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.readers.budget import Budget
from ingest.readers.errors import ReadError
from ingest.readers.picking import is_picked
from ingest.readers.source import Source
from ingest.readers.streams import FAULTS, Readable, fault, source_of, stream_of
from ingest.readers.zipped import member_name

_BLOCK = 512
_MAX_HEADERS = 1_000_000
"""Bytes between two files: long names and the like."""


def is_tar(head: bytes) -> bool:
    """True where the first block is the header of a tar archive: its check sum is right."""
    if len(head) < _BLOCK or b"\0" not in head[:_BLOCK]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


@dataclass
class _Metered:
    """The archive's bytes; refuses to give more than ``left`` of them, so that no header fills the memory."""

    inner: Readable
    name: str
    left: int = _MAX_HEADERS

    def read(self, size: int, /) -> bytes:
        """See ``Readable``. Raises ReadError."""
        data = self.inner.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ReadError(self.name, "archive", "one of its headers is too long: given up")
        return data


def files_of(source: Source, endings: Collection[str], budget: Budget) -> Iterator[Source | ReadError]:
    """Each file of the archive that is read; links, devices and files with holes are left out.

    Where the archive breaks off, the files before are given, then a ReadError.
    """
    metered = _Metered(source.stream, source.name)
    try:
        archive = tarfile.open(fileobj=metered, mode="r|", encoding="utf-8", errors="surrogateescape")  # type: ignore[call-overload]  # noqa: SIM115
        while True:
            info = archive.next()
            if info is None:
                return
            archive.members = []  # it would keep every header that it has seen
            metered.left = info.size + _MAX_HEADERS
            budget.member()
            if not info.isreg() or info.issparse() or not is_picked(PurePosixPath(info.name), endings):
                continue
            inside = archive.extractfile(info)
            if inside is not None:
                name = member_name(source.name, info.name)
                yield source_of(stream_of(inside, name), name)
    except ReadError as error:
        yield error
    except FAULTS as error:
        yield fault(source.name, error)
