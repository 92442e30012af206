"""Small articles with a table, and what is read from them in a form that a test can write down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Article, ArticleKind, SectionKind, article_iri
from ingest.claim import Claim, Effect
from ingest.pipeline import load_pipeline
from ingest.readers.building import TextBuilder
from ingest.readers.raw_tables import RawCell, RawTable

TITLE = "Zelotrexin versus placebo in adults with migraine"
PROSE = "In total 240 adults were randomly assigned to zelotrexin (n = 120) or placebo (n = 120)."


@dataclass(frozen=True)
class Sheet:
    """A table as lines of cells parted by ``|``; the first ``heads`` lines are its head. ``>`` sets a cell in."""

    lines: Sequence[str]
    caption: str = "Outcomes"
    notes: Sequence[str] = ()
    heads: int = 1
    label: str = "Table 2"


def article(sheet: Sheet, prose: str = PROSE, title: str = TITLE) -> Article:
    """An article with its title, a paragraph of results and the table."""
    building = TextBuilder()
    building.title(title)
    building.heading("Results", kind=SectionKind.RESULTS)
    building.paragraph(prose)
    rows = [[_cell(words) for words in line.split("|")] for line in sheet.lines]
    building.table(RawTable(rows, sheet.label, sheet.caption, sheet.notes, sheet.heads, "t2"))
    built = building.finish()
    iri = article_iri(given="made", sha256="0")
    return Article(iri, built.text, ArticleKind.FULL_TEXT, sections=built.sections, title=title, tables=built.tables)


def _cell(words: str) -> RawCell:
    """``++`` behind the words: it covers so many columns more; ``>`` before them sets it in."""
    words = words.strip()
    across = 1 + len(words) - len(words.rstrip("+"))
    return RawCell([(words.rstrip("+").lstrip(">").strip(), False)], columns=across, indent=2 * words.startswith(">"))


def claims(sheet: Sheet, prose: str = PROSE, title: str = TITLE) -> tuple[Claim, ...]:
    """All claims whose numbers stand in the table."""
    read = load_pipeline().read(article(sheet, prose, title)).claims
    return tuple(c for c in read if any(e.table is not None for e in c.effects))


def told(claim: Claim) -> tuple[str | None, str | None, str]:
    """Who is compared with whom on what; the outcome with its whole name where its words are not all."""
    names = [None if m is None else m.text for m in (claim.intervention, claim.comparator)]
    return names[0], names[1], claim.outcome.label or claim.outcome.text


def printed(effect: Effect) -> tuple[str, str, str, float | None]:
    """The arm, what is measured, the words and the value of a number."""
    return effect.arm.value, effect.measure.value, effect.text, effect.value
