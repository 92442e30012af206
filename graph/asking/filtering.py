"""The filters of a question as SPARQL over ``?claim`` and ``?article``: what ``language.fitting`` says. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from graph import codes
from graph.asking.naming import text
from graph.language.model import (
    Designs,
    DesignWords,
    Directions,
    Filter,
    Grades,
    Measures,
    Says,
    Significances,
    Since,
    Size,
)
from graph.language.patterns import phase_pattern, phrase_pattern, word_pattern
from graph.terms import Codec
from graph.vocab import PREFIXES

DATE = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""A date of publication that counts: as precise as it is known."""
GRADE = "ev:checkGrade"
QUOTE = "?claim ev:quote/oa:exact ?quote ."
STUDY = (
    "OPTIONAL {",
    "  ?claim ev:studyReport ?report .",
    "  OPTIONAL { ?report ev:randomised ?randomised }",
    "  OPTIONAL { ?report ev:enrolled ?enrolled }",
    "  OPTIONAL { ?report ev:design ?design }",
    "  OPTIONAL { ?report ev:phase ?phase }",
    "}",
)
"""What the claim's article says of its study."""
ISSUED = "OPTIONAL { ?article dcterms:issued ?issued }"
_E = TypeVar("_E", bound=StrEnum)


def filter_lines(asked: Filter, number: int) -> list[str]:
    """Lines that keep the claims which fit; ``number`` is one that no other variable of the query has."""
    if isinstance(asked, Size):
        return [f"FILTER(COALESCE(?randomised, ?enrolled) {asked.operator} {asked.number})"]
    if isinstance(asked, Measures):
        return _some("ev:effect/ev:measure", asked.measures, codes.MEASURE, number, asked.negated)
    if isinstance(asked, Grades):
        return _some(GRADE, asked.grades, codes.GRADE, number, asked.negated)
    if isinstance(asked, Directions):
        return _one("ev:direction", asked.directions, codes.DIRECTION, number, asked.negated)
    if isinstance(asked, Significances):
        return _one("ev:significance", asked.significances, codes.SIGNIFICANCE, number, asked.negated)
    if isinstance(asked, Designs):
        return [f"FILTER({_not(asked.negated)}({' || '.join(_design(each) for each in asked.designs)}))"]
    if isinstance(asked, Says):
        return [f"FILTER({_not(asked.negated)}REGEX(LCASE(?quote), {text(phrase_pattern(asked.words))}))"]
    operator = ">=" if isinstance(asked, Since) else "<="
    return [f'FILTER(REGEX(?issued, {text(DATE)}) && SUBSTR(?issued, 1, 4) {operator} "{asked.year}")']


def code(codec: Codec[_E], member: _E) -> str:
    """A member of a closed set as it stands in a query."""
    iri = codec.encode(member).value
    for prefix in ("ev", "obo"):
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
    return f"<{iri}>"


def coded(codec: Codec[_E], members: Iterable[_E]) -> str:
    """Members with blanks between them, in a fixed order."""
    return " ".join(sorted(code(codec, member) for member in members))


def _some(path: str, members: Iterable[_E], codec: Codec[_E], number: int, negated: bool) -> list[str]:
    """Some of what the path leads to is one of these.

    A set that is made once: engines may look through all effects anew for each claim where it is an EXISTS.
    """
    value = f"?value{number}"
    found = f"VALUES {value} {{ {coded(codec, members)} }} ?claim {path} {value} ."
    return [f"MINUS {{ {found} }}" if negated else f"{{ SELECT DISTINCT ?claim WHERE {{ {found} }} }}"]


def is_set(asked: Filter) -> bool:
    """True for a filter whose lines are a set of claims."""
    return isinstance(asked, Measures | Grades) and not asked.negated


def _one(path: str, members: frozenset[_E | None], codec: Codec[_E], number: int, negated: bool) -> list[str]:
    """The value that the path leads to is one of these, or there is none where None is one of them."""
    value = f"?value{number}"
    known = ", ".join(sorted(code(codec, member) for member in members if member is not None))
    tests = [*([f"COALESCE({value} IN ({known}), false)"] if known else [])]
    tests += [f"!BOUND({value})"] if None in members else []
    return [f"OPTIONAL {{ ?claim {path} {value} }}", f"FILTER({_not(negated)}({' || '.join(tests)}))"]


def _design(asked: DesignWords) -> str:
    tests = [f'REGEX(LCASE(COALESCE(?design, "")), {text(word_pattern(word))})' for word in asked.words]
    if asked.phase is not None:
        tests.append(f'REGEX(LCASE(COALESCE(?phase, "")), {text(phase_pattern(asked.phase))})')
    return f"({' && '.join(tests)})"


def _not(negated: bool) -> str:
    return "!" if negated else ""
