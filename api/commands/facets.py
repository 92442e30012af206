"""The facets of an answer in the terminal."""

from __future__ import annotations

from api.commands.output import clean, out
from api.commands.tables import plain_table
from api.facet_schemas import FacetsOut


def print_facets(found: FacetsOut) -> None:
    """One table: the values of each facet with their claims and studies; what is left out is counted."""
    rows: list[tuple[str, str, str, str]] = []
    for name, facet in found.facets.items():
        for number, value in enumerate(facet.values):
            rows.append(("" if number else name, clean(value.value), f"{value.claims:,}", f"{value.studies:,}"))
        if (more := facet.distinct - len(facet.values)) > 0:
            rows.append(("", f"and {more:,} more", "", ""))
    console = out()
    console.print(plain_table(rows, "", "Value", "Claims", "Studies"))
    console.print(f"{found.total:,} claims of {found.studies:,} studies")
    for line in found.explanation:
        console.print(clean(line), style="dim")
