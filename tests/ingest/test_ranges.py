"""Things looked up by their place: what lies in a range, and what shares a code point with it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ingest.aids import Tag
from ingest.article import Span
from ingest.ranges import Ranges

spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: Span(p[0], p[0] + p[1]))


def tags(some: list[Span]) -> list[Tag]:
    return [Tag(span, "DRUG") for span in some]


@given(some=st.lists(spans, max_size=12), asked=spans)
def test_what_lies_wholly_in_a_range_comes_back_in_order(some: list[Span], asked: Span) -> None:
    found = [t.span for t in Ranges(tags(some)).inside(asked)]
    assert found == sorted(s for s in some if asked.contains(s))


@given(cuts=st.sets(st.integers(0, 40), max_size=14), dropped=st.sets(st.integers(0, 14)), asked=spans)
def test_of_items_apart_those_that_share_a_code_point_come_back_in_order(
    cuts: set[int], dropped: set[int], asked: Span
) -> None:
    apart = [Span(a, b) for n, (a, b) in enumerate(itertools.pairwise(sorted(cuts))) if n not in dropped]
    found = [t.span for t in Ranges(tags(apart[::-1])).overlapping(asked)]
    assert found == [s for s in apart if s.overlaps(asked)]


def test_items_that_only_touch_do_not_overlap() -> None:
    ranges = Ranges(tags([Span(0, 5), Span(5, 8), Span(8, 9)]))
    assert [t.span for t in ranges.overlapping(Span(5, 8))] == [Span(5, 8)]
    assert Ranges(tags([])).overlapping(Span(0, 1)) == []
