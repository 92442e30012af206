"""Which mentions a name of a question means, as SPARQL patterns. Pure.

The same is said in Python by ``graph.words`` and ``graph.searching.slot``: a mention is meant that names the concept or
a narrower one, or, where no concept is linked, that holds one of its names; but not one that only denies the name
("non-transplant-eligible").

A key is the words of a mention with one blank around each (" no prior lenalidomide "). XPath patterns cannot look
back, so keys are marked first: each word gets blanks of its own, words that deny get a ``!`` and words that may stand
between these and the name a ``~``. Then a name is asserted somewhere if it stands behind a word without a mark, or at
the beginning, with any number of words with ``~`` between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from pyoxigraph import Literal, NamedNode

from graph.resolving import Resolved
from graph.words import BETWEEN, NEGATORS

_DENIES = f" ({'|'.join(sorted(NEGATORS))}) "
_ASSERTED = "(^ |[^ !~] )( [^ !~]+~ )*"
"""What stands before a name that is not denied."""
_MAY_STAND = f" ({'|'.join(sorted(BETWEEN))}) "


class Patterns:
    """Makes patterns with variables that no other pattern of the query has."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count(1)

    def number(self) -> int:
        """One that is not used yet."""
        return next(self._numbers)

    def named(self, mention: str, term: Resolved) -> list[str]:
        """Lines of a group of their own that binds ``mention`` (with its question mark) to every mention meant."""
        if not term.targets:
            meant = self._worded(mention, term, unlinked=False)
        elif not term.words:
            meant = self._linked(mention, term)
        else:
            linked, worded = self._linked(mention, term), self._worded(mention, term, unlinked=True)
            meant = ["{", *indented(linked), "}", "UNION", "{", *indented(worded), "}"]
        return [*meant, *self._not_denied(mention, term)]

    def _linked(self, mention: str, term: Resolved) -> list[str]:
        number = self.number()
        targets = " ".join(str(NamedNode(iri)) for iri in term.targets)
        return [
            f"VALUES ?asked{number} {{ {targets} }}",
            f"?concept{number} ev:within ?asked{number} .",
            f"{mention} ev:concept ?concept{number} .",
        ]

    def _worded(self, mention: str, term: Resolved, *, unlinked: bool) -> list[str]:
        key = f"?key{self.number()}"
        first = [f"{mention} ev:unlinked true ."] if unlinked else []
        names = [name for name in term.words if not any(_holds(name, other) for other in term.words if other != name)]
        several = "|".join(names)
        held = f"REGEX({key}, {text(f' ({several}) ')})" if names else "false"
        return [*first, f"{mention} ev:key {key} .", f"FILTER({held})"]

    def _not_denied(self, mention: str, term: Resolved) -> list[str]:
        if not term.words:
            return []
        number = self.number()
        key, marked, name, places = (f"?{word}{number}" for word in ("other", "marked", "name", "places"))
        names = " ".join(f"({text(f' {each} ')} {text(spread(each))})" for each in term.words)
        return [
            "FILTER NOT EXISTS {",
            f"  {mention} ev:key {key} .",
            f"  FILTER(REGEX({key}, {text(_DENIES)}))",
            f"  BIND({_marked(key)} AS {marked})",
            f"  VALUES ({name} {places}) {{ {names} }}",
            f"  FILTER(CONTAINS({key}, {name}) && !REGEX({marked}, CONCAT({text(_ASSERTED)}, {places})))",
            "}",
        ]


def spread(name: str) -> str:
    """A name as it stands in a marked key; ``name`` is a key without outer blanks.

    >>> spread("prior lenalidomide")
    ' prior~  lenalidomide '
    """
    return "".join(f" {_mark(word)} " for word in name.split())


def text(value: str) -> str:
    """A string of SPARQL."""
    return str(Literal(value))


def indented(lines: Iterable[str]) -> list[str]:
    """Two blanks further to the right."""
    return [f"  {line}" for line in lines]


def _holds(name: str, other: str) -> bool:
    """Whether one name holds another as whole words, so that the shorter one finds whatever it does."""
    return f" {other} " in f" {name} "


def _mark(word: str) -> str:
    return f"{word}!" if word in NEGATORS else f"{word}~" if word in BETWEEN else word


def _marked(key: str) -> str:
    spread = f'REPLACE({key}, " ", "  ")'
    return f"REPLACE(REPLACE({spread}, {text(_DENIES)}, {text(' $1! ')}), {text(_MAY_STAND)}, {text(' $1~ ')})"
