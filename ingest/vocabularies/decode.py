"""The text of a vocabulary file: UTF-8 or marked UTF-16, nothing else, and no more than the limit."""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.vocabularies.intake import Limits
from ingest.vocabularies.problems import Problem, VocabularyError

_MARKS = (
    (codecs.BOM_UTF32_LE, None, "UTF-32"),
    (codecs.BOM_UTF32_BE, None, "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a file. Raises VocabularyError where there is none, or more of it than the limit."""
    try:
        if not path.exists():
            raise _refused(path, "there is no such file; look at the path")
        if not path.is_file():
            raise _refused(path, "this is no file; name a single file")
        if path.stat().st_size > limits.size:
            raise _refused(path, f"the file has {path.stat().st_size:,} bytes; {limits.size:,} are the most: split it")
        with path.open("rb") as stream:
            data = stream.read(limits.size + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise _refused(path, f"it cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(data) > limits.size:
        raise _refused(path, f"the file has more than {limits.size:,} bytes: split it")
    return data


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding, in words. Raises VocabularyError, with the place, where it is not UTF-8 or UTF-16."""
    encoding, words = "utf-8", "UTF-8"
    for mark, coding, told in _MARKS:
        if data.startswith(mark):
            if coding is None:
                raise VocabularyError([Problem(name, 1, f"the file is in {told}; save it as UTF-8")])
            encoding, words = coding, told
            break
    try:
        return data.decode(encoding), words
    except UnicodeDecodeError as error:
        at = error.start + (len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        line = data[:at].decode(encoding, errors="ignore").count("\n") + 1
        what = f"byte {at:,} (0x{data[at]:02X}) is not {words}" if at < len(data) else f"the file ends within {words}"
        raise VocabularyError([Problem(name, line, f"{what}; save the file as UTF-8")]) from error


def _refused(path: Path, reason: str) -> VocabularyError:
    return VocabularyError([Problem(str(path), None, reason)])
