"""Words of a page to lines: in the order in which they are read, column by column, with what is raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from ingest.readers.pdf_pages import Word
from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import Piece

_BLANK = 0.12
"""Of the size of the letters: a wider gap between two words is a blank."""
_GUTTER = 0.8
"""Of the size of the letters: what parts columns is at least this wide."""
_NARROWEST = 100.0
"""Points: a narrower column of prose is none."""
_MARKS = frozenset("0123456789,;–-*†‡§¶ ")


@dataclass(frozen=True)
class Line:
    """Words beside each other; ``left`` and ``right`` bound the column they stand in."""

    words: tuple[Word, ...]
    left: float
    right: float

    @cached_property
    def x0(self) -> float:
        """Where the first word begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where the last word ends."""
        return max(w.x1 for w in self.words)

    @cached_property
    def size(self) -> float:
        """Size of most of its letters, in points."""
        return main_size(self.words)

    @cached_property
    def top(self) -> float:
        """Upper end of its words in the main size."""
        return min(w.top for w in self.words if w.size >= 0.9 * self.size)

    @cached_property
    def bottom(self) -> float:
        """Lower end of its words in the main size."""
        return max(w.bottom for w in self.words if w.size >= 0.9 * self.size)

    @cached_property
    def bold(self) -> bool:
        """True where all its words are bold."""
        return all(w.bold for w in self.words)

    @cached_property
    def text(self) -> str:
        """Its words in one line: exponents in superscript characters, raised marks of references left out."""
        return words_of(self.words)


def main_size(words: Sequence[Word]) -> float:
    """The size that most letters have."""
    counts: Counter[float] = Counter()
    for word in words:
        counts[round(word.size, 1)] += len(word.text)
    return counts.most_common(1)[0][0]


def pieces_of(words: Sequence[Word]) -> list[Piece]:
    """Words of one line with blanks where they stand apart, and whether they are raised."""
    size = main_size(words)
    base = median([w.bottom for w in words if w.size >= 0.9 * size])
    out: list[Piece] = []
    before: Word | None = None
    for word in sorted(words, key=lambda w: w.x0):
        gap = before is not None and word.x0 - before.x1 > _BLANK * size
        high = word.size < 0.85 * size and word.bottom < base - 0.12 * size
        out.append(((" " if gap else "") + word.text, high))
        before = word
    return out


def words_of(words: Sequence[Word]) -> str:
    """The line as prose, see ``Line.text``."""
    out = ""
    for text, high in pieces_of(words):
        if not high:
            out += text
        elif is_power(out, text.strip()) or (raise_words(text) and out[-1:].isdigit() and text[:1] != " "):
            out += raise_words(text) or text
        elif not (set(text) <= _MARKS and out.strip()):
            out += text
    return out


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words in rows from top to bottom: those belong together whose heights overlap for the most part."""
    rows: list[list[Word]] = []
    tallest: list[Word] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        for n in range(len(rows) - 1, max(-1, len(rows) - 7), -1):
            tall = tallest[n]
            overlap = min(tall.bottom, word.bottom) - max(tall.top, word.top)
            if overlap > 0.5 * min(tall.bottom - tall.top, word.bottom - word.top):
                rows[n].append(word)
                if word.size > tall.size:
                    tallest[n] = word
                break
        else:
            rows.append([word])
            tallest.append(word)
    rows = [sorted(row, key=lambda w: w.x0) for row in rows]
    return sorted(rows, key=lambda row: median([w.top for w in row]))


def lines_of(
    words: Sequence[Word], left: float, right: float, depth: int = 0, cuts: Sequence[float] = ()
) -> list[Line]:
    """Lines in reading order: where the words stand in columns, one column after the other.

    ``cuts`` are heights at which all columns end, since something stands there across them.
    """
    if not words:
        return []
    rows = rows_of(words)
    gutter = _gutter(rows, left, right) if depth < 3 else None
    if gutter is None:
        return [Line(tuple(row), left, right) for row in rows]
    out: list[Line] = []
    sides: tuple[list[Word], list[Word]] = ([], [])

    def flush() -> None:
        for side, a, b in ((sides[0], left, gutter or left), (sides[1], gutter or right, right)):
            edges = min((w.x0 for w in side), default=a), max((w.x1 for w in side), default=b)
            out.extend(lines_of(side, max(a, edges[0]), min(b, edges[1]), depth + 1))
            side.clear()

    last = 0.0
    for row in rows:
        if any(last < cut <= row[0].top for cut in cuts):
            flush()
        last = row[0].top
        if _crosses(row, gutter):
            flush()
            out.append(Line(tuple(row), left, right))
        else:
            for word in row:
                sides[(word.x0 + word.x1) / 2 > gutter].append(word)
    flush()
    return out


def _gutter(rows: Sequence[Sequence[Word]], left: float, right: float) -> float | None:
    """Where two columns of prose part; None where the words stand in one."""
    width = right - left
    best: tuple[int, float] | None = None
    for step in range(20, 81):
        x = left + width * step / 100
        if min(x - left, right - x) < _NARROWEST:
            continue
        clear = [row for row in rows if row[0].x1 < x < row[-1].x0 and not _crosses(row, x)]
        across = sum(1 for row in rows if _crosses(row, x))
        if len(clear) < 6 or len(clear) < 0.6 * across:
            continue
        if _filled(clear, left, x, 0) < 0.6 or _filled(clear, x, right, 1) < 0.6:
            continue
        score = len(clear) - across
        if best is None or score > best[0]:
            best = score, x
    if best is None:
        return None
    near = [row for row in rows if not _crosses(row, best[1])]
    before = max((w.x1 for row in near for w in row if w.x1 <= best[1]), default=best[1])
    behind = min((w.x0 for row in near for w in row if w.x0 >= best[1]), default=best[1])
    return (before + behind) / 2


def _crosses(row: Sequence[Word], x: float) -> bool:
    """True where a word of the row covers ``x``, or two stand there as close as in running text."""
    for first, second in zip(row, [*row[1:], None], strict=True):
        if first.x0 < x < first.x1:
            return True
        if second is not None and first.x1 <= x <= second.x0:
            return second.x0 - first.x1 < _GUTTER * max(first.size, second.size)
    return False


def _filled(rows: Sequence[Sequence[Word]], left: float, right: float, side: int) -> float:
    """How much of the column's width a row's words take up, in the middle of the rows."""
    shares = []
    for row in rows:
        inside = [w for w in row if left <= (w.x0 + w.x1) / 2 <= right]
        edge = max(w.x1 for w in inside) - min(w.x0 for w in inside) if inside else 0.0
        wide = sum(w.x1 - w.x0 for w in inside)
        shares.append(min(edge, 1.35 * wide) / (right - left))
    return median(shares) if shares else 0.0
