"""What each filter of a question means: whether a claim fits. Pure.

This is the meaning that faster ways of answering, and the SPARQL of a question, must agree with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import eq, ge, gt, le, lt

from graph.language.model import (
    Designs,
    Directions,
    Filter,
    Grades,
    Measures,
    Says,
    Significances,
    Since,
    Size,
)
from graph.language.patterns import designed, says
from ingest.claim import Claim, Study

_COMPARED = {">=": ge, "<=": le, ">": gt, "<": lt, "=": eq}
_DATE = re.compile(r"([1-9][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


def fits(claim: Claim, published: str | None, filters: Iterable[Filter]) -> bool:
    """Whether the claim fits all filters; ``published`` is the date of its article, None where it has none."""
    return all(_fits(claim, published, each) for each in filters)


def size_of(study: Study | None) -> int | None:
    """How many were randomised, or enrolled where that is not known; None where neither is."""
    if study is None:
        return None
    return study.enrolled if study.randomised is None else study.randomised


def day_of(published: str | None) -> int | None:
    """A date of publication as a number that grows with it; None where it is no ISO 8601 date.

    What is less precise comes first.

    >>> day_of("2015"), day_of("2015-03"), day_of("2015-03-09"), day_of("spring 2015")
    (20150000, 20150300, 20150309, None)
    """
    found = _DATE.fullmatch(published or "")
    return None if found is None else int(found[1] + (found[2] or "00") + (found[3] or "00"))


def _fits(claim: Claim, published: str | None, asked: Filter) -> bool:
    if isinstance(asked, Size):
        size = size_of(claim.study)
        return size is not None and bool(_COMPARED[asked.operator](size, asked.number))
    if isinstance(asked, Measures):
        found = any(effect.measure in asked.measures for effect in claim.effects)
    elif isinstance(asked, Directions):
        found = claim.direction in asked.directions
    elif isinstance(asked, Significances):
        found = claim.significance in asked.significances
    elif isinstance(asked, Grades):
        found = any(check.grade in asked.grades for check in claim.checks)
    elif isinstance(asked, Designs):
        study = claim.study or Study()
        found = designed(asked, study.design, study.phase)
    elif isinstance(asked, Says):
        found = says(asked, claim.quote.exact)
    else:
        day = day_of(published)
        if day is None:
            return False
        year = day // 10_000
        return year >= asked.year if isinstance(asked, Since) else year <= asked.year
    return found != asked.negated
