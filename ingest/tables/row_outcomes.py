"""The words of a table that name what a cell measures."""

from __future__ import annotations

import re

from ingest.article import Span
from ingest.tables.cell_reading import UNIT, Read
from ingest.tables.groups import outcome_span
from ingest.tables.marks import Role, bare, role_of
from ingest.tabular import Table

_HEADS_ARMS = re.compile(
    r"\b(?:groups?|arms?|treatments?|drugs?|interventions?|regimens?|doses?|variables?|parameters?|characteristics?|items?"
    r"|outcomes?|study|names?|time|visits?|scales?|methods?)\b", re.I
)  # fmt: skip
_LEADS = re.compile(
    r"^(?:comparison|summary|results?|effects?|analys[ie]s|changes?|outcomes?|mean|median|incidence|frequency|number|distribution|proportion|rates?|values?)s?"
    r"\s+(?:\([^)]*\)\s+)?(?:of|in|for)\s+(?:the\s+)?",
    re.I,
)
_TAIL = re.compile(
    r"\s+(?:in|between|among|by|across|for|at|during|after|within|of)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:groups?|arms?|patients?|participants|study|treatments?)\b.*$"
    r"|\s+(?:before\s+and\s+after|over\s+time|at\s+\d|\().*$",
    re.I,
)
MAX_CAPTION = 90
"""Code points of a caption's subject that can be the name of an outcome."""


def outcome_of(text: str, table: Table, read: Read, *, arms_in_rows: bool) -> tuple[Span, str | None] | None:
    """The words that name what a cell measures, and the whole name; from the caption where the heads do not tell.

    None where nothing names it. ``text`` is the article's.
    """
    named = [h for h in read.outcome if re.search(r"[^\W\d_]", bare(h.text))]
    in_row = [h for h in named if h in read.line.path]
    if named:
        span = outcome_span((in_row or named)[-1], text, UNIT)
        whole = ": ".join(dict.fromkeys(outcome_span(h, text, UNIT).of(text).strip(" :") for h in read.outcome))
        return span, None if whole == span.of(text) else whole
    if arms_in_rows and (corner := _corner(table)) is not None:
        return corner, None
    if table.caption is None:
        return None
    return _of_caption(text, table.caption)


def _corner(table: Table) -> Span | None:
    """What heads the names of the arms, where that is an outcome: "CGI-S" above "Placebo" and "Zelotrexin"."""
    cell = table.at(0, 0)
    if cell is None or cell.span is None or _HEADS_ARMS.search(cell.text) or role_of(cell.text) is not Role.NAME:
        return None
    return cell.span


def _of_caption(text: str, caption: Span) -> tuple[Span, str | None] | None:
    """What the caption is about: "Comparison of pain scores between groups" names pain scores."""
    words = caption.of(text)
    words = re.split(r"[.;:](?:\s|$)", words, maxsplit=1)[0]
    lead = _LEADS.match(words)
    start = lead.end() if lead else 0
    tail = _TAIL.search(words, start)
    end = tail.start() if tail and tail.start() > start else len(words)
    kept = words[start:end].rstrip(" ,.;:")
    if not 3 <= len(kept) <= MAX_CAPTION:
        return None
    return Span(caption.start + start, caption.start + start + len(kept)), None
