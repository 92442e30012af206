"""Tables of claims for the terminal: readable at 80 columns and when piped."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.claim_schemas import ClaimOut
from api.commands.output import clean
from api.schemas import EvidenceOut
from api.wording import (
    ARMS,
    counted,
    excerpt,
    place_in_table,
    printed,
    short_id,
    source_note,
    standing,
    study_name,
    tellings,
    words,
)


def _lines(*pairs: tuple[str, str]) -> Text:
    text = Text()
    for label, value in pairs:
        if text.plain:
            text.append("\n")
        if label:
            text.append(f"{label} ", style="dim")
        text.append(clean(value))
    return text


def _question_part(claim: ClaimOut) -> Text:
    slots = (("vs", claim.comparator), ("→", claim.outcome), ("in", claim.population))
    named = [(label, words(mention)) for label, mention in slots if mention is not None]
    return _lines(("", words(claim.intervention)), *named)


def _numbers(claim: ClaimOut) -> Text:
    return _lines(*((f"{arm}:", "; ".join(found)) for arm in ARMS if (found := printed(claim, arm))))


def _reading(claim: ClaimOut) -> Text:
    text = _lines(("", claim.direction or "direction –"), ("", claim.significance or "significance –"))
    if claim.assertion != "stated":
        text.append(f"\n{claim.assertion}")
    if claim.kind != "own result":
        text.append(f"\n{claim.kind}")
    for flag in standing(claim.article):
        text.append(f"\n{flag.upper()}", style="bold red")
    for grade, label, style in (("error", "check", "red"), ("note", "note", "yellow")):
        rules = dict.fromkeys(clean(c.rule) for c in claim.checks if c.grade == grade)
        if rules:
            text.append(f"\n{label}: " + ", ".join(rules), style=style)
    text.append(f"\nconfidence {claim.confidence:.2f}", style="dim")
    text.append(f"\n{claim.status}", style="bold" if claim.status != "unreviewed" else "")
    text.append(f"\n{short_id(claim.id)}", style="cyan")
    return text


def _columns(*cells: RenderableType) -> Table:
    """Three columns of the same widths in every row, so that they stand below each other."""
    grid = Table.grid(expand=True, padding=(0, 2, 0, 0))
    grid.add_column(ratio=42, overflow="fold")
    grid.add_column(ratio=36, overflow="fold")
    grid.add_column(min_width=16, ratio=20, overflow="fold")
    grid.add_row(*cells)
    return grid


def _words_part(claim: ClaimOut) -> Text:
    text = Text.assemble((clean(study_name(claim)), "bold"))
    if (note := source_note(claim.article)) is not None:
        text.append(f" · {clean(note)}", style="dim")
    if claim.quote.table is not None:
        text.append(f" · {clean(place_in_table(claim.quote.table))}", style="dim")
    for said, told in tellings(claim):
        text.append(f"\n{said} {clean(told.title or told.article)} ({clean(told.kind)})", style="dim")
    return text.append(f"\n“{clean(excerpt(claim.quote.exact))}”", style="italic")


def evidence_table(page: EvidenceOut) -> Table:
    """One row a claim: what it asserts, the numbers as printed, how it reads; below, the study and its words."""
    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, pad_edge=False, padding=0)
    table.add_column(_columns("Drug vs comparator → outcome", "Numbers as printed", "Direction, id"))
    for claim in page.claims:
        table.add_row(Group(_columns(_question_part(claim), _numbers(claim), _reading(claim)), _words_part(claim)))
    return table


def totals(page: EvidenceOut) -> str:
    """How much there is, and how much of it is shown."""
    line = f"{counted(page.total, 'claim')} of {counted(page.studies, 'study')}"
    if len(page.claims) < page.total:
        line += f"; {len(page.claims)} shown (more with --limit)"
    return line


def plain_table(rows: Sequence[tuple[str, ...]], *headers: str) -> Table:
    """Plain rows under plain headers."""
    table = Table(box=box.HORIZONTALS, pad_edge=False, padding=(0, 1, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return table
