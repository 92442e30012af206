"""Queries by name, and how values get into them.

A query says where values go with ``VALUES ?name { UNDEF }``: as it stands it asks for everything, bound it asks for
the values given. Values are terms, written by the RDF library in the form in which they are data and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from graph.terms import Term

Values = Term | Sequence[Term]
_SLOT = re.compile(r"VALUES \?(\w+) \{ UNDEF \}")


@cache
def load_query(name: str) -> str:
    """The text of ``queries/<name>.rq``; read once."""
    return (resources.files("graph.queries") / f"{name}.rq").read_text(encoding="utf-8")


def bind(query: str, values: dict[str, Values]) -> str:
    """``query`` with its slots filled. An empty sequence asks for nothing and finds nothing.

    All slots are filled in one pass, so that a value which looks like a slot stays a value. Raises ValueError for a
    name that the query has no slot for.
    """
    unknown = values.keys() - set(_SLOT.findall(query))
    if unknown:
        raise ValueError(f"the query has no slot for {', '.join(sorted(unknown))}")

    def fill(slot: re.Match[str]) -> str:
        if slot[1] not in values:
            return slot[0]
        given = values[slot[1]]
        terms = given if isinstance(given, Sequence) else (given,)
        return f"VALUES ?{slot[1]} {{ {' '.join(str(term) for term in terms)} }}"

    return _SLOT.sub(fill, query)
