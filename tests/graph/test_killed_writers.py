"""Writers that are killed and writers that are late, a few; `make soak` has sixty kills and 800 corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak import corrections, store_kills

pytestmark = pytest.mark.slow


def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(tmp_path: Path) -> None:
    report = store_kills.run(tmp_path, kills=2, seed=7)
    assert not report.faults


def test_corrections_of_one_claim_by_many_are_all_in_its_history(tmp_path: Path) -> None:
    report = corrections.run(tmp_path, writers=4, number=5)
    assert not report.faults
