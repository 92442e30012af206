"""`query`, `show`, `export`, `orphans`: reading what the store holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import clean, messages, out, write, write_json
from api.commands.store import StoreOption, location_of, opened
from api.selection import ExportFormat, Selection
from ingest.claim import ClaimKind, Status

if TYPE_CHECKING:
    from api.claim_schemas import ClaimDetailOut
    from api.schemas import DecisionOut

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def query(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="Such as: lenalidomide -> second primary malignancy")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most so many claims.")] = 50,
    cursor: Annotated[str | None, typer.Option(help="Go on where a --json answer stopped.", show_default=False)] = None,
    as_json: JsonOption = False,
    facets: Annotated[int, typer.Option(min=0, max=1000, help="Count by drug, outcome ...: so many values.")] = 0,
    explain: Annotated[bool, typer.Option("--explain", help="Tell how it is read, with its SPARQL, instead.")] = False,
    store: StoreOption = None,
) -> None:
    """Ask the graph a question and print the evidence.

    \b
    Examples:
      picograph query "lenalidomide -> second primary malignancy"
      picograph query "lenalidomide -> ?" --limit 20 --json
      picograph query "? -> ? status:unreviewed order:uncertain"
      picograph query "lenalidomide or thalidomide -> ? vs placebo in elderly since:2015 n>=100"
      picograph query "lenalidomide -> ?" --facets 10
      picograph query --explain "immunomodulatory drugs -> ? measure:HR"
    """
    if explain:
        with opened(location_of(ctx, store)) as records:
            told = records.explain(question)
        if as_json:
            write_json(told.model_dump(mode="json"))
        else:
            from api.commands.reading import print_explained

            print_explained(told)
        return
    if facets:
        with opened(location_of(ctx, store)) as records:
            spread = records.facets(question, facets)
        if as_json:
            write_json(spread.model_dump(mode="json"))
        else:
            from api.commands.facets import print_facets

            print_facets(spread)
        return
    with opened(location_of(ctx, store)) as records:
        page = records.evidence(question, limit, cursor)
    if as_json:
        write_json(page.model_dump(mode="json"))
        return
    from api.commands.tables import evidence_table, totals

    console = out()
    if page.claims:
        console.print(evidence_table(page))
    console.print(totals(page))
    for line in page.explanation:
        console.print(clean(line), style="dim")


def _decision_line(decision: DecisionOut) -> str:
    changes = ", ".join(f"{c.field}: {c.old!r} → {c.new!r}" for c in decision.changes)
    parts = (decision.verdict, decision.reason, changes, decision.note, f"by {decision.author}", decision.made_at)
    return f"{decision.revision}. " + "; ".join(clean(p) for p in parts if p)


def _print_claim(claim: ClaimDetailOut, history: tuple[DecisionOut, ...]) -> None:
    from rich.text import Text

    from api.wording import graded, place_in_table, printed_effect, source_note, study_name, unchecked, words

    console = out()
    rows = [("claim", claim.id), ("status", f"{claim.status}, revision {claim.revision}"), ("study", study_name(claim))]
    rows += [("article", claim.article.title or "–"), ("", claim.article.id)]
    if (note := source_note(claim.article)) is not None:
        rows += [("", note)]
    rows += [("drug", words(claim.intervention)), ("comparator", words(claim.comparator))]
    rows += [("outcome", words(claim.outcome)), ("population", words(claim.population))]
    rows += [("direction", claim.direction or "–"), ("significance", claim.significance or "–")]
    rows += [("assertion", f"{claim.assertion}, {claim.kind}"), ("confidence", f"{claim.confidence:.2f}")]
    for name, value in rows:
        console.print(Text.assemble((f"{name:<13}", "dim"), clean(value)))
    for number, effect in enumerate(claim.effects):
        note, shown = f"effects[{number}]", printed_effect(claim, number)
        line = Text.assemble((f"{note:<13}", "dim"), f"{effect.arm}, {effect.measure}: {clean(shown)}")
        if effect.table is not None:
            line.append(f" ({clean(place_in_table(effect.table))})", style="dim")
        console.print(line)
    for check in graded(claim):
        told = f"{check.rule}: {check.grade}" + (f" ({check.message})" if check.message else "")
        style = {"error": "red", "note": "yellow"}.get(check.grade, "")
        console.print(Text.assemble((f"{'check':<13}", "dim"), (clean(told), style)))
    if unchecked(claim):
        rules = ", ".join(dict.fromkeys(clean(c.rule) for c in unchecked(claim)))
        console.print(Text(f"{'':<13}not checkable, as a number is not printed: {rules}", style="dim"))
    context = claim.context
    console.print()
    console.print(
        Text.assemble(
            (clean(context.before) + " ", "dim"), ("«" + clean(claim.quote.exact) + "»", "bold"),
            (" " + clean(context.after), "dim"),
        )
    )  # fmt: skip
    if history:
        console.print()
        console.print("History")
        for decision in history:
            console.print(_decision_line(decision))


def show(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(help="The claim's id, or its first six or more digits.")],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show one claim: its quote in context, its numbers, checks and history.

    \b
    Examples:
      picograph show 3f9c2a1b
      picograph show 3f9c2a1b --json
    """
    with opened(location_of(ctx, store)) as records:
        detail, history = records.claim(claim), records.history(claim)
    if as_json:
        write_json(detail.model_dump(mode="json") | history.model_dump(mode="json"))
    else:
        _print_claim(detail, history.decisions)


def export(
    ctx: typer.Context,
    form: Annotated[ExportFormat, typer.Option("--format", "-f", help="What to write.")] = ExportFormat.JSONL,
    status: Annotated[list[Status] | None, typer.Option(help="Only this status; may be repeated.")] = None,
    kind: Annotated[list[ClaimKind] | None, typer.Option(help="Only this kind; may be repeated.")] = None,
    article: Annotated[str | None, typer.Option(help="Only claims of this article.", show_default=False)] = None,
    question: Annotated[str | None, typer.Option(help="Only claims that answer this.", show_default=False)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A file, replaced when all is written.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the graph, or a part of it, to standard output or a file.

    \b
    Examples:
      picograph export > claims.jsonl
      picograph export --status accepted --status corrected -o reviewed.jsonl
      picograph export --format graphml --question "lenalidomide -> ?" -o network.graphml
    """
    from api.commands.files import replaced

    selection = Selection(tuple(status) if status else None, tuple(kind) if kind else None, article, question)
    with opened(location_of(ctx, store)) as records:
        chunks = records.export(form, selection)
        if output is None or str(output) == "-":
            for chunk in chunks:
                write(chunk)
            return
        with replaced(output) as file:
            for chunk in chunks:
                file.write(chunk)
    messages().print(f"wrote {output}", soft_wrap=True)


def orphans(ctx: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List decisions whose claim is gone from its article, to be confirmed by a person.

    \b
    Examples:
      picograph orphans
      picograph orphans --json
    """
    with opened(location_of(ctx, store)) as records:
        found = records.orphans()
    if as_json:
        write_json(found.model_dump(mode="json"))
    elif not found.decisions:
        messages().print("no orphaned decisions")
    else:
        from api.commands.tables import plain_table
        from api.wording import short_id

        rows = [
            (short_id(d.claim), d.article, d.verdict, d.reason or "–", d.author, d.made_at) for d in found.decisions
        ]
        out().print(plain_table(rows, "Claim", "Article", "Verdict", "Reason", "Author", "Made"))
