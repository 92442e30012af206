"""Inputs damaged anywhere: each record is an article whose places hold, or an error with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from tests.ingest.read_golden import GOLDEN, items_of, places_hold

CASES = [
    "bioc/full.xml",
    "bioc/export.json",
    "pubtator/two.txt",
    "html/journal.html",
    "html/news.html",
    "pipes/trial.md",
]
WHOLE = {case: (GOLDEN / case).read_bytes() for case in CASES}
PIECES = (
    b"<table>", b"</table>", b"<td colspan=9>", b"<p>", b"</div>", b"&amp;", b"&#0;", b"<!--", b"]]>", b'"', b"{", b"]",
    b"\xff", b"\x00", b"|", b"\n", b"<script>", b"<sup>", b"30000001|a|", b"<passage>", b"<![CDATA[",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 30), st.sampled_from(PIECES)), max_size=4))
def test_a_damaged_input_is_read_or_refused_and_never_breaks_the_reader(
    case: str, cuts: list[tuple[int, int, bytes]]
) -> None:
    data = WHOLE[case]
    for place, length, piece in cuts:
        place %= len(data)
        data = data[:place] + piece + data[place + length :]
    for item in items_of(data, case):
        if isinstance(item, Article):
            places_hold(item)
        else:
            assert "the reader failed on it" not in item.reason, item
            assert item.place


@pytest.mark.parametrize("case", CASES)
def test_an_input_that_breaks_off_anywhere_is_read_or_refused(case: str) -> None:
    data = WHOLE[case]
    for end in range(0, len(data), max(1, len(data) // 40)):
        for item in items_of(data[:end], case):
            assert isinstance(item, Article) or "the reader failed on it" not in item.reason, (end, item)
