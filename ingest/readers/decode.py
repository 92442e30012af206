"""Bytes to text: UTF-8 first, UTF-16 by its mark or its zeros, the Western one-byte set last; binary is refused."""

from __future__ import annotations

import codecs
import re

from ingest.readers.errors import ReadError

MAX_BYTES = 10_000_000
"""A larger text is refused: no article is that long."""

_GUESS = 16
"""Bytes from which on UTF-16 without a mark is told by its zeros; a shorter text is taken for binary."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str, limit: int = MAX_BYTES) -> str:
    """The text of ``data``, unchanged but for a byte-order mark. Raises ReadError where it is no text, or too large."""
    if len(data) > limit:
        raise ReadError(name, "whole file", f"{len(data):,} bytes; the limit is {limit:,}: split it into articles")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    if b"\x00" in data[:4096]:
        for encoding, zeros in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[0:4096:2])):
            if len(data) >= _GUESS and len(data) % 2 == 0 and zeros.count(0) > 0.7 * len(zeros):
                return _strict(data, encoding, name)
        raise ReadError(name, f"byte {data.index(0)}", "binary data, not text: save it as UTF-8 text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("cp1252", errors="replace")
        odd = len(_CONTROL.findall(text)) + text.count("\ufffd")
        if odd:
            place = f"byte {error.start}"
            raise ReadError(name, place, "neither UTF-8 nor Western text: save it as UTF-8") from error
    control = _CONTROL.search(text)
    if control and len(_CONTROL.findall(text)) > len(text) / 1000:
        raise ReadError(name, f"character {control.start()}", "binary data, not text: save it as UTF-8 text")
    return text


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(name, f"byte {error.start}", f"the text is not valid {encoding}: save it as UTF-8") from error
