"""`evaluate`: the reader against the bundled gold claims, or the annotator against public corpora."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.aids import WithoutOption, aids_but
from api.commands.asking import JsonOption
from api.commands.failures import Usage
from api.commands.output import messages, out, write_json

if TYPE_CHECKING:
    from corpus.counts import Counts

RATIOS = ("recall", "precision", "comparator", "direction", "significance", "assertion", "study")
LEGEND = (
    "Extra: read, sound, but not in the gold. Unsound: words or numbers that do not stand there. "
    "Arm: numbers under the wrong arm."
)
COUNTS = ("gold", "claims", "found", "spurious", "unsound", "wrong_arm")


class Split(StrEnum):
    """Parts of a corpus."""

    DEV = "dev"
    TRAIN = "train"
    TEST = "test"


def _as_json(counts: Counts) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(counts) | {name: getattr(counts, name) for name in RATIOS}


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    numbers = [str(getattr(counts, count)) for count in COUNTS]
    ratios = [getattr(counts, ratio) for ratio in RATIOS[:2]]
    return (name, *numbers, *("–" if r is None else f"{r:.2f}" for r in ratios))


def evaluate(
    corpora: Annotated[
        Path | None, typer.Option(metavar="FOLDER", show_default=False, help="Score annotations on the corpora there.")
    ] = None,
    corpus: Annotated[
        list[str] | None, typer.Option(metavar="NAME", show_default=False, help="Only this corpus; may be repeated.")
    ] = None,
    split: Annotated[
        Split | None, typer.Option(show_default=False, help="The part of each corpus; without it dev, else train.")
    ] = None,
    without: WithoutOption = None,
    sentences: Annotated[bool, typer.Option("--sentences", help="Score the suite of result sentences.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Score the claims read from the bundled articles against their gold claims.

    Found claims are gold claims that were read with their numbers under the right arm. Unsound claims hold words or
    numbers that the article does not have there; there should be none. No store is needed.

    With --corpora the annotations are scored instead, on the public corpora in that folder, a folder for each, with
    files such as dev.jsonl. docs/quality.md says which there are and what is measured on them.

    With --sentences some 200 result sentences are read, and what is right, left out and wrong is told by phenomenon.

    \b
    Examples:
      picograph evaluate
      picograph evaluate --sentences
      picograph evaluate --json > scores.json
      picograph evaluate --corpora corpora/ --corpus rct-art --corpus bc5cdr
      picograph evaluate --corpora corpora/ --corpus bc5cdr --without terminology
    """
    if corpora is not None:
        if sentences:
            raise Usage("--sentences and --corpora are two measures: give one of them")
        from api.commands.corpora import evaluate_corpora

        evaluate_corpora(corpora, corpus or (), split.value if split else None, aids_but(without), as_json)
        return
    if corpus or split or without:
        raise Usage("--corpus, --split and --without go with --corpora FOLDER")
    if sentences:
        from api.commands.sentences import evaluate_sentences

        evaluate_sentences(as_json)
        return
    from rich.progress import track

    from api.settings import Settings
    from api.version import package_version
    from corpus.counts import Counts
    from corpus.load import gold_docs
    from corpus.score import score
    from ingest.claim_json import to_json
    from ingest.pipeline import load_pipeline
    from ingest.readers.files import read_bytes

    pipeline = load_pipeline(Settings().model)
    scored: dict[str, Counts] = {}
    console = messages()
    docs = list(gold_docs())
    for doc in track(docs, "reading", console=console, transient=True, disable=not console.is_terminal):
        reading = pipeline.read(read_bytes(doc.text.encode("utf-8"), doc.article))
        scored[doc.article] = score(doc, [to_json(claim, reading.article) for claim in reading.claims])
    total = sum(scored.values(), Counts())
    if as_json:
        write_json(
            {
                "picograph": package_version(),
                "pipeline": pipeline.VERSION,
                "total": _as_json(total),
                "articles": {name: _as_json(counts) for name, counts in scored.items()},
            }
        )
        return
    from api.commands.tables import plain_table

    rows = [_row(name.removesuffix(".md"), counts) for name, counts in scored.items()]
    headers = ("Article", "Gold", "Read", "Found", "Extra", "Unsound", "Arm", "Rec.", "Prec.")
    out().print(plain_table([*rows, _row("all", total)], *headers))
    out().print(LEGEND, style="dim")
    told = ", ".join(f"{name} {value:.2f}" for name in RATIOS[2:] if (value := getattr(total, name)) is not None)
    out().print(f"Of the claims found: {told}" if told else "Nothing was found")
