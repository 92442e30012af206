"""Values to arms, groups and times: by order, by place, or refused."""

from __future__ import annotations

import pytest

from ingest.align import align, runs_of
from ingest.article import Span
from ingest.attach import attach
from ingest.effects import read_figures
from ingest.figures import Figure, FigureKind
from tests.builders import find


def values(text: str) -> list[Figure]:
    return [f for f in attach(text, read_figures(text)) if f.kind is FigureKind.VALUE]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("16% versus 22%", [[16, 22]]),
        ("16% versus 22% and 32% versus 41%", [[16, 22], [32, 41]]),
        ("1%, 2% and 3%", [[1, 2, 3]]),
        ("38 vs 31 months", [[38, 31]]),
        ("12% with A and 19% with B", [[12], [19]]),
        ("1% and 6% in men, compared with 4% and 8% in women", [[1, 6], [4, 8]]),
        ("5 months and 7 months", [[5, 7]]),
        ("", []),
    ],
)
def test_values_that_stand_in_one_list_are_one_run(text: str, runs: list[list[int]]) -> None:
    assert [[f.value for f in run] for run in runs_of(text, values(text))] == runs


Cells = list[tuple[float | None, int | None, int | None, int | None]]


def cells(
    text: str, *arms: str, inherited: int = 0, groups: int = 0, times: int = 0, shared: bool = False
) -> Cells | None:
    """Value, arm, group and time of each cell of ``text``, in which ``arms`` are named; None: refused."""
    places: list[tuple[Span, int]] = [(find(text, name), i) for i, name in enumerate(arms)]
    found = align(text, runs_of(text, values(text)), sorted(places), inherited, groups, times, shared)
    return None if found is None else [(c.figure.value, c.arm, c.population, c.time) for c in found]


def test_values_follow_the_order_of_the_arms() -> None:
    assert cells("12% and 19% with AA and BB, respectively", "AA", "BB") == [(12, 0, None, None), (19, 1, None, None)]


def test_values_with_their_arms_behind_them_go_by_place() -> None:
    expected = [(12, 1, None, None), (19, 0, None, None)]
    assert cells("12% with BB and 19% with AA", "AA", "BB") == expected


def test_an_arm_behind_a_comma_has_no_part_in_the_value_before_it() -> None:
    assert cells("With AA it was 54 months, BB not", "AA", "BB") == [(54, 0, None, None)]
    assert cells("With AA it was lower than 54 months in BB", "AA", "BB") == [(54, 1, None, None)]


def test_values_with_their_arms_before_them_go_by_place() -> None:
    assert cells("With AA, it was 12%; with BB, 19%", "AA", "BB") == [(12, 0, None, None), (19, 1, None, None)]


def test_pairs_over_two_groups() -> None:
    text = "AA versus BB: 16% versus 22% and 32% versus 41% in two groups"
    expected = [(16, 0, 0, None), (22, 1, 0, None), (32, 0, 1, None), (41, 1, 1, None)]
    assert cells(text, "AA", "BB", groups=2) == expected


def test_groups_within_each_arm() -> None:
    text = "with AA 1% and 6% in two groups, compared with 4% and 8% with BB"
    expected = [(1, 0, 0, None), (6, 0, 1, None), (4, 1, 0, None), (8, 1, 1, None)]
    assert cells(text, "AA", "BB", groups=2) == expected


def test_pairs_over_two_times() -> None:
    text = "AA versus BB: 16% versus 22% and 32% versus 41%"
    expected = [(16, 0, None, 0), (22, 1, None, 0), (32, 0, None, 1), (41, 1, None, 1)]
    assert cells(text, "AA", "BB", times=2) == expected


def test_one_arm_over_three_times_and_over_three_groups() -> None:
    text = "with AA 1%, 2% and 3%"
    assert cells(text, "AA", times=3) == [(1, 0, None, 0), (2, 0, None, 1), (3, 0, None, 2)]
    assert cells(text, "AA", groups=3) == [(1, 0, 0, None), (2, 0, 1, None), (3, 0, 2, None)]


def test_one_value_that_both_arms_share() -> None:
    assert cells("89% with AA and BB", "AA", "BB", shared=True) == [(89, 0, None, None), (89, 1, None, None)]


def test_arms_known_from_the_sentence_before() -> None:
    assert cells("12% versus 19%", inherited=2) == [(12, 0, None, None), (19, 1, None, None)]


def test_one_value_of_nobody_is_of_all() -> None:
    assert cells("It was 12%") == [(12, None, None, None)]
    assert cells("It was 12% with AA", "AA") == [(12, 0, None, None)]


@pytest.mark.parametrize(
    ("text", "arms", "groups"),
    [
        ("1%, 2% and 3% with AA and BB", ["AA", "BB"], 0),
        ("12% and 19%", [], 0),
        ("16% versus 22% and 32% versus 41% with AA and BB", ["AA", "BB"], 3),
        ("1% and 2% and 3% and 4% with AA and BB and CC", ["AA", "BB", "CC"], 0),
    ],
)
def test_counts_that_disagree_are_refused(text: str, arms: list[str], groups: int) -> None:
    assert cells(text, *arms, groups=groups) is None


def test_no_values_are_no_refusal() -> None:
    assert cells("with AA and BB", "AA", "BB") == []
