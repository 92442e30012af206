"""Arms, numbers or a negation exchanged in a sentence that is read right: the claims have to change accordingly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from corpus.sentences import items, tally
from ingest.claim_json import to_json
from ingest.pipeline import Pipeline
from ingest.readers.files import read_bytes
from tests.corpus.mutations import (
    Said,
    exchanged,
    mirrored,
    said,
    with_arms_swapped,
    with_negation_swapped,
    with_numbers_swapped,
)

Claims = list[dict[str, Any]]
FOLLOWED = 0.9
"""Share of the changed sentences that have to be read with the change; of the others nothing may be read wrong."""


@dataclass(frozen=True)
class Mutant:
    """A changed sentence, what was read from the sentence as it was, and what is read now."""

    text: str
    before: Claims
    now: Claims


@pytest.fixture(scope="module")
def read(pipeline: Pipeline) -> Callable[[str], Claims]:
    @cache
    def claims(text: str) -> Claims:
        reading = pipeline.read(read_bytes(text.encode("utf-8"), "sentence.txt"))
        return [to_json(claim, reading.article) for claim in reading.claims]

    return claims


def _read_right(read: Callable[[str], Claims]) -> Iterator[tuple[str, Claims]]:
    for item in items():
        claims = read(item.doc.text)
        told = tally(item.doc, claims)
        if claims and told.right and not told.wrong and not told.left_out:
            yield item.doc.text, claims


def _numbers_by_name(one: Said) -> dict[str, frozenset[float]]:
    return {name: numbers for name, numbers in one.arms if numbers}


def _wrong(mutant: Mutant) -> list[Said]:
    """What is now said with a number under another arm than the change has put it."""
    expected = [mirrored(said(claim)) for claim in mutant.before]
    right = {(name, number) for one in expected for name, numbers in one.arms for number in numbers}
    names = {name for one in expected for name, _ in one.arms}
    found = [one for one in map(said, mutant.now) if any(numbers for _, numbers in one.arms)]
    return [
        one
        for one in found
        for name, numbers in _numbers_by_name(one).items()
        if name in names and any((name, number) not in right for number in numbers)
    ]


def _unturned(mutant: Mutant) -> list[Said]:
    """What still says which arm had more, of the same outcome and arms, the way round it was."""
    ways = ("higher", "lower")
    old = {
        (s.outcome, tuple(n for n, _ in s.arms), s.direction) for s in map(said, mutant.before) if s.direction in ways
    }
    return [s for s in map(said, mutant.now) if (s.outcome, tuple(n for n, _ in s.arms), s.direction) in old]


def _check(mutants: list[Mutant], at_least: int) -> None:
    assert len(mutants) >= at_least
    assert [(m.text, wrong) for m in mutants if (wrong := _wrong(m))] == []
    followed = [m for m in mutants if set(map(said, m.now)) == {mirrored(said(c)) for c in m.before}]
    missed = [m.text for m in mutants if m not in followed]
    assert len(followed) / len(mutants) >= FOLLOWED, missed


def test_numbers_and_direction_go_with_the_arms(read: Callable[[str], Claims]) -> None:
    changed = [(with_arms_swapped(text, claims), claims) for text, claims in _read_right(read)]
    mutants = [Mutant(text, claims, read(text)) for text, claims in changed if text is not None]
    assert [(m.text, unturned) for m in mutants if (unturned := _unturned(m))] == []
    _check(mutants, 45)


def test_numbers_that_change_places_change_arms(read: Callable[[str], Claims]) -> None:
    changed = [(with_numbers_swapped(text, claims), claims) for text, claims in _read_right(read)]
    _check([Mutant(text, claims, read(text)) for text, claims in changed if text is not None], 35)


def test_a_denial_turns_the_assertion(read: Callable[[str], Claims]) -> None:
    mutants = [
        Mutant(changed, claims, read(changed))
        for text, claims in _read_right(read)
        for changed in with_negation_swapped(text)
    ]
    assert len(mutants) >= 12
    for mutant in mutants:
        (before,) = {claim["assertion"] for claim in mutant.before}
        if before == "negated":
            assert all(claim["assertion"] != "negated" for claim in mutant.now), mutant.text
        else:
            denied = [claim for claim in mutant.now if claim["assertion"] == "negated"]
            assert denied or not mutant.now, mutant.text
            assert all(claim["direction"] in (None, "no difference") for claim in denied if not claim["effects"])
    assert sum(bool(mutant.now) for mutant in mutants) / len(mutants) >= FOLLOWED


def test_the_changes_change_what_they_say() -> None:
    text = "Nausea was commoner with A1 (12%) than with B2 (7%)."
    assert exchanged(text, (25, 27), (44, 46)) == "Nausea was commoner with B2 (12%) than with A1 (7%)."
    assert exchanged(text, (25, 30), (27, 46)) is None
    assert list(with_negation_swapped(text)) == ["Nausea was not commoner with A1 (12%) than with B2 (7%)."]
    assert list(with_negation_swapped("A did not reduce B.")) == ["A reduced B."]
    one = Said("nausea", (("a", frozenset({12.0})), ("b", frozenset({7.0}))), "higher", "stated")
    assert mirrored(one) == Said("nausea", (("a", frozenset({7.0})), ("b", frozenset({12.0}))), "lower", "stated")
    assert mirrored(mirrored(one)) == one
