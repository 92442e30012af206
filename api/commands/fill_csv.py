"""Rows to fill in a CSV file, and the same file with the numbers: its dialect, encoding and columns are kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.commands.failures import CommandError
from api.commands.fill_columns import FILLED, NUMBERS, find_columns
from api.commands.fill_rows import Result, Row, plain_number
from api.commands.fill_table import row_of
from graph.spreadsheets import guarded

MAX_CELL = 1_000_000
MAX_BYTES = 50_000_000
"""Of a table; larger ones are refused."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEP = re.compile(r"sep=(.)\r?\n", re.I)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file is written. ``first`` is Excel's line that names the delimiter; ``comma`` is the decimal one."""

    encoding: str
    mark: bytes
    delimiter: str
    newline: str
    first: str
    comma: bool


class CsvRows:
    """The rows of a CSV file. Raises CommandError where it is no table with the columns that are needed."""

    def __init__(self, data: bytes, name: str, folder: Path, article: Path | None) -> None:
        text, encoding, mark = _decoded(data, name)
        first = m[0] if (m := _SEP.match(text)) else ""
        body = text[len(first) :]
        delimiter = m[1] if m else _delimiter(body)
        self._records = _records(body, delimiter, name)
        if not self._records:
            raise CommandError(f"{name}: empty: there is no heading in it")
        self._head, *self._records = self._records
        comma = delimiter == ";" and _has_decimal_commas(self._records)
        newline = "\r\n" if "\r\n" in body else "\n"
        self._dialect = Dialect(encoding, mark, delimiter, newline, first, comma)
        self._columns = find_columns(self._head, needs_article=article is None, name=name)
        self.rows: list[Row] = [
            row_of(_cells(record, self._columns), f"row {number}", number, folder, article)
            for number, record in enumerate(self._records, 2)
            if any(cell.strip() for cell in record)
        ]

    def filled(self, results: Sequence[Result]) -> bytes:
        """The file with its own columns in their order, those filled that were not there, `quotes`, and `fill_error`.

        A cell of the user's that holds something stays as it is.
        """
        added = [c for c in ("outcome_type", *FILLED) if c not in self._columns]
        tail = [*added, "quotes", *(["fill_error"] if any(r.error for r in results) else [])]
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self._dialect.delimiter, lineterminator=self._dialect.newline)
        width = len(self._head)
        writer.writerow([guarded(c) for c in self._head] + tail)
        left = iter(results)
        for record in self._records:
            cells = [*record, *[""] * (width - len(record))]
            if not any(cell.strip() for cell in record):
                writer.writerow(cells + [""] * len(tail))
                continue
            result = next(left)
            values = self._values(result)
            for column, at in self._columns.items():
                if column in FILLED and not cells[at].strip():
                    cells[at] = values.get(column, "")
            writer.writerow([guarded(c) for c in cells] + [guarded(values.get(c, "")) for c in tail])
        text = self._dialect.first + out.getvalue()
        return self._dialect.mark + text.encode(self._dialect.encoding, "xmlcharrefreplace")

    def _values(self, result: Result) -> dict[str, str]:
        answer: Mapping[str, Any] = result.answer or {}
        values = {"fill_error": result.error or ""}
        for column in NUMBERS:
            if answer.get(column) is not None:
                number = str(plain_number(answer[column]))
                values[column] = number.replace(".", ",") if self._dialect.comma else number
        for column in ("outcome_type", "direction_label", "text_sha256"):
            values[column] = answer.get(column) or ""
        values["claims"] = " ".join(answer.get("claims") or ())
        if answer.get("quotes"):
            values["quotes"] = json.dumps(answer["quotes"], ensure_ascii=False)
        return values


def _cells(record: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {column: record[at] if at < len(record) else "" for column, at in columns.items()}


def _decoded(data: bytes, name: str) -> tuple[str, str, bytes]:
    """The text, its encoding and its mark. Raises CommandError for what is no text."""
    from ingest.readers.decode import decode
    from ingest.readers.errors import ReadError

    try:
        text = decode(data, name, MAX_BYTES)
    except ReadError as error:
        raise CommandError(str(error)) from error
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return text, encoding, mark
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return text, "cp1252", b""
    return text, "utf-8", b""


def _delimiter(text: str) -> str:
    """What stands most often between the headings, outside of quotation marks: a comma, semicolon, tab or bar."""
    head = re.sub(r'"(?:[^"]|"")*"', "", text[:100_000]).lstrip("\r\n").partition("\n")[0]
    return max(",;\t|", key=head.count)


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    limit = csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return list(reader)
    except csv.Error as error:
        raise CommandError(f"{name}: line {reader.line_num}: no CSV: {error}") from error
    finally:
        csv.field_size_limit(limit)


def _has_decimal_commas(records: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for record in records for cell in record]
    with_comma = any(re.fullmatch(r"-?\d+,\d+", c) for c in cells)
    return with_comma and not any(re.fullmatch(r"-?\d+\.\d+", c) for c in cells)
