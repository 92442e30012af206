"""What `picograph fetch` does: asks, tells how it goes, and hands the files to `ingest`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.failures import FAILED, CommandError, Usage, warn
from api.commands.output import clean, messages, write_json

if TYPE_CHECKING:
    from api.fetching.pieces import Service
    from api.fetching.run import Ask, Listener, Report
    from api.settings import FetchSettings


def run_fetch(
    name: str,
    words: list[str],
    to: Path,
    limit: int,
    again: bool,
    dry_run: bool,
    ingest: typer.Context | None,
    as_json: bool,
    store: str | None,
) -> None:
    """Fetch, print a line, and a summary on standard output where ``as_json``; ``ingest`` None leaves the store alone.

    Raises Usage for what is not understood, CommandError where the search fails or the folder cannot be used, and
    Exit with status 1 where an article was not given.
    """
    from api.fetching.errors import FetchError, FolderError
    from api.fetching.services import SERVICES
    from api.fetching.web import Web

    settings = _settings()
    with Web(settings, told=lambda message: messages().print(clean(message), style="dim")) as web:
        service = SERVICES[name](web, settings)
        ask = _ask(service, words, limit, again)
        try:
            report = _counted(service, ask) if dry_run else _fetched(service, ask, to)
        except (FetchError, FolderError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            warn("interrupted; the same command goes on where this one stopped")
            raise
    messages().print(_line(service, report, ask, None if dry_run else to), soft_wrap=True)
    ingested = None if ingest is None or dry_run else _ingested(ingest, report, store)
    if as_json:
        write_json({**report.as_json(), "to": str(to), "dry_run": dry_run, "ingested": ingested})
    if report.failures or ingested is False:
        raise typer.Exit(FAILED)


def _settings() -> FetchSettings:
    from pydantic import ValidationError

    from api.settings import FetchSettings

    try:
        return FetchSettings()
    except ValidationError as error:
        faults = [f"PICOGRAPH_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise Usage("; ".join(faults)) from None  # the cause would show the values


def _ask(service: Service, words: list[str], limit: int, again: bool) -> Ask:
    from api.fetching.run import Ask

    try:
        ids = service.named(words)
    except ValueError as error:
        raise Usage(str(error)) from error
    query = " ".join(" ".join(words).split())
    if ids is None and not query:
        raise Usage("the query is empty")
    return Ask(ids, None if ids is not None else query, limit, again)


def _counted(service: Service, ask: Ask) -> Report:
    from api.fetching.run import Listener, Report, search

    report = Report(service.name, ask.query)
    search(service, ask, report, Listener(noted=warn))
    return report


def _fetched(service: Service, ask: Ask, to: Path) -> Report:
    from api.fetching.folder import opened
    from api.fetching.run import fetch as run

    with opened(to) as folder, _listener(service) as listener:
        if folder.unread:
            warn(f"{folder.list}: {folder.unread} lines are no whole lines; their files are fetched again")
        return run(service, ask, folder, listener)


@contextmanager
def _listener(service: Service) -> Iterator[Listener]:
    """Failures and notes as lines, and a bar on standard error where that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from api.fetching.run import Listener

    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(service.title, total=None)
        yield Listener(
            failed=lambda failure: warn(f"{service.title}: {failure}"),
            noted=warn,
            advanced=lambda done, of: progress.update(task, completed=done, total=of),
        )


def _line(service: Service, report: Report, ask: Ask, to: Path | None) -> str:
    from api.wording import counted

    there = counted(report.total, "article")
    if to is None:
        return f"{service.title}: {there}; nothing was fetched"
    if report.total == 0:
        return f"{service.title}: nothing found; try fewer words, or look at how the service takes queries"
    line = f"{service.title}: {report.fetched:,} fetched, {report.there:,} there already, of {there}"
    if ask.query is not None and report.total > ask.limit:
        line += " (--limit for more)"
    held = ", ".join(counted(count, form) for form, count in sorted(report.forms.items()))
    line += f"; {held} in {clean(str(to))}" if held else ""
    return f"{line}; {counted(len(report.failures), 'failure')}"


def _ingested(ctx: typer.Context, report: Report, store: str | None) -> bool:
    """Do what `picograph ingest` does with the files; True when all went well, or there are none."""
    from api.commands.ingesting import ingest

    if not report.files:
        return True
    try:
        ingest(ctx, [str(file) for file in report.files], store=store)
    except typer.Exit as done:
        return done.exit_code == 0
    return True
