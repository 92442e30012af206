"""Where the ratios of a sentence stand: each with its seat, the bracket or the words that it takes up.

With the seats blotted out, the sentence around them reads as its author wrote it: "Smoking ▮ and obesity ▮ predicted
relapse".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.figures import Figure, FigureKind

SEAT, NOTE = "\x01", "\x02"
"""What stands in the blotted text for every character of a seat, and of other numbers and signs in brackets."""
MAX_ITEMS = 30
MAX_LENGTH = 2000
"""Ratios of a sentence, and its code points; what has more is a table or an attack."""

_NUMBER = re.compile(r"(?<![\w.])[\d.·]*\d(?!\w*[%])")
_NAME = re.compile(
    r"(?:\b(?:un)?adjusted\s+|\b(?:pooled|crude|multivaria\w+|univaria\w+|summary|corresponding|estimated)\s+)*"
    r"(?:\b(?:hazards?|odds?|risk|rate|incidence\s+rate)[\s-]+ratios?\b|\brelative\s+risks?\b"
    r"|\b[am]?[HORI]{1,2}Rs?(?:adj)?\b)"
    r"(?:\s*[(\[][A-Za-z]{2,4}s?[)\]])?",
    re.I,
)
_STATISTICS = re.compile(
    r"[\d\s.,;:=<>≤≥%()\[\]–−±·*/×+-]|\b(?:[apn]|CIs?|to|confidence|intervals?|adj\w*|unadjusted|crude|pooled|and|or"
    r"|respectively|both|ratio|[HORI]{1,2}Rs?|ORadj|aORs?|aHRs?|aRRs?|aIRR|AORs?|AHRs?|I2|hazards?|odds|risk"
    r"|relative|rate"
    r"|incidence|value|trend|vs|versus|two|one|sided|model|multivariable|multivariate|univariate)\b",
    re.I,
)
_TAIL = re.compile(r"(?:[\s,;:=(\[]|\b(?:un)?adjusted|\bpooled|\band|\bor)+\Z")
_SAID = re.compile(r"\b(?:was|were|is|of)\s*(?=[\d.·])")


@dataclass(frozen=True, slots=True)
class Item:
    """A ratio with its seat; ``label`` are words of the seat before it, ``tail`` those behind it, None without."""

    figure: Figure
    seat: Span
    label: Span | None = None
    tail: Span | None = None


@dataclass(frozen=True, slots=True)
class Blotted:
    """A sentence with its seats blotted out, character for character; ``start`` is its place in the article."""

    text: str
    start: int
    items: tuple[Item, ...]
    view: str

    def words(self, span: Span) -> str:
        """The words of a range of the article, as printed."""
        return self.view[span.start : span.end]


def blot(view: str, sentence: Span, figures: Sequence[Figure]) -> Blotted | None:
    """The sentence without its ratios; None where it has none, or more than an author would put into one."""
    ratios = [f for f in figures if is_ratio(f) and sentence.contains(f.span)]
    if not ratios or len(ratios) > MAX_ITEMS or len(sentence) > MAX_LENGTH:
        return None
    text = list(sentence.of(view))
    items: list[Item] = []
    groups = _brackets(view, sentence)
    for group in groups:
        inside = [f for f in ratios if group.contains(_value_of(view, f))]
        if inside:
            items.extend(_in_bracket(view, group, inside))
            _fill(text, sentence, group, SEAT)
        elif not re.search(r"[a-z]{4}", _STATISTICS.sub(" ", group.of(view))) and re.search(r"\d", group.of(view)):
            _fill(text, sentence, group, NOTE)
        else:
            for i in range(group.start - sentence.start, group.end - sentence.start):
                text[i] = NOTE if text[i] in ",;:" else text[i]
    placed = {id(i.figure) for i in items}
    for f in ratios:
        if id(f) not in placed:
            seat = _open_seat(view, sentence, f, groups)
            items.append(Item(f, seat))
            _fill(text, sentence, seat, SEAT)
    return Blotted("".join(text), sentence.start, tuple(sorted(items, key=lambda i: i.figure.span)), view)


def is_ratio(figure: Figure) -> bool:
    """True for a printed ratio that compares two groups."""
    return (
        figure.kind is FigureKind.VALUE
        and figure.measure is not None
        and figure.measure.is_ratio
        and figure.value is not None
    )


def _fill(text: list[str], sentence: Span, span: Span, sign: str) -> None:
    for i in range(max(0, span.start - sentence.start), min(len(text), span.end - sentence.start)):
        text[i] = sign


def _brackets(view: str, sentence: Span) -> list[Span]:
    """Outermost brackets of the sentence; one that never closes ends with the sentence's last closing sign."""
    out: list[Span] = []
    depth, start = 0, 0
    for i in range(sentence.start, sentence.end):
        if view[i] in "([":
            start = i if depth == 0 else start
            depth += 1
        elif view[i] in ")]" and depth:
            depth -= 1
            if depth == 0:
                out.append(Span(start, i + 1))
    return out


