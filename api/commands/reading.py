"""How a question is read, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.commands.output import clean, out, safe

if TYPE_CHECKING:
    from api.explain_schemas import ExplainedOut, ReadTermOut


def print_explained(told: ExplainedOut) -> None:
    """Names, filters, then the SPARQL as it can be copied."""
    from rich.text import Text

    console = out()
    console.print(Text(clean(told.form), style="bold"))
    for term in told.terms:
        console.print(Text.assemble((f"{term.role:<13}", "dim"), clean(_term(term))))
    for line in (*told.explanation, *told.filters):
        console.print(Text(clean(line), style="dim"))
    console.print()
    console.print(Text(safe(told.sparql)), soft_wrap=True, end="")


def _term(term: ReadTermOut) -> str:
    from api.wording import counted

    read = "; ".join(c.label if not c.narrower else f"{c.label} and {c.narrower:,} narrower" for c in term.concepts)
    return f"{term.term}: {read or 'by words'} ({counted(term.claims, 'claim')} by itself)"
