"""Rows to fill in an Excel workbook, and the same workbook with the numbers and a sheet of their quotes."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.commands.failures import CommandError
from api.commands.fill_columns import FILLED, NUMBERS, find_columns
from api.commands.fill_rows import Result, Row, plain_number
from api.commands.fill_table import row_of

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED, MAX_PLACES = 200_000_000, 2_000_000
"""Bytes that a workbook may unpack to, and cells that its sheet may span: more is refused."""
MAX_TEXT = 32_767
"""Characters that a cell of Excel holds."""
QUOTES = ("id", "field", "value", "quote", "start", "end", "claim", "note")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class XlsxRows:
    """The rows of the first sheet that asks something. Raises CommandError where there is none."""

    def __init__(self, data: bytes, name: str, folder: Path, article: Path | None) -> None:
        self._book = _opened(data, name)
        self._sheet, self._top, self._columns = _sheet_of(self._book, name, article)
        self._places: list[int] = []
        self.rows: list[Row] = []
        for number, cells in enumerate(self._sheet.iter_rows(min_row=self._top + 1), self._top + 1):
            values = [_words(c.value) for c in cells]
            if any(v.strip() for v in values):
                asked = {column: values[at] for column, at in self._columns.items()}
                self._places.append(number)
                self.rows.append(row_of(asked, f"row {number}", number, folder, article))

    def filled(self, results: Sequence[Result]) -> bytes:
        """The workbook with numbers as numbers in its own or new columns, and a sheet ``quotes``.

        A cell of the user's that holds something stays as it is.
        """
        added = [c for c in ("outcome_type", *FILLED) if c not in self._columns]
        added += ["fill_error"] if any(r.error for r in results) else []
        at = dict(self._columns)
        for place, column in enumerate(added, self._sheet.max_column):
            at[column] = place
            _put(self._sheet.cell(self._top, place + 1), column)
        for number, result in zip(self._places, results, strict=True):
            for column, value in _values(result).items():
                if column in at and (column in FILLED or column in added):
                    cell = self._sheet.cell(number, at[column] + 1)
                    if cell.value is None or not str(cell.value).strip():
                        _put(cell, value)
        self._write_quotes(results)
        out = io.BytesIO()
        self._book.save(out)
        return out.getvalue()

    def _write_quotes(self, results: Sequence[Result]) -> None:
        sheet = self._book.create_sheet(_free("quotes", self._book.sheetnames))
        for place, column in enumerate(QUOTES, 1):
            _put(sheet.cell(1, place), column)
        line = 2
        for result in results:
            answer: Mapping[str, Any] = result.answer or {}
            for quote in answer.get("quotes") or ():
                field = quote["field"]
                row = (result.row.id, field, answer.get(field), quote["exact"], quote["start"], quote["end"],
                       quote.get("claim"), quote.get("note"))  # fmt: skip
                for place, value in enumerate(row, 1):
                    _put(sheet.cell(line, place), value)
                line += 1
        sheet.column_dimensions["D"].width = 100
        sheet.freeze_panes = "A2"


def is_workbook(data: bytes) -> bool:
    """True for what Excel writes: a zip with a workbook in it, whatever the file is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _opened(data: bytes, name: str) -> Workbook:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise CommandError(f"{name}: it unpacks to {unpacked:,} bytes; the limit is {MAX_UNPACKED:,}")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data))
    except CommandError:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken part makes it stumble over
        raise CommandError(f"{name}: no workbook that can be read ({type(error).__name__}: {error})") from error


def _sheet_of(book: Workbook, name: str, article: Path | None) -> tuple[Worksheet, int, dict[str, int]]:
    """The first sheet with the columns that are needed, the row of its headings, and the places of the columns."""
    failures: list[CommandError] = []
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MAX_PLACES:
            raise CommandError(
                f"{name}: sheet {sheet.title!r} spans {sheet.max_row:,} x {sheet.max_column:,} cells; "
                f"the limit is {MAX_PLACES:,} in all"
            )
        for number, cells in enumerate(sheet.iter_rows(max_row=20), 1):
            headings = [_words(c.value) for c in cells]
            if any(h.strip() for h in headings):
                try:
                    columns = find_columns(headings, needs_article=article is None, name=f"{name}: {sheet.title!r}")
                except CommandError as error:
                    failures.append(error)
                    break
                return sheet, number, columns
    raise failures[0] if failures else CommandError(f"{name}: empty: there is no heading in it")


def _words(value: object) -> str:
    if value is None:
        return ""
    return str(plain_number(value)) if isinstance(value, float) else str(value)


def _put(cell: Cell | Any, value: str | int | float | None) -> None:
    """Write a value: numbers as numbers, words as words, never as a formula."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value)[:MAX_TEXT]
        cell.data_type = "s"
        cell.quotePrefix = False
    else:
        cell.value = plain_number(value)


def _values(result: Result) -> dict[str, Any]:
    answer: Mapping[str, Any] = result.answer or {}
    numbers = {column: answer.get(column) for column in NUMBERS}
    words = {column: answer.get(column) for column in ("outcome_type", "direction_label", "text_sha256")}
    return {**numbers, **words, "claims": " ".join(answer.get("claims") or ()), "fill_error": result.error}


def _free(name: str, taken: Sequence[str]) -> str:
    lower = {t.casefold() for t in taken}
    return next(n for n in (name, *(f"{name} {i}" for i in range(2, 10_000))) if n not in lower)
