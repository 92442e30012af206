"""Tables of claims for the terminal: readable at 80 columns and when piped."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from api.claim_schemas import ClaimOut
from api.commands.output import clean
from api.schemas import EvidenceOut
from api.wording import ARMS, counted, excerpt, printed, short_id, study_name, words


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
    pairs = [("", words(claim.intervention)), ("vs", words(claim.comparator)), ("→", words(claim.outcome))]
    pairs.append(("in", words(claim.population)))
    text = _lines(*pairs)
    text.append(f"\n“{clean(excerpt(claim.quote.exact))}”", style="italic")
    return text


def _numbers(claim: ClaimOut) -> Text:
    return _lines(*((f"{arm}:", "; ".join(found)) for arm in ARMS if (found := printed(claim.effects, arm))))


def _reading(claim: ClaimOut) -> Text:
    text = _lines(("", claim.direction or "direction –"), ("", claim.significance or "significance –"))
    if claim.assertion != "stated":
        text.append(f"\n{claim.assertion}")
    if claim.kind != "own result":
        text.append(f"\n{claim.kind}")
    if claim.article.retracted:
        text.append("\nRETRACTED", style="bold red")
    failed = [c for c in claim.checks if c.grade == "error"]
    if failed:
        text.append("\ncheck: " + ", ".join(clean(c.rule) for c in failed), style="red")
    text.append(f"\n{claim.status}", style="bold" if claim.status != "unreviewed" else "")
    text.append(f"\n{short_id(claim.id)}", style="cyan")
    return text


def evidence_table(page: EvidenceOut) -> Table:
    """One row a claim: what it asserts with the words that show it, the numbers as printed, how it reads."""
    table = Table(box=box.HORIZONTALS, show_lines=True, expand=True, pad_edge=False, padding=(0, 1))
    table.add_column("Drug vs comparator → outcome, in whom", ratio=46, overflow="fold")
    table.add_column("Numbers as printed", ratio=28, overflow="fold")
    table.add_column("Direction, status, id", min_width=15, ratio=17, overflow="fold")
    study = None
    for claim in page.claims:
        name = study_name(claim)
        first = _question_part(claim)
        first.append(f"\n{clean(name)}", style="bold" if name != study else "")
        table.add_row(first, _numbers(claim), _reading(claim))
        study = name
    return table


def totals(page: EvidenceOut) -> str:
    """How much there is, and how much of it is shown."""
    line = f"{counted(page.total, 'claim')} of {counted(page.studies, 'study')}"
    if len(page.claims) < page.total:
        line += f"; {len(page.claims)} shown (more with --limit)"
    return line


def plain_table(rows: Sequence[tuple[str, ...]], *headers: str) -> Table:
    """Plain rows under plain headers."""
    table = Table(box=box.HORIZONTALS, pad_edge=False, padding=(0, 1))
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return table
