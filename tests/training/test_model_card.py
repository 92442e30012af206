"""The committed model is the one that its card describes: by its hashes, and by its figures where the corpora are."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "ingest" / "data" / "model"
MEGABYTES = 30
TOTALS = ("all", "numeric")
TOLERANCE = 0.01
"""What other processors may change in a figure: a model is compared by score, not by bits, where it was not trained."""


def card() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    return value


def test_every_file_of_the_model_is_the_one_that_was_measured() -> None:
    found = {name: hashlib.sha256((MODEL / name).read_bytes()).hexdigest() for name in card()["files"]}
    assert found == card()["files"]


def test_no_file_of_the_model_is_missing_from_the_card() -> None:
    there = {path.name for path in MODEL.iterdir()} - {"card.json", "README.md"}
    assert there == set(card()["files"])


def test_the_model_is_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < MEGABYTES * 1_000_000


def test_every_corpus_of_the_card_has_a_licence() -> None:
    assert all(corpus["licence"] for corpus in card()["corpora"])


@pytest.mark.slow
def test_the_figures_of_the_card_can_be_repeated(shared: Path) -> None:
    command = ["evaluate", "--corpora", str(shared / "corpora"), "--json"]
    said = subprocess.run(
        [sys.executable, "-m", "api.cli", *command], cwd=ROOT, capture_output=True, text=True, check=True
    )

    def key(score: dict[str, Any]) -> tuple[str, ...]:
        return score["corpus"], score["split"], score["measure"], score["label"]

    now = {key(score): score["f1"] or 0.0 for score in json.loads(said.stdout)["scores"]}
    then = {key(score): score["f1"] or 0.0 for score in card()["figures"] if score["label"] in TOTALS}
    assert {k: v for k, v in then.items() if abs(now[k] - v) > TOLERANCE} == {}
