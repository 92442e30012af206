"""Rules over the model's mentions of the result layer: where a reported value begins and ends is regular.

The model finds values well and wavers on their borders, above all at brackets: "29 % )", "36 s ( 95 % CI 31 to 40 s".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.aids import Tag
from ingest.article import Span

_PAIRS = {")": "(", "]": "["}
_REACH = 80
"""Code points behind a value within which its bracket must close."""
_BETWEEN = re.compile(r"\s(?:vs?\.?|versus|compared with)\s|\s?;\s")
_QUALIFIER = re.compile(
    r"""\s?[(\[]\s?(?:\d+(?:[.·]\d+)?\s?%                         # 552 patients (11.6 %)
        |\d+\s?/\s?\d+                                            # 12 % (5/41)
        |9\d(?:\.\d)?\s?%\s?(?:CI|confidence)                     # 2.6 mmHg (95% CI, -0.8 to 6.1)
        |(?:±|\+/-|SD\b|range\b)[^()\[\]]{0,30}\d)[^()\[\]]{0,60}[)\]]""",
    re.VERBOSE | re.IGNORECASE,
)
_SHARE = re.compile(r"\s?,\s?\d+(?:[.·]\d+)?\s?%")
"""Behind a count in a bracket: "(78 of 191, 40.8 %)"."""
_SIZE = re.compile(r"\bn\s?=\s?$", re.IGNORECASE)


def mend_measures(text: str, tags: Sequence[Tag], sentences: Sequence[Span]) -> list[Tag]:
    """``tags`` of the result layer with the borders of MEASURE put right; of the others brackets that do not close."""
    values = [part for t in tags if t.label == "MEASURE" for part in _split(text, t)]
    begins = sorted(t.span.start for t in tags)
    others = [_balanced(text, t, _next(begins, t.span.end, len(text))) for t in tags if t.label != "MEASURE"]
    starts, ends = sorted(t.span.start for t in others), sorted(t.span.end for t in others)
    sentence_ends = sorted(s.end for s in sentences)
    out: list[Tag] = []
    for tag in values:
        limit = _next(sentence_ends, tag.span.end, len(text))
        limit = min(limit, _next(starts, tag.span.end, limit))
        before = bisect_right(ends, tag.span.start)
        floor = max(ends[before - 1] if before else 0, out[-1].span.end if out else 0)
        span = _mended(text, tag.span, min(floor, tag.span.start), limit)
        if span is not None and not (out and out[-1].span.overlaps(span)):
            out.append(replace(tag, span=span))
    return sorted([*out, *others], key=lambda t: (t.span.start, t.span.end, t.label))


def _next(places: Sequence[int], at: int, otherwise: int) -> int:
    """The first of the sorted ``places`` that is not before ``at``."""
    i = bisect_left(places, at)
    return places[i] if i < len(places) else otherwise


def _balanced(text: str, tag: Tag, limit: int) -> Tag:
    """``tag`` with its brackets in pairs; nothing is done to one that would lose all its words."""
    end = _closed(text, tag.span, limit)[0]
    return replace(tag, span=Span(tag.span.start, end)) if end > tag.span.start else tag


def _closed(text: str, span: Span, limit: int) -> tuple[int, bool]:
    """Where ``span`` ends with its brackets in pairs, and whether one was open.

    A bracket at the end that does not open in it is cut off; one that opens is followed to its end before ``limit``, or
    cut off with what it holds.
    """
    words = span.of(text)
    while words and words[-1] in _PAIRS and words.count(words[-1]) > words.count(_PAIRS[words[-1]]):
        words = words[:-1].rstrip()
    end = span.start + len(words)
    opened = _open(words)
    if not opened:
        return end, False
    close = re.match(r"[^()\[\]]*[)\]]", text[end : min(limit, end + _REACH)])
    return (end + close.end() if close else span.start + len(words[: opened[0]].rstrip())), True


def _split(text: str, tag: Tag) -> Iterator[Tag]:
    """One value a number where two stand on either side of "versus"."""
    at = tag.span.start
    for m in _BETWEEN.finditer(text, tag.span.start, tag.span.end):
        left, right = text[at : m.start()], text[m.end() : tag.span.end]
        if re.search(r"\d", left) and re.match(r"[(\[]?\s?[-−<>]?\d", right) and not _open(left):
            yield replace(tag, span=Span(at, m.start()))
            at = m.end()
    yield replace(tag, span=Span(at, tag.span.end))


def _open(words: str) -> list[int]:
    """Places of brackets that open in ``words`` and do not close."""
    places: list[int] = []
    for i, c in enumerate(words):
        if c in "([":
            places.append(i)
        elif c in _PAIRS and places and words[places[-1]] == _PAIRS[c]:
            places.pop()
    return places


def _mended(text: str, span: Span, before: int, limit: int) -> Span | None:
    """The value's own range between ``before`` and ``limit``; None when nothing is left of it."""
    start, (end, opened) = span.start, _closed(text, span, limit)
    if not opened:
        qualifier = _QUALIFIER.match(text, end, limit)
        share = _SHARE.match(text, end, limit)
        if qualifier:
            end = qualifier.end()
        elif share and text[max(0, start - 4) : start].rstrip().endswith(("(", "[")) and "%" not in text[start:end]:
            end = share.end()
    size = _SIZE.search(text, before, start)
    if size and re.match(r"\d", text[start:end]):
        start = size.start()
    return Span(start, end) if end > start else None
