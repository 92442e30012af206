"""`fetch`: articles of PubMed, PMC, Europe PMC and ClinicalTrials.gov into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.asking import JsonOption
from api.commands.failures import FAILED, CommandError, Usage, warn
from api.commands.output import clean, messages, write_json
from api.commands.store import StoreOption

if TYPE_CHECKING:
    from api.fetching.pieces import Service
    from api.fetching.run import Ask, Listener, Report
    from api.settings import FetchSettings

DEFAULT_LIMIT = 100

fetch = typer.Typer(
    name="fetch",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Fetch articles of PubMed, PMC, Europe PMC or ClinicalTrials.gov into a folder, ready for `picograph ingest`.

    What is there and whole is not fetched again, so the same command goes on where an earlier run stopped.
    PICOGRAPH_EMAIL says who to write to when requests make trouble; please set it.

    \b
    Examples:
      picograph fetch pubmed "lenalidomide AND randomized controlled trial[pt]" --limit 200
      picograph fetch clinicaltrials NCT00114101 --to trials --ingest
    """,
)

WordsArgument = Annotated[list[str], typer.Argument(metavar="ID...|QUERY", help="Ids, or one query in quotes.")]
ToOption = Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder; made where it is not there.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Articles of a query, at most.")]
AgainOption = Annotated[bool, typer.Option("--again", help="Fetch anew what is there.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Count only: nothing is fetched or written.")]
IngestOption = Annotated[bool, typer.Option("--ingest", help="Read the files into the store afterwards.")]

HERE = Path("articles")


@fetch.command()
def pubmed(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Records of PubMed, most with an abstract, as XML, up to 200 in a file; by PMIDs or by a query as PubMed takes it.

    \b
    Examples:
      picograph fetch pubmed "lenalidomide AND randomized controlled trial[pt] AND 2020:2024[dp]"
      picograph fetch pubmed 22571200 22571201 --to trials
      picograph fetch pubmed "multiple myeloma[majr]" --dry-run
    """
    _fetch("pubmed", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def pmc(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Full texts of PMC as JATS XML, by PMCIDs or a query, where the publisher lets PMC give them.

    \b
    Examples:
      picograph fetch pmc PMC3083310 PMC4521243
      picograph fetch pmc "lenalidomide[ti] AND open access[filter]" --limit 20 --ingest
    """
    _fetch("pmc", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def europepmc(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    full_text: Annotated[
        bool, typer.Option("--full-text/--abstracts", help="Full texts where they are open, or abstracts only.")
    ] = True,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Articles of Europe PMC, preprints too: the full text as JATS XML where it is open, else the abstract as JSON.

    \b
    Examples:
      picograph fetch europepmc 'TITLE:lenalidomide AND PUB_TYPE:"randomized controlled trial"'
      picograph fetch europepmc PMC3083310 PPR170401 22571200
      picograph fetch europepmc "myeloma AND OPEN_ACCESS:y" --abstracts --limit 500
    """
    name = "europepmc" if full_text else "europepmc abstracts"
    _fetch(name, words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def clinicaltrials(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Records of ClinicalTrials.gov with their results, as JSON, one study in a file, by NCT numbers or a query.

    \b
    Examples:
      picograph fetch clinicaltrials NCT00114101 NCT00430365
      picograph fetch clinicaltrials "lenalidomide AND AREA[ResultsFirstPostDate]RANGE[MIN,MAX]" --ingest
    """
    _fetch("clinicaltrials", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


def _fetch(
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
    messages().print(_line(service, report, to, dry_run), soft_wrap=True)
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


def _line(service: Service, report: Report, to: Path, dry_run: bool) -> str:
    from api.wording import counted

    there = counted(report.total, "article")
    if dry_run:
        return f"{service.title}: {there}; nothing was fetched"
    if report.total == 0:
        return f"{service.title}: nothing found; try fewer words, or look at how the service takes queries"
    line = f"{service.title}: {report.fetched:,} fetched, {report.there:,} there already, of {there}"
    if report.query is not None and report.asked < report.total:
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
