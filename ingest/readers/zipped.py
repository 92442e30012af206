"""Zip archives: their files one by one, in the order of their names, nothing ever written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from ingest.readers.budget import Budget
from ingest.readers.errors import ReadError
from ingest.readers.picking import is_picked
from ingest.readers.source import Source
from ingest.readers.streams import fault, source_of, stream_of

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
MAX_HELD = 200_000_000
"""Bytes of a zip archive that comes as a stream, which must be held in memory to be read."""
_MAX_LIST = 10_000_000
"""Bytes of an archive's list of files; a list as long as this has 100,000 of them."""
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_DOCUMENTS = frozenset({"[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml"})
"""Files by which a document is known: of Office, EPUB and OpenDocument."""


def open_zip(source: Source) -> tuple[zipfile.ZipFile, Source]:
    """The archive, and its source as one whose stream can be read again. Raises ReadError."""
    stream = source.stream
    if not stream.seekable():
        held = stream.read(MAX_HELD + 1)
        if len(held) > MAX_HELD:
            raise ReadError(source.name, "archive", f"a zip from a stream of more than {MAX_HELD:,} bytes: save it")
        stream = io.BytesIO(held)
    again = Source(source.name, stream, source.head, source.given_id)
    _check_list(again)
    try:
        return zipfile.ZipFile(stream), again
    except (*_FAULTS, UnicodeDecodeError) as error:
        raise fault(source.name, error) from error


def is_document(archive: zipfile.ZipFile) -> bool:
    """True where the archive is one document, as .docx is, and not a folder of files."""
    return not _DOCUMENTS.isdisjoint(archive.namelist())


def files_of(
    archive: zipfile.ZipFile, source: Source, endings: Collection[str], budget: Budget
) -> Iterator[Source | ReadError]:
    """Each file of the archive that is read, by name; a file that cannot be opened is a ReadError of its own."""
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        budget.member()
        if info.is_dir() or _is_special(info) or not is_picked(PurePosixPath(info.filename), endings):
            continue
        name = member_name(source.name, info.filename)
        if info.flag_bits & 1:
            yield ReadError(name, "whole file", "it is encrypted: unpack the archive with its password")
            continue
        try:
            with archive.open(info) as inside:
                yield source_of(stream_of(inside, name, gave=budget.gave), name)
        except ReadError as error:
            yield error
        except _FAULTS as error:
            yield fault(name, error)


def member_name(archive: str, member: str) -> str:
    """How a file of an archive is named in messages: ``archive.zip!folder/file.xml``."""
    shown = member.encode("utf-8", "replace").decode("utf-8")
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in shown)
    return f"{archive}!{shown if len(shown) <= 300 else shown[:300] + '…'}"


def _is_special(info: zipfile.ZipInfo) -> bool:
    """True for what is neither a file nor a folder: a link or a device, where the archive is from such a system."""
    kind = info.external_attr >> 28
    return info.create_system == 3 and kind not in (0, 0o10)


def _check_list(source: Source) -> None:
    """Refuse an archive whose list of files is too long to be held in memory. Raises ReadError."""
    stream = source.stream
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    stream.seek(0)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise ReadError(source.name, "archive", "it is cut off: the list of its files is missing")
    (length,) = struct.unpack("<I", tail[place + 12 : place + 16])
    if length > _MAX_LIST or _END_64 in tail[max(0, place - 20) : place]:
        raise ReadError(source.name, "archive", "its list of files is too long: unpack it into a folder")


_FAULTS = (OSError, EOFError, RuntimeError, ValueError, struct.error, zipfile.BadZipFile)
