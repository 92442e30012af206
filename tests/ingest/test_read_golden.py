"""Small inputs of each structured format, read as their golden files say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ingest.read_golden import GOLDEN, items_of, told

CASES = [p.with_name(p.name.removesuffix(".read.json")) for p in sorted(GOLDEN.glob("*/*.read.json"))]


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_an_input_is_read_as_its_golden_file_says(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".read.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps([told(i) for i in items_of(path.read_bytes(), path.name)]))
    assert found == expected
