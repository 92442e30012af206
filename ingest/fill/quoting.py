"""The passage that shows a number: the sentence or the table row that prints it."""

from __future__ import annotations

from bisect import bisect_right

from ingest.article import Span
from ingest.fill.prepared import Prepared

MAX_QUOTE = 1500
"""Code points; of a longer passage only what was found is quoted."""


def quoted(prepared: Prepared, span: Span) -> Span:
    """The passage of the article that holds ``span``; the span itself where none does or it is very long."""
    starts = prepared.passage_starts
    at = bisect_right(starts, span.start) - 1
    if at >= 0:
        passage = prepared.passages[at].span
        if passage.contains(span) and len(passage) <= MAX_QUOTE:
            return passage
    return span
