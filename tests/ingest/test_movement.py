"""Values that are changes: which way they go with their signs."""

from __future__ import annotations

import pytest

from ingest.article import Span
from ingest.claim import Arm, Direction, Effect, Measure
from ingest.movement import moved

HIGHER, LOWER, SAME = Direction.HIGHER, Direction.LOWER, Direction.NO_DIFFERENCE


def effects_in(words: str, one: str, two: str) -> tuple[Effect, ...]:
    made = []
    for printed, arm in ((one, Arm.INTERVENTION), (two, Arm.COMPARATOR)):
        at = words.index(printed)
        made.append(Effect(Measure.MEAN, arm, printed, Span(at, at + len(printed)), value=float(printed)))
    return tuple(made)


@pytest.mark.parametrize(
    ("words", "one", "two", "way"),
    [
        ("weight fell by 6.8 kg with X and by 2.1 kg with Y", "6.8", "2.1", LOWER),
        ("weight fell by 2.1 kg with X and by 6.8 kg with Y", "2.1", "6.8", HIGHER),
        ("distance increased by 33 m with X and fell by 3 m with Y", "33", "3", HIGHER),
        ("distance rose by 5 m with X and by 5.0 m with Y", "5 ".strip(), "5.0", SAME),
        ("distance decreased by 3 m with X and rose by 7 m with Y", "3", "7", LOWER),
    ],
)
def test_the_words_give_the_sign(words: str, one: str, two: str, way: Direction) -> None:
    marked, direction = moved(words, Span(0, len(words)), effects_in(words, one, two))
    assert direction is way
    assert all(e.change_from_baseline for e in marked)


@pytest.mark.parametrize(
    "words",
    [
        "weight was 6.8 kg with X and 2.1 kg with Y",
        "a fall was seen; weight 6.8 kg with X and 2.1 kg with Y",
    ],
)
def test_values_that_no_word_moves_stay(words: str) -> None:
    effects = effects_in(words, "6.8", "2.1")
    assert moved(words, Span(0, len(words)), effects) == (effects, None)


def test_a_share_with_its_events_is_no_change() -> None:
    words = "relapses fell to 6.8 with X and 2.1 with Y"
    one, two = effects_in(words, "6.8", "2.1")
    counted = tuple(Effect(Measure.PROPORTION, e.arm, e.text, e.span, value=e.value, events=3) for e in (one, two))
    assert moved(words, Span(0, len(words)), counted)[1] is None
