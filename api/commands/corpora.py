"""`evaluate --corpora`: annotations against public corpora, one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.failures import FAILED, CommandError, Usage, warn
from api.commands.output import messages, out, write_json

if TYPE_CHECKING:
    from corpus.agreement import Agreement
    from corpus.corpora import Pass
    from ingest.aids import Aids

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """One row of the table: a measure of one label on one part of a corpus."""

    corpus: str
    split: str
    texts: int
    measure: str
    label: str
    agreement: Agreement

    def as_json(self) -> dict[str, Any]:
        """With the ratios, null where there is nothing to divide."""
        agreement = self.agreement
        ratios = {"precision": agreement.precision, "recall": agreement.recall, "f1": agreement.f1}
        counts = {"hits": agreement.hits, "extra": agreement.extra, "missed": agreement.missed}
        names = {"corpus": self.corpus, "split": self.split, "texts": self.texts}
        return names | {"measure": self.measure, "label": self.label} | ratios | counts

    def as_row(self) -> tuple[str, ...]:
        """For people; nothing to divide is a dash."""
        agreement = self.agreement
        ratios = (agreement.precision, agreement.recall, agreement.f1)
        shown = ("–" if ratio is None else f"{ratio:.3f}" for ratio in ratios)
        return (self.measure, self.label, *shown)


def _chosen(corpora: Sequence[str]) -> list[str]:
    from corpus.corpora import NAMES

    unknown = [name for name in corpora if name not in NAMES]
    if unknown:
        raise Usage(f"no corpus is called {unknown[0]!r}; known: {', '.join(NAMES)}")
    return [name for name in NAMES if not corpora or name in corpora]


def _files(
    folder: Path, corpora: Sequence[str], split: str | None
) -> tuple[dict[str, tuple[str, Path]], dict[str, str]]:
    """By corpus its part and file, or why it is skipped. Without ``split``: dev, else train."""
    from corpus.corpora import splits_of

    files: dict[str, tuple[str, Path]] = {}
    skipped: dict[str, str] = {}
    for name in corpora:
        there = splits_of(folder, name)
        wanted = split or ("dev" if "dev" in there else "train")
        if wanted in there:
            files[name] = (wanted, there[wanted])
        elif there:
            skipped[name] = f"no {wanted} part; there is {', '.join(there)}"
        else:
            skipped[name] = f"no files in {folder / name}"
    return files, skipped


def _given(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The corpus's entities without anything that would give the answer away."""
    return [{key: entity[key] for key in ("start", "end", "label")} for entity in row.get("entities", ())]


def _annotated(one: Pass, rows: Rows, aids: Aids, failures: list[str]) -> Iterator[dict[str, Any]]:
    from api.settings import Settings
    from ingest.pipeline import load_pipeline

    annotate = load_pipeline(Settings().model).annotate
    for row in rows:
        try:
            yield annotate(row["text"], layers=[one.layer], entities=_given(row) if one.given else None, aids=aids)
        except Exception as error:  # one text that breaks the pipeline counts as read without a find
            failures.append(f"{one.corpus}: text {row.get('id')}: {type(error).__name__}: {error}")
            yield {"text": row["text"]}


def _scores(files: dict[str, tuple[str, Path]], aids: Aids, failures: list[str]) -> Iterator[Score]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from corpus.agreement import Names, compare
    from corpus.corpora import PASSES, read_rows

    rows = {name: read_rows(file) for name, (_, file) in files.items()}
    passes = [one for one in PASSES if one.corpus in rows]
    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("annotating", total=sum(len(rows[one.corpus]) for one in passes))
        for one in passes:
            progress.update(task, description=one.corpus)
            gold = rows[one.corpus]
            found: Rows = []
            for annotated in _annotated(one, gold, aids, failures):
                found.append(annotated | {"text": gold[len(found)]["text"]})
                progress.advance(task)
            names, gold_names = Names(one.renames), Names(one.gold_renames)
            for measure in one.measures:
                agreements = compare(measure, gold, found, names=names, gold_names=gold_names)
                agreements |= one.sums(agreements)
                for label, agreement in agreements.items():
                    place = (one.corpus, files[one.corpus][0], len(gold))
                    yield Score(*place, one.named(measure), label, agreement)


def evaluate_corpora(folder: Path, corpora: Sequence[str], split: str | None, aids: Aids, as_json: bool) -> None:
    """Annotate the texts of the corpora in ``folder`` and print how well that agrees with them.

    Corpora that are not there are told and skipped; raises CommandError when none is there. Exit 1 when a text failed.
    """
    from corpus.corpora import CorporaError

    chosen = _chosen(corpora)
    files, skipped = _files(folder, chosen, split)
    for name, reason in skipped.items():
        warn(f"{name} is skipped: {reason}")
    if not files:
        raise CommandError(f"none of the corpora is in {folder}; it has to hold a folder for each: {', '.join(chosen)}")
    failures: list[str] = []
    try:
        scores = list(_scores(files, aids, failures))
    except CorporaError as error:
        raise CommandError(str(error)) from error
    for failure in failures:
        warn(failure)
    if as_json:
        _print_json(scores, skipped, failures)
    else:
        _print_table(scores)
    if failures:
        raise typer.Exit(FAILED)


def _print_json(scores: Sequence[Score], skipped: dict[str, str], failures: Sequence[str]) -> None:
    from api.settings import Settings
    from api.version import package_version
    from ingest.pipeline import load_pipeline

    write_json(
        {
            "picograph": package_version(),
            "pipeline": load_pipeline(Settings().model).VERSION,
            "scores": [score.as_json() for score in scores],
            "skipped": [{"corpus": name, "reason": reason} for name, reason in skipped.items()],
            "failures": list(failures),
        }
    )


def _print_table(scores: Sequence[Score]) -> None:
    from api.commands.tables import plain_table

    rows: list[tuple[str, ...]] = []
    told = ""
    for score in scores:
        if score.corpus != told:
            told = score.corpus
            rows.append((told, f"{score.split}, {score.texts} texts", "", "", ""))
        rows.append(score.as_row())
    out().print(plain_table(rows, "Corpus, measure", "Label", "P", "R", "F1"))
