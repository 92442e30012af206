"""The folder of one of scispacy's linkers: what must be in it, and whether it can be trusted; nothing is fetched."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.term_table import KINDS
from ingest.vocabularies.problems import Problem, VocabularyError
from ingest.vocabularies.setting import LINKER

INDEX_FILES = ("nmslib_index.bin", "tfidf_vectorizer.joblib", "tfidf_vectors_sparse.npz", "concept_aliases.json")
"""What scispacy's ``LinkerPaths.from_directory`` looks for."""
SETTINGS = "linker.json"
PACKED = "picograph.npz"
VOCABULARIES = ("umls", "mesh", "rxnorm", "hpo")
_ALLOWED = {"concepts": None, "vocabulary": VOCABULARIES, "kind": KINDS}


@dataclass(frozen=True, slots=True)
class LinkerFolder:
    """A folder with all its files. ``concepts`` is the knowledge base; ``vocabulary`` is what its ids are of and
    ``kind`` what a concept is whose types do not tell, both None where the folder does not say."""

    path: Path
    concepts: Path
    vocabulary: str | None = None
    kind: str | None = None


def is_folder(path: Path) -> bool:
    """Whether this is the folder of a linker, whole or not."""
    return path.is_dir() and any((path / name).exists() for name in INDEX_FILES)


def open_folder(path: Path) -> LinkerFolder:
    """The folder at ``path``. Raises VocabularyError for what is missing from it, or could be someone else's.

    The vectoriser is a pickle, and loading a pickle runs what is in it: so everything in the folder must belong to the
    user or to root, and nobody else may be able to write to it.
    """
    if not path.is_dir():
        raise VocabularyError([Problem(str(path), None, f"there is no such folder; {LINKER} names that of a linker")])
    problems = [*_untrusted(path)]
    for name in INDEX_FILES:
        if not (path / name).is_file():
            told = "the folder lacks this file; take it from scispacy's linker, which has all four of its index"
            problems.append(Problem(str(path / name), None, told))
    settings = _settings(path / SETTINGS, problems)
    concepts = _concepts(path, settings.get("concepts"), problems)
    for file in (*(path / name for name in (*INDEX_FILES, SETTINGS, PACKED)), *([concepts] if concepts else [])):
        problems += _untrusted(file) if file.exists() else ()
    if problems or concepts is None:
        raise VocabularyError(problems)
    return LinkerFolder(path, concepts, settings.get("vocabulary"), settings.get("kind"))


def _settings(path: Path, problems: list[Problem]) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        content: Any = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(Problem(str(path), getattr(error, "lineno", None), f"this is no JSON ({error}); mend it"))
        return {}
    if not isinstance(content, dict):
        problems.append(Problem(str(path), None, f"write an object with {', '.join(_ALLOWED)}"))
        return {}
    for key, value in content.items():
        allowed = _ALLOWED.get(key, ())
        if key not in _ALLOWED or not isinstance(value, str) or (allowed is not None and value not in allowed):
            choice = f" one of {', '.join(allowed)}" if allowed else ""
            known = (
                f"{key} must be{choice or ' a file name'}" if key in _ALLOWED else f"known are {', '.join(_ALLOWED)}"
            )
            problems.append(Problem(str(path), None, f"{key}: {str(value)[:80]!r} is not understood; {known}"))
    return content


def _concepts(path: Path, named: str | None, problems: list[Problem]) -> Path | None:
    if isinstance(named, str):
        if Path(named).name == named and (path / named).is_file():
            return path / named
        problems.append(
            Problem(str(path / SETTINGS), None, f"concepts names {named!r}, which is no file of the folder")
        )
        return None
    found = sorted(p for p in path.glob("*.jsonl") if p.is_file())
    if len(found) == 1:
        return found[0]
    told = "the folder lacks the knowledge base, a .jsonl file such as umls_2022_ab_cat0129.jsonl"
    several = f"the folder has several .jsonl files; name one as `concepts` in {SETTINGS}"
    problems.append(Problem(str(path), None, several if found else told))
    return None


def _untrusted(path: Path) -> Iterator[Problem]:
    try:
        state = path.stat()
    except OSError as error:
        yield Problem(str(path), None, f"it cannot be looked at ({error.strerror})")
        return
    if state.st_uid not in (os.geteuid(), 0):
        yield Problem(str(path), None, "it belongs to another user, and it holds code that would run; copy it")
    if state.st_mode & stat.S_IWOTH:
        yield Problem(str(path), None, "anyone may write to it, and it holds code that would run; chmod o-w it")
