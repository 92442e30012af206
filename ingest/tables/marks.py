"""Roles of the words in a table's heads: statistics, time points, sizes; what is left names arms and outcomes."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.article import Span
from ingest.tabular import Cell


class Role(StrEnum):
    """What one heading of a row or column is about. NAME is an arm, an outcome or a subgroup."""

    NAME = "name"
    STATISTIC = "statistic"
    SIZE = "size"
    TIME = "time"
    P_VALUE = "p value"
    CONTRAST = "contrast"
    TEST = "test"
    OVERALL = "overall"
    NOTHING = "nothing"


_STAT = r"""(?:mean|means|average|median|medians|sd|s\.d\.|std\.?(?:\s?dev(?:iation)?s?\.?)?|standard\s+deviations?
    |se|sem|s\.e\.(?:m\.)?|standard\s+errors?(?:\s+of\s+(?:the\s+)?mean)?|iqr|inter-?quartile\s+ranges?|range|min(?:imum)?
    |max(?:imum)?|quartiles?|q1|q3|m|x̄|χ|ci|confidence\s+intervals?
    |9\d\s?%\s*(?:ci|cl|confidence\s+intervals?)|cl\s?9\d\s?%?|n|no\.?|num(?:ber)?|count|freq(?:uency)?|%|per\s?cent(?:age)?s?|proportion|rate|values?|score|scores|lsm|ls\s+mean
    |geometric\s+mean|gmr?|events?|cases|patients?|participants?|subjects?|adjusted|unadjusted|crude|raw|data)"""
_ONLY_STAT = re.compile(rf"[\s\W]*(?:{_STAT}|of|the|with|and|or|in|to|±|\+/?-|−|/)(?:[\s\W]+(?:{_STAT}|of|the|with"
                        r"|and|or|in|to|±))*[\s\W]*", re.I | re.X)  # fmt: skip
_SIZE_ONLY = re.compile(r"[\s(\[]*n\s*=\s*[\d,  ]+[\s)\]]*", re.I)
_SIZE = re.compile(
    r"(?<![A-Za-z])(?:n|no\.?|number)\s*(?:=|:)\s*(?P<size>\d{1,3}(?:[,  ]\d{3})+|\d+)(?![\d.]|\s*%)", re.I
)
_P = re.compile(r"^[\s\W]*(?:[a-z-]+\s+){0,3}p(?:\s*[-–]?\s*(?:val(?:ue)?s?\.?|trend|for\s.{1,30}))?[\s\W]*[a-j]?"
                r"[\s\W]*$"
                r"|^(?:statistical\s+)?significance$|\bp[-–\s]?values?\b", re.I)  # fmt: skip
_CONTRAST = re.compile(
    r"\b(?:difference|diff\.?|odds|hazard|relative\s+risk|risk\s+ratio|rate\s+ratio|ratio|or|rr|hr|aor|ahr|irr|vs\.?"
    r"|versus|treatment\s+effect|effect(?:\s+size)?|between[\s-]groups?|cohen|β|beta|estimates?|coefficient"
    r"|risk\s+reduction|nnt|nnh|smd|wmd|hedges)\b|Δ", re.I,
)  # fmt: skip
_NO_CONTRAST = re.compile(
    r"\b(?:side|adverse|no|or\s+more|or\s+less|or\s+greater)\s+(?:effects?)?\b|\b\w+\s+or\s+\w+", re.I
)
_TEST = re.compile(r"^[\s\W]*(?:[tfzuw]|t[-\s]value|f[-\s]value|z[-\s]?(?:value|score)?|χ\s?2|chi[-\s]?squared?"
                   r"|statistics?|test|test\s+statistic|df|degrees\s+of\s+freedom|r2?|η2?|es|icc|d)[\s\W]*$"
                   r"|^[FtzT]\s*\(", re.I)  # fmt: skip
_UNIT_OF_TIME = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou?rs?)?|hrs?|d(?:ays?)?|w(?:ee)?ks?|wk?s?|m(?:(?:on)?ths?)?|mos?"
    r"|y(?:ea)?rs?)"
)
TIME = re.compile(
    rf"""\b(?:base-?line|pre-?(?:test|treatment|intervention|operative(?:ly)?|procedure)?|post-?(?:test|treatment
        |intervention|operative(?:ly)?|procedure|op)?|before|after|follow[\s-]?up|end\s?-?point|end\s+of\s+\w+
        |initial(?:ly)?|final(?:ly)?|admission|discharge|entry|visit\s*\d+|time\s*\d+|phase\s*\d+|cycle\s*\d+|T\d)\b
      | \b(?:weeks?|months?|days?|years?|hours?|minutes?|wk|day)\s*[-–]?\s*\d+
      | \b\d+(?:\.\d+)?\s*[-–]?\s*{_UNIT_OF_TIME}\b
      | \b(?:one|two|three|four|five|six|nine|twelve|first|second|third|fourth)[\s-](?:{_UNIT_OF_TIME})\b""",
    re.I | re.X,
)
_OVERALL = re.compile(r"^[\s\W]*(?:total|all|overall|both|entire|whole|combined|pooled)(?:\s+(?:groups?|patients?"
                      r"|subjects?|participants?|sample|population|cohort|samples?))?[\s\W]*$", re.I)  # fmt: skip


def bare(words: str) -> str:
    """``words`` without a group's size and the brackets around it.

    >>> bare("Placebo (n = 199)"), bare("CZP 200 mg + MTX (n=393)")
    ('Placebo', 'CZP 200 mg + MTX')
    """
    left = _SIZE.sub("", words)
    return " ".join(re.sub(r"[(\[]\s*[;,]?\s*[)\]]", "", left).split()).strip(" ,;:")


def size_in(words: str) -> tuple[int, int, int] | None:
    """The group's size that a heading gives, with where its digits stand in it; None where it gives none or several.

    >>> size_in("Placebo (n = 1,199)")
    (1199, 13, 18)
    """
    found = list(_SIZE.finditer(words))
    if len(found) != 1:
        return None
    return int(re.sub(r"\D", "", found[0]["size"])), found[0].start("size"), found[0].end("size")


def role_of(words: str) -> Role:
    """What a heading is about, by its words alone."""
    text = " ".join(words.split())
    if not re.search(r"\w|%|±|χ", text):
        return Role.NOTHING
    if _SIZE_ONLY.fullmatch(text):
        return Role.SIZE
    text = bare(text)
    if _P.search(text):
        return Role.P_VALUE
    if re.fullmatch(r"[\s\W]*(?:n|no\.?|number|N)[\s\W]*", text):
        return Role.SIZE
    if _ONLY_STAT.fullmatch(text):
        return Role.STATISTIC
    if _TEST.search(text):
        return Role.TEST
    if _OVERALL.match(text):
        return Role.OVERALL
    if _CONTRAST.search(text) and not _only_said(text):
        return Role.CONTRAST
    left = TIME.sub(" ", text)
    if left != text and not re.search(r"[^\W\d_]{3,}", _stripped(left)):
        return Role.TIME
    return Role.NAME


def _only_said(text: str) -> bool:
    """True where the words of a contrast mean something else: "side effects", "3 or more"."""
    return _CONTRAST.search(_NO_CONTRAST.sub(" ", text)) is None


_FILLER = re.compile(rf"\b(?:{_STAT}|at|in|of|the|time|point|(?:mid|end|start|first|last)|change|from|to|period|mean)\b"
                     r"|\([^)]*\)", re.I | re.X)  # fmt: skip


def _stripped(text: str) -> str:
    return _FILLER.sub(" ", text)


def unmarked(cell: Cell, text: str) -> str:
    """The cell's words with raised footnote marks blanked, as long as before; exponents of units stay.

    ``text`` is the article's.
    """
    if cell.span is None:
        return ""
    words = cell.text
    for span in cell.raised:
        start, end = span.start - cell.span.start, span.end - cell.span.start
        before = words[:start]
        if re.search(r"(?:\b(?:m|cm|mm|ms|s|kg|g|10|χ|x|R|η|L|l)|[−-])$", before) and re.fullmatch(
            r"[−–-]?\d{1,3}|[⁻⁰¹²³⁴-⁹]{1,4}", words[start:end]
        ):
            continue
        words = words[:start] + " " * (end - start) + words[end:]
    return words


def marks_of(cell: Cell, text: str) -> tuple[str, ...]:
    """The raised marks of a cell, one by one."""
    found: list[str] = []
    for span in cell.raised:
        found += [m for m in re.split(r"[\s,;]+", span.of(text)) if m]
    return tuple(found)


def span_in(cell: Cell, start: int, end: int) -> Span:
    """The range of the article's text that a range of the cell's words is."""
    assert cell.span is not None, "an empty cell has no range"
    return Span(cell.span.start + start, cell.span.start + end)
