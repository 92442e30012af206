"""A sentence cut into the parts that each report one comparison."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ingest.article import Span

_SEAM = re.compile(
    r"(?P<hard>;)|(?P<soft>,\s+(?:and|while|whereas|but|although|with)\s+|\s+(?:while|whereas|but)\s+"
    r"|\s+and\s+(?=(?:was|were|resulted|the|an?|similar|comparable|no|had|significantly|also)\b)"
    r"|,\s+(?=compared\s+with\b)(?!))"
)


def split_clauses(view: str, sentence: Span, reports: Callable[[Span], bool]) -> list[Span]:
    """Clauses of ``sentence`` in order; ``reports`` says whether a range holds a result of its own.

    A semicolon outside brackets always cuts; a conjunction cuts where both sides report.
    """
    cuts: list[int] = []
    start = sentence.start
    for m in _SEAM.finditer(view, sentence.start, sentence.end):
        if _depth(view, sentence.start, m.start()) > 0 or m.end() >= sentence.end:
            continue
        if m["hard"] or (
            m.start() > start and reports(Span(start, m.start())) and reports(Span(m.end(), sentence.end))
        ):
            cuts.append(m.end())
            start = m.end()
    lead = re.match(
        r"\s*(?:Although|Though|While|Whereas|Despite|Even\s+though)\b[^,;()]{10,}?,",
        view[sentence.start : sentence.end],
    )
    if lead and sentence.start + lead.end() not in cuts and lead.end() < len(sentence):
        cuts = sorted({*cuts, sentence.start + lead.end()})
    edges = [sentence.start, *cuts, sentence.end]
    return [Span(a, b) for a, b in pairwise(edges) if b > a and view[a:b].strip()]


def _depth(view: str, start: int, end: int) -> int:
    depth = 0
    for c in view[start:end]:
        if c in "([":
            depth += 1
        elif c in ")]":
            depth = max(0, depth - 1)
    return depth
