"""The numbers of one cell and how they stand to each other; what they are is told elsewhere. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Span
from ingest.tables.marks import span_in, unmarked
from ingest.tabular import Cell

MAX_CELL = 300
"""Code points of a cell that can be numbers; a longer one is prose."""


class Shape(StrEnum):
    """How the numbers of a cell stand to each other."""

    ONE = "a"
    BRACKET = "a (b)"
    PLUS_MINUS = "a ± b"
    INTERVAL = "(a, b)"
    WITH_INTERVAL = "a (b, c)"
    FRACTION = "a/b"
    FRACTION_BRACKET = "a/b (c)"
    P_VALUE = "p"


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: its value, its range in the text, decimals printed, whether a percent sign follows it."""

    value: float
    span: Span
    decimals: int = 0
    percent: bool = False

    @property
    def is_whole(self) -> bool:
        """True for a number without a fraction: one that can count people."""
        return self.decimals == 0 and self.value >= 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one cell in the order of its shape; ``operator`` of a p value (``<``), else ``=``."""

    shape: Shape
    numbers: tuple[Figure, ...]
    operator: str = "="


_SIGN = r"(?:[+＋]|[-−–‐‑﹣]\s?)?"
_NUM = r"(?:\d{1,3}(?:[,\u2009\u202f  ]\d{3})+(?:[.·]\d+)?|\d*[.·]\s?\d+|\d+(?:,\d+)?)(?![\d])"
_N = rf"{_SIGN}{_NUM}"
_PC = r"(?:\s?%)?"
_LEFT, _RIGHT = r"\s*[(\[{]\s*", r"\s*[)\]}]"
_TAIL = r"(?:\s*[\[(]\s*(?:n\s*=\s*)?\d+\s*[\])])?"
"""How many people a value is of, behind it: "1944 (1793) [5]"."""
_UNIT = r"(?:\s?(?:\(n\)|mg|g|kg|cm|mm|ml|mL|L|min|h|s|d|days?|years?|months?|weeks?|points?|mmHg|kcal))?"
_AND = r"\s*(?:[,;]|\bto\b|–|—|−|-|\.\.|~|/)\s*"
_LABEL = r"(?:(?:9\d\s?%\s?)?(?:ci|iqr|range|sd|se|sem)\s*[:=]?\s*)?"

_FORMS: tuple[tuple[Shape, re.Pattern[str]], ...] = tuple(
    (shape, re.compile(form, re.I))
    for shape, form in (
        (Shape.P_VALUE, rf"(?:p\s*)?(?P<op>[<>≤≥=＜＞]|&lt;)\s*(?P<a>{_NUM})"),
        (Shape.FRACTION_BRACKET,
         rf"(?P<a>\d+)\s*(?:/|of)\s*(?P<b>\d+){_LEFT}(?P<c>{_N})(?P<cp>{_PC}){_RIGHT}"),
        (Shape.FRACTION_BRACKET, rf"(?P<a>\d+)\s*(?:/|of)\s*(?P<b>\d+)\s*[,;:=]?\s+(?P<c>{_NUM})(?P<cp>\s?%)"),
        (Shape.FRACTION, r"(?P<a>\d+)\s*(?:/|\bof\b)\s*(?P<b>\d+)"),
        (Shape.PLUS_MINUS,
         rf"(?P<a>{_N})(?P<ap>{_PC})\s*(?:±|\+\s?/\s?[-−–]|∓)\s*(?P<b>{_NUM})(?P<bp>{_PC}){_UNIT}{_TAIL}"),
        (Shape.WITH_INTERVAL,
         rf"(?P<a>{_N})(?P<ap>{_PC})\s*[,;]?\s*[(\[]\s*{_LABEL}(?P<b>{_N})(?:\s?%)?{_AND}(?P<c>{_N})(?P<cp>{_PC})"
         rf"{_RIGHT}"),
        (Shape.WITH_INTERVAL,
         rf"(?P<a>{_N})(?P<ap>{_PC})\s*[,;]\s*{_LABEL}(?P<b>{_N})\s*(?:to|–|−|-)\s*(?P<c>{_N})"),
        (Shape.INTERVAL, rf"[(\[]\s*{_LABEL}(?P<a>{_N})(?:\s?%)?{_AND}(?P<b>{_N})(?P<bp>{_PC}){_RIGHT}"),
        (Shape.INTERVAL, rf"(?P<a>{_N})\s*(?:to|–|—|;|−|-)\s*(?P<b>{_N})"),
        (Shape.BRACKET,
         rf"(?P<a>{_N})(?P<ap>{_PC}){_UNIT}{_LEFT}{_LABEL}(?:±\s*)?(?P<b>{_N})(?P<bp>{_PC}){_RIGHT}{_TAIL}"),
        (Shape.BRACKET, rf"(?P<a>{_N})(?P<ap>{_PC})\s*[,;]\s+(?P<b>{_N})(?P<bp>\s?%)"),
        (Shape.ONE, rf"[(\[]?\s*(?P<a>{_N})(?P<ap>{_PC}){_UNIT}\s*[)\]]?"),
    )
)  # fmt: skip
_FOOT = re.compile(
    r"(?:\s*[*†‡§¶#¥€$^⌘&|+‖◊∗\u2020-\u2022]+|\s*(?<![\w.])?(?<=[\d)\]%*])\s?[a-z](?:\s?[,–-]\s?[a-z]){0,9})+\s*$"
)
_FIRST = re.compile(r"^\s*(?:[*†‡§¶#]|<\s*(?=-))+\s*")


def read_cell(cell: Cell, text: str) -> Figures | None:
    """The numbers of a cell whose words are numbers and nothing else but footnote marks; None for any other.

    ``text`` is the article's.
    """
    if cell.span is None or len(cell.text) > MAX_CELL or not re.search(r"\d", cell.text):
        return None
    words = unmarked(cell, text)
    return read_words(words, cell)


def read_words(words: str, cell: Cell) -> Figures | None:
    """``read_cell`` for words of the cell's length in which what is no number is blank."""
    offset = len(words) - len(words.lstrip())
    if first := _FIRST.match(words):
        offset = first.end()
    body = words[offset:].rstrip()
    for candidate in (body, _FOOT.sub("", body)):
        for shape, form in _FORMS:
            m = form.fullmatch(candidate)
            if m is not None:
                return _figures(shape, m, offset, cell)
    return None


