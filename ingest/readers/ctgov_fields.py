"""Fields of a ClinicalTrials.gov record, whatever shape they have: what is not as expected counts as absent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.readers.building import clean_words

Fields = Mapping[str, Any]

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|^=:\"'&$%@/?,;])")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")


def part(data: Any, *path: str) -> Fields:
    """The object at ``path``; an empty one where there is none."""
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}


def parts(data: Any, name: str) -> list[Fields]:
    """The objects of the list under ``name``."""
    found = data.get(name) if isinstance(data, Mapping) else None
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def words(data: Any, name: str) -> str:
    """The text or number under ``name`` on one line, without the escapes of Markdown; "" where there is none."""
    return plain(data.get(name) if isinstance(data, Mapping) else None)


def plain(value: Any) -> str:
    """One value as ``words`` gives it."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_words(_ESCAPED.sub(r"\1", str(value)))


def lines(data: Any, name: str) -> Iterator[str]:
    """The paragraphs and list items of a longer text, each on one line."""
    value = data.get(name) if isinstance(data, Mapping) else None
    if isinstance(value, str):
        for block in re.split(r"\n\s*\n|\n(?=\s*(?:[*•-]|\d{1,3}[.)])\s)", value):
            if line := plain(block):
                yield line


def texts(data: Any, name: str) -> list[str]:
    """The texts of the list under ``name``."""
    found = data.get(name) if isinstance(data, Mapping) else None
    return [line for item in found if (line := plain(item))] if isinstance(found, list) else []


def number(text: str) -> float | None:
    """The number that ``text`` is; None where it is none ("NA", "<0.5", "12-14").

    >>> number("1,240.5"), number("-.5"), number("NA"), number("3 months")
    (1240.5, -0.5, None, None)
    """
    words_ = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(words_) or not any(c.isdigit() for c in words_.lower().partition("e")[0]):
        return None
    value = float(words_.replace(",", ""))
    return value if abs(value) < 1e300 else None


def count(text: str) -> int | None:
    """The whole number, 0 or more, that ``text`` is; None where it is none.

    >>> count("1,240"), count("12.5"), count("-1")
    (1240, None, None)
    """
    value = number(text)
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def spoken(code: str) -> str:
    """A code of the registry as words.

    >>> spoken("ACTIVE_NOT_RECRUITING")
    'active not recruiting'
    """
    return code.replace("_", " ").lower() if re.fullmatch(r"[A-Z0-9_]+", code) else code
