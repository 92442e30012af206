"""`fill`: a reviewer's rows in, the numbers of their articles out; no store."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.failures import FAILED, CommandError, Usage, warn
from api.commands.files import replaced
from api.commands.fill_rows import Result, Row
from api.commands.output import messages, write

if TYPE_CHECKING:
    from api.commands.fill_csv import CsvRows
    from api.commands.fill_xlsx import XlsxRows

MAX_BYTES = 500_000_000
"""Bytes to fill: articles may stand in JSON lines."""


def fill(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="JSON lines, CSV or XLSX; by default, and for `-`, standard input.")
    ] = "-",
    article: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The article of all rows; else each row names its own.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")
    ] = None,
    derive: Annotated[
        bool, typer.Option("--derive", help="Also numbers that are not printed but follow from those that are, marked.")
    ] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Add the text that offsets refer to (JSON lines only).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The summary on standard error as JSON.")] = False,
) -> None:
    """Fill an evidence table: for an intervention, comparator and outcome, the numbers that the article gives.

    In: rows with intervention, comparator, outcome and an article. Out: the same rows in the same format, with events,
    group sizes, means, standard deviations and the direction, each with its quote. What the article does not give stays
    empty. A bad row is told on standard error, the others are answered, and the exit status is 1.

    \b
    Examples:
      picograph fill questions.jsonl > answers.jsonl
      picograph fill table.csv --article trial.xml > filled.csv
      picograph fill table.xlsx -o filled.xlsx
    """
    name = "standard input" if file == "-" else file
    data = _bytes(None if file == "-" else Path(file))
    table = _table(data, name, Path() if file == "-" else Path(file).parent, article)
    if table is None:
        from api.commands.fill_lines import rows_of

        rows: Sequence[Row] = rows_of(data.split(b"\n"), article)
    else:
        rows = table.rows
        if with_text:
            raise Usage("--with-text is for JSON lines: a cell does not hold an article")
        if data.startswith(b"PK") and output is None and sys.stdout.isatty():
            raise Usage("a workbook is nothing for a terminal: name a file with --output")
    del data
    results = _answered(rows, name, derive=derive, with_text=with_text)
    if table is not None:
        filled = table.filled(results)
    else:
        from api.commands.fill_lines import line_of

        filled = b"".join(line_of(r.answer) for r in results if r.answer is not None)
    if output is None:
        write(filled)
    else:
        with replaced(output) as target:
            target.write(filled)
    _tell(_summary(results), as_json)
    if any(r.error for r in results):
        raise typer.Exit(FAILED)


def _bytes(path: Path | None) -> bytes:
    """What is to be filled. Raises CommandError for more than ``MAX_BYTES``."""
    if path is None:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CommandError(f"{path or 'standard input'}: more than {MAX_BYTES:,} bytes: divide it into several files")
    return data


def _table(data: bytes, name: str, folder: Path, article: Path | None) -> CsvRows | XlsxRows | None:
    """The table that the content is; None for JSON lines. An ending decides only where the content leaves it open."""
    from api.commands.fill_csv import CsvRows
    from api.commands.fill_xlsx import XlsxRows, is_workbook

    if is_workbook(data):
        return XlsxRows(data, name, folder, article)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CommandError(f"{name}: neither JSON lines, CSV nor an XLSX workbook: save it as one of these")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head and not name.lower().endswith((".csv", ".tsv")):
        return None
    if head.startswith((b"{", b"[")) and not name.lower().endswith((".csv", ".tsv")):
        return None
    return CsvRows(data, name, folder, article)


def _answered(rows: Sequence[Row], name: str, *, derive: bool, with_text: bool) -> list[Result]:
    """All rows answered, with a progress bar on standard error where that is a terminal; errors are told at once."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from api.commands.fill_answers import answers, preparer
    from api.commands.streams import at_first_use

    console = messages()
    columns = (TextColumn("filling"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("filling", total=len(rows))

        def done(result: Result) -> None:
            progress.advance(task)
            if result.error:
                warn(f"{name}: {result.row.place}: {result.error}")

        return answers(rows, preparer(at_first_use()), derive=derive, with_text=with_text, done=done)


def _summary(results: Sequence[Result]) -> dict[str, Any]:
    from api.commands.fill_columns import NUMBERS

    given = [r.answer for r in results if r.answer is not None]
    return {
        "rows": len(results),
        "answered": len(given),
        "with_numbers": sum(any(a[c] is not None for c in NUMBERS) for a in given),
        "numbers": sum(a[c] is not None for a in given for c in NUMBERS),
        "derived": sum(bool(q.get("derived")) for a in given for q in a["quotes"]),
        "directions": sum(a["direction_label"] is not None for a in given),
        "failures": [{"row": r.row.place, "id": r.row.id, "error": r.error} for r in results if r.error],
    }


def _tell(summary: dict[str, Any], as_json: bool) -> None:
    from api.wording import counted

    if as_json:
        import json

        typer.echo(json.dumps(summary, ensure_ascii=False), err=True)
        return
    line = f"{counted(summary['rows'], 'row')}, {summary['with_numbers']} with numbers, "
    line += f"{summary['directions']} with a direction, {counted(len(summary['failures']), 'failure')}"
    warn(line)
