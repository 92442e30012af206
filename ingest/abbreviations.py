"""Short forms that an article defines, beyond those that scispacy's detector finds.

scispacy looks at ``long form (SF)``; articles also print ``long form (SF; more words)`` and ``long form [SF],``. The
alignment is that of Schwartz and Hearst (Pacific Symposium on Biocomputing 2003): every letter of the short form, from
its end, is found in the long form from its end, the first letter at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.article import Span
from ingest.nlp import Abbreviation

_SHORT = re.compile(r"[(\[]\s*(?P<short>[A-Z][A-Za-z]{0,3}(?:-?[A-Z0-9a-z]{1,5})?s?)\s*(?=[)\];,:])")
_MAX_WORDS = 10


def _align(short: str, words: str) -> int | None:
    """Where in ``words`` the long form of ``short`` begins; None where the letters are not there in order."""
    letters = [c for c in short.casefold() if c.isalnum()]
    place = len(words)
    for n, letter in enumerate(reversed(letters)):
        first = n == len(letters) - 1
        place -= 1
        while place >= 0 and not (
            words[place].casefold() == letter and (not first or place == 0 or not words[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
    return place


def _by_initials(short: str, words: str) -> int | None:
    """Where the last words of ``words`` begin whose initials spell ``short``; None where they do not."""
    letters = [c for c in short.casefold() if c.isalpha()]
    starts = [m.start() for m in re.finditer(r"[^\W_]+", words)][-len(letters) :]
    if len(starts) == len(letters) and all(words[s].casefold() == c for s, c in zip(starts, letters, strict=True)):
        return starts[0]
    return None


def _initials(short: str, long: str) -> int:
    letters = [c for c in short.casefold().rstrip("s") if c.isalpha()]
    starts = [w[0].casefold() for w in re.findall(r"[A-Za-z]\w*", long)]
    return sum(letter in starts for letter in letters)


def find_definitions(view: str) -> list[tuple[str, Span]]:
    """Short forms with the range of the long form that stands before their bracket, in the order of the text."""
    found: list[tuple[str, Span]] = []
    for m in _SHORT.finditer(view):
        short = m["short"]
        if not any(c.isupper() for c in short) or (len(short) == 1):
            continue
        left = max((m.start() - 120, 0))
        before = view[left : m.start()].rstrip()
        cut = max(before.rfind(c) for c in ".;([\n") + 1
        words = before[cut:]
        tail = re.findall(r"\S+\s*", words)[-min(_MAX_WORDS, 2 * len(short) + 2) :]
        words = "".join(tail)
        core = re.sub(r"s$", "", short) if len(short) > 2 else short
        start = _by_initials(core, words)
        start = _align(core, words) if start is None else start
        if start is None or len(words) - start <= len(short):
            continue
        begin = left + len(before) - len(words) + start
        found.append((short, Span(begin, left + len(before))))
    return found


def resolve(view: str, detected: Iterable[Abbreviation]) -> dict[str, str]:
    """Short form to long form for the whole article; a definition whose initials fit better wins, then the first."""
    table: dict[str, str] = {}
    ours = [(short, span.of(view)) for short, span in find_definitions(view)]
    for short, long in [*ours, *((a.short, a.long) for a in detected)]:
        words = " ".join(long.split())
        key = re.sub(r"(?<=[A-Z])s$", "", short)
        if key not in table or _initials(key, words) > _initials(key, table[key]):
            table[key] = words
    return table
