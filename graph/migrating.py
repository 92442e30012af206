"""A store of format 1 becomes one of this format: in place, or as another folder. All of it, or nothing changes.

The new store is made beside the old one, and every claim is read back from it and compared with what the old one has.
What the old store holds stays where it was, in ``oxigraph.format1`` when the store is migrated in place.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Store

from graph.conversion import Report, convert
from graph.errors import StoreError, StoreFormatError
from graph.opening import check_folder, mark_folder, marked_version
from graph.ownership import take
from graph.oxigraph_store import DATA

OLD, _NEW = f"{DATA}.format1", f"{DATA}.new"


def migrate(source: Path, target: Path) -> Report:
    """Make the store of format 1 in ``source`` one of the present format in ``target``, which may be the same folder.

    Articles, the texts of all versions, what was read, decisions, the log and the revision are kept. Raises
    StoreFormatError when ``source`` has another format or ``target`` is neither ``source`` nor empty, StoreLocked when
    a process uses one of them, StoreError when something cannot be read; then both are as they were.
    """
    source, target = source.expanduser().resolve(), target.expanduser().resolve()
    version = marked_version(source)
    if version != 1 or version is True:
        raise StoreFormatError(f"{source} has the store format {version!r}; only stores of format 1 are migrated")
    if target != source:
        _check_empty(target)
    try:
        release = take(source, None)
    except OSError as error:
        raise StoreError(f"{source} cannot be opened: {error}") from error
    try:
        return _in_place(source) if target == source else _elsewhere(source, target)
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"{source} could not be migrated and is as it was: {error}") from error
    finally:
        release()


def _check_empty(target: Path) -> None:
    check_folder(target)
    if target.exists() and any(target.iterdir()):
        raise StoreFormatError(f"{target} is not empty: a store is migrated into a new folder")


def _in_place(folder: Path) -> Report:
    """As ``migrate``. A run that was killed is begun anew: until the mark is changed, the folder counts as format 1."""
    data, old, new = folder / DATA, folder / OLD, folder / _NEW
    if old.exists():  # a run was killed between the two renamings below or behind them
        shutil.rmtree(data, ignore_errors=True)
        old.rename(data)
    try:
        report = _made(data, new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    data.rename(old)
    try:
        new.rename(data)
        mark_folder(folder, anew=True)
    except BaseException:
        shutil.rmtree(new if new.exists() else data, ignore_errors=True)
        old.rename(data)
        raise
    return report


def _elsewhere(source: Path, target: Path) -> Report:
    made = not target.exists()
    data = source / (OLD if (source / OLD).exists() else DATA)
    try:
        report = _made(data, target / DATA)
        mark_folder(target)
    except BaseException:
        shutil.rmtree(target / DATA, ignore_errors=True)
        if made:
            with suppress(OSError):
                target.rmdir()
        raise
    return report


def _made(old: Path, new: Path) -> Report:
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    store = Store(str(new))
    report = convert(Store.read_only(str(old)), store)
    store.flush()
    return report
