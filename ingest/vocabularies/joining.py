"""Lays the concepts of a file over those there are: which is which, what is broader, of what kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.term_keys import key_of
from ingest.term_table import KINDS, Row, Source
from ingest.vocabularies.cycles import cycles
from ingest.vocabularies.intake import Intake, Term
from ingest.vocabularies.kinds import Kinds
from ingest.vocabularies.known import Known
from ingest.vocabularies.report import EXAMPLES

STEPS = 10
SPOTTED = range(3, 61)
"""Names of so many characters are looked for in running text; shorter ones mean too much, longer ones nobody writes."""
NOTES = 1_000
_KINDS = "drug, disease, outcome, procedure or population"


@dataclass(frozen=True, slots=True)
class Joined:
    """The rows of a file: ``merged`` are its ids that turned out to be known concepts, with the ids of those."""

    rows: tuple[Row, ...]
    merged: tuple[tuple[str, str], ...]


def join(intake: Intake, known: Known, default: str | None) -> Joined:
    """The rows of the file's concepts. What is wrong goes to the problems of ``intake``; the rows then mean nothing.

    A concept that is one of ``known`` by its id, or by exactly one of the ids it is said to be the same as, gets that
    one's id. ``default`` is the kind of concepts that state none and have nothing broader that does.
    """
    terms = intake.terms
    target = {ident: _identity(term, known, intake) for ident, term in terms.items()}
    parents = _parents(target, known, intake)
    _circles(parents, target, known, intake)
    stated: dict[str, str | None] = {}
    close: dict[str, tuple[str, ...]] = {}
    for ident, term in terms.items():
        stated[target[ident]] = stated.get(target[ident]) or term.kind
        close[target[ident]] = (*close.get(target[ident], ()), *term.close)
    kinds = Kinds(stated, parents, close, known, default)
    together: dict[str, list[Term]] = {}
    for ident, term in terms.items():
        together.setdefault(target[ident], []).append(term)
        _check_kind(term, kinds.of(target[ident]), known.kind(target[ident]), intake)
    unspoken = Counter[str]()
    rows = tuple(_row(one, group, parents[one], kinds.of(one), intake, unspoken) for one, group in together.items())
    _tell_shared_names(rows, known, intake)
    if unspoken["names"]:
        intake.notes.append(f"{unspoken['names']:,} synonyms have neither letter nor digit and are left out")
    return Joined(rows, tuple((ident, one) for ident, one in target.items() if known.kind(one) is not None))


def _tell_shared_names(rows: Iterable[Row], known: Known, intake: Intake) -> None:
    """Notes on names that a known concept has already: a mention of such a name is still linked to that one."""
    for row in rows:
        for name, _ in row.names:
            owner = known.called(name, row.iri)
            if owner is not None and len(intake.notes) < NOTES:
                intake.notes.append(
                    f"the name {name!r} of {row.iri} is one of {owner} already, and stays its name first"
                )


def place(term: Term, reason: str) -> tuple[int | None, str]:
    """The line and reason of a problem; the reason names the concept where the format has no lines."""
    return term.line, reason if term.line is not None else f"<{term.ident}>: {reason}"


def _identity(term: Term, known: Known, intake: Intake) -> str:
    found = known.same_as(term.ident, term.same)
    if len(found) > 1:
        some = ", ".join(found[:EXAMPLES])
        intake.notes.append(f"{term.ident} is said to be the same as several known concepts ({some}) and stays its own")
    return found[0] if len(found) == 1 else term.ident


def _parents(target: dict[str, str], known: Known, intake: Intake) -> dict[str, dict[str, None]]:
    """The parents of each concept, all by the ids they have from now on."""
    out: dict[str, dict[str, None]] = {one: {} for one in target.values()}
    for ident, term in intake.terms.items():
        for parent in term.parents:
            if parent == ident:
                intake.problem(*place(term, f"{ident} is its own parent; take that out"))
            elif parent in intake.obsolete:
                intake.problem(*place(term, f"its parent {parent} is obsolete in this file; name another"))
            elif parent not in target and known.kind(parent) is None and not known.same_as(parent, ()):
                told = f"its parent {parent} is neither in the file nor in the terminology; add it or take it out"
                intake.problem(*place(term, told))
        for parent in (*term.parents, *term.maybe):
            there = target.get(parent) or (known.same_as(parent, ()) or [""])[0]
            if there and there != target[ident]:
                out[target[ident]][there] = None
    return out


def _circles(parents: dict[str, dict[str, None]], target: dict[str, str], known: Known, intake: Intake) -> None:
    owner = {one: ident for ident, one in reversed(target.items())}
    for way in cycles(parents, known.parents):
        shown = way if len(way) <= STEPS else [*way[: STEPS - 2], f"{len(way) - STEPS:,} more", *way[-2:]]
        told = f"a circle of parents: {' → '.join(shown)}; take one of them out"
        intake.problem(*place(intake.terms[owner[way[0]]], told))


def _check_kind(term: Term, kinds: frozenset[str], before: str | None, intake: Intake) -> None:
    if before is not None and term.kind is not None and term.kind != before:
        intake.notes.append(f"{term.ident} is said to be of kind {term.kind}; it is known as {before} and stays that")
    elif len(kinds) > 1:
        told = f"what is broader than {term.ident} is of several kinds ({', '.join(sorted(kinds))}); state its own"
        intake.problem(*place(term, told))
    elif not kinds and (term.kind is None or term.kind in KINDS):
        told = f"{term.ident} has no kind, and nothing broader tells it; state {_KINDS}, or one for the whole file"
        intake.problem(*place(term, told))


def _row(
    one: str, terms: list[Term], parents: Iterable[str], kinds: frozenset[str], intake: Intake, unspoken: Counter[str]
) -> Row:
    names: dict[str, str] = {}
    for term in terms:
        for i, name in enumerate(term.names):
            key = key_of(name)
            if key:
                names.setdefault(key, name)
            elif i == 0 and name:
                intake.problem(*place(term, f"the name {name[:80]!r} has neither letter nor digit; give another"))
            else:
                unspoken["names"] += 1
    same = dict.fromkeys(s for t in terms for s in (t.ident, *t.same) if s != one)
    favours = next((t.favours for t in terms if t.favours), None)
    kind = next(iter(kinds), KINDS[0])
    listed = [(name, Source.OWN) for name in names.values()]
    spots = [len(name) in SPOTTED for name, _ in listed]
    return Row(one, kind, listed, tuple(parents), tuple(same), favours, True, spots)
