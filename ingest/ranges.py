"""Things with a range, looked up by the range they lie in: a long article has many of both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from ingest.article import Span


class Placed(Protocol):
    """Anything that has a place in the text."""

    @property
    def span(self) -> Span:
        """Its place."""


T = TypeVar("T", bound=Placed)


class Ranges(Generic[T]):
    """Items in the order of their starts; none of them needs to be apart from the others."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = sorted(items, key=lambda i: (i.span.start, i.span.end))
        self._starts = [i.span.start for i in self._items]

    def __iter__(self) -> Iterator[T]:
        """All items in order."""
        return iter(self._items)

    def inside(self, span: Span) -> list[T]:
        """Items that lie wholly in ``span``, in order."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return [i for i in self._items[first:last] if i.span.end <= span.end]

    def overlapping(self, span: Span) -> list[T]:
        """Items that share a code point with ``span``, in order; for items of which none overlaps another."""
        last = bisect_left(self._starts, span.end)
        first = last
        while first and self._items[first - 1].span.end > span.start:
            first -= 1
        return self._items[first:last]
