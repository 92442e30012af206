"""`fetch`: articles of PubMed, PMC, Europe PMC and ClinicalTrials.gov into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.asking import JsonOption
from api.commands.fetch_run import run_fetch
from api.commands.store import StoreOption

DEFAULT_LIMIT = 100

fetch = typer.Typer(
    name="fetch",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Fetch articles of PubMed, PMC, Europe PMC or ClinicalTrials.gov into a folder, ready for `picograph ingest`.

    What is there and whole is not fetched again, so the same command goes on where an earlier run stopped.
    PICOGRAPH_EMAIL says who to write to when requests make trouble; please set it.

    \b
    Examples:
      picograph fetch pubmed "lenalidomide AND randomized controlled trial[pt]" --limit 200
      picograph fetch clinicaltrials NCT00114101 --to trials --ingest
    """,
)

WordsArgument = Annotated[list[str], typer.Argument(metavar="ID...|QUERY", help="Ids, or one query in quotes.")]
ToOption = Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder; made where it is not there.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Articles of a query, at most.")]
AgainOption = Annotated[bool, typer.Option("--again", help="Fetch anew what is there.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Count only: nothing is fetched or written.")]
IngestOption = Annotated[bool, typer.Option("--ingest", help="Read the files into the store afterwards.")]

HERE = Path("articles")


@fetch.command()
def pubmed(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Records of PubMed, most with an abstract, as XML, up to 200 in a file; by PMIDs or by a query as PubMed takes it.

    \b
    Examples:
      picograph fetch pubmed "lenalidomide AND randomized controlled trial[pt] AND 2020:2024[dp]"
      picograph fetch pubmed 22571200 22571201 --to trials
      picograph fetch pubmed "multiple myeloma[majr]" --dry-run
    """
    run_fetch("pubmed", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def pmc(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Full texts of PMC as JATS XML, by PMCIDs or a query, where the publisher lets PMC give them.

    \b
    Examples:
      picograph fetch pmc PMC3083310 PMC4521243
      picograph fetch pmc "lenalidomide[ti] AND open access[filter]" --limit 20 --ingest
    """
    run_fetch("pmc", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def europepmc(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    full_text: Annotated[
        bool, typer.Option("--full-text/--abstracts", help="Full texts where they are open, or abstracts only.")
    ] = True,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Articles of Europe PMC, preprints too: the full text as JATS XML where it is open, else the abstract as JSON.

    \b
    Examples:
      picograph fetch europepmc 'TITLE:lenalidomide AND PUB_TYPE:"randomized controlled trial"'
      picograph fetch europepmc PMC3083310 PPR170401 22571200
      picograph fetch europepmc "myeloma AND OPEN_ACCESS:y" --abstracts --limit 500
    """
    name = "europepmc" if full_text else "europepmc abstracts"
    run_fetch(name, words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)


@fetch.command()
def clinicaltrials(
    ctx: typer.Context,
    words: WordsArgument,
    to: ToOption = HERE,
    limit: LimitOption = DEFAULT_LIMIT,
    again: AgainOption = False,
    dry_run: DryOption = False,
    ingest: IngestOption = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Records of ClinicalTrials.gov with their results, as JSON, one study in a file, by NCT numbers or a query.

    \b
    Examples:
      picograph fetch clinicaltrials NCT00114101 NCT00430365
      picograph fetch clinicaltrials "lenalidomide AND AREA[ResultsFirstPostDate]RANGE[MIN,MAX]" --ingest
    """
    run_fetch("clinicaltrials", words, to, limit, again, dry_run, ctx if ingest else None, as_json, store)
