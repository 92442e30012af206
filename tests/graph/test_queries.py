"""Every query file is used, valid as it stands, and says what it is for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import graph
from graph.binding import load_query
from graph.opening import MEMORY, open_store

PACKAGE = Path(graph.__file__).parent
FILES = sorted(path.stem for path in (PACKAGE / "queries").glob("*.rq"))


def test_files_and_uses_are_the_same() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'(?:rows|load_query|keys|_default_graph)\((?:reader, )?"(\w+)"', source))
    assert used == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_query_is_valid_and_explained(name: str) -> None:
    query = load_query(name)
    assert query.startswith("# ")
    store = open_store(MEMORY)
    rows = store.select(query)
    assert rows in ([], store.select(query))
    store.close()
