"""Words in cells of a table that a spreadsheet may open: none is taken for a formula. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_SIGNS = re.compile(r"[=+\-@\t\r\n|]")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,]*|\.\d+)\s?%?")


def guarded(words: str) -> str:
    """``words`` so that no spreadsheet takes them for a formula: an apostrophe before a sign that would begin one.

    Numbers and single signs stay as they are.

    >>> guarded("=1+1"), guarded("-2.5"), guarded("-"), guarded("a=b")
    ("'=1+1", '-2.5', '-', 'a=b')
    """
    bare = words.lstrip(" \u00a0\ufeff")
    if len(bare) < 2 or not _SIGNS.match(bare) or _NUMBER.fullmatch(bare.strip()):
        return words
    return f"'{words}"


def csv_bytes(rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """Rows as CSV in UTF-8, with guarded words; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8", "replace")
