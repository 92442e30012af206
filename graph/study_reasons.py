"""Why an article counts for its study, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.components import Edge
from graph.study_grounds import BY_NAME

_ORDER = ("publication", "registration", "listed", "source", "name", "figures")


def told(article: str, edges: Sequence[Edge], grounds: Mapping[str, Sequence[Edge]]) -> tuple[str, ...]:
    """The links of ``article``, the surest first; ``grounds`` has those of every node."""
    own = sorted((e for e in edges if e.kind in _ORDER), key=lambda e: (_ORDER.index(e.kind), e))
    return tuple(dict.fromkeys(_sentence(article, edge, grounds) for edge in own))


def _sentence(article: str, edge: Edge, grounds: Mapping[str, Sequence[Edge]]) -> str:
    other = edge.other if edge.one == article else edge.one
    match edge.kind:
        case "publication":
            return f"the same publication as {other}, by {edge.detail}"
        case "registration":
            number = other.rpartition("/")[2]
            return f"registered as {edge.detail}" + ("" if number == edge.detail else f", which is {number}")
        case "listed" if edge.one == article:
            return f"its record lists {edge.detail} among the results"
        case "listed":
            return f"listed among the results in the record {other}"
        case "source" if edge.one == article:
            return f"reports on {other}"
        case "source":
            return f"{other} reports on it"
        case "name":
            if not other.startswith(BY_NAME):
                return f"called {edge.detail}, as in {other}"
            bearers = len({e.one for e in grounds.get(other, ())})
            more = f", as in {bearers - 1} more article{'s' * (bearers > 2)}" if bearers > 1 else ""
            return f"called {edge.detail}{more}"
        case _:
            return f"prints the same numbers as {other}: {edge.detail}"
