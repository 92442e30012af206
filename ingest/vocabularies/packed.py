"""Vocabularies in packed form, ``.npz``: written so that a large one is checked once and then loads in seconds."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ingest.curies import expand
from ingest.term_table import FAVOURS, KINDS, Row, Source, Table, pack
from ingest.vocabularies.intake import Limits
from ingest.vocabularies.known import Known
from ingest.vocabularies.problems import Problem, VocabularyError

_AGAIN = "pack it again from its sources"


def write_packed(rows: Iterable[Row], out: Path, marks: Mapping[str, Any] | None = None) -> Table:
    """Pack ``rows`` into the file ``out``, which is there whole or not at all; ``marks`` are further arrays kept in it.

    Raises OSError where it cannot be written.
    """
    arrays = pack(rows)
    table = Table(arrays)
    descriptor, half = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            np.savez_compressed(stream, **arrays, **{f"mark_{name}": value for name, value in (marks or {}).items()})
            stream.flush()
            os.fsync(stream.fileno())
        Path(half).chmod(0o666 & ~_umask())
        Path(half).replace(out)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return table


def _umask() -> int:
    now = os.umask(0o022)
    os.umask(now)
    return now


def read_packed(data: bytes, name: str, limits: Limits, known: Known) -> tuple[Table, dict[str, Any]]:
    """The table in the bytes of a packed vocabulary, and its marks. Raises VocabularyError for anything unfit."""

    def refused(reason: str) -> VocabularyError:
        return VocabularyError([Problem(name, None, reason)])

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > limits.size:
            raise refused(f"unpacked it has {size:,} bytes; {limits.size:,} are the most")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            content = dict(arrays)
        marks = {key.removeprefix("mark_"): content.pop(key) for key in list(content) if key.startswith("mark_")}
        table = Table(content)
        fault = _fault(table)
    except VocabularyError:
        raise
    except Exception as error:  # whatever numpy and zlib make of someone's bytes
        what = " ".join(str(error).split())[:200]
        raise refused(f"this is no packed vocabulary ({type(error).__name__}: {what}); {_AGAIN}") from error
    if fault:
        raise refused(f"{fault}; {_AGAIN}")
    if len(table.ids) > limits.concepts:
        raise refused(f"it has {len(table.ids):,} concepts; {limits.concepts:,} are the most")
    for i in range(len(table.outside)):
        if known.kind(table.outside[i]) is None:
            child = expand(table.ids[int(table.children(len(table.ids) + i)[0])])
            raise refused(f"{child} has the parent {table.outside[i]}, which is not known any more; {_AGAIN}")
    return table, marks


def _fault(table: Table) -> str | None:
    """What keeps the arrays from being a vocabulary, None where they are one."""
    for lines in (table.ids, table.keys, table.outside, table.texts, table.same):
        texts = [lines[i] for i in range(len(lines))]  # each is decoded, and may fail
        if lines in (table.ids, table.keys, table.outside) and any(
            a.encode() >= b.encode() for a, b in pairwise(texts)
        ):
            return "its ids or keys are not in order"
    known = len(table.ids) + len(table.outside)
    for numbers, end in (
        (table.kinds, len(KINDS)),
        (table.flags >> 1, len(FAVOURS)),
        (table.sources, len(Source)),
        (table.name_keys, len(table.keys)),
        (table.parents, known),
    ):
        if len(numbers) and not (numbers.min() >= 0 and numbers.max() < end):
            return "some of its numbers point nowhere"
    if len(table.ids) and np.diff(table.name_starts).min() < 1:
        return "a concept in it has no name"
    return None
