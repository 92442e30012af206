"""The folder of the files, and its list: what each file is, where it comes from, and whether it is still whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from api.clock import now
from api.commands.files import replaced
from api.fetching.errors import FolderError
from api.fetching.pieces import Form, Piece

LIST = ".fetched.jsonl"
"""Begins with a dot, so that ``picograph ingest`` of the folder does not take it for an article."""
LOCK = ".fetched.lock"


@dataclass(frozen=True)
class Entry:
    """One line of the list. ``query`` is None for articles asked for by their ids; ``file`` is below the folder."""

    source: str
    query: str | None
    ids: tuple[str, ...]
    form: Form
    file: str
    url: str
    sha256: str
    bytes: int
    fetched: str
    how: str


class Folder:
    """Files and their list. Only one program at a time writes: see ``opened``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.list = path / LIST
        self.unread = 0
        self._entries: dict[tuple[str, str], Entry] = {}
        self._whole: dict[str, bool] = {}
        for entry in self._read():
            self._enter(entry)

    def holding(self, source: str, number: str) -> Entry | None:
        """The line of the whole file with this article; None where there is none, or it is not as it was written."""
        entry = self._entries.get((source, number))
        return entry if entry is not None and self._is_whole(entry) else None

    def keep(self, source: str, query: str | None, piece: Piece) -> Path:
        """Write a file, whole or not at all, then its line; files that it makes superfluous go. Raises OSError."""
        file = Path(source) / piece.name
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256(piece.data).hexdigest()
        with replaced(target) as out:
            out.write(piece.data)
        size = len(piece.data)
        entry = Entry(source, query, piece.ids, piece.form, file.as_posix(), piece.url, digest, size, now(), piece.how)
        self._append(entry)
        before = {old.file: old for number in piece.ids if (old := self._entries.get((source, number))) is not None}
        self._enter(entry)
        self._whole[entry.file] = True
        for old in before.values():
            if old.file != entry.file and all(self._entries[source, number].file != old.file for number in old.ids):
                (self.path / old.file).unlink(missing_ok=True)  # all that it held is in newer files
        return target

    def _enter(self, entry: Entry) -> None:
        self._entries.update({(entry.source, number): entry for number in entry.ids})

    def _is_whole(self, entry: Entry) -> bool:
        if entry.file not in self._whole:
            try:
                data = (self.path / entry.file).read_bytes()
            except OSError:
                data = b""
            whole = len(data) == entry.bytes and hashlib.sha256(data).hexdigest() == entry.sha256
            self._whole[entry.file] = whole
        return self._whole[entry.file]

    def _read(self) -> Iterator[Entry]:
        try:
            lines = self.list.read_bytes().splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                told = json.loads(line)
                entry = Entry(**{**told, "ids": tuple(map(str, told["ids"])), "form": Form(told["form"])})
                if not (self.path / entry.file).resolve().is_relative_to(self.path.resolve()):
                    raise ValueError("outside the folder")
            except (ValueError, TypeError, KeyError):
                self.unread += 1  # cut off by a kill or edited: its file is fetched again
            else:
                yield entry

    def _append(self, entry: Entry) -> None:
        line = json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n"
        with self.list.open("a+b") as out:
            if out.tell():
                out.seek(-1, os.SEEK_END)
                line = line if out.read(1) == b"\n" else b"\n" + line
            out.write(line)
            out.flush()
            os.fsync(out.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """The folder, made where it is not there, for this program alone. Raises FolderError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path / LOCK, timeout=0)
        with lock:
            yield Folder(path)
    except Timeout as error:
        raise FolderError(f"{path}: another fetch writes there; wait for it, or name another folder by --to") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderError(f"{path}: is no folder; name another by --to") from error
