"""A progress bar for the side index, which is made anew when it is missing: of a large store that takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.commands.output import messages

FEWEST = 1_000
"""Articles that are read without a word."""


@contextmanager
def indexing_bar() -> Iterator[Callable[[int, int], None]]:
    """What to tell of the index: a bar on standard error, where that is a terminal and there is much to read."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = messages()
    columns = (TextColumn("making the index of articles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)

    def tell(done: int, total: int) -> None:
        if total < FEWEST:
            return
        if not bar.tasks:
            bar.start()
            bar.add_task("", total=total)
        bar.update(bar.tasks[0].id, completed=done, total=total)
        if done == total:
            bar.stop()

    try:
        yield tell
    finally:
        bar.stop()
