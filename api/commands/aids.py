"""The aids of the language model that a command leaves out, to see what each of them gives."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ingest.aids import Aids


class Aid(StrEnum):
    """The aids; the names are those of ``ingest.aids.Aids``."""

    DICTIONARY = "dictionary"
    TERMINOLOGY = "terminology"
    CONSISTENCY = "consistency"
    ABBREVIATIONS = "abbreviations"
    MEASURES = "measures"
    ROLES = "roles"


WithoutOption = Annotated[
    list[Aid] | None,
    typer.Option(metavar="AID", show_default=False, help="Leave out an aid of the language model; may be repeated."),
]


def aids_but(without: Sequence[Aid] | None) -> Aids:
    """All aids but those."""
    from ingest.aids import Aids

    return Aids(**{aid.value: False for aid in without or ()})
