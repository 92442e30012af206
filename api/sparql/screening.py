"""What a query may not be, found out before any parser sees it: too long, too deeply nested, one that asks elsewhere.

A query can hide a word from those who read it in one way only: behind ``<`` that may begin an IRI or compare, a ``#``
begins a comment in one reading and not in the other, and all that follows is shifted. So every reading is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.sparql.errors import QueryMalformed, QueryRefused, QueryTooLong
from api.sparql.lexer import Kind, either_way, token_at, tokens

FORMS = ("select", "ask", "construct", "describe")
_PROLOGUE = frozenset({"prefix", "base", "version"})
_VOLATILE = frozenset({"now", "rand", "uuid", "struuid", "bnode"})
_OPENING, _CLOSING = frozenset({"(", "[", "{", "<<"}), frozenset({")", "]", "}", ">>"})
_ELSEWHERE = "service"
_EFFORT = 4
"""How many tokens are read for each character of the query, at most; ordinary queries take less than one."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What has to be known of a query before it runs."""

    form: str
    """One of ``FORMS``."""
    prologue: str
    """The text before the form: prefixes and base."""
    graphs: tuple[str, ...]
    """What stands behind FROM, as written."""
    named: tuple[str, ...]
    """What stands behind FROM NAMED, as written."""
    volatile: bool
    """True when the same data may give another answer: it asks for the time, or for chance."""


def screen(query: str, *, longest: int, deepest: int) -> None:
    """Return when ``query`` may be given to a parser.

    ``longest`` counts bytes of UTF-8, ``deepest`` brackets within each other. Raises QueryTooLong, QueryRefused.
    """
    if len(query.encode("utf-8", "surrogatepass")) > longest:
        raise QueryTooLong(f"a query has at most {longest} bytes")
    seen: dict[tuple[int, bool], int] = {}
    open_readings = [(0, False, 0)]
    left = _EFFORT * len(query) + 100
    while open_readings:
        place, calls, depth = open_readings.pop()
        while place < len(query) and seen.get((place, calls), -1) < depth:
            seen[place, calls] = depth
            left -= 1
            if left < 0:
                raise QueryRefused("the query has too many readings: write blanks around < and >")
            token = token_at(query, place)
            if either_way(token):
                open_readings.append((place + 1, False, depth))
            place = token.end
            if token.kind is Kind.SPACE:
                continue
            if token.text in ('"', "'", "\\"):  # no parser gets past these, so this reading is none
                break
            if (token.kind is Kind.WORD and _ELSEWHERE in token.text.lower()) or (calls and token.text == "{"):
                raise QueryRefused(
                    "SERVICE is not done here: a query is answered from this library alone (a name with a prefix such "
                    "as service: needs a full stop before a brace)"
                )
            calls = token.kind is Kind.NAME and _ELSEWHERE in token.prefix.lower()
            if token.text in _OPENING:
                depth += 1
            elif token.text in _CLOSING:
                depth = max(0, depth - 1)
            if depth > deepest:
                raise QueryRefused(f"brackets stand within each other at most {deepest} deep")


def outline(query: str) -> Outline:
    """The outline of ``query``. Raises QueryMalformed when it is none."""
    form, start, depth, volatile = "", 0, 0, False
    graphs: list[str] = []
    named: list[str] = []
    target: list[str] | None = None
    for token in tokens(query):
        word = token.text.lower() if token.kind is Kind.WORD else ""
        if not form:
            if word in FORMS:
                form, start = word, token.start
            elif word and word not in _PROLOGUE:
                break
            continue
        volatile = volatile or word in _VOLATILE
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and word in ("from", "fromnamed"):
            target = graphs if word == "from" else named
        elif target is not None and word == "named":
            target = named
        elif target is not None:
            if token.kind in (Kind.IRI, Kind.NAME):
                target.append(token.text)
            target = None
    if not form:
        raise QueryMalformed("this is no SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE comes after the prefixes")
    return Outline(form, query[:start], tuple(graphs), tuple(named), volatile)
