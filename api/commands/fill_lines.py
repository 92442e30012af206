"""Rows to fill as JSON lines, and their answers as such."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from api.commands.fill_columns import ASKED, type_of
from api.commands.fill_rows import Row, Source
from api.commands.streams import LineError, parse_line


def rows_of(lines: Iterable[bytes], article: Path | None, texts: dict[str, str] | None = None) -> list[Row]:
    """The row of each line that is not empty. ``article`` stands for all rows. Equal texts are kept once."""
    kept = {} if texts is None else texts
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(_row(parse_line(line, number), f"line {number}", article, kept))
            except LineError as error:
                rows.append(Row(f"line {number}", "", {}, error=str(error)))
    return rows


def _row(value: Mapping[str, Any], place: str, article: Path | None, texts: dict[str, str]) -> Row:
    asked: dict[str, str | None] = {}
    for name in ASKED:
        words = value.get(name)
        if not isinstance(words, str) or not words.strip():
            raise LineError(f'no "{name}" (a string)')
        asked[name] = words
    given = value.get("outcome_type")
    if given is not None and not isinstance(given, str):
        raise LineError('"outcome_type" is not a string')
    try:
        asked["outcome_type"] = type_of(given or "")
    except ValueError as error:
        raise LineError(str(error)) from error
    return Row(place, value["id"], asked, Source(path=article) if article else _source(value.get("article"), texts))


def _source(article: object, texts: dict[str, str]) -> Source:
    if not isinstance(article, dict):
        raise LineError('no "article" (an object with "path" or "text"), and no --article')
    path, text = article.get("path"), article.get("text")
    if path is not None and text is not None:
        raise LineError('"path" and "text" in one article')
    if isinstance(path, str) and path and "\0" not in path:
        return Source(path=Path(path))
    if not isinstance(text, str):
        raise LineError('"article" has neither "path" nor "text" (strings)')
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LineError(f'"text" holds half a surrogate pair at code point {error.start}') from error
    return Source(text=texts.setdefault(text, text))


def line_of(answer: Mapping[str, Any]) -> bytes:
    """One answer as a line of JSON in UTF-8."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8") + b"\n"
