"""Backups of a store on disk: dated folders, each a whole store with a manifest. The newest are kept.

A backup is consistent: it holds the store at one revision, whatever is written meanwhile. On the store's own file
system it takes no time and next to no room, because files are linked; copy it elsewhere to outlive the disk.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError, StoreFormatError
from graph.opening import MANIFEST, check_folder, mark_folder, marked_version
from graph.operations.figures import Figures, figures
from graph.oxigraph_store import DATA, OxigraphStore
from graph.store import QuadStore

_NAME = re.compile(r"picograph-\d{8}T\d{6}Z-r\d+(?:-\d+)?")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup and what it holds. ``made_at`` is ISO 8601 in UTC."""

    path: Path
    made_at: str
    store_id: str
    format: int
    revision: int
    counts: dict[str, int]


def back_up(
    store: QuadStore, hold: Callable[[Callable[[], None]], int], folder: Path, made_at: str, keep: int | None = None
) -> Backup:
    """A new backup below ``folder``, looked at once more; of older ones of the same store the newest ``keep`` in all.

    ``hold`` runs what it is given while nothing is written, and gives the revision. ``keep`` None keeps all. Raises
    StoreError when the store cannot copy itself, or the copy is not what it should be; then no backup is left.
    """
    if keep is not None and keep < 1:
        raise ValueError(f"keep at least one backup, not {keep}")
    folder = folder.expanduser().resolve()
    draft = folder / f".{made_at.replace(':', '').replace('-', '')}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        revision = hold(lambda: store.snapshot(draft / DATA))
        mark_folder(draft)
        held = figures(read_only(draft), triples=False)
        if held.revision != revision:
            raise StoreError(f"the backup holds revision {held.revision}, not {revision}: try again")
        backup = _written(draft, folder, made_at, held)
    except OSError as error:
        raise StoreError(f"no backup in {folder}: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if keep is not None:
        for old in [b for b in backups(folder) if b.store_id == backup.store_id][keep:]:
            _remove(old.path)
    return backup


def backups(folder: Path) -> list[Backup]:
    """The backups in ``folder``, the newest first; what is none is passed over."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if _NAME.fullmatch(path.name):
            try:
                found.append(backup_at(path))
            except StoreFormatError:
                continue
    return sorted(found, key=lambda b: (b.made_at, b.revision, b.path.name), reverse=True)


def backup_at(path: Path) -> Backup:
    """The backup in the folder ``path``. Raises StoreFormatError where there is none of this version."""
    path = path.expanduser().resolve()
    if not path.is_dir():
        raise StoreFormatError(f"{path} is no folder; name the folder of a backup")
    check_folder(path)
    if not (path / MANIFEST).exists():
        raise StoreFormatError(f"{path} is no backup: it has no {MANIFEST}")
    try:
        held = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        counts = {str(name): int(number) for name, number in held["counts"].items()}
        backup = Backup(path, str(held["made_at"]), str(held["store_id"]), marked(path), int(held["revision"]), counts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreFormatError(f"{path / MANIFEST} cannot be read as the manifest of a backup: {error!r}") from error
    return backup


def marked(path: Path) -> int:
    """The format that the folder says it has; ``check_folder`` has found it right."""
    version = marked_version(path)
    assert isinstance(version, int)
    return version


def read_only(folder: Path) -> OxigraphStore:
    """The store in ``folder``, which nobody writes to. Raises StoreError when it cannot be opened."""
    try:
        return OxigraphStore(Store.read_only(str(folder / DATA)))
    except OSError as error:
        raise StoreError(f"{folder} cannot be opened: {error}; take another backup") from error


def _written(draft: Path, folder: Path, made_at: str, held: Figures) -> Backup:
    stem = f"picograph-{made_at.replace(':', '').replace('-', '')}-r{held.revision}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    path = next(folder / name for name in names if not (folder / name).exists())
    backup = Backup(path, made_at, held.store_id, held.format, held.revision, held.counts)
    told = {name: value for name, value in asdict(backup).items() if name != "path"}
    (draft / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    draft.rename(path)
    return backup


def _remove(path: Path) -> None:
    """First out of sight, so that half of a backup is never taken for one."""
    gone = path.with_name(f".{path.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    path.rename(gone)
    shutil.rmtree(gone)
