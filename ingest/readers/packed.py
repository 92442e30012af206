"""One packed file: gzip, bzip2 and xz as streams, in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
from typing import BinaryIO

from ingest.readers.streams import Readable

_XZ_MEMORY = 200_000_000
"""Bytes that unpacking xz may take; files that ask for more were packed with settings that nobody uses."""
_STEP = 65_536
_BZ2_MAGIC = b"1AY&SY"
KINDS = {b"\x1f\x8b\x08": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz"}


def packed_as(head: bytes) -> str | None:
    """``gzip``, ``bzip2`` or ``xz``, by the first bytes; None for anything else."""
    kind = next((kind for magic, kind in KINDS.items() if head.startswith(magic)), None)
    return None if kind == "bzip2" and head[4:10] != _BZ2_MAGIC else kind


def unpacked(stream: BinaryIO, kind: str) -> Readable:
    """What the packed ``stream`` holds, unpacked while it is read. Faults are those of ``streams.FAULTS``."""
    match kind:
        case "gzip":
            return gzip.GzipFile(fileobj=stream, mode="rb")
        case "bzip2":
            return bz2.BZ2File(stream)
        case _:
            return _Xz(stream)


class _Xz:
    """One or more xz streams; the standard library's file has no bound for memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._inside = self._new()
        self._waiting = b""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes. Raises LZMAError for bad data, EOFError where they end too early."""
        while True:
            if self._inside.eof:
                rest = self._inside.unused_data or self._waiting
                while not (rest := rest.lstrip(b"\0")):
                    if not (rest := self._stream.read(_STEP)):
                        return b""
                self._inside, self._waiting = self._new(), rest
            if self._inside.needs_input and not self._waiting:
                self._waiting = self._stream.read(_STEP)
                if not self._waiting:
                    raise EOFError
            data = self._inside.decompress(self._waiting, size)
            self._waiting = b""
            if data:
                return data

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
