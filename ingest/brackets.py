"""Places where an article may define a short form: a bracket, the short form in or before it, and the words beside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.article import Span
from ingest.short_forms import balanced

_CLOSING = {"(": ")", "[": "]"}
_MAX_BRACKET = 250
"""Longest content of a bracket that is looked at, in characters."""
_REACH = 180
"""How far before a bracket a long form may begin, in characters."""
_MAX_SHORT = 14
_SENTENCE_END = re.compile(r"[.?!]\s+(?=[A-Z\"'(])|[;:]\s|\n")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "one two three four five six seven eight nine ten range mean median see total yes no new old men women boys "
        "girls male female males females left right day days week weeks month months year years",
    )
)


@dataclass(frozen=True, slots=True)
class Site:
    """A short form and words that end with its long form; ``reversed``: the short form is first, and they are it."""

    short: Span
    words: Span
    reversed: bool = False


def is_short_form(words: str) -> bool:
    """Whether ``words`` look like a short form: one or two tokens that begin with a letter, a digit or ``[``."""
    tokens = words.split()
    return (
        0 < len(words) <= _MAX_SHORT
        and any(c.isalpha() for c in words)
        and (words[0].isalnum() or words[0] == "[")
        and not (len(tokens) > 2 or (len(tokens) == 2 and (tokens[0].islower() or tokens[0].isdigit())))
        and not (words.islower() and len(words) > 5)
        and not (not words.isupper() and words.lower() in _WORDS)
        and not re.search(r"[=<>%±]", words)
        and not re.fullmatch(r"\d+[a-z]?", words)
        and balanced(words)
    )


def sites(text: str) -> Iterator[tuple[Site, ...]]:
    """For each bracket, in the order of the text, where a definition may be: likeliest first, of which one may hold."""
    for opening, closing in _brackets(text):
        if not 2 <= closing - opening <= _MAX_BRACKET or text[closing + 1 : closing + 2].isalnum():
            continue
        ways = (_in_bracket, _before_bracket, _last_in_bracket)
        if possible := tuple(site for way in ways if (site := way(text, opening, closing))):
            yield possible


def _brackets(text: str) -> list[tuple[int, int]]:
    open_now: list[int] = []
    found: list[tuple[int, int]] = []
    for m in re.finditer(r"[()\[\]\n]", text):
        if m.group() == "\n":
            open_now.clear()
        elif m.group() in _CLOSING:
            open_now.append(m.start())
        elif open_now and _CLOSING[text[open_now[-1]]] == m.group():
            found.append((open_now.pop(), m.start()))
    return sorted(found)


def _in_bracket(text: str, opening: int, closing: int) -> Site | None:
    """``long form (SF)``, also ``(SF; more)`` and ``(SF, more)``."""
    start, end = _stripped(text, opening + 1, closing, " \t\"'“”‘’`", r"[,;:]")
    short = text[start:end]
    if not is_short_form(short):
        return None
    letters = sum(c.isalnum() for c in short)
    if letters == 1 and (not short.isupper() or text[opening - 1 : opening].isalnum()):
        return None
    words = _words_before(text, opening, min(2 * letters + 2, letters + 5))
    return Site(Span(start, end), words) if words else None


def _before_bracket(text: str, opening: int, closing: int) -> Site | None:
    """``SF (long form)``."""
    m = re.search(r"(?<!\S)[^\s()\[\],;]{2,14}(?=\s$)", text[max(0, opening - 40) : opening])
    if not m or not is_short_form(m.group()) or (m.group().islower() and len(m.group()) > 4):
        return None
    short = Span(max(0, opening - 40) + m.start(), max(0, opening - 40) + m.end())
    start, end = _stripped(text, opening + 1, closing, " \t", r"[;:]|,\s")
    words = text[start:end]
    tokens = words.lower().split()
    if len(words) <= len(short) + 2 or len(tokens) > 10 or m.group().lower() in tokens:
        return None
    return Site(short, Span(start, end), reversed=True) if re.search(r"[a-z]{3}", words) else None


def _last_in_bracket(text: str, opening: int, closing: int) -> Site | None:
    """``long form (other; SF)`` and ``(long form, SF)``."""
    m = re.search(r"[;,]\s+([^\s;,]+)\s*$", text[opening + 1 : closing])
    if not m or not is_short_form(m[1]) or sum(c.isupper() for c in m[1]) < 2:
        return None
    short = Span(opening + 1 + m.start(1), opening + 1 + m.end(1))
    letters = sum(c.isalnum() for c in m[1])
    place = opening if m.group().startswith(";") else opening + 1 + m.start()
    words = _words_before(text, place, min(2 * letters + 2, letters + 5))
    return Site(short, words) if words else None


def _stripped(text: str, start: int, end: int, around: str, separator: str) -> tuple[int, int]:
    """The first item of ``text[start:end]`` without the characters ``around`` it."""
    item = re.split(separator, text[start:end].lstrip(), maxsplit=1)[0]
    start += len(text[start:end]) - len(text[start:end].lstrip())
    core = item.strip(around)
    start += item.find(core)
    return start, start + len(core)


def _words_before(text: str, opening: int, most: int) -> Span | None:
    """Up to ``most`` whole words before a bracket, within the sentence and behind any other bracket of its own."""
    left = max(0, opening - _REACH)
    before = text[left:opening].rstrip()
    cut = 0
    if left and not text[left - 1].isspace():
        blank = re.search(r"\s", before)
        cut = blank.end() if blank else len(before)
    for m in _SENTENCE_END.finditer(before):
        cut = max(cut, m.end())
    depth, closed = 0, 0
    for at in range(len(before) - 1, cut - 1, -1):
        if before[at] in ")]":
            closed = at if depth == 0 else closed
            depth += 1
        elif before[at] in "([":
            depth -= 1
            apart = before[at - 1 : at].strip() == "" and not re.match(r"[\w-]", before[closed + 1 : closed + 2])
            if depth < 0 or (depth == 0 and apart):
                cut = at + 1 if depth < 0 else closed + 1
                break
    if depth > 0:
        cut = closed + 1
    while cut < len(before) and before[cut] in " /-,)]":
        cut += 1
    end = len(before)
    while end > cut and (before[end - 1] in "\"'”’,; " or (before[end - 1] == ")" and not balanced(before[cut:end]))):
        end -= 1
    tokens = [m.start() for m in re.finditer(r"\S+", before[cut:end])]
    return Span(left + cut + tokens[-min(most, len(tokens))], left + end) if tokens else None
