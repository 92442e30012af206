"""An answer for people: the head and the first rows of a table, or the text of a graph."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from api.sparql.endpoint import Answer
from graph.vocab import BASE, VOCABULARY

SHOWN = 500
"""Rows on a page; the page says how many there are."""
_LONGEST = 1_000_000
_CLAIMS, _CONCEPTS = BASE + "claim/", BASE + "concept/"


@dataclass(frozen=True, slots=True)
class Cell:
    """What to show of a term; ``link`` is where a browser goes for it."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` of at most ``SHOWN`` out of ``total``; ``text`` is what there is instead of a table."""

    names: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    text: str | None = None


def _link(iri: str) -> str | None:
    """Our own IRIs lead to their pages here, or nowhere: nobody need serve them where their base says."""
    if iri.startswith(_CLAIMS):
        return "/claims/" + quote(iri.removeprefix(_CLAIMS), safe="#")
    if iri.startswith(VOCABULARY):
        return "/vocab"
    if iri.startswith(_CONCEPTS):
        return "/concepts/" + quote(iri, safe="")
    if iri.startswith(BASE):
        return None
    return iri if iri.startswith(("http://", "https://")) else None


def _cell(term: dict[str, Any] | None) -> Cell:
    if term is None:
        return Cell("")
    if term["type"] == "uri":
        return Cell(term["value"], _link(term["value"]))
    if term["type"] == "bnode":
        return Cell("_:" + term["value"])
    if term["type"] == "literal":
        return Cell(term["value"])
    return Cell(json.dumps(term["value"], ensure_ascii=False))


def table_of(answer: Answer) -> Table:
    """The table of an answer in JSON; other answers are text as it is."""
    if answer.form != "json":
        text = answer.body.decode("utf-8")
        return Table(text=text if len(text) <= _LONGEST else f"{len(text):,} characters, too many for a page")
    told = json.loads(answer.body)
    if "boolean" in told:
        return Table(text="yes" if told["boolean"] else "no")
    names, rows = told["head"]["vars"], told["results"]["bindings"]
    shown = tuple(tuple(_cell(row.get(name)) for name in names) for row in rows[:SHOWN])
    return Table(tuple(names), shown, len(rows))
