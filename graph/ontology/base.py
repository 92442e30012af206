"""Where our own IRIs begin in what is published. Pure.

A store always has the default base: claim ids are hashed, quoted in decisions and compared across stores, and a store
whose ids followed a setting would no longer know its own claims after that setting changed. So the base is put on as
data leaves, and taken off as data comes back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graph.terms import JSON_TYPE, canonical_json
from graph.vocab import BASE, EV, PREFIXES, node

LONGEST = 200
_BASE_FORM = re.compile(r"https?://[A-Za-z0-9._~:\[\]-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*/")
_IRIS, _JSON_TEXT = (node(EV.conceptOrder), node(EV.givenId)), node(EV.claimJson)
"""Text that holds IRIs, and text that holds JSON."""


def normal_base(base: str) -> str:
    """``base`` with the slash at its end that may be missing. Raises ValueError when no IRIs can begin so.

    >>> normal_base("https://example.org/evidence")
    'https://example.org/evidence/'
    """
    whole = base.strip() if base.strip().endswith("/") else f"{base.strip()}/"
    if len(whole) > LONGEST or not _BASE_FORM.fullmatch(whole):
        raise ValueError(f"a base is an http or https address without ? and #, not {base[:LONGEST]!r}")
    return whole


def rebased(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """The quads of a store with our own IRIs below ``base``: nodes, graphs, and IRIs in JSON; never quoted words."""
    return _moved(quads, BASE, normal_base(base))


def restored(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """The inverse of ``rebased``: quads that were published below ``base``, as a store has them."""
    return _moved(quads, normal_base(base), BASE)


def rebased_iri(iri: str, base: str) -> str:
    """One IRI of ours below ``base``; any other as it is."""
    return f"{base}{iri[len(BASE) :]}" if iri.startswith(BASE) else iri


def rebased_prefixes(base: str) -> dict[str, str]:
    """The short names of exports, with those of ours below ``base``."""
    return {name: rebased_iri(iri, base) for name, iri in PREFIXES.items()}


def _moved(quads: Iterable[Quad], old: str, new: str) -> Iterator[Quad]:
    if old == new:
        yield from quads
        return
    *listed, text = (NamedNode(_swap(p.value, BASE, old)) for p in (*_IRIS, _JSON_TEXT))
    nodes: dict[str, NamedNode] = {}

    def moved(term: Any) -> Any:
        if not isinstance(term, NamedNode) or not term.value.startswith(old):
            return term
        if term.value not in nodes:
            nodes[term.value] = NamedNode(_swap(term.value, old, new))
        return nodes[term.value]

    for q in quads:
        value = moved(q.object)
        if isinstance(value, Literal) and old in value.value:
            if q.predicate in listed:
                value = Literal(" ".join(_swap(iri, old, new) for iri in value.value.split(" ")))
            elif value.datatype == JSON_TYPE or q.predicate == text:
                held = _in_json(json.loads(value.value), lambda text: _swap(text, old, new))
                value = Literal(canonical_json(held), datatype=value.datatype)
        yield Quad(moved(q.subject), moved(q.predicate), value, moved(q.graph_name))


def _swap(text: str, old: str, new: str) -> str:
    return f"{new}{text[len(old) :]}" if text.startswith(old) else text


def _in_json(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_json(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _in_json(one, change) for name, one in value.items()}
    return value
