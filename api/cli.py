"""The `picograph` command. Everything heavy is imported inside the commands."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands import (
    analysing,
    asking,
    concepts,
    curating,
    explaining,
    fetching,
    filling,
    ingesting,
    scoring,
    serving,
    sparql,
    storing,
    streams,
)
from api.commands.failures import Commands

app = typer.Typer(
    name="picograph",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from api.version import package_version

        typer.echo(f"picograph {package_version()}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|URL",
            envvar="PICOGRAPH_STORE",
            show_default=False,
            help="A folder, a SPARQL 1.1 store, or a running picograph service. By default a folder of your user data.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Evidence of clinical articles as claims: quoted, queryable, and decided on by people.

    \b
    Examples:
      picograph ingest articles/
      picograph query "lenalidomide -> second primary malignancy"
      picograph serve
    """
    ctx.obj = {"store": store}


app.command()(ingesting.ingest)
app.command()(asking.query)
app.command()(asking.show)
app.command()(curating.decide)
app.command()(asking.export)
app.command()(asking.orphans)
app.command()(sparql.sparql)
for analysis in (analysing.map, analysing.network, analysing.conflicts, analysing.similar, analysing.path):
    app.command()(analysis)
app.command()(streams.read)
app.command()(streams.annotate)
app.command()(filling.fill)
app.command()(explaining.explain)
app.command()(concepts.concept)
app.command()(scoring.evaluate)
app.command()(serving.serve)
app.command()(ingesting.demo)
app.add_typer(concepts.terminology, name="terminology")
app.add_typer(storing.store, name="store")
app.add_typer(fetching.fetch, name="fetch")


def main() -> None:
    """Entry point of the console script."""
    app(prog_name="picograph")


if __name__ == "__main__":
    main()
