"""What a reader hands over: the concepts of one file as they are written there, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ingest.term_table import FAVOURS, KINDS
from ingest.vocabularies.problems import Problem, Problems

LONGEST = 1_000
MOST_NAMES, MOST_PARENTS = 10_000, 1_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one vocabulary file may have: ``size`` in bytes, once unpacked, and concepts."""

    size: int = 1_000_000_000
    concepts: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Term:
    """A concept as its file has it. ``ident``, ``parents``, ``same`` and ``close`` are compact ids.

    ``same`` are ids of the same concept elsewhere, ``close`` of ones nearly the same, ``maybe`` of parents that count
    only where they are known. ``line`` is None where the format has none.
    """

    line: int | None
    ident: str
    names: tuple[str, ...]
    kind: str | None = None
    parents: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    favours: str | None = None


class TooManyError(Exception):
    """A file has more concepts than it may; reading ends."""


Say = Callable[[str], None]


@dataclass
class Intake:
    """The terms of the file ``name``; ``obsolete`` are ids that it declares as no longer in use."""

    name: str
    limits: Limits
    terms: dict[str, Term] = field(default_factory=dict)
    obsolete: set[str] = field(default_factory=set)
    problems: Problems = field(default_factory=Problems)
    notes: list[str] = field(default_factory=list)

    def problem(self, line: int | None, reason: str) -> None:
        """Something that the file is refused for."""
        self.problems.add(Problem(self.name, line, reason))

    def add(self, term: Term) -> None:
        """A term, checked by itself. Raises TooManyError where the file has had its share of them."""
        if self.terms and len(self.terms) >= self.limits.concepts:
            self.problem(term.line, f"the file has more than {self.limits.concepts:,} concepts; split it")
            raise TooManyError
        before = self.terms.get(term.ident)
        if before is not None:
            where = "" if before.line is None else f": it stands on line {before.line} already"
            self.problem(term.line, f"the id {term.ident} comes twice{where}; make the two rows one")
            return
        for fault in _faults(term):
            self.problem(term.line, fault if term.line is not None else f"<{term.ident}>: {fault}")
        self.terms[term.ident] = term


def _faults(term: Term) -> Iterable[str]:
    if not term.names or not term.names[0]:
        yield f"{term.ident} has no name; give it one"
    for name in term.names:
        if len(name) > LONGEST:
            yield f"a name of {len(name):,} characters ({name[:40]!r}...); {LONGEST:,} are the most"
        elif _CONTROL.search(name):
            yield f"the name {name[:80]!r} has a control character in it; take it out"
    if term.kind is not None and term.kind not in KINDS:
        yield f"the kind {term.kind[:80]!r} is none; known are {', '.join(KINDS)}"
    if term.favours not in FAVOURS:
        yield f"favours is {str(term.favours)[:80]!r}; it must be lower, higher or empty"
    if len(term.names) > MOST_NAMES or len(term.parents) > MOST_PARENTS:
        most = f"{MOST_NAMES:,} and {MOST_PARENTS:,} are the most"
        yield f"{len(term.names):,} names and {len(term.parents):,} parents; {most}"
