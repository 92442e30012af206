"""Opaque cursors: a page begins behind the claim that the page before it ended with, so that nothing is shown twice."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence

from graph.errors import QuestionError
from graph.index.ordering import OrderKey

MOST_ROWS = 1_000


def page(keys: Sequence[OrderKey], question: str, limit: int, cursor: str | None) -> tuple[slice, str | None]:
    """Which rows of the ordered ``keys`` the page holds, and the cursor of the next page, None on the last.

    Raises QuestionError when ``cursor`` does not come from an answer to ``question``, ValueError for a limit outside
    1 to 1,000.
    """
    if not 1 <= limit <= MOST_ROWS:
        raise ValueError(f"a page holds 1 to {MOST_ROWS} rows, not {limit}")
    start = 0 if cursor is None else bisect_right(keys, _read(cursor, question))
    stop = min(start + limit, len(keys))
    return slice(start, stop), _write(keys[stop - 1], question) if stop < len(keys) else None


def _mark(question: str) -> str:
    return hashlib.sha256(" ".join(question.split()).encode()).hexdigest()[:12]


def _write(key: OrderKey, question: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([_mark(question), *key]).encode()).decode().rstrip("=")


def _read(cursor: str, question: str) -> OrderKey:
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        mark, kind, secondary, article, start, claim = held
        if mark != _mark(question):
            raise QuestionError("the cursor belongs to another question: ask again without it", 0)
        return int(kind), int(secondary), str(article), int(start), str(claim)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise QuestionError("the cursor cannot be read: ask again without it", 0) from error
