"""Telling ids from the words of a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence


def ids_or_query(
    words: Sequence[str], pattern: re.Pattern[str], written: Callable[[re.Match[str]], str], example: str
) -> tuple[str, ...] | None:
    """``words`` as ids, each once; None when none of them is one. Raises ValueError when some are and some are not.

    >>> ids_or_query(["7", "8", "7"], re.compile(r"\\d+"), lambda m: m[0], "7")
    ('7', '8')
    """
    found = [pattern.fullmatch(word.strip().rstrip(",;")) for word in words]
    if not any(found):
        return None
    for word, match in zip(words, found, strict=True):
        if match is None:
            raise ValueError(f"{word!r} is no id such as {example}: ask for ids, or for one query in quotes")
    return tuple(dict.fromkeys(written(match) for match in found if match))
