"""Tables: one concept a line, its cells apart by tabs, a header first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from ingest.vocabularies.ids import compact
from ingest.vocabularies.intake import Intake, Term

COLUMNS = ("iri", "name", "kind", "synonyms", "parents", "favours", "same")
NEEDED = ("iri", "name")
HOW = "write a whole IRI, or a compact id such as mesh:D009101"


def read_tsv(text: str, intake: Intake) -> None:
    """Hand over the concepts of a table. Lines that begin with # are comments; quotation marks mean themselves, except
    around a whole cell, where spreadsheets put them."""
    header: list[str] | None = None
    for line, cells in _rows(text, intake):
        if cells[0].startswith("#") or not any(c.strip() for c in cells):
            continue
        if header is None:
            header = [c.strip().lower() for c in cells]
            if not _is_header(header, line, intake):
                return
        elif len(cells) > len(header):
            intake.problem(line, f"{len(cells)} cells under {len(header)} columns; take out the tabs too many")
        else:
            _concept(dict(zip(header, map(_plain, cells), strict=False)), line, intake)
    if header is None:
        intake.problem(None, f"the table is empty; begin with the header {' '.join(COLUMNS)}, apart by tabs")


def _rows(text: str, intake: Intake) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=None), delimiter="\t", quoting=csv.QUOTE_NONE)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            intake.problem(rows.line_num, f"this is no line of a table ({error}); shorten it")
            continue
        if cells:
            yield rows.line_num, cells


def _is_header(header: Sequence[str], line: int, intake: Intake) -> bool:
    before = intake.problems.count
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            near = get_close_matches(column[:80], COLUMNS, n=1)
            meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(COLUMNS)}"
            intake.problem(line, f"unknown column {column[:80]!r} in the header; {meant}")
        elif header.count(column) > 1:
            intake.problem(line, f"the column {column} comes twice in the header; leave one")
    missing = [c for c in NEEDED if c not in header]
    if missing and intake.problems.count == before:
        intake.problem(line, f"the header lacks {' and '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    return intake.problems.count == before


def _concept(row: dict[str, str], line: int, intake: Intake) -> None:
    ident = compact(row["iri"])
    parents, same = _ids(row.get("parents", "")), _ids(row.get("same", ""))
    for cell, found in ((row["iri"], ident), *parents, *same):
        if found is None:
            intake.problem(line, f"{cell[:80]!r} is no id of a concept; {HOW}" if cell else f"there is no iri; {HOW}")
    if ident is not None:
        names = tuple(dict.fromkeys((row.get("name", ""), *_parts(row.get("synonyms", "")))))
        intake.add(
            Term(
                line,
                ident,
                names,
                row.get("kind") or None,
                tuple(p for _, p in parents if p is not None),
                tuple(s for _, s in same if s is not None),
                favours=row.get("favours") or None,
            )
        )


def _plain(cell: str) -> str:
    cell = cell.strip(" \t")
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"').strip(" ")
    return cell


def _parts(cell: str) -> list[str]:
    return [part for p in cell.split("|") if (part := p.strip(" "))]


def _ids(cell: str) -> list[tuple[str, str | None]]:
    return [(part, compact(part)) for part in _parts(cell)]
