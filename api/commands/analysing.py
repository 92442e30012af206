"""`map`, `network`, `conflicts`, `similar`, `path`: what the evidence as a whole says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import messages, out, write, write_json
from api.commands.store import StoreOption, location_of, opened

ALL = "? -> ?"


class Form(StrEnum):
    """A file to write an analysis to."""

    GRAPHML = "graphml"
    CYTOSCAPE = "cytoscape"
    CSV = "csv"
    MATRIX = "matrix"


QuestionArgument = Annotated[str, typer.Argument(metavar="QUESTION", help="Selects the evidence; all of it without.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
FormOption = Annotated[
    Form | None, typer.Option("--format", "-f", help="Write this instead; matrix is for map.", show_default=False)
]
OutOption = Annotated[Path | None, typer.Option("-o", "--output", help="A file, replaced when all is written.")]


def _answer(
    ctx: typer.Context,
    store: str | None,
    kind: str,
    about: dict[str, str | int | None],
    as_json: bool,
    form: Form | None,
    output: Path | None,
) -> None:
    """Ask, and print or write. Without a form a file gets JSON."""
    from api.commands.failures import Usage
    from api.services.analyses import Asked, Kind
    from graph.analyses.files import FileFormat

    if form is Form.MATRIX and kind != "map":
        raise Usage("only map can be written as a matrix", param_hint="--format")
    if as_json and form is not None:
        raise Usage("--json and --format do not go together", param_hint="--json")
    asked = Asked(Kind(kind), **about)  # type: ignore[arg-type]
    with opened(location_of(ctx, store)) as records:
        if form is not None:
            data = records.analysis_file(asked, FileFormat(form.value))
        else:
            found = records.analysis(asked)
    if form is None and output is None and not as_json:
        from api.commands.analysis_tables import tables

        console = out()
        for part in tables(found):
            console.print(part)
    elif form is None and output is None:
        write_json(found.model_dump(mode="json"))
    else:
        _keep(data if form is not None else found.model_dump_json(indent=2).encode() + b"\n", output)


def _keep(data: bytes, output: Path | None) -> None:
    from api.commands.files import replaced

    if output is None or str(output) == "-":
        write(data)
        return
    with replaced(output) as file:
        file.write(data)
    messages().print(f"wrote {output}", soft_wrap=True)


def map(
    ctx: typer.Context,
    question: QuestionArgument = ALL,
    drugs: Annotated[int, typer.Option(min=1, max=500, help="At most so many rows.")] = 40,
    outcomes: Annotated[int, typer.Option(min=1, max=500, help="At most so many columns.")] = 25,
    up: Annotated[int, typer.Option(min=0, max=10, help="Steps to broader concepts.")] = 0,
    as_json: JsonOption = False,
    form: FormOption = None,
    output: OutOption = None,
    store: StoreOption = None,
) -> None:
    """Drugs against outcomes: how many studies, what they found, whether they disagree.

    \b
    Examples:
      picograph map
      picograph map "? -> ? in myeloma" --up 1
      picograph map "lenalidomide -> ?" --format matrix -o map.csv
    """
    about: dict[str, str | int | None] = {"question": question, "drugs": drugs, "outcomes": outcomes, "up": up}
    _answer(ctx, store, "map", about, as_json, form, output)


def network(
    ctx: typer.Context,
    question: QuestionArgument = ALL,
    as_json: JsonOption = False,
    form: FormOption = None,
    output: OutOption = None,
    store: StoreOption = None,
) -> None:
    """Treatments that were compared, and whether a network meta-analysis is possible.

    \b
    Examples:
      picograph network '? -> "overall survival" in myeloma'
      picograph network '? -> "overall survival"' --format graphml -o network.graphml
    """
    _answer(ctx, store, "network", {"question": question}, as_json, form, output)


def conflicts(
    ctx: typer.Context,
    question: QuestionArgument = ALL,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many conflicts.")] = 50,
    as_json: JsonOption = False,
    form: FormOption = None,
    output: OutOption = None,
    store: StoreOption = None,
) -> None:
    """Studies whose results on a drug and an outcome do not go together, with their words.

    \b
    Examples:
      picograph conflicts
      picograph conflicts "lenalidomide -> ?" --json
    """
    _answer(ctx, store, "conflicts", {"question": question, "limit": limit}, as_json, form, output)


def similar(
    ctx: typer.Context,
    question: QuestionArgument = ALL,
    to: Annotated[str | None, typer.Option(help="Only pairs with this drug.", show_default=False)] = None,
    shared: Annotated[int, typer.Option(min=1, max=100, help="Outcomes that both must have.")] = 2,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many pairs.")] = 50,
    as_json: JsonOption = False,
    form: FormOption = None,
    output: OutOption = None,
    store: StoreOption = None,
) -> None:
    """Drugs of which studies found the same, and the outcomes that make them alike.

    \b
    Examples:
      picograph similar
      picograph similar --to lenalidomide --shared 1
    """
    about: dict[str, str | int | None] = {"question": question, "to": to, "shared": shared, "limit": limit}
    _answer(ctx, store, "similar", about, as_json, form, output)


def path(
    ctx: typer.Context,
    start: Annotated[str, typer.Argument(metavar="FROM", help="A drug, outcome or population.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Another one.")],
    question: Annotated[str, typer.Option(help="Selects the evidence.")] = ALL,
    number: Annotated[int, typer.Option(min=1, max=10, help="So many ways.")] = 1,
    as_json: JsonOption = False,
    form: FormOption = None,
    output: OutOption = None,
    store: StoreOption = None,
) -> None:
    """The shortest way of evidence between two concepts, each step with its words.

    \b
    Examples:
      picograph path dexamethasone "second primary malignancy"
      picograph path thalidomide rituximab --number 3
    """
    about: dict[str, str | int | None] = {"question": question, "start": start, "goal": to, "number": number}
    _answer(ctx, store, "path", about, as_json, form, output)
