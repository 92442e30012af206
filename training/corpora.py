"""The corpora that the model is trained on, read from the folder that ``PICOGRAPH_SHARED`` names (or ``../shared``)."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def corpora_folder() -> Path:
    """The folder with one sub-folder per corpus. Raises FileNotFoundError with what to do when it is absent."""
    shared = Path(os.environ.get("PICOGRAPH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = shared / "corpora"
    if not folder.is_dir():
        raise FileNotFoundError(f"no corpora in {folder}; name the folder above with PICOGRAPH_SHARED")
    return folder


def rows_of(path: Path) -> Iterator[Row]:
    """One JSON object a line, of a plain or a gzip file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def read_split(corpus: str, split: str) -> list[Row]:
    """The rows of ``corpus``/``split`` in the order of the file; empty when the corpus has no such split."""
    folder = corpora_folder() / corpus
    for name in (f"{split}.jsonl", f"{split}.jsonl.gz"):
        if (folder / name).is_file():
            return list(rows_of(folder / name))
    return []
