"""Facts made by hand, and any facts at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graph.analyses.facts import Fact, Term
from ingest.claim import Direction, Favours, Measure, Significance, Status
from tests.builders import LENALIDOMIDE
from tests.graph.small import ELIGIBLE, HAEMATOLOGICAL, IMID, OS, PLACEBO, SPM, TERMINOLOGY, THALIDOMIDE

UP, DOWN, SAME = Direction.HIGHER, Direction.LOWER, Direction.NO_DIFFERENCE
SURE, UNSURE = Significance.SIGNIFICANT, Significance.NOT_SIGNIFICANT


def term(name: str) -> Term:
    """A concept of the small terminology by its IRI, else words."""
    concept = TERMINOLOGY.get(name)
    if concept is None:
        return Term(f"words:{name}", name, (), (name,))
    return Term(name, concept.name, (name,), (concept.name,))


def fact(
    number: int,
    drug: str | None,
    outcome: str,
    study: str,
    *,
    versus: str | None = None,
    among: str | None = None,
    **more: Any,
) -> Fact:
    """A claim of a study, on a drug and an outcome."""
    slots = (None if one is None else term(one) for one in (drug, versus, among))
    given, comparator, population = slots
    return Fact(f"claim:{number:04}", f"article:{study}", study, term(outcome), given, comparator, population, **more)


names = st.sampled_from(["a", "b", "c", "d", LENALIDOMIDE, THALIDOMIDE, IMID, PLACEBO])
ends = st.sampled_from(["x", "y", "=z\x00|1", SPM, HAEMATOLOGICAL, OS])


@st.composite
def many_facts(draw: st.DrawFn) -> list[Fact]:
    """Claims of a few studies on a few drugs, so that they meet."""
    found = []
    for number in range(draw(st.integers(0, 14))):
        found.append(
            fact(
                number,
                draw(st.none() | names),
                draw(ends),
                draw(st.sampled_from(["s1", "s2", "s3", "s4"])),
                versus=draw(st.none() | names),
                among=draw(st.sampled_from([None, None, ELIGIBLE, "adults"])),
                direction=draw(st.none() | st.sampled_from(Direction)),
                significance=draw(st.none() | st.sampled_from(Significance)),
                favours=draw(st.none() | st.sampled_from(Favours)),
                measures=draw(st.sampled_from([(), *((m,) for m in Measure), (Measure.MEDIAN, Measure.HAZARD_RATIO)])),
                participants=draw(st.none() | st.integers(1, 900)),
                year=draw(st.none() | st.integers(1990, 2026)),
                status=draw(st.sampled_from(Status)),
                confidence=draw(st.sampled_from([0.2, 0.5, 0.9])),
            )
        )
    return found
