"""An article's text put together from the parts of a structured source, with its sections and tables.

Each heading, paragraph and table row is a line of its own, blocks are apart by an empty line, and runs of white space
are one blank. Every reader of a structured format builds its text here, so that all texts have one form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.article import Section, SectionKind, Span
from ingest.readers.clean import clean_words as clean_words
from ingest.readers.clean import joined
from ingest.readers.clean import without_controls as without_controls
from ingest.readers.raw_tables import RawCell, RawTable
from ingest.readers.sections import kind_of_heading
from ingest.tabular import Cell, Table

MAX_CELLS = 40_000
"""A larger table keeps its caption and notes, and says in ``note`` that its cells were left out."""
MAX_SPAN = 1000
"""Rows or columns that one cell covers at most, as in HTML."""
MAX_TEXT = 10_000_000
"""Code points of one article's text; what comes behind is left out, and ``Built.cut`` is True."""
SEPARATOR = " | "
"""Between the cells of a row."""

_KEPT = frozenset({SectionKind.METHODS, SectionKind.RESULTS, SectionKind.BACKGROUND, SectionKind.FURNITURE})
_ENDING = frozenset({SectionKind.DISCUSSION, SectionKind.CONCLUSION, SectionKind.FURNITURE})


@dataclass(frozen=True, slots=True)
class Built:
    """What came out: the text and where everything is in it. ``cut`` when the source was too long."""

    text: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    cut: bool = False


@dataclass
class TextBuilder:
    """Puts a text together from top to bottom; ``finish`` gives the result."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _sections: list[Section] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _path: list[tuple[int, SectionKind, str]] = field(default_factory=list)
    _cut: bool = False

    def title(self, words: str) -> None:
        """The article's title; nothing where it is empty."""
        span = self._block(clean_words(words))
        if span is not None:
            self._sections.append(Section(span, SectionKind.TITLE))

    def heading(self, words: str, level: int = 1, kind: SectionKind | None = None) -> None:
        """Begin a section. ``kind`` None: told by the words, else that of the section around it.

        Headings above or at ``level`` end. Without words no line is written, only the kind holds from here on. Within
        a section whose kind is known, words like "Outcomes" or "Safety" tell what it is about and not what it is for.
        """
        words = clean_words(words)
        self.end(level)
        around = self._path[-1][1] if self._path else SectionKind.BODY
        told = kind_of_heading(words)
        if around in _KEPT and told not in _ENDING:
            told = around
        self._path.append((level, kind or told or around, words))
        span = self._block(words)
        if span is not None:
            self._sections.append(Section(span, SectionKind.FURNITURE, words))

    def end(self, level: int) -> None:
        """End the sections at ``level`` and below it; what follows belongs to the section around them."""
        self._path = [step for step in self._path if step[0] < level]

    def paragraph(self, words: str, kind: SectionKind | None = None) -> Span | None:
        """One paragraph under the headings so far; its range, None where it is empty. ``kind`` overrides theirs."""
        span = self._block(clean_words(words))
        if span is not None:
            _, around, name = self._path[-1] if self._path else (0, SectionKind.BODY, "")
            self._sections.append(Section(span, kind or around, name or None))
        return span

    def table(self, raw: RawTable) -> None:
        """A table with its caption and notes, one row a line."""
        number = len(self._tables) + 1
        rows, note = raw.rows, raw.note
        if _places(rows) > MAX_CELLS:
            rows, note = (), f"more than {MAX_CELLS:,} cells"
        self._gap()
        start = self._length
        label = clean_words(raw.label or "") or None
        head = self._line(label + ". ") if label and raw.caption else self._line(label + "\n") if label else None
        caption = self._line(clean_words(raw.caption or ""))
        if head is not None or caption is not None:
            self._line("\n")
        cells = self._rows(rows)
        notes = []
        for words in raw.notes:
            if (span := self._line(clean_words(words))) is not None:
                notes.append(span)
                self._line("\n")
        end = self._trimmed()
        if end <= start:
            return
        span = Span(start, end)
        name = raw.id or f"table-{number}"
        if any(t.id == name for t in self._tables):
            name = f"{name}-{number}"
        self._sections.append(Section(span, SectionKind.TABLE, label))
        self._tables.append(Table(name, span, tuple(cells), label, caption, tuple(notes), raw.head_rows, note))

    def finish(self) -> Built:
        """The text with a line break at its end, its sections and tables."""
        self._trimmed()
        text = "".join(self._parts)
        return Built(text + "\n" if text else "", tuple(self._sections), tuple(self._tables), self._cut)

    def _rows(self, rows: Sequence[Sequence[RawCell]]) -> list[Cell]:
        cells: list[Cell] = []
        below: dict[int, int] = {}  # column -> rows that a cell from above still covers
        for number, row in enumerate(rows):
            column, wrote, said = 0, False, any(clean_words(words) for raw in row for words, _ in raw.pieces)
            for raw in row:
                while below.get(column, 0):
                    column += 1
                down, across = _bounded(raw.rows), _bounded(raw.columns)
                across = next((n for n in range(1, across) if below.get(column + n, 0)), across)
                if wrote and said:
                    self._line(SEPARATOR)
                cells.append(self._cell(raw, number, column, min(down, len(rows) - number), across))
                wrote = True
                for covered in range(column, column + across):
                    below[covered] = down
                column += across
            below = {c: n - 1 for c, n in below.items() if n > 1}
            if said:
                self._line("\n")
        return cells

    def _cell(self, raw: RawCell, row: int, column: int, down: int, across: int) -> Cell:
        start = self._length
        text, raised = joined(raw.pieces)
        span = self._line(text)
        marks = tuple(Span(start + a, start + b) for a, b in raised) if span is not None else ()
        return Cell(row, column, text if span else "", span, down, across, raw.header, max(0, raw.indent), marks)

    def _block(self, words: str) -> Span | None:
        if not words:
            return None
        self._gap()
        return self._line(words)

    def _gap(self) -> None:
        if self._trimmed():
            self._line("\n\n")

    def _trimmed(self) -> int:
        """Take white space off the end; the length then."""
        while self._parts and not self._parts[-1].strip():
            self._length -= len(self._parts.pop())
        if self._parts and self._parts[-1] != (bare := self._parts[-1].rstrip()):
            self._length -= len(self._parts[-1]) - len(bare)
            self._parts[-1] = bare
        return self._length

    def _line(self, words: str) -> Span | None:
        if not words or self._length + len(words) > MAX_TEXT:
            self._cut = self._cut or bool(words)
            return None
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return Span(start, self._length)


def _places(rows: Sequence[Sequence[RawCell]]) -> int:
    """Places that the cells cover, each as often as it is covered."""
    return sum(
        min(_bounded(c.rows), len(rows) - number) * _bounded(c.columns) for number, row in enumerate(rows) for c in row
    )


def _bounded(count: int) -> int:
    return max(1, min(count, MAX_SPAN))
