"""Inputs that hold others: packed files and archives, also within each other, told by their content."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ingest.readers import tarred, zipped
from ingest.readers.budget import MAX_ARCHIVES, MAX_LAYERS, Budget
from ingest.readers.errors import ReadError
from ingest.readers.packed import packed_as, unpacked
from ingest.readers.source import Source
from ingest.readers.streams import fault, source_of, stream_of

_REFUSED = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a rar archive",
    b"\x28\xb5\x2f\xfd": "a zstd file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
READ_HERE = "zip, tar, gz, bz2 and xz"


@dataclass(frozen=True, slots=True)
class _Depth:
    archives: int = 0
    layers: int = 0


def opened(source: Source, endings: Collection[str]) -> Iterator[Source | ReadError]:
    """The inputs that ``source`` holds, itself where it holds none; a ReadError for each that cannot be opened.

    Files of an archive are those that ``picking`` takes by their ``endings``; they are named
    ``archive.zip!folder/file``. Each source must be read before the next one is asked for.
    """
    counted = [0]

    def read(count: int) -> None:
        counted[0] += count

    if source.stream.seekable():
        size = source.stream.seek(0, io.SEEK_END)
        source.stream.seek(0)
        budget = Budget(source.name, lambda: size)
    else:
        budget = Budget(source.name, lambda: counted[0])
        source = Source(source.name, stream_of(source.stream, source.name, gave=read), source.head, source.given_id)
    yield from _inside(source, endings, budget, _Depth())


def _inside(source: Source, endings: Collection[str], budget: Budget, depth: _Depth) -> Iterator[Source | ReadError]:
    head = source.head
    kind = packed_as(head)
    is_zip, is_tar = head.startswith(zipped.MAGIC), tarred.is_tar(head)
    if not (kind or is_zip or is_tar):
        told = next((told for magic, told in _REFUSED.items() if head.startswith(magic)), None)
        yield source if told is None else ReadError(source.name, "whole file", f"{told}; picograph reads {READ_HERE}")
        return
    try:
        if kind:
            yield from _unpacked(source, kind, endings, budget, depth)
            return
        found: Iterator[Source | ReadError]
        if is_zip:
            archive, source = zipped.open_zip(source)
            if zipped.is_document(archive):
                source.stream.seek(0)
                yield source
                return
            found = zipped.files_of(archive, source, endings, budget)
        else:
            found = tarred.files_of(source, endings, budget)
        if depth.archives == MAX_ARCHIVES:
            raise ReadError(source.name, "archive", "an archive in an archive in an archive: unpack it first")
        yield from _files(source, found, endings, budget, _Depth(depth.archives + 1, depth.layers + 1))
    except ReadError as error:
        yield error


def _unpacked(
    source: Source, kind: str, endings: Collection[str], budget: Budget, depth: _Depth
) -> Iterator[Source | ReadError]:
    if depth.layers == MAX_LAYERS:
        raise ReadError(source.name, "whole file", "packed too many times: unpack it first")
    try:
        stream = stream_of(unpacked(source.stream, kind), source.name, gave=budget.gave)
    except OSError as error:
        raise fault(source.name, error) from error
    inner = source_of(stream, source.name, source.given_id)
    yield from _inside(inner, endings, budget, _Depth(depth.archives, depth.layers + 1))


def _files(
    source: Source, found: Iterator[Source | ReadError], endings: Collection[str], budget: Budget, depth: _Depth
) -> Iterator[Source | ReadError]:
    some = False
    for item in found:
        some = True
        if isinstance(item, ReadError):
            yield item
        else:
            yield from _inside(item, endings, budget, depth)
        if budget.spent:
            return
    if not some:
        raise ReadError(source.name, "archive", f"no file in it ends in {', '.join(endings)}")
