"""What the commands of `store` share: who has the store, how it is opened, a progress bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands.failures import CommandError
from api.commands.output import messages
from api.commands.store import is_url

if TYPE_CHECKING:
    from graph.operations.upkeep import Upkeep
    from graph.operations.verifying import Progress


def service_of(location: str) -> str | None:
    """The address of the picograph service that owns or is the store at ``location``; None: there is none."""
    from api.client import probe
    from graph.ownership import read_note

    address = location if is_url(location) else read_note(Path(location).expanduser())[1]
    return address if address is not None and probe(address) is not None else None


@contextmanager
def kept_store(location: str) -> Iterator[Upkeep]:
    """The store at ``location``, opened for upkeep alone. Raises CommandError where a service has it."""
    from graph.operations.upkeep import upkeep

    address = service_of(location)
    if address is not None:
        raise CommandError(
            f"the service at {address} owns this store: stop it first, or make a backup and look at that "
            "(`picograph store backup`, then `picograph store verify BACKUP`)"
        )
    with upkeep(location) as kept:
        yield kept


@contextmanager
def shown(what: str) -> Iterator[Progress]:
    """A progress bar on standard error, where that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
