"""The examples in the docstrings of the readers hold."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

READERS = Path(__file__).resolve().parents[2] / "ingest" / "readers"
WITH_EXAMPLES = [p.stem for p in sorted(READERS.glob("*.py")) if ">>> " in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_reader_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"ingest.readers.{name}"))
    assert found.attempted > 0
    assert found.failed == 0