def _value_of(view: str, figure: Figure) -> Span:
    """The range of the ratio's number, behind its name."""
    inner = figure.span.of(view)
    named = _NAME.match(inner)
    begin = named.end() if named else 0
    if not re.match(r"[\s,:=;]*[\d.·]", inner[begin:]) and (said := _SAID.search(inner)):
        begin = said.end()
    number = _NUMBER.search(inner, begin)
    at = figure.span.start + (number.start() if number else 0)
    return Span(at, at + 1)


def _in_bracket(view: str, group: Span, inside: Sequence[Figure]) -> list[Item]:
    out: list[Item] = []
    left = group.start + 1
    for n, f in enumerate(inside):
        right = inside[n + 1].span.start if n + 1 < len(inside) else group.end - 1
        cut = view.find(";", f.span.end, right)
        tail_end = cut if cut >= 0 else right if n + 1 == len(inside) else f.span.end
        if out and _of_the_first(view, left, f.span.start) and (told := _telling(view, left, f.span.start)):
            out[-1] = replace(out[-1], tail=told)
            left = f.span.start
        label = _telling(view, left, min(f.span.start, _value_of(view, f).start))
        tail = _telling(view, f.span.end, tail_end) if f.span.end < tail_end else None
        out.append(Item(f, group, label, tail))
        left = cut + 1 if cut >= 0 else f.span.end
    return out


def _of_the_first(view: str, start: int, end: int) -> bool:
    """True where the words between two ratios of a bracket belong to the first: "2.1 for men and 1.4 for women"."""
    return re.match(r"[\s,\])]*(?:for|in|among)\s[^;]*?(?:,|\band|\bor)[\s,]*\Z", view[start:end]) is not None


def _telling(view: str, start: int, end: int) -> Span | None:
    """The words of a range that are no statistics, without signs at their ends; None where it has none."""
    words = view[start:end]
    named = list(_NAME.finditer(words))
    words = words[: named[-1].start()] if named else words
    words = _TAIL.sub("", words)
    lead = re.match(r"[\s,;:.)\]]*(?:(?:and|or)\s+)?", words)
    start += lead.end() if lead else 0
    words = words[lead.end() :] if lead else words
    if not re.search(r"[A-Za-z]", _STATISTICS.sub(" ", words)):
        return None
    return Span(start, start + len(words)) if words else None


def _open_seat(view: str, sentence: Span, figure: Figure, groups: Sequence[Span]) -> Span:
    """The seat of a ratio in running text: from its name, or from its number where words stand between the two."""
    value = _value_of(view, figure)
    name = _NAME.match(figure.span.of(view))
    close = name is not None and re.fullmatch(r"[\s,:=]*", view[figure.span.start + name.end() : value.start])
    start = figure.span.start if close or value.start <= figure.span.start else value.start
    end = max(figure.span.end, value.end)
    for group in groups:
        if group.start <= end < group.end or 0 <= group.start - end <= 1:
            end = group.end if _only_figures(view, group) or group.start < end else end
    return Span(start, min(end, sentence.end))


def _only_figures(view: str, group: Span) -> bool:
    return not re.search(r"[A-Za-z]{2}", _STATISTICS.sub(" ", group.of(view)))
