"""The blocks of a Word file in order, and what each is: title, heading, caption, paragraph, table, note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.article import SectionKind
from ingest.readers.building import TextBuilder, clean_words
from ingest.readers.docx_tables import table_rows
from ingest.readers.docx_words import W, is_bold, line_of
from ingest.readers.furniture import furniture
from ingest.readers.labels import labelled
from ingest.readers.raw_tables import RawTable
from ingest.readers.sections import kind_of_heading
from ingest.readers.shape import is_main_heading
from ingest.readers.table_captions import LABEL, NOTE_WORDS, label_of

_HEADING = re.compile(r"heading\s*(\d)", re.I)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INNER = 9
_SHORT = 100
_NOTE = 1_500
_CONTENTS = re.compile(r"(?:toc|table of (?:figures|contents)|header|footer|footnote text|endnote text)", re.I)

StyleOf = Callable[[str | None], tuple[str, int | None]]
"""From a style's id to its name and its outline level (0 is the highest); the name of the default for None."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or, where ``table`` is given, a table. ``level`` is that of a heading."""

    words: str = ""
    style: str = ""
    level: int | None = None
    bold: bool = False
    table: etree._Element | None = None


def blocks_of(body: etree._Element, style_of: StyleOf) -> list[Block]:
    """Paragraphs with words and tables, also those in text boxes and content controls; deleted ones are left out."""
    out: list[Block] = []
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if node.tag in (f"{W}del", f"{W}moveFrom", f"{W}sectPr", _FALLBACK):
            walk.skip_subtree()
        elif node.tag == f"{W}tbl":
            out.append(Block(table=node))
            walk.skip_subtree()
        elif node.tag == f"{W}p" and (words := clean_words(line_of(node))):
            mark = node.find(f"{W}pPr/{W}pStyle")
            name, level = style_of(None if mark is None else mark.get(f"{W}val"))
            own = node.find(f"{W}pPr/{W}outlineLvl")
            if own is not None and own.get(f"{W}val", "9") in "012345678":
                level = int(own.get(f"{W}val", "9"))
            if (m := _HEADING.search(name)) is not None:
                level = int(m[1]) - 1
            out.append(Block(words, name, level, is_bold(node)))
    return out


def write_blocks(builder: TextBuilder, blocks: list[Block]) -> None:
    """Write the blocks in order; captions and notes go with their tables."""
    around = _with_tables(blocks)
    styled = any(block.level is not None for block in blocks)
    for number, block in enumerate(blocks):
        if number in around.taken:
            continue
        if block.table is not None:
            rows, head_rows, note = table_rows(block.table)
            label, caption = label_of(around.captions.get(number, ""))
            builder.table(RawTable(rows, label, caption or None, around.notes.get(number, []), head_rows, None, note))
        elif (level := _level(block, styled)) is not None:
            builder.heading(block.words, level + 1)
        elif furniture(block.words) is not None or _CONTENTS.match(block.style):
            builder.paragraph(block.words, SectionKind.FURNITURE)
        else:
            _paragraph(builder, block.words)


def _paragraph(builder: TextBuilder, words: str) -> None:
    for start, end, label in labelled(words, 0, len(words)):
        if label is not None and kind_of_heading(label) is not None:
            builder.heading(label, _INNER)
        elif label is not None:
            start = words.rindex(label, 0, start)
        builder.paragraph(words[start:end])


def _level(block: Block, styled: bool) -> int | None:
    """The level of a heading: by its style, else by its words or bold letters."""
    if block.level is not None:
        return block.level
    if is_main_heading(block.words):
        return 3 if styled else 0
    short = len(block.words) <= _SHORT and block.words[-1] not in ".;,"
    return 4 if short and block.bold and not LABEL.match(block.words) else None


@dataclass
class _Around:
    captions: dict[int, str]
    notes: dict[int, list[str]]
    taken: set[int]


def _with_tables(blocks: list[Block]) -> _Around:
    """Which blocks are the caption and the notes of which table."""
    found = _Around({}, {}, set())
    for number, block in enumerate(blocks):
        if block.table is None:
            continue
        following = number + 1
        before = list(_captions(blocks, number, found.taken))
        if before:
            found.captions[number] = " ".join(blocks[n].words for n in before)
            found.taken.update(before)
        elif following < len(blocks) and _is_caption(blocks[following]) and not _opens(blocks, following + 1):
            found.captions[number] = blocks[following].words
            found.taken.add(following)
            following += 1
        while following < len(blocks) and _is_note(blocks[following]):
            found.notes.setdefault(number, []).append(blocks[following].words)
            found.taken.add(following)
            following += 1
    return found


def _captions(blocks: list[Block], number: int, taken: set[int]) -> Iterator[int]:
    """The block before a table that begins as a caption; or its label alone and the caption below it."""
    if number > 0 and number - 1 not in taken and _is_caption(blocks[number - 1]):
        yield number - 1
    elif number > 1 and not {number - 1, number - 2} & taken and _is_label(blocks[number - 2]):
        below = blocks[number - 1]
        yield from (number - 2, number - 1) if below.table is None and len(below.words) < 5 * _SHORT else ()


def _is_caption(block: Block) -> bool:
    return block.table is None and len(block.words) < _NOTE and LABEL.match(block.words) is not None


def _is_label(block: Block) -> bool:
    m = LABEL.match(block.words) if block.table is None else None
    return m is not None and m.end() >= len(block.words)


def _opens(blocks: list[Block], number: int) -> bool:
    return number < len(blocks) and blocks[number].table is not None


def _is_note(block: Block) -> bool:
    if block.table is not None or block.level is not None or len(block.words) > _NOTE:
        return False
    named = re.search(r"note|legend", block.style, re.I)
    return bool(named or NOTE_WORDS.match(block.words)) and not LABEL.match(block.words)
