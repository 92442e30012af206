"""Tables come back as they were given, whatever stands in them: properties of reading and writing rows to fill."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from api.commands.fill_columns import ASKED, NUMBERS, find_columns, type_of
from api.commands.fill_csv import CsvRows
from api.commands.fill_rows import Result, Rows
from api.commands.fill_xlsx import XlsxRows
from graph.spreadsheets import guarded

HEAD = ["note", "Intervention", "Comparator", "Outcome", "Article"]
_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
_CELLS = st.text(st.one_of(st.sampled_from("=+-@|;,\"'\t\n 1.é"), _CHARACTERS), max_size=12)
_ROWS = st.lists(st.lists(_CELLS, min_size=5, max_size=5), min_size=1, max_size=6)
ANSWER = dict.fromkeys(NUMBERS, None) | {
    "outcome_type": "binary", "intervention_events": 3.0, "intervention_mean": 2.5, "direction_label": None,
    "quotes": [{"exact": "=3 of 9", "start": 0, "end": 7, "field": "intervention_events"}], "claims": ["urn:x:1"],
    "text_sha256": "00",
}  # fmt: skip


def _results(table: Rows) -> list[Result]:
    return [Result(r, None, r.error) if r.error else Result(r, {"id": r.id} | ANSWER) for r in table.rows]


def _csv(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")


@given(_ROWS, st.sampled_from(",;\t|"))
def test_a_csv_gives_its_own_cells_back_but_for_guarded_ones(rows: list[list[str]], delimiter: str) -> None:
    table = CsvRows(_csv([HEAD, *rows], delimiter), "t.csv", Path(), None)
    filled = table.filled(_results(table)).decode("utf-8")
    out = list(csv.reader(io.StringIO(filled, newline=""), delimiter=delimiter))
    assert [row[:5] for row in out] == [HEAD, *([guarded(cell) for cell in row] for row in rows)]
    assert len({len(row) for row in out}) == 1
    for row in out[1:]:
        assert all(guarded(cell) == cell for cell in row)


@given(_ROWS)
def test_a_row_is_asked_or_says_why_not(rows: list[list[str]]) -> None:
    table = CsvRows(_csv([HEAD, *rows], ","), "t.csv", Path(), None)
    assert len(table.rows) == sum(any(cell.strip() for cell in row) for row in rows)
    for row in table.rows:
        assert (row.error is None) == (row.source is not None) == bool(row.asked)
        assert row.error is not None or all(row.asked[column] for column in ASKED)


@settings(max_examples=25)
@given(_ROWS)
def test_a_workbook_gives_its_own_cells_back_and_writes_no_formula(rows: list[list[str]]) -> None:
    assume(any(cell.strip() for row in rows for cell in row))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line, row in enumerate([HEAD, *rows], 1):
        for place, words in enumerate(row, 1):
            cell = sheet.cell(line, place)
            cell.value = words or None
            if words:
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    given_back = load_workbook(io.BytesIO(stream.getvalue())).worksheets[0]
    before = [[c.value for c in row] for row in given_back.iter_rows(max_col=5)]
    table = XlsxRows(stream.getvalue(), "t.xlsx", Path(), None)
    filled = load_workbook(io.BytesIO(table.filled(_results(table))))
    after = [[c.value for c in row] for row in filled.worksheets[0].iter_rows(max_col=5, max_row=len(before))]
    assert after == before
    assert all(c.data_type != "f" for sheet in filled.worksheets for row in sheet.iter_rows() for c in row)
    head = [c.value for c in filled.worksheets[0][1]]
    for number, row_asked in zip((r.place for r in table.rows), table.rows, strict=True):
        found = filled.worksheets[0].cell(int(number.split()[1]), head.index("intervention_mean") + 1).value
        assert found == (None if row_asked.error else 2.5)


@given(st.text(max_size=20))
def test_guarding_twice_changes_nothing_more(words: str) -> None:
    assert guarded(guarded(words)) == guarded(words)


def test_headings_are_known_however_they_are_written() -> None:
    found = find_columns(
        ["OUTCOME_MEASURE", "Control Group", "Treatment-arm", "full text", "#"], needs_article=True, name="t"
    )
    assert found == {"outcome": 0, "comparator": 1, "intervention": 2, "article": 3, "id": 4}


def test_types_of_outcomes_in_the_words_of_reviewers() -> None:
    assert [type_of(w) for w in ("Dichotomous", "continuous data", "Binary outcome", " ")] == [
        "binary",
        "continuous",
        "binary",
        None,
    ]
