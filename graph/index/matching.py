"""Which mentions a term of a question means, as a mask over the numbers of mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from graph.index.columns import Columns, Mask, Numbers
from graph.index.naming import NEGATES, UNLINKED
from graph.index.prose import phrase, prepared, spelt
from graph.index.side import SideIndex
from graph.resolving import Resolved
from graph.words import says_plainly

_STEP = 400


def mentions_of(index: SideIndex, term: Resolved) -> Mask:
    """True for the mentions that name the term: by concept or anything narrower; by words where there is no concept.

    Words that name it only to deny it ("non-transplant-eligible") do not count, whatever concept they carry. The mask
    has one more element than there are mentions, False: what ``NONE`` refers to.
    """
    columns = index.columns
    found: Mask = np.zeros(columns.mentions.size + 1, np.bool_)
    marks = columns.mentions["marks"]
    if term.targets:
        found[_linked(index, columns, term.targets)] = True
        denied = np.flatnonzero(found[:-1] & (marks & NEGATES > 0)).tolist()
        keys = _keys(index, denied)
        found[[n for n in denied if says_plainly(keys[n], term.words) is False]] = False
    by_words = _by_words(index, term)
    if term.targets:
        by_words = by_words[marks[by_words] & UNLINKED > 0]
    found[by_words] = True
    return found


def _linked(index: SideIndex, columns: Columns, targets: Iterable[str]) -> Numbers:
    with index.lock:
        known = [index.number(iri) for iri in targets]
    above, links = columns.above, columns.links
    within: Mask = np.zeros(1 + max(above["concept"].max(initial=0), links["concept"].max(initial=0)), np.bool_)
    for number in known:
        if number is not None:
            within[above["concept"][above["broader"] == number]] = True
    found: Numbers = links["mention"][within[links["concept"]]].astype(np.int64)
    return found


def _by_words(index: SideIndex, term: Resolved) -> Numbers:
    """Mentions with one of the term's names among their words, and none of them denied."""
    hits: set[int] = set()
    with index.lock:
        for start in range(0, len(term.needles), _STEP):
            asked = " OR ".join(phrase(spelt(needle)) for needle in term.needles[start : start + _STEP])
            hits.update(n for (n,) in index.sql.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,)))
    found = np.array(sorted(hits), np.int64)
    denied = found[index.columns.mentions["marks"][found] & NEGATES > 0].tolist()
    keys = _keys(index, denied)
    gone = [n for n in denied if not says_plainly(keys[n], term.words)]
    return np.setdiff1d(found, np.array(gone, np.int64)) if gone else found


def _keys(index: SideIndex, mentions: Sequence[int]) -> dict[int, list[str]]:
    """The words of mentions, as keys."""
    found: dict[int, list[str]] = {}
    with index.lock:
        for start in range(0, len(mentions), _STEP):
            part = mentions[start : start + _STEP]
            marks = ",".join("?" * len(part))
            rows = index.sql.execute(f"SELECT number, keys FROM mention WHERE number IN ({marks})", part)  # noqa: S608
            found |= {number: keys.split("\n") for number, keys in rows}
    return found


def quoting(index: SideIndex, words: str) -> Mask:
    """True for the claims whose quote has these words, one behind the other; for all where there are none."""
    claims = index.columns.claims
    asked = phrase(prepared(words))
    if not asked:
        return np.ones(claims.size, np.bool_)
    with index.lock:
        rows = index.sql.execute("SELECT rowid FROM quote WHERE quote MATCH ?", (asked,)).fetchall()
    wanted = np.fromiter((n for (n,) in rows), np.int64, len(rows))
    numbers = claims["number"]  # ascending: what is new comes at the end, with a higher number
    places = np.minimum(np.searchsorted(numbers, wanted), len(numbers) - 1)
    found: Mask = np.zeros(len(numbers), np.bool_)
    found[places[numbers[places] == wanted]] = True
    return found
