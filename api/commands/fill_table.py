"""One row of a table as a row to fill."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from api.commands.fill_columns import ASKED, type_of
from api.commands.fill_rows import Row, Source


def row_of(cells: Mapping[str, str], place: str, number: int, folder: Path, article: Path | None) -> Row:
    """The row in ``cells`` (by column). Its article's path is relative to ``folder``; ``article`` stands for all rows.

    Without an id of its own a row has its number.
    """
    ident: str | int = cells.get("id", "").strip() or number
    try:
        empty = [c for c in ASKED if not cells[c].strip()]
        if empty:
            raise ValueError(f"no {' and no '.join(empty)}")
        asked: dict[str, str | None] = {c: cells[c].strip() for c in ASKED}
        asked["outcome_type"] = type_of(cells.get("outcome_type", ""))
        path = cells.get("article", "").strip()
        if article is None and (not path or "\0" in path):
            raise ValueError("no article")
    except ValueError as error:
        return Row(place, ident, {}, error=str(error))
    return Row(place, ident, asked, Source(path=article if article is not None else folder / path))
