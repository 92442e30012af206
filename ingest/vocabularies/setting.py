"""What the user has switched on: vocabulary files, and a folder with one of scispacy's linkers."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from ingest.term_table import Table

VOCABULARIES = "PICOGRAPH_VOCABULARIES"
LINKER = "PICOGRAPH_LINKER"


def vocabulary_files() -> list[str]:
    """The files that the variable names, each with the kind before it where it has one."""
    return [part.strip() for part in os.environ.get(VOCABULARIES, "").split(os.pathsep) if part.strip()]


def linker_folder() -> Path | None:
    """The folder that the variable names, None where it names none."""
    named = os.environ.get(LINKER, "").strip()
    return path_of(named) if named else None


def path_of(named: str) -> Path:
    """The path, with ``~`` as the user's home; as it is where there is no such user."""
    try:
        return Path(named).expanduser()
    except RuntimeError:
        return Path(named)


def own_tables() -> list[Table]:
    """The concepts of all that is switched on, those of the linker last; without any, nothing is even imported.

    Raises VocabularyError where something of it cannot be used.
    """
    out: list[Table] = []
    files, folder = vocabulary_files(), linker_folder()
    if files:
        from ingest.vocabularies.loading import read_tables

        out += read_tables(files)
    if folder is not None:
        out.append(table_of_linker(folder))
    return out


@cache
def table_of_linker(folder: Path) -> Table:
    """The concepts of a linker's folder; read once. Raises VocabularyError."""
    from ingest.vocabularies.linker_concepts import linker_table
    from ingest.vocabularies.linker_folder import open_folder

    return linker_table(open_folder(folder))
