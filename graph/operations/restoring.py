"""From a backup to a store: copied, verified, and only then in its place. What was there is moved aside, never lost."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from pyoxigraph import Literal, Store

from graph.errors import StoreError, StoreFormatError
from graph.opening import mark_folder
from graph.operations.backups import Backup, backup_at
from graph.operations.figures import figures
from graph.operations.verifying import Finding, Progress, verify
from graph.ownership import take
from graph.oxigraph_store import DATA, OxigraphStore
from graph.records import meta
from graph.vocab import EV


class BrokenBackup(StoreError):  # noqa: N818 (the names say what happened)
    """The backup is not what its manifest says, or does not verify; nothing was changed. ``findings`` say why."""

    def __init__(self, backup: Path, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = f"{findings[0].place}: {findings[0].reason}"
        more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
        super().__init__(f"{backup} was not restored: {first}{more}; `picograph store verify {backup}` lists them all")


@dataclass(frozen=True, slots=True)
class Restored:
    """A store made from ``backup``; ``aside`` is where the store that was there before is now, None: there was none."""

    backup: Backup
    path: Path
    aside: Path | None


def restore(
    source: Path, target: Path, *, replace: bool = False, quick: bool = False, progress: Progress = lambda d, t: None
) -> Restored:
    """Make ``target`` the store that the backup in ``source`` holds. It gets an id of its own.

    ``target`` is missing or empty, or with ``replace`` a store that nobody uses. ``quick`` compares revision and counts
    with the manifest and does not read every claim. Raises StoreFormatError, StoreLocked, BrokenBackup or StoreError;
    then ``target`` is as it was.
    """
    backup, target = backup_at(source), target.expanduser().resolve()
    if target.is_relative_to(backup.path) or backup.path.is_relative_to(target / DATA):
        raise StoreFormatError("a backup is not restored into itself; name another folder")
    occupied = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if occupied and not replace:
        raise StoreFormatError(
            f"{target} is not empty; restore into a new folder, or use --replace: what is there is then moved aside"
        )
    if occupied and not target.is_dir():
        raise StoreFormatError(f"{target} is a file, not the folder of a store")
    draft = target.with_name(f".{target.name}.restoring.{os.getpid()}")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        shutil.copytree(backup.path / DATA, draft / DATA)
        _check(backup, draft, quick, progress)
        mark_folder(draft)
        release = take(target, None) if occupied else _nothing
        try:
            aside = _moved(target) if occupied else None
            _put(draft, target, aside)
        finally:
            release()
    except OSError as error:
        raise StoreError(f"{source} was not restored, and {target} is as it was: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Restored(backup, target, aside)


def _nothing() -> None:
    pass


def _check(backup: Backup, draft: Path, quick: bool, progress: Progress) -> None:
    """Raises BrokenBackup unless the copy is what the manifest says and verifies; gives it its own id."""
    try:
        held = Store(str(draft / DATA))
    except OSError as error:
        raise BrokenBackup(backup.path, (Finding(DATA, f"cannot be opened: {error}"),)) from error
    store = OxigraphStore(held)
    try:
        found = figures(store, triples=False)
        expected = (backup.store_id, backup.format, backup.revision, backup.counts)
        if (found.store_id, found.format, found.revision, found.counts) != expected:
            raise BrokenBackup(backup.path, (Finding("manifest.json", "the store holds something else"),))
        findings = () if quick else verify(store, progress=progress).findings
        if findings:
            raise BrokenBackup(backup.path, findings)
        ids = [meta(EV.storeId, Literal(one)) for one in (found.store_id, str(uuid4()))]
        store.apply(ids[:1], ids[1:], guard=None, proof=None)
    finally:
        store.close()
        del held


def _moved(target: Path) -> Path:
    for number in range(1, 10_000):
        aside = target.with_name(f"{target.name}.before-restore-{number}")
        if not aside.exists():
            return target.rename(aside)
    raise StoreError(f"there are too many stores beside {target} that were moved aside; remove some")


def _put(draft: Path, target: Path, aside: Path | None) -> None:
    try:
        if target.exists():
            target.rmdir()  # empty, or another process has begun a store there: then this raises
        draft.rename(target)
    except OSError:
        if aside is not None and not target.exists():
            aside.rename(target)
        raise
