"""`explain`: how the claims of a text came about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.asking import JsonOption
from api.commands.failures import CommandError, Usage
from api.commands.output import clean, messages, out, write_json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from ingest.article import Article
    from ingest.claim import Claim
    from ingest.explain import Explained, Explanation

STYLES = {
    "arm": "magenta",
    "outcome": "yellow",
    "population": "green",
    "figure": "cyan",
    "refused": "bold red",
    "claim": "bold",
    "error": "red",
    "note": "yellow",
}
"""Colours of the first column, where the terminal has any."""
LONGEST_NUMBER = 10
"""Digits from which on a number is neither a place in a file nor a PMID."""
QUOTED = 160
"""Code points of the article's words in one line; a sentence is shown whole above them."""


def explain(
    text: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="The words themselves, a file, or standard input.")
    ],
    claim: Annotated[
        str | None, typer.Option(metavar="ID", show_default=False, help="Only this claim: its id, or how that begins.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", show_default=False, help="Write a picture there instead.")
    ] = None,
    wanted: Annotated[
        str | None,
        typer.Option(
            "--article",
            metavar="ID|N",
            show_default=False,
            help="Which article of a file of several: its id or number.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell how the claims of a text came about, sentence by sentence.

    What was recognised (arms, outcomes, populations, numbers with the pattern that read them), which rule assigned the
    arms, how values were shared out, which words gave the direction, what was refused and why; then the claims with
    their checks. Sentences in which nothing was recognised are left out. No store is needed.

    \b
    Examples:
      picograph explain "Death occurred in 5% with lenalidomide and in 9% with placebo (P = .03)."
      picograph explain trial.md --html trial.html
      picograph explain trial.md --claim 3f9c2a1b
      curl -s https://example.org/article.txt | picograph explain - --json
    """
    from api.settings import Settings
    from ingest import explain as explaining
    from ingest.pipeline import load_pipeline

    if as_json and picture is not None:
        raise Usage("--json and --html exclude each other")
    article = _article(text, wanted)
    told = explaining.explain(load_pipeline(Settings().model), article)
    if claim is not None:
        told = told.only(claim)
        if not told.claims:
            raise CommandError(f"no claim of this text has the id {claim}; without --claim all are shown")
    if picture is not None:
        from api.commands.files import replaced
        from ingest.explain_html import page

        with replaced(picture) as file:
            file.write(page(told).encode("utf-8"))
        messages().print(f"wrote {picture}", soft_wrap=True)
    elif as_json:
        write_json(explaining.explanation_json(told))
    else:
        _print(told, out())


def _article(given: str, wanted: str | None) -> Article:
    """The text itself, or the file of that name. Raises Usage for what looks like a file and is none, CommandError."""
    from ingest.readers.errors import ReadError, SeveralArticlesError
    from ingest.readers.files import read_article, read_bytes
    from ingest.readers.table import ENDINGS

    try:
        path = Path(given) if given == "-" else _file(given)
        if path is not None:
            number = wanted is not None and wanted.isdecimal() and len(wanted) < LONGEST_NUMBER
            return read_article(path, wanted=int(wanted) if number and wanted else wanted)
        if not given.strip():
            raise Usage("there is no text")
        if " " not in given.strip() and (given.lower().endswith(ENDINGS) or "/" in given):
            raise Usage(f"there is no file {given}")
        return read_bytes(given.encode("utf-8", "replace"), "text")
    except SeveralArticlesError as error:
        raise CommandError(f"{error}: name it with --article") from error
    except ReadError as error:
        raise CommandError(str(error)) from error


def _file(given: str) -> Path | None:
    try:
        return Path(given) if Path(given).is_file() else None
    except (OSError, ValueError):  # a text is no name of a file: too long, or with a null character
        return None


def _print(told: Explanation, console: Console) -> None:
    from rich.text import Text

    for sentence in told.sentences:
        if sentence.marks or sentence.decisions or sentence.claims:
            head = " · ".join(dict.fromkeys(clean(p) for p in (sentence.section, sentence.name) if p))
            console.print(Text(f"[{head}]", style="dim"))
            console.print(Text(clean(sentence.span.of(told.article.text)), style="bold"))
            console.print(_rows(_sentence_lines(sentence, told)))
            console.print()
    if told.article.no_evidence:
        console.print(Text(f"No claims are read from this article: {clean(told.article.no_evidence)}"))
    console.print(Text(f"{len(told.claims)} claim{'' if len(told.claims) == 1 else 's'}", style="bold"))
    for number, claim in enumerate(told.claims, 1):
        console.print()
        console.print(_rows([(f"claim {number}", claim.id), *_claim_lines(claim)]))
    if told.dropped:
        console.print(f"{told.dropped} more notes were not kept")


def _rows(lines: list[tuple[str, str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=14, no_wrap=True)
    table.add_column(overflow="fold")
    for label, words in lines:
        style = STYLES.get(label.split(" ")[0], "dim")
        table.add_row(Text(f"  {label}", style=style), Text(clean(words)))
    return table


def _sentence_lines(sentence: Explained, told: Explanation) -> list[tuple[str, str]]:
    text = told.article.text
    lines = [(m.label, f"“{_cut(m.span.of(text))}” {_about(m.rule, m.text)}") for m in sentence.marks]
    ids = [c.id for c in told.claims]
    for e in sentence.decisions:
        if e.step == "claim":
            number = f"claim {ids.index(e.rule) + 1}" if e.rule in ids else "joined to another claim"
            lines.append(("claim", f"{number}: {e.text}"))
        elif e.step == "words":
            lines.append(("words", f"“{_cut(e.span.of(text))}” gives {e.rule}: {e.text}"))
        elif e.step == "merged":
            lines.append(("merged", f"{e.rule}" + (f", with claim {ids.index(e.text) + 1}" if e.text in ids else "")))
        else:
            whole = e.span.start <= sentence.span.start and e.span.end >= sentence.span.end
            words = "" if whole or e.step != "refused" else f" “{_cut(e.span.of(text))}”"
            lines.append((e.step, e.rule + words + (f": {e.text}" if e.text else "")))
    return lines


def _cut(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= QUOTED else flat[:QUOTED] + "…"


def _about(rule: str, told: str) -> str:
    return f"({rule})" + (f" {told}" if told else "")


def _claim_lines(claim: Claim) -> Iterator[tuple[str, str]]:
    from ingest.claim import Grade
    from ingest.explain import about_mention, slots_of

    yield "quote", f"“{claim.quote.exact}”" + (f" ({claim.quote.table})" if claim.quote.table else "")
    for name, mention in slots_of(claim):
        if mention is not None:
            known = about_mention(mention)
            yield name, mention.text + (f" ({known})" if known else "")
    for e in claim.effects:
        yield (
            "number",
            f"{e.arm.value}, {e.measure.value}: {e.text}" + "".join(f", {s}" for s in (e.timepoint, e.table) if s),
        )
    basis = f" by {claim.direction_basis}" if claim.direction_basis else ""
    yield "direction", f"{claim.direction or '–'}{basis}; {claim.significance or 'significance –'}"
    yield "assertion", f"{claim.assertion}, {claim.kind}, confidence {claim.confidence:.2f}"
    for quote in claim.restatements:
        yield "said again", f"“{_cut(quote.exact)}”"
    for check in claim.checks:
        if check.grade is not Grade.NOT_CHECKABLE:
            yield check.grade.value, f"{check.rule}: {check.message}"
    missing = dict.fromkeys(c.rule for c in claim.checks if c.grade is Grade.NOT_CHECKABLE)
    if missing:
        yield "unchecked", ", ".join(missing)
