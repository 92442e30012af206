"""Backups and figures of the store that the service owns."""

from __future__ import annotations

from pathlib import Path

from api.clock import now
from api.schemas import BackupOut, StoreOut
from graph.library import Library
from graph.operations.backups import Backup
from graph.operations.figures import Figures


class BackupRefused(Exception):  # noqa: N818 (the names say what happened)
    """The service has no folder for backups; the message says how it gets one."""


class Upkeeping:
    """Keeps the store of ``library``. Backups go into ``folder`` and nowhere else; None: there are none."""

    def __init__(self, library: Library, folder: Path | None) -> None:
        self._upkeep, self._folder = library.upkeep, folder

    def backup(self, keep: int | None) -> BackupOut:
        """A new backup. Raises BackupRefused, and the errors of ``graph.errors``."""
        if self._folder is None:
            raise BackupRefused(
                "this service has no folder for backups: start it with PICOGRAPH_BACKUPS=FOLDER, or stop it and run "
                "`picograph store backup` on its store"
            )
        return backup_out(self._upkeep.backup(self._folder, now(), keep))

    def figures(self, triples: bool) -> StoreOut:
        """What the store holds; counting triples takes a while where there are many millions."""
        return store_out(self._upkeep.figures(triples=triples))


def backup_out(backup: Backup) -> BackupOut:
    """A backup as it is told."""
    return BackupOut(
        path=str(backup.path),
        made_at=backup.made_at,
        store_id=backup.store_id,
        format=backup.format,
        revision=backup.revision,
        counts=backup.counts,
    )


def store_out(figures: Figures) -> StoreOut:
    """The figures of a store as they are told."""
    return StoreOut(
        store_id=figures.store_id,
        format=figures.format,
        revision=figures.revision,
        counts=figures.counts,
        triples=figures.triples,
        bytes=figures.bytes,
    )
