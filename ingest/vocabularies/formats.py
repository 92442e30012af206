"""The formats of vocabulary files, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.vocabularies import obo, skos, tsv
from ingest.vocabularies.decode import decode
from ingest.vocabularies.intake import Intake, Limits, TooManyError
from ingest.vocabularies.problems import Problem, VocabularyError

PACKED = ".npz"
Reader = Callable[[str, Intake], None]
READERS: dict[str, Reader] = {".tsv": tsv.read_tsv, ".obo": obo.read_obo, **skos.READERS}


def reader_of(path: Path) -> Reader:
    """The reader of a file, by its name. Raises VocabularyError where there is none."""
    ending = path.suffix.lower()
    if ending not in READERS:
        known = ", ".join((*READERS, PACKED))
        told = f"the ending {ending!r} is none of {known}" if ending else f"its name has no ending; known are {known}"
        raise VocabularyError([Problem(str(path), None, f"{told}; name the file by its format")])
    return READERS[ending]


def read(data: bytes, path: Path, limits: Limits) -> tuple[Intake, str]:
    """What the file has, and its encoding in words. Raises VocabularyError where it is of no known format or encoding.

    All other problems are those of the intake.
    """
    reader = reader_of(path)
    text, encoding = decode(data, str(path))
    intake = Intake(str(path), limits)
    try:
        reader(text, intake)
    except TooManyError:
        return intake, encoding
    if not intake.terms and not intake.problems.count:
        intake.problem(None, "the file has no concepts")
    return intake, encoding
