"""From errors to one line on standard error and an exit status; never a traceback for bad input."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

FAILED, REFUSED, BROKEN_PIPE = 1, 2, 141
"""Exit statuses: something failed; what the user gave is refused; the reader of standard output went away."""


class CommandError(Exception):
    """Something went wrong; the message says what happened and what to try next."""


class Usage(typer.BadParameter):
    """The command was not understood: exit status 2."""


def warn(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"picograph: {_one_line(message)}", err=True)


def _one_line(message: str) -> str:
    return " ".join(
        "".join(c if c.isprintable() or c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in message).split()
    )


def message_of(error: Exception) -> str | None:
    """What to tell people of ``error``; None when it is a fault of picograph itself."""
    if isinstance(error, CommandError):
        return str(error)
    if isinstance(error, OSError):
        what = error.strerror or type(error).__name__
        return f"{error.filename}: {what}" if error.filename else what
    from api.problems import RemoteError, problem_of
    from graph.errors import UnknownClaim
    from ingest.other_model import OtherModelError

    if isinstance(error, UnknownClaim) and not error.candidates:
        return f"{error}; `picograph query` and `picograph export` show the ids there are"
    if isinstance(error, RemoteError | OtherModelError) or problem_of(error) is not None:
        return str(error)
    if type(error).__module__.startswith("httpx"):
        return f"the service does not answer ({error}); start it again with `picograph serve`"
    return None


def _refusal_of(error: Exception) -> str | None:
    """What is wrong with the user's own vocabularies, a line for each fault; None for any other error."""
    from ingest.vocabularies.problems import VocabularyError

    return str(error) if isinstance(error, VocabularyError) else None


class Commands(TyperGroup):
    """The command group: turns errors into a line and a status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Exit 1 with one line for what failed, 141 without a word when the reader went away."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The interpreter flushes standard output once more at exit; let that go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
            raise typer.Exit(BROKEN_PIPE) from None
        except (typer.TyperException, typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if (refusal := _refusal_of(error)) is not None:
                typer.echo(f"picograph: {refusal}", err=True)
                raise typer.Exit(REFUSED) from error
            message = message_of(error)
            if message is None:
                raise
            warn(message)
            raise typer.Exit(FAILED) from error
