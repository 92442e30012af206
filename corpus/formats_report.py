"""What is read of a folder of files of many formats, and why the rest is not: the table of docs/formats.md.

python -m corpus.formats_report FOLDER
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.article import Article
from ingest.readers.containers import opened
from ingest.readers.errors import ReadError
from ingest.readers.source import Item
from ingest.readers.streams import source_of
from ingest.readers.table import ENDINGS, format_of

MANIFEST = "MANIFEST.tsv"
_TOLD = 8
"""Reasons that are told of one format, the most frequent first."""


@dataclass
class Tally:
    """What came of the files of one format. ``bare`` and ``refused`` count reasons: no claims are read, no article."""

    files: set[str] = field(default_factory=set)
    articles: int = 0
    tables: int = 0
    bare: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, item: Item) -> None:
        """One record."""
        if isinstance(item, Article):
            self.articles += 1
            self.tables += len(item.tables)
            if item.no_evidence is not None:
                self.bare[item.no_evidence] += 1
        else:
            self.refused[item.reason] += 1


def files_of(folder: Path) -> list[Path]:
    """The files to read: those that a manifest lists (its first column), else every file; in a fixed order."""
    listed = folder / MANIFEST
    if listed.is_file():
        lines = listed.read_text(encoding="utf-8").splitlines()[1:]
        return [folder / line.split("\t", 1)[0] for line in lines if line.strip()]
    return sorted(path for path in folder.rglob("*") if path.is_file())


def records_of(path: Path) -> Iterator[tuple[str, Item]]:
    """Each record of a file with the name of its format; ``-`` where none is told."""
    with path.open("rb") as stream:
        for inner in opened(source_of(stream, str(path)), ENDINGS):
            if isinstance(inner, ReadError):
                yield "-", inner
                continue
            name = "-"
            try:
                known = format_of(inner)
                name = known.name
                for item in known.read(inner):
                    yield name, item
            except ReadError as error:
                yield name, error


def tallied(paths: Iterable[Path]) -> dict[str, Tally]:
    """What came of the files, by format."""
    found: dict[str, Tally] = {}
    for path in paths:
        for name, item in records_of(path):
            tally = found.setdefault(name, Tally())
            tally.files.add(str(path))
            tally.add(item)
    return found


def rows(found: dict[str, Tally]) -> Iterator[str]:
    """The table, a line each."""
    yield "| format | files | articles | tables | recorded without claims, and why | refused, and why |"
    yield "|---|---|---|---|---|---|"
    for name, tally in sorted(found.items()):
        counts = f"{len(tally.files)} | {tally.articles:,} | {tally.tables:,}"
        yield f"| {name} | {counts} | {_reasons(tally.bare)} | {_reasons(tally.refused)} |"


def _reasons(counted: Counter[str]) -> str:
    told = [f"{number} {reason}" for reason, number in sorted(counted.items(), key=lambda each: (-each[1], each[0]))]
    more = [f"and {len(told) - _TOLD} more"] if len(told) > _TOLD else []
    return "; ".join([*told[:_TOLD], *more]).replace("|", "\\|") or "–"


if __name__ == "__main__":
    print("\n".join(rows(tallied(files_of(Path(sys.argv[1]))))))
