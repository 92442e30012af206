"""Bytes of an input as a stream that tells its faults by name and can be looked into before it is read."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from ingest.readers.errors import ReadError
from ingest.readers.source import HEAD, Source

FAULTS = (
    EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
    tarfile.TarError,
)  # fmt: skip
"""What the unpacking libraries raise for bad data; RuntimeError holds NotImplementedError, and passwords of zip."""
_BUFFER = 262_144


class Readable(Protocol):
    """What has bytes to read."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes; none at the end."""
        ...


class _Stream(io.RawIOBase):
    """A readable as a stream: faults are ReadErrors that name the place, and ``gave`` hears of every byte."""

    def __init__(self, inner: Readable, name: str, head: bytes, gave: Callable[[int], None] | None) -> None:
        self._inner, self._name, self._head, self._gave = inner, name, head, gave
        self._place = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            try:
                data = self._inner.read(len(buffer))
            except FAULTS as error:
                raise fault(self._name, error, self._place) from error
            if self._gave is not None:
                self._gave(len(data))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


def fault(name: str, error: Exception, place: int | None = None) -> ReadError:
    """What an unpacking library raised, in words."""
    where = "whole file" if not place else f"byte {place:,}"
    if isinstance(error, EOFError):
        return ReadError(name, where, "it is cut off: the packed data end too early")
    told = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return ReadError(name, where, f"it cannot be unpacked or read: {told}")


def stream_of(
    inner: Readable, name: str, *, head: bytes = b"", gave: Callable[[int], None] | None = None
) -> io.BufferedReader:
    """``head`` and then what ``inner`` gives, as a buffered stream whose faults are ReadErrors.

    ``gave`` is told how many bytes each reading of ``inner`` gave, and may raise.
    """
    return io.BufferedReader(_Stream(inner, name, head, gave), _BUFFER)


def source_of(stream: BinaryIO, name: str, given_id: str | None = None) -> Source:
    """An input from its stream, which stands at its beginning. Raises ReadError when it cannot be read."""
    try:
        head = b""
        while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
            head += more
        if stream.seekable():
            stream.seek(0)
            return Source(name, stream, head, given_id)
    except FAULTS as error:
        raise fault(name, error) from error
    return Source(name, stream_of(stream, name, head=head), head, given_id)
