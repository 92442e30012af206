"""Lines in reading order to headings and paragraphs, over the ends of lines, columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_lines import Line
from ingest.readers.sections import kind_of_heading
from ingest.readers.shape import is_main_heading
from ingest.readers.table_captions import LABEL

_FIGURE = re.compile(
    r"(?:supplementary\s+)?(?:fig(?:ure|\.)?|scheme|box|chart)\s*\.?\s*[A-Z]?\d{1,3}[A-Za-z]?\s*[.:|–—]", re.I
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z])")
_ENDED = re.compile(r"[.?!:]['\"’”)\]]*$")
_BULLET = re.compile(r"[•●▪■◦‣·–—\ufffd]\s|\(?[a-z\d]{1,2}[.)]\s")
_LONG_HEADING = 150


@dataclass(frozen=True)
class Placed:
    """A line and its page; ``furniture`` where it is no text of the article."""

    line: Line
    page: int
    furniture: bool = False


@dataclass(frozen=True)
class Block:
    """A heading (``level`` from 1 on) or a paragraph; ``lead`` is how many of its letters at the start are bold."""

    words: str
    level: int | None = None
    furniture: bool = False
    lead: int = 0


def blocks_of(lines: Sequence[Placed], body: float, hyphens: Hyphens) -> Iterator[Block]:
    """Blocks in order. What interrupts a paragraph (a figure's caption, a note at the foot) comes behind it."""
    leading = _leading(lines)
    open_lines: list[Line] = []
    last: Placed | None = None
    behind: list[Block] = []
    caption: list[Line] = []
    heading: list[Placed] = []

    def end_heading() -> Iterator[Block]:
        if heading:
            words = _joined([p.line for p in heading], hyphens)
            yield Block(words, _level(words))
            heading.clear()

    def end() -> Iterator[Block]:
        nonlocal last
        if open_lines:
            yield Block(_joined(open_lines, hyphens), None, False, _lead(open_lines))
            open_lines.clear()
        last = None
        if caption:
            behind.append(Block(_joined(caption, hyphens)))
            caption.clear()
        yield from behind
        behind.clear()

    before: Placed | None = None
    for placed in lines:
        line = placed.line
        if placed.furniture:
            behind.append(Block(line.text, None, True))
            continue
        if (
            caption
            and before is not None
            and _goes_on(before, placed, leading)
            and abs(line.size - caption[-1].size) < 0.6
        ):
            caption.append(line)
        elif _FIGURE.match(line.text):
            if caption:
                behind.append(Block(_joined(caption, hyphens)))
            caption[:] = [line]
        elif is_heading(line, body, before.line if before is not None and before.page == placed.page else None):
            if heading and not (_near(heading[-1], placed) and abs(heading[-1].line.size - line.size) < 0.6):
                yield from end_heading()
            if not heading:
                yield from end()
            heading.append(placed)
        else:
            yield from end_heading()
            if last is not None and not _goes_on(last, placed, leading):
                yield from end()
            open_lines.append(line)
            last = placed
        before = placed
    yield from end_heading()
    yield from end()


def is_heading(line: Line, body: float, before: Line | None) -> bool:
    """True for a line that heads what follows: in larger or bold letters, or with the name of a main part."""
    words = line.text.strip()
    if not 2 < len(words) <= _LONG_HEADING or not re.search(r"[^\W\d_]{3}", words):
        return False
    if LABEL.match(words) or _FIGURE.match(words) or words[0].islower():
        return False
    apart = before is None or line.top - before.bottom > 0.25 * line.size or before.left != line.left
    if is_main_heading(words):
        return apart and (line.bold or line.size >= body or words.isupper())
    if words[-1] in ".,;-" and not _NUMBERED.match(words):
        return False
    larger = line.size >= 1.12 * body
    bold = line.bold and line.size >= 0.95 * body
    capitals = words.isupper() and kind_of_heading(words) is not None and line.size >= 0.9 * body
    return (larger or bold or capitals) and apart


def without_notes(lines: Sequence[Placed], body: float) -> list[Placed]:
    """The small lines at the foot of a column marked as furniture, where the column has lines of the body above."""
    out = list(lines)
    columns: dict[tuple[int, float], list[int]] = {}
    for number, placed in enumerate(lines):
        columns.setdefault((placed.page, placed.line.left), []).append(number)
    for numbers in columns.values():
        ordered = sorted(numbers, key=lambda n: lines[n].line.bottom)
        small = 0
        while small < len(ordered) and lines[ordered[-1 - small]].line.size < 0.9 * body:
            small += 1
        if any(lines[n].line.size >= 0.95 * body for n in ordered):
            for n in ordered[len(ordered) - small :]:
                out[n] = replace(lines[n], furniture=True)
    return out


def _leading(lines: Sequence[Placed]) -> float:
    """From one line to the next in a paragraph, as a multiple of the size of the letters."""
    steps = [
        (b.line.top - a.line.top) / b.line.size
        for a, b in pairwise(lines)
        if a.page == b.page and a.line.left == b.line.left and 0 < b.line.top - a.line.top < 3 * b.line.size
    ]
    return max(1.1, median(steps)) if steps else 1.2


def _goes_on(last: Placed, placed: Placed, leading: float) -> bool:
    """True where ``placed`` continues the paragraph that ``last`` is the last line of so far."""
    a, b = last.line, placed.line
    ended = _ENDED.search(a.text.rstrip()) is not None
    if re.search(r"[^\W\d_]{2}[-‐\u00ad]$", a.text) and b.text[:1].islower():
        return True
    if abs(a.size - b.size) > 0.7:
        return False
    if last.page != placed.page or a.left != b.left or b.top < a.top:
        return not ended or b.text[:1].islower()
    if b.top - a.top > 1.35 * leading * b.size or _BULLET.match(b.text):
        return False
    width = b.right - b.left
    if ended and a.x1 < a.right - 0.12 * width:
        return False
    indented = b.x0 - b.left > 0.7 * b.size and a.x0 - a.left < 0.5 * a.size
    return not (indented and (ended or b.text[:1].isupper()) and b.x0 - b.left < 4 * b.size)


def _near(a: Placed, b: Placed) -> bool:
    return a.page == b.page and a.line.left == b.line.left and 0 <= b.line.top - a.line.top < 2.2 * b.line.size


def _joined(lines: Sequence[Line], hyphens: Hyphens) -> str:
    words = lines[0].text
    for line in lines[1:]:
        words = hyphens.join(words, line.text)
    return words


def _lead(lines: Sequence[Line]) -> int:
    """Letters in bold at the start of a paragraph that is not bold as a whole."""
    words = lines[0].words
    count = next((n for n, w in enumerate(words) if not w.bold), len(words))
    if count == 0 or (count == len(words) and (len(lines) == 1 or lines[1].bold)):
        return 0
    return len(replace(lines[0], words=words[:count]).text)


def _level(words: str) -> int:
    m = _NUMBERED.match(words)
    if m is not None:
        return m["number"].count(".") + 1
    return 1 if is_main_heading(words) else 2
