"""`ingest` and `demo`: articles into the store."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from api.commands.asking import JsonOption
from api.commands.failures import FAILED, Usage, warn
from api.commands.output import clean, messages, out, write_json
from api.commands.store import StoreOption, location_of, opened

if TYPE_CHECKING:
    from api.records import Records
    from api.schemas import IngestOut

DEMO_QUESTION = "lenalidomide -> second primary malignancy"


@dataclass
class Tally:
    """What an ingestion did, article by article."""

    outcomes: list[IngestOut] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def fail(self, message: str) -> None:
        """Tell a failure at once, and keep it for the summary."""
        self.failures.append(message)
        warn(message)

    def summary(self) -> dict[str, Any]:
        """As JSON."""
        outcomes = self.outcomes
        return {
            "articles": len(outcomes),
            "unchanged": sum(o.unchanged for o in outcomes),
            "without_claims": Counter(o.no_evidence for o in outcomes if o.no_evidence),
            "claims": sum(o.claims for o in outcomes),
            "added": sum(o.added for o in outcomes),
            "removed": sum(o.removed for o in outcomes),
            "orphans": sum(len(o.orphans) for o in outcomes),
            "failures": self.failures,
            "outcomes": [o.model_dump(mode="json") for o in outcomes],
        }

    def line(self) -> str:
        """As one sentence."""
        from api.wording import counted

        told = self.summary()
        line = f"{counted(told['articles'], 'article')}, {counted(told['claims'], 'claim')} ({told['added']} new"
        line += f", {told['removed']} gone)" if told["removed"] else ")"
        if told["orphans"]:
            line += f", {counted(told['orphans'], 'decision')} without a claim now (see `picograph orphans`)"
        line += f", {counted(len(self.failures), 'failure')}"
        if told["without_claims"]:
            reasons = (f"{number} {reason}" for reason, number in told["without_claims"].most_common())
            line += f". Recorded without claims: {', '.join(reasons)}"
        return line


def _listed(paths: list[str], tally: Tally) -> list[Path | None]:
    """Files in the order given; None stands for standard input. What cannot be listed is a failure."""
    from ingest.readers.errors import ReadError
    from ingest.readers.files import list_files

    files: list[Path | None] = []
    for path in paths:
        if path == "-":
            files.append(None)
            continue
        try:
            files.extend(list_files([Path(path)]))
        except ReadError as error:
            tally.fail(str(error))
    return list(dict.fromkeys(files))


def _streams(files: list[Path | None], tally: Tally) -> Iterator[tuple[BinaryIO | None, str]]:
    """Each file as an open stream under its name, closed when the next one is asked for; None stands for a failure."""
    for file in files:
        if file is None:
            yield sys.stdin.buffer, "standard input"
            continue
        try:
            stream = file.open("rb")
        except OSError as error:
            tally.fail(f"{file}: {error.strerror}")
            yield None, str(file)
            continue
        with stream:
            yield stream, str(file)


def add_all(
    records: Records,
    streams: Iterator[tuple[BinaryIO | None, str]],
    total: int,
    tally: Tally,
    given_id: str | None = None,
) -> None:
    """Read and store every article, with a progress bar on standard error where that is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from api.schemas import IngestOut
    from api.wording import counted

    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=total)
        for stream, name in streams:
            for item in records.add(stream, name, given_id) if stream is not None else ():
                if isinstance(item, IngestOut):
                    tally.outcomes.append(item)
                    progress.update(task, description=f"reading, {counted(len(tally.outcomes), 'article')}")
                else:
                    tally.fail(str(item))
            progress.advance(task)


def ingest(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="FILE|DIR|-...", help="What to read; `-` is standard input.")],
    given_id: Annotated[
        str | None, typer.Option("--id", help="An id for the article, with one file.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Read articles and put their claims into the store.

    Files of every format, with one article or many; archives (zip, tar, gz, bz2, xz) and folders of them. What cannot
    be read is told with its place and reason, the others are read, and the exit status is 1. The same text read again
    changes nothing; a new text of a known article replaces its claims and keeps the decisions.

    \b
    Examples:
      picograph ingest articles/ trial.md
      picograph ingest pubmed24n1219.xml.gz articles.zip
      picograph ingest --id my-trial notes.txt
      curl -s https://example.org/article.txt | picograph ingest --id example -
    """
    tally = Tally()
    files = _listed(paths, tally)
    if given_id is not None and (len(paths) != 1 or len(files) > 1):
        raise Usage("--id goes with one file")
    if files:
        with opened(location_of(ctx, store), writes=True) as records:
            add_all(records, _streams(files, tally), len(files), tally, given_id)
    if as_json:
        write_json(tally.summary())
    else:
        messages().print(tally.line(), soft_wrap=True)
    if tally.failures:
        raise typer.Exit(FAILED)


def _program() -> str:
    """How this program was called, so that the printed command can be typed as it stands."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "picograph" and len(called.parts) > 1 else "picograph"


def demo(ctx: typer.Context, store: StoreOption = None) -> None:
    """Read the bundled articles into the store and print the evidence for one question.

    \b
    Examples:
      picograph demo
      picograph --store /tmp/demo demo
    """
    from api.commands.tables import evidence_table, totals
    from corpus.load import articles

    location = location_of(ctx, store)
    bundled = list(articles())
    messages().print(f"Reading {len(bundled)} bundled articles; the language model loads first ...")
    tally = Tally()
    with opened(location, writes=True) as records:
        add_all(records, ((BytesIO(a.read_bytes()), a.name) for a in bundled), len(bundled), tally)
        page = records.evidence(DEMO_QUESTION, 100)
    messages().print(tally.line(), soft_wrap=True)
    console = out()
    console.print(f"\n{DEMO_QUESTION}", style="bold")
    console.print(evidence_table(page))
    console.print(totals(page))
    for line in page.explanation:
        console.print(clean(line), style="dim")
    console.print(f"\nThe store is {location}. To look at it in a browser:\n")
    console.print(f"  {shlex.quote(_program())} --store {shlex.quote(location)} serve\n", soft_wrap=True)
    if tally.failures:
        raise typer.Exit(FAILED)
