"""Which store a command works on: one it owns, or one behind the service that owns it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.failures import CommandError

if TYPE_CHECKING:
    from api.records import Records

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="PATH|URL", show_default=False, help="The store; also accepted before the command."
    ),
]


def location_of(ctx: typer.Context, store: str | None) -> str:
    """The store that was named after or before the command or in the environment, else the user's own."""
    if store is None and isinstance(ctx.obj, dict):
        store = ctx.obj.get("store")
    if store:
        return store
    from platformdirs import user_data_path

    return str(user_data_path("picograph", appauthor=False) / "store")


def is_url(location: str) -> bool:
    """True for a store behind a URL."""
    return location.startswith(("http://", "https://"))


def _answers(address: str) -> bool:
    from api.client import probe

    return probe(address) is not None


def _base() -> str:
    from api.settings import Settings

    try:
        return Settings().base_iri
    except ValueError as error:
        raise CommandError(f"a PICOGRAPH_ variable is not right: {error}") from error


@contextmanager
def opened(location: str, *, writes: bool = False) -> Iterator[Records]:
    """The records at ``location``. A store on disk is made only where ``writes``; CommandError tells what to do."""
    from api.commands.indexing import indexing_bar
    from api.records import LocalRecords
    from graph.errors import StoreLocked
    from graph.library import Library

    address = location if is_url(location) and _answers(location) else None
    if address is None and not (is_url(location) or writes or location == "memory:" or Path(location).exists()):
        raise CommandError(
            f"there is no store at {location}; make one with `picograph ingest FILE`, or name one with --store"
        )
    if address is None:
        try:
            library = Library.open(location)
        except StoreLocked as locked:
            if locked.address is None or not _answers(locked.address):
                raise
            address = locked.address
        else:
            with library, indexing_bar() as bar:
                library.tell_indexing(bar)
                yield LocalRecords(library, _base())
            return
    from api.client import RemoteRecords

    remote = RemoteRecords(address)
    try:
        yield remote
    finally:
        remote.close()