def _figures(shape: Shape, m: re.Match[str], offset: int, cell: Cell) -> Figures:
    parts = m.groupdict()
    numbers = []
    for name in "abc":
        if parts.get(name) is None:
            continue
        start, end = m.start(name) + offset, m.end(name) + offset
        percent = bool((parts.get(name + "p") or "").strip())
        value, decimals = number_of(m[name])
        numbers.append(Figure(value, span_in(cell, start, end), decimals, percent))
    operator = {"＜": "<", "＞": ">", "≤": "<=", "≥": ">=", "&lt;": "<"}.get(
        parts.get("op") or "=", parts.get("op") or "="
    )
    return Figures(shape, tuple(numbers), operator)


def number_of(words: str) -> tuple[float, int]:
    """The value of printed digits, and how many decimals they have.

    A comma before exactly three digits parts thousands, any other is a decimal comma; a raised dot is a point.

    >>> number_of("1,234.5"), number_of("0,05"), number_of("− 1·20")
    ((1234.5, 1), (0.05, 2), (-1.2, 2))
    """
    sign = -1.0 if re.match(r"[-−–‐‑﹣]", words) else 1.0
    digits = re.sub(r"[^\d.,·]", "", words).replace("·", ".")
    if "," in digits:
        thousands = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits)
        digits = digits.replace(",", "") if thousands else digits.replace(",", ".")
    decimals = len(digits.partition(".")[2])
    return sign * float(digits), decimals
