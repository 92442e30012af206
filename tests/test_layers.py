"""Imports point one way: corpus -> ingest <- graph <- api. Whatever points elsewhere is named here, with its line."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ingest", "graph", "api", "corpus")
LEAVES = frozenset(
    {
        "article",
        "claim",
        "claim_sets",
        "claim_json",
        "identity",
        "checks",
        "settle",
        "terminology",
        "term_keys",
        "term_table",
    }
    | {"tabular", "notices", "curies", "grams", "concept_search", "vocabularies"}
)
MAY_IMPORT = {
    "ingest": frozenset({"ingest"}),
    "corpus": frozenset({"corpus", "ingest"}),
    "graph": frozenset({"graph", "ingest"}),
    "api": frozenset({"api", "graph", "ingest"}),
}
LAZY = ("api/cli.py", "api/commands/", "api/services/reading.py")
"""Those that may import the pipeline, the readers and the corpus, but only inside a function."""
LANGUAGE = frozenset({"spacy", "scispacy", "thinc", "nmslib"})
KNOWS_LANGUAGE = ("ingest/nlp.py", "ingest/other_model.py", "ingest/alike.py", "ingest/scispacy_linker.py")
"""Our own language pipeline and the one that a user has instead, our own index of names and that of a user."""


@dataclass(frozen=True)
class Import:
    """One imported module and where; ``lazy`` when it stands inside a function."""

    path: str
    line: int
    module: str
    lazy: bool


def _imports_of(path: str, source: str) -> Iterator[Import]:
    def walk(node: ast.AST, lazy: bool, typing_only: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            typing = typing_only or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test))
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(path, child.lineno, alias.name, lazy or typing_only)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path}:{child.lineno}: relative import"
                base = child.module or ""
                for alias in child.names:
                    yield Import(path, child.lineno, f"{base}.{alias.name}", lazy or typing_only)
            yield from walk(child, inside, typing)

    yield from walk(ast.parse(source), False, False)


def faults(path: str, source: str) -> list[str]:
    """What ``source`` at ``path`` imports against the layers, one line each."""
    found = []
    package = path.split("/", 1)[0]
    allowed_lazily = path.startswith(LAZY)
    for item in _imports_of(path, source):
        top, *rest = item.module.split(".")
        place = f"{path}:{item.line}: imports {item.module}"
        if top in LANGUAGE and path not in KNOWS_LANGUAGE:
            found.append(f"{place}; only {' and '.join(KNOWS_LANGUAGE)} know spaCy")
        if top in LANGUAGE and path == "ingest/other_model.py" and not item.lazy:
            found.append(f"{place}; only inside a function: most users have no other model")
        if top not in (*PACKAGES, "tests"):
            continue
        exempt = allowed_lazily and item.lazy and top in ("ingest", "corpus")
        if top not in MAY_IMPORT[package] and not exempt:
            found.append(f"{place}; {package} may import {', '.join(sorted(MAY_IMPORT[package]))}")
        elif package in ("graph", "api") and top == "ingest" and not exempt and (not rest or rest[0] not in LEAVES):
            found.append(f"{place}; {package} may take only the leaves of ingest: {', '.join(sorted(LEAVES))}")
    return found


def _sources() -> list[str]:
    return [p.relative_to(ROOT).as_posix() for name in PACKAGES for p in sorted((ROOT / name).rglob("*.py"))]


@pytest.mark.parametrize("path", _sources())
def test_imports_point_the_right_way(path: str) -> None:
    assert faults(path, (ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [p for p in _sources() if p.endswith("/__init__.py")])
def test_a_package_file_holds_only_a_docstring(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path} says nothing of its package"
    assert len(tree.body) == 1, f"{path}:{tree.body[1].lineno}: more than a docstring"


@pytest.mark.parametrize("path", _sources())
def test_every_module_belongs_to_a_named_package(path: str) -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    assert Path(path).parent.as_posix().replace("/", ".") in named, f"{path} would not be installed"


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ingest/effects.py", "import graph.library"),
        ("ingest/effects.py", "from api import cli"),
        ("ingest/effects.py", "def f():\n    import spacy"),
        ("ingest/recut.py", "def f():\n    import spacy"),
        ("ingest/other_model.py", "import spacy"),
        ("graph/store.py", "from ingest.pipeline import load_pipeline"),
        ("graph/store.py", "from ingest import pipeline"),
        ("graph/store.py", "import ingest"),
        ("graph/store.py", "from corpus.load import articles"),
        ("api/app.py", "def f():\n    from ingest.pipeline import load_pipeline"),
        ("api/cli.py", "from ingest.pipeline import load_pipeline"),
        ("api/cli.py", "import corpus.load"),
        ("api/services/reading.py", "from ingest.readers.files import read_bytes"),
        ("corpus/score.py", "from graph.library import Library"),
        ("corpus/score.py", "import tests.builders"),
    ],
)
def test_an_import_against_the_layers_is_named(path: str, source: str) -> None:
    (fault,) = faults(path, source)
    assert fault.startswith(f"{path}:")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ingest/nlp.py", "import spacy"),
        ("ingest/other_model.py", "def f():\n    import spacy"),
        ("graph/store.py", "from ingest.claim import Claim"),
        ("graph/store.py", "from ingest import identity"),
        ("api/cli.py", "def f():\n    from ingest.pipeline import load_pipeline"),
        ("api/commands/reading.py", "async def f():\n    import corpus.load"),
        ("api/services/reading.py", "def f():\n    from ingest.readers.files import read_bytes"),
    ],
)
def test_an_import_along_the_layers_is_fine(path: str, source: str) -> None:
    assert faults(path, source) == []
