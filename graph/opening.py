"""From a location to a store: a folder, ``memory:``, or the URL of a SPARQL 1.1 store.

A folder is looked at before anything in it is touched: what is not a store of this format stays as it is.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from pyoxigraph import Store

from graph.connection import Connection
from graph.errors import StoreError, StoreFormatError
from graph.ownership import LOCK, take
from graph.oxigraph_store import DATA, OxigraphStore
from graph.sparql_store import SparqlStore
from graph.store import QuadStore

FORMAT_VERSION = 2
MEMORY = "memory:"
_MARK = "picograph.json"
MANIFEST = "manifest.json"
"""What a backup has beside what every store has."""
INDEX = "index.sqlite"
"""The side index of a store: made again where it is missing."""
_KIND = "picograph store"


def open_store(location: str | Path, *, address: str | None = None, connection: Connection | None = None) -> QuadStore:
    """The store at ``location``; a new one where there is nothing. ``connection`` is for a URL, see ``SparqlStore``.

    Raises StoreLocked when another process owns the folder, StoreFormatError when it holds something else or a store
    of another version, StoreError when it cannot be opened.
    """
    text = str(location)
    if text == MEMORY:
        return OxigraphStore(Store())
    if text.startswith(("http://", "https://")):
        return SparqlStore(text, connection)
    folder = Path(location).expanduser().resolve()
    check_folder(folder)
    if (folder / MANIFEST).exists():
        raise StoreFormatError(f"{folder} is a backup, and stays one: `picograph store restore` makes a store of it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        release = take(folder, address)
    except OSError as error:
        raise StoreError(f"the store {folder} cannot be opened: {error}") from error
    try:
        mark_folder(folder)
        return OxigraphStore(Store(str(folder / DATA)), release, folder)
    except OSError as error:
        release()
        raise StoreError(f"the store {folder} cannot be opened: {error}") from error
    except BaseException:
        release()
        raise


def folder_of(location: str | Path) -> Path | None:
    """The folder that ``location`` names, None where it is in memory or behind a URL."""
    text = str(location)
    elsewhere = text == MEMORY or text.startswith(("http://", "https://"))
    return None if elsewhere else Path(location).expanduser().resolve()


def check_folder(folder: Path) -> None:
    """Raises StoreFormatError unless ``folder`` is a store of this version, or empty, or missing. Changes nothing."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StoreFormatError(f"{folder} is a file, not the folder of a store")
    if (folder / _MARK).exists():
        check_version(f"{folder}", marked_version(folder))
        return
    others = sorted(p.name for p in folder.iterdir() if not p.name.startswith("owner."))
    if others:
        raise StoreFormatError(f"{folder} is not a picograph store: it holds {others[0]!r} and no {_MARK}")


def marked_version(folder: Path) -> object:
    """The store format that the folder says it has, None where it is a store of another program.

    Raises StoreFormatError where it says nothing that can be read.
    """
    mark = folder / _MARK
    try:
        held = json.loads(mark.read_text(encoding="utf-8"))
        return held["version"] if held["format"] == _KIND else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreFormatError(f"{mark} cannot be read as the mark of a picograph store: {error!r}") from error


def check_version(name: str, version: object) -> None:
    """Raises StoreFormatError unless ``version`` is the one that this program writes."""
    if version == 1 and version is not True:
        raise StoreFormatError(f"{name} has the store format 1: `picograph store migrate` makes it one of this version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        raise StoreFormatError(
            f"{name} has the store format {version!r}, this picograph reads {FORMAT_VERSION}: open it with the version "
            "that wrote it, export its claims, and read them into a new store"
        )


def mark_folder(folder: Path, *, anew: bool = False) -> None:
    """Say in ``folder`` that it holds a store of this format, where nothing is said yet; ``anew``: in any case."""
    mark = folder / _MARK
    if anew or not mark.exists():
        draft = folder / f"{LOCK}.{os.getpid()}.tmp"
        draft.write_text(json.dumps({"format": _KIND, "version": FORMAT_VERSION}) + "\n", encoding="utf-8")
        draft.replace(mark)
