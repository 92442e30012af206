"""Likeness by runs of three characters: an exact cosine, the same from every thread, over the lines chosen."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grams import Grams, indexed, known
from ingest.term_table import Row, Source, Table, pack

NAMES = ["breast cancer", "lenalidomide", "neutropenia", "second primary malignancy", "thalidomide"]
KEYS = st.lists(st.text("abcde ", min_size=1, max_size=10).map(str.strip).filter(bool), unique=True, max_size=12)


def grams(names: list[str], chosen: list[int] | None = None) -> Grams:
    block = np.frombuffer("".join(f"{n}\n" for n in names).encode("utf-8"), dtype=np.uint8)
    return Grams(block, np.array(range(len(names)) if chosen is None else chosen, dtype=np.int64))


def best(held: Grams, key: str, count: int = 3) -> list[tuple[int, float]]:
    rows, likeness = held.alike(held.runs(key), count)
    return [(int(r), round(float(w), 4)) for r, w in zip(rows, likeness, strict=True)]


@pytest.mark.parametrize("row", range(len(NAMES)))
def test_a_name_is_most_like_itself(row: int) -> None:
    assert best(grams(NAMES), NAMES[row])[0] == (row, 1.0)


@pytest.mark.parametrize(("typed", "row"), [("lenaldomide", 1), ("brest canser", 0), ("nuetropenia", 2)])
def test_a_misspelt_name_is_like_the_right_one(typed: str, row: int) -> None:
    first, likeness = best(grams(NAMES), typed)[0]
    assert first == row
    assert 0.3 < likeness < 1


def test_nothing_is_like_nothing() -> None:
    assert best(grams(NAMES), "") == best(grams(NAMES), "zzzz") == best(grams([]), "breast") == []


def test_only_chosen_lines_are_searched_and_rows_number_them() -> None:
    held = grams(NAMES, [1, 4])
    assert len(held) == 2
    assert best(held, "thalidomide")[0] == (1, 1.0)
    assert best(held, "breast cancer") == []


def test_the_run_at_the_end_is_left_out_where_a_name_may_go_on() -> None:
    held = grams(NAMES)
    assert len(held.runs("neu")) == 3
    assert len(held.runs("neu", whole=False)) == 2


def cosine(held: Grams, one: str, other: str) -> float:
    def weights(key: str) -> dict[int, float]:
        return {int(run): float(held.idf[run]) for run in held.runs(key)}

    a, b = weights(one), weights(other)
    dot = sum(a[run] * b[run] for run in a.keys() & b.keys())
    return dot / math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))


@given(KEYS, st.text("abcde ", min_size=1, max_size=10).map(str.strip).filter(bool))
def test_likeness_is_the_cosine_of_the_weights_and_the_best_come_first(keys: list[str], typed: str) -> None:
    held = grams(keys)
    rows, likeness = held.alike(held.runs(typed), len(keys) + 1)
    assert likeness.tolist() == sorted(likeness.tolist(), reverse=True)
    for row, like in zip(rows, likeness, strict=True):
        assert like == pytest.approx(cosine(held, typed, keys[int(row)]), abs=1e-3)
    missed = set(range(len(keys))) - set(rows.tolist())
    assert all(cosine(held, typed, keys[row]) < 0.21 for row in missed)


def test_threads_do_not_disturb_each_other() -> None:
    names = [f"{a}{b}{c} syndrome" for a in "abcdefgh" for b in "ijklmno" for c in "pqrstuv"]
    held = grams(names)
    alone = [best(held, name) for name in names]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: best(held, name), names * 4)) == alone * 4


TABLE = Table(
    pack(
        [
            Row("mesh:C1", "drug", [("rare compound", Source.SUPPLEMENT)]),
            Row("mesh:C2", "drug", [("medicine", Source.SUPPLEMENT)], same=["drugbank:DB1"]),
            Row("mesh:C3", "disease", [("rare disease", Source.SUPPLEMENT)]),
            Row("mesh:C4", "drug", [("spotted", Source.SUPPLEMENT)], spot=True),
            Row("mesh:D1", "disease", [("breast cancer", Source.MESH), ("Cancer of the Breast", Source.MESH)]),
            Row("own:1", "drug", [("ours", Source.OWN)]),
        ]
    )
)


def test_chemicals_of_supplementary_records_alone_are_not_searched() -> None:
    assert known(TABLE).tolist() == [False, True, True, True, True, True]


def test_of_keys_that_differ_only_loosely_the_first_is_searched() -> None:
    assert [TABLE.keys[int(i)] for i in indexed(TABLE)] == [
        "breast cancer",
        "medicine",
        "our",
        "rare disease",
        "spotted",
    ]
