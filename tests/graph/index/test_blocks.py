"""Claims as the index packs them: whole again, with claims of their own article alone, and never when damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from graph.errors import DamagedIndex
from graph.index.bare import Shape
from graph.index.packing import (
    BLOCK,
    article_packed,
    article_unpacked,
    block_lines,
    blocks,
    claim_bare,
    claim_whole,
    records_packed,
    records_unpacked,
)
from graph.index.record import RECORD
from graph.library import Library
from graph.opening import INDEX
from ingest.article import Article, Span
from ingest.claim import Claim, Mention
from tests import builders, strategies
from tests.builders import RUN
from tests.graph.index.test_side import anew, content, of
from tests.graph.small import SPM, TERMINOLOGY


def article(name: str, number: int, words: str = "patients") -> tuple[Article, list[Claim]]:
    """An article with so many claims, each of a sentence of its own."""
    sentences = [f"Second cancers were seen in {n} of 90 {words} of {name}." for n in range(number)]
    source = builders.article(" ".join(sentences) or f"Nothing of {name}.", id=f"urn:picograph:article:{name}")
    starts = [source.text.index(sentence) for sentence in sentences]
    outcomes = (Mention("Second cancers", Span(start, start + 14), None, SPM, (SPM,)) for start in starts)
    told = zip(sentences, outcomes, strict=True)
    return source, [builders.claim(source, sentence, outcome=outcome) for sentence, outcome in told]


def put(library: Library, name: str, number: int, words: str = "patients") -> None:
    library.ingest(*article(name, number, words), RUN)


def held(library: Library) -> list[int]:
    """How many claims each block has, by number of the block."""
    found = of(library).sql.execute("SELECT packed FROM block ORDER BY number")
    return [len(block_lines(packed)) for (packed,) in found]


@given(strategies.articles_with_claims())
def test_what_was_packed_is_whole_again(stored: tuple[Article, list[Claim]]) -> None:
    source, claims = stored
    lines = [line for block in blocks([claim_bare(c) for c in claims]) for line in block_lines(block)]
    assert [claim_whole(line, c.id, c.article) for line, c in zip(lines, claims, strict=True)] == claims
    known = article_unpacked(article_packed(source), source.text)
    assert article_packed(known) == article_packed(source)


def test_a_member_without_a_place_is_not_left_out_in_silence() -> None:
    shape = Shape(("a", "b"))
    assert shape.named(shape.bare({"b": 2, "a": 1})) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="not the members a, b"):
        shape.bare({"a": 1, "b": 2, "c": 3})
    with pytest.raises(KeyError):
        shape.bare({"a": 1, "c": 3})


SIZES = (0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1)


@pytest.mark.parametrize("before", SIZES)
@pytest.mark.parametrize("after", SIZES)
def test_blocks_follow_an_article_whose_claims_become_fewer_or_more(library: Library, before: int, after: int) -> None:
    for name, number in (("a", 1), ("b", before), ("c", BLOCK + 1)):
        put(library, name, number)
    of(library)
    put(library, "b", after, "people")
    rest = [after % BLOCK] if after % BLOCK else []
    if before or after:
        assert held(library) == [1, BLOCK, 1, *[BLOCK] * (after // BLOCK), *rest]
    found = content(of(library))
    assert found == anew(library)
    claims = (*article("a", 1)[1], *article("b", after, "people")[1], *article("c", BLOCK + 1)[1])
    assert {claim: row[-1].quote for claim, row in found.items()} == {claim.id: claim.quote for claim in claims}


def test_claims_that_stay_keep_their_blocks(library: Library) -> None:
    put(library, "a", BLOCK + 1)
    put(library, "b", 1)
    before = content(of(library)).keys()
    source, claims = article("a", BLOCK + 1)
    library.ingest(
        source, [builders.claim(source, c.quote.exact, outcome=c.outcome, confidence=0.9) for c in claims], RUN
    )
    assert content(of(library)).keys() == before
    assert held(library) == [BLOCK, 1, 1]
    assert {row[-1].confidence for claim, row in content(of(library)).items() if row[0] == source.id} == {0.9}


@pytest.mark.parametrize("places", [[0], [BLOCK - 1, BLOCK], [BLOCK, 0, BLOCK], list(range(BLOCK + 2))])
def test_claims_come_in_the_order_in_which_they_are_asked_for(library: Library, places: list[int]) -> None:
    put(library, "a", BLOCK + 1)
    put(library, "b", 1)
    index = of(library)
    one_by_one = [index.claims([place])[0] for place in places]
    assert index.claims(places) == one_by_one
    assert index.claims([]) == []


@pytest.fixture
def open_store(tmp_path: Path) -> Callable[[], Library]:
    return lambda: Library.open(tmp_path / "store", terminology=TERMINOLOGY)


@pytest.mark.parametrize(
    "harm", ["x'00'", "substr(packed, 1, length(packed) - 1)", "replace(packed, substr(packed, 9, 2), x'0000')"]
)
def test_a_damaged_block_is_told_and_made_again(open_store: Callable[[], Library], tmp_path: Path, harm: str) -> None:
    with open_store() as library:
        put(library, "a", BLOCK + 1)
        expected = content(of(library))
    connection = sqlite3.connect(tmp_path / "store" / INDEX)
    connection.execute(f"UPDATE block SET packed = CAST({harm} AS BLOB)")
    connection.commit()
    connection.close()
    with open_store() as library, pytest.raises(DamagedIndex, match="made anew"):
        library.evidence("? -> SPM")
    with open_store() as library:
        assert content(of(library)) == expected


@pytest.mark.parametrize("change", ["article SET claims", "link_articles SET facts"])
def test_damage_that_is_met_while_the_index_follows_is_made_good(
    open_store: Callable[[], Library], tmp_path: Path, change: str
) -> None:
    with open_store() as library:
        put(library, "a", 1)
        of(library)
    connection = sqlite3.connect(tmp_path / "store" / INDEX)
    connection.execute(f"UPDATE {change} = x'00'")
    connection.commit()
    connection.close()
    with open_store() as library:
        put(library, "a", 2, "people")
        assert content(of(library)) == anew(library)


def test_records_are_whole_again() -> None:
    for number in (0, 1, 40):
        records = np.zeros(number, RECORD)
        records["high"], records["study"] = np.arange(number), -1
        assert np.array_equal(records_unpacked(records_packed(records)), records)
    with pytest.raises(DamagedIndex):
        records_unpacked(b"x")
