"""Where a sentence ties an exposure to an outcome, and which part of it each of these places governs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.ratio_frame_table import FRAMES
from ingest.ratio_frame_words import Side


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame found in a sentence; ``start`` and ``end`` are those of its words."""

    side: Side
    start: int
    end: int
    match: re.Match[str]

    def group(self, name: str) -> tuple[int, int] | None:
        """The range of a named part; None where the frame has none."""
        if name not in self.match.re.groupindex or self.match.start(name) < 0:
            return None
        return self.match.span(name)


_FRAMES = tuple((side, needs, re.compile(pattern, re.I)) for side, needs, pattern in FRAMES)
_NO_WORDS = re.compile(
    r"\s*(?:(?:an?|the|their|no|any|significant(?:ly)?|statistically|with|and)\s+|\d+\s?%\s+)*", re.I
)
"""Between two frames that are one: "was associated with an | increased risk"."""
_SEAM = re.compile(
    r"(?P<hard>;\s|,?\s+(?:while|whereas|but|although|however)\b|,\s+with\s+)|(?P<soft>,\s+(?:and\s+)?)"
    r"|(?P<and>\s+and\s+)"
)


def frames_in(text: str, begin: int = 0) -> list[Frame]:
    """The frames of a blotted sentence from ``begin`` in its order, none overlapping: of equals the more telling."""
    low = text.lower()
    found = sorted(
        (m.start() + len(m[0]) - len(m[0].lstrip()), n, m)
        for n, (_, needs, pattern) in enumerate(_FRAMES)
        if not needs or any(word in low for word in needs)
        for m in pattern.finditer(text, begin)
    )
    out: list[Frame] = []
    for start, n, m in found:
        if out and (start < out[-1].end or _NO_WORDS.fullmatch(text, out[-1].end, start)):
            continue
        out.append(Frame(_FRAMES[n][0], start, m.end(), m))
    return out


def seams(text: str, frames: list[Frame]) -> list[tuple[int, int]]:
    """The part of the sentence that each frame governs, cut between two frames at a conjunction where there is one."""
    edges = [0]
    for one, two in pairwise(frames):
        found = list(_SEAM.finditer(text, one.end, two.start))
        hard = [m for m in found if m["hard"]]
        soft = [m for m in found if m["soft"]]
        chosen = hard[0] if hard else soft[-1] if soft else found[-1] if found else None
        edges.append(chosen.start() if chosen else one.end)
    edges.append(len(text))
    return list(pairwise(edges))
