"""`sparql`: any question at all, within limits."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.failures import Usage
from api.commands.output import clean, out, write
from api.commands.store import StoreOption, location_of, opened

LONGEST = 1_000_000
"""Characters of a file that may be a query; the limit of queries is a setting, and lower."""


class AnswerFormat(StrEnum):
    """How an answer is printed: the first four are for SELECT and ASK, the others for CONSTRUCT and DESCRIBE."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read(LONGEST)
    if not query.endswith((".rq", ".sparql")):
        return query
    with Path(query).open(encoding="utf-8") as file:
        return file.read(LONGEST)


def sparql(
    ctx: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY|FILE|-", help="A query, a file .rq or .sparql, or - to read it.")
    ],
    form: Annotated[
        AnswerFormat | None,
        typer.Option("--format", "-f", show_default=False, help="Instead of a table, or of Turtle."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json; jsonld for a graph.")] = False,
    store: StoreOption = None,
) -> None:
    """Ask the store a SPARQL 1.1 query, within the limits that a service has.

    \b
    Examples:
      picograph sparql "SELECT * { ?s ?p ?o } LIMIT 5"
      picograph sparql query.rq --format csv > answer.csv
      picograph sparql "DESCRIBE ?claim { ?claim a ?type } LIMIT 1" --json
    """
    if as_json and form is not None:
        raise Usage("--json or --format, not both")
    try:
        text = _text(query)
    except UnicodeDecodeError as error:
        raise Usage(f"the query is not UTF-8: {error}") from error
    with opened(location_of(ctx, store)) as records:
        wanted = form.value if form is not None else None
        if as_json:
            from api.sparql.screening import outline

            wanted = "json" if outline(text).form in ("select", "ask") else "jsonld"
        answer = records.sparql(text, wanted)
    if form is not None or as_json or answer.form != "json":
        write(answer.body if answer.body.endswith(b"\n") or not answer.body else answer.body + b"\n")
        return
    from api.commands.tables import plain_table
    from api.sparql.table import table_of
    from api.wording import counted

    table = table_of(answer)
    if table.text is not None:
        out().print(table.text)
        return
    if table.names and table.rows:
        rows = [tuple(clean(cell.text) for cell in row) for row in table.rows]
        out().print(plain_table(rows, *(f"?{name}" for name in table.names)))
    shown = f", of which the first {len(table.rows)} are shown" if len(table.rows) < table.total else ""
    out().print(counted(table.total, "row") + shown)
