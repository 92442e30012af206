"""`decide`: a curator's verdict on a claim."""

from __future__ import annotations

import json
import math
from typing import Annotated, Any

import typer

from api.commands.asking import JsonOption
from api.commands.failures import Usage
from api.commands.output import messages, write_json
from api.commands.store import StoreOption, location_of, opened
from graph.model import Reason, Verdict


def parse_assignment(assignment: str) -> tuple[str, Any]:
    """``field=value``; the value is JSON, else the words themselves. Raises Usage.

    >>> parse_assignment("effects[0].value=16.6"), parse_assignment("population.text=over 74 years")
    (('effects[0].value', 16.6), ('population.text', 'over 74 years'))
    """
    field, equals, value = assignment.partition("=")
    if not equals or not field.strip():
        raise Usage(f"--set needs FIELD=VALUE, such as effects[0].value=16.6; got {assignment!r}")
    try:
        return field.strip(), json.loads(value, parse_constant=_no_constant, parse_float=_finite)
    except ValueError:
        return field.strip(), value


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    """The number; ValueError where it is too large for one, so that the store tells of it as it was typed."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number


def decide(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(help="The claim's id, or its first six or more digits.")],
    verdict: Annotated[Verdict, typer.Argument(help="What you decide.")],
    author: Annotated[str, typer.Option(envvar="PICOGRAPH_AUTHOR", help="Who decides.")],
    assignments: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A corrected field; may be repeated.")
    ] = None,
    reason: Annotated[Reason | None, typer.Option(help="Why; needed to reject.", show_default=False)] = None,
    note: Annotated[str | None, typer.Option(help="In your words.", show_default=False)] = None,
    expect_revision: Annotated[
        int | None, typer.Option(min=0, help="Stop if the claim is at another revision.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Accept, reject or correct a claim. Decisions are appended; earlier ones stay readable.

    \b
    Examples:
      picograph decide 3f9c2a1b accept --author "A. Reader"
      picograph decide 3f9c2a1b reject --reason not-a-claim --author "A. Reader"
      picograph decide 3f9c2a1b correct --set effects[0].value=16.6 --reason wrong-number --author "A. Reader"
    """
    from api.schemas import ChangeIn, DecisionIn

    if not author.strip():
        raise Usage("--author needs a name")
    changes = tuple(ChangeIn(field=f, value=v) for f, v in map(parse_assignment, assignments or ()))
    if (verdict is Verdict.CORRECT) != bool(changes):
        raise Usage("correct needs --set FIELD=VALUE" if not changes else f"--set goes with correct, not {verdict}")
    decision = DecisionIn(
        verdict=verdict.value,
        author=author,
        reason=None if reason is None else reason.value,
        note=note,
        changes=changes,
    )
    with opened(location_of(ctx, store)) as records:
        detail = records.decide(claim, decision, expect_revision)
    if as_json:
        write_json(detail.model_dump(mode="json"))
    else:
        messages().print(f"{detail.id} is {detail.status}, revision {detail.revision}", soft_wrap=True)
