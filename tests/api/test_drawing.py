"""The picture of a network: everything inside, nothing on top of each other, always the same."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from api.analysis_present import analysis_out
from api.analysis_schemas import NetworkOut
from api.drawing import DRAWN, draw
from graph.analyses.comparisons import compared
from graph.analyses.facts import Fact
from graph.analyses.of_library import Analysis
from graph.question import parse_question
from tests.graph.analyses.made import fact
from tests.graph.small import OS


def network(pairs: list[tuple[str, str]]) -> NetworkOut:
    facts: list[Fact] = [fact(n, a, OS, f"t{n}", versus=b) for n, (a, b) in enumerate(pairs)]
    made = Analysis("? -> ?", (), len(facts), len(facts), 1, compared(facts), {})
    out = analysis_out(made, parse_question("? -> ?"), 1)
    assert isinstance(out, NetworkOut)
    return out


NETWORKS = {
    "pair": [("a", "b")],
    "star": [(f"d{n:02}", "placebo") for n in range(20)],
    "islands": [(f"a{n}", f"b{n}") for n in range(9)],
    "ring": [(f"d{n}", f"d{(n + 1) % 12}") for n in range(12)],
}


@pytest.mark.parametrize("name", NETWORKS)
def test_all_treatments_are_inside_and_apart(name: str) -> None:
    found = network(NETWORKS[name])
    picture = draw(found, {})
    assert len(picture.dots) == len(found.treatments)
    assert len(picture.lines) == len(found.comparisons)
    for dot in picture.dots:
        assert dot.radius <= dot.x <= picture.width - dot.radius
        assert dot.radius <= dot.y <= picture.height - dot.radius
        assert 0 <= dot.label_y <= picture.height
    for one, other in combinations(picture.dots, 2):
        assert dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius
    assert picture == draw(found, {})


def test_of_a_large_network_the_most_compared_are_drawn_and_the_others_counted() -> None:
    found = network([(f"d{n:03}", "placebo") for n in range(DRAWN + 40)])
    picture = draw(found, {})
    assert len(picture.dots) == DRAWN
    assert picture.left_out == 41
    assert picture.dots[0].label == "placebo"


def test_nothing_compared_is_nothing_drawn() -> None:
    picture = draw(network([]), {})
    assert (picture.dots, picture.lines, picture.left_out, picture.height) == ((), (), 0, 0)
