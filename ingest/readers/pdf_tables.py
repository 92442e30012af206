"""Tables on a page: found by a caption and the rules or the aligned words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from ingest.readers.pdf_grid import Region, cut_grid, segments
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_lines import Line, main_size, pieces_of, rows_of
from ingest.readers.pdf_pages import Page, Word
from ingest.readers.raw_tables import RawTable
from ingest.readers.table_captions import LABEL, NOTE_WORDS, label_of

_NEAR = 45.0
"""Points between a caption and the first rule of its table."""
_ALIKE = 6.0
_MOST = 20
"""Captions on a page; a page of a list of tables has more, and no table."""


@dataclass(frozen=True)
class Found:
    """A table, and the words of the page that belong to it, its caption or its notes."""

    raw: RawTable
    words: frozenset[Word]


def find_tables(page: Page, lines: Sequence[Line], hyphens: Hyphens) -> list[Found]:
    """The tables of a page, whose ``lines`` are in reading order."""
    out: list[Found] = []
    taken: set[Word] = set()
    rules = _whole_rules(page.rules)
    starts = [n for n, line in enumerate(lines) if LABEL.match(line.text) and line.words[0].text[:5].lower() == "table"]
    for start in starts[:_MOST]:
        caption = _caption(lines, start, rules)
        if taken.intersection(caption[0].words):
            continue
        floor = min((lines[n].top for n in starts if lines[n].top > caption[-1].bottom), default=page.height)
        region = _ruled(caption, rules, floor) or _aligned(caption, page.words, floor)
        if region is None:
            continue
        inside = [w for w in page.words if region.holds(w) and not any(w in line.words for line in caption)]
        notes = _notes(lines, region, main_size(inside) if inside else 0.0)
        label, words = label_of(reduce(hyphens.join, [line.text for line in caption]))
        rows, heads, note = cut_grid(inside, region, page)
        told = [line.text for line in notes]
        out.append(
            Found(
                RawTable(rows, label, words or None, _joined_notes(told, hyphens), heads, None, note),
                frozenset([*inside, *(w for line in (*caption, *notes) for w in line.words)]),
            )
        )
        taken.update(out[-1].words)
    return out


def _whole_rules(rules: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rules with those in one line put together, from top to bottom."""
    out: list[tuple[float, float, float]] = []
    for x0, y, x1 in sorted(rules, key=lambda r: (round(r[1]), r[0])):
        if out and abs(out[-1][1] - y) < 1.6 and x0 - out[-1][2] < 3:
            out[-1] = (min(out[-1][0], x0), out[-1][1], max(out[-1][2], x1))
        else:
            out.append((x0, y, x1))
    return out


def _caption(lines: Sequence[Line], start: int, rules: Sequence[tuple[float, float, float]]) -> list[Line]:
    """The lines of a caption: those that follow closely in its column, up to a rule or a row of cells."""
    out = [lines[start]]
    for line in lines[start + 1 : start + 8]:
        last = out[-1]
        if (
            line.left != last.left
            or not -2 < line.top - last.bottom < 0.7 * line.size
            or abs(line.size - last.size) > 1
        ):
            break
        if any(last.bottom - 2 < y < line.top + 3 and x0 < line.x1 and x1 > line.x0 for x0, y, x1 in rules):
            break
        if len(segments(line.words)) > 1 or LABEL.match(line.text):
            break
        out.append(line)
    return out


def _ruled(caption: Sequence[Line], rules: Sequence[tuple[float, float, float]], floor: float) -> Region | None:
    """What stands between the first and the last rule of one length below the caption, else above it."""
    top, bottom = caption[0].top, caption[-1].bottom
    x0, x1 = min(line.x0 for line in caption), max(line.x1 for line in caption)
    below = [r for r in rules if bottom - 2 <= r[1] < floor and r[0] < x1 and r[2] > x0 and r[2] - r[0] > 60]
    if below and below[0][1] - bottom < _NEAR:
        alike = [r for r in below if abs(r[0] - below[0][0]) < _ALIKE and abs(r[2] - below[0][2]) < _ALIKE]
        if len(alike) > 1:
            inner = [r for r in rules if alike[0][1] <= r[1] <= alike[-1][1]]
            return Region(alike[0][0], alike[0][2], alike[0][1], alike[-1][1], tuple(inner))
    above = [r for r in rules if r[1] <= top + 2 and r[0] < x1 and r[2] > x0 and r[2] - r[0] > 60]
    if above and top - above[-1][1] < 25 and not below[:1]:
        alike = [r for r in above if abs(r[0] - above[-1][0]) < _ALIKE and abs(r[2] - above[-1][2]) < _ALIKE]
        alike = alike[-4:]
        if len(alike) > 1:
            inner = [r for r in rules if alike[0][1] <= r[1] <= alike[-1][1]]
            return Region(alike[0][0], alike[0][2], alike[0][1], alike[-1][1], tuple(inner))
    return None


def _aligned(caption: Sequence[Line], words: Sequence[Word], floor: float) -> Region | None:
    """Rows of cells below a caption without rules, up to where running text begins."""
    left, right = caption[0].left, caption[0].right
    start = caption[-1].bottom
    inside = [w for w in words if left - 2 <= w.x0 and w.x1 <= right + 2 and start - 1 < w.top < floor]
    end, several, last = start, 0, start
    for row in rows_of(inside):
        top, bottom = min(w.top for w in row), max(w.bottom for w in row)
        parts = segments(row)
        size = main_size(row)
        prose = len(parts) == 1 and parts[0][-1].x1 - parts[0][0].x0 > 0.6 * (right - left)
        if prose or top - last > 2.5 * size:
            break
        several += len(parts) > 1
        last = bottom
        end = bottom if len(parts) > 1 else end
    return Region(left, right, start, end) if several >= 3 else None


def _notes(lines: Sequence[Line], region: Region, size: float) -> list[Line]:
    """The small lines just below a table, or such as begin as notes do."""
    out: list[Line] = []
    low = region.bottom
    for line in sorted(lines, key=lambda n: n.top):
        if line.top < region.bottom - 2 or line.x0 < region.x0 - 8 or line.x1 > region.x1 + 8:
            continue
        begins = NOTE_WORDS.match(line.text) or any(high for _, high in pieces_of(line.words)[:1])
        begins = begins or (not out and line.size < size - 0.4)
        if line.top - low > 1.2 * line.size or not (begins or (out and abs(line.size - out[-1].size) < 0.4)):
            break
        if out and not begins and line.top - low > 0.6 * line.size:
            break
        out.append(line)
        low = line.bottom
    return out


def _joined_notes(lines: Sequence[str], hyphens: Hyphens) -> list[str]:
    out: list[str] = []
    for words in lines:
        if out and not NOTE_WORDS.match(words):
            out[-1] = hyphens.join(out[-1], words)
        else:
            out.append(words)
    return out
