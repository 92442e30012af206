"""What speaks for and against a claim, as numbers between -1 and 1 with names that a reader understands."""

from __future__ import annotations

import re
from math import log

from ingest.article import SectionKind
from ingest.claim import Arm, Assertion, Basis, Claim, Grade
from ingest.cues import is_association
from ingest.grounds import Grounds

_SIDES = (Arm.INTERVENTION, Arm.COMPARATOR)
_NEAR = (SectionKind.RESULTS.value, SectionKind.ABSTRACT.value, SectionKind.BODY.value)
_SMOOTH = 0.02
_MOST = log((1 - _SMOOTH) / _SMOOTH)


def features_of(claim: Claim, grounds: Grounds) -> dict[str, float]:
    """Every feature of ``claim`` by name; 0 where it does not apply."""
    return {name: round(float(value), 4) for name, value in (_arms(claim, grounds) | _rest(claim, grounds)).items()}


def _arms(claim: Claim, grounds: Grounds) -> dict[str, float]:
    values = [e for e in claim.effects if e.arm in _SIDES]
    arms = {e.arm for e in claim.effects}
    both = set(_SIDES) <= arms
    tied = grounds.linked + grounds.unlinked
    return {
        "values of one arm alone": bool(values) and not both,
        "a contrast without values": bool(claim.effects) and not values and Arm.OVERALL not in arms,
        "numbers of all participants": Arm.OVERALL in arms,
        "words alone": not claim.effects,
        "no intervention": claim.intervention is None,
        "an exposure that is no arm": grounds.exposure,
        "intervention with a concept": claim.intervention is not None and claim.intervention.concept is not None,
        "arms of another sentence": grounds.inherited,
        "arms or outcome outside the sentence": grounds.missing > 0,
        "arms by the language model": grounds.sure is not None,
        "the language model wavers": 0.0 if grounds.sure is None else 1 - lean(grounds.sure),
        "numbers lean to their arms": 0.0 if grounds.side is None else lean(grounds.side),
        "numbers that lean nowhere": bool(values) and grounds.side is None,
        "numbers are results": 0.0 if grounds.taken is None else lean(grounds.taken),
        "relations give other arms": grounds.unlinked / tied if tied else 0.0,
        "the comparator is a control": 0.0 if grounds.control is None else lean(grounds.control),
        "more than two arms": grounds.arms > 2,
        "fewer than two arms": grounds.arms < 2,
    }


def _rest(claim: Claim, grounds: Grounds) -> dict[str, float]:
    grades = {c.grade for c in claim.checks}
    tied = grounds.about + grounds.not_about
    return {
        "relations give this outcome": grounds.about / tied if tied else 0.0,
        "relations give another outcome": grounds.not_about / tied if tied else 0.0,
        "the outcome is a mention of one": grounds.measured,
        "an outcome that only counts": grounds.bare,
        "a number in the outcome": any(c.isdigit() for c in claim.outcome.text),
        "further outcomes in the sentence": min(grounds.outcomes, 5) / 4 - 0.25 if grounds.outcomes > 1 else 0.0,
        "long sentence": max(0.0, min(1.0, (grounds.words - 20) / 40)),
        "few figures": grounds.figures <= 2,
        "many figures": max(0.0, min(1.0, (grounds.figures - 3) / 9)),
        "an association": is_association(claim.quote.exact) or _PROGNOSTIC.search(claim.quote.exact) is not None,
        "hedged": claim.assertion is Assertion.HEDGED,
        "direction in words": claim.direction_basis is Basis.WORDS,
        "no direction": claim.direction is None,
        "significance told": claim.significance is not None,
        "told again": bool(claim.restatements),
        "outside the results": bool(grounds.section) and grounds.section not in _NEAR,
        "a check passed": Grade.PASS in grades,
        "a check with a note or failed": bool(grades & {Grade.NOTE, Grade.ERROR}),
        "a check failed": Grade.ERROR in grades,
    }


_PROGNOSTIC = re.compile(r"\b(?:independent(?:ly)?|multivaria\w+|associat\w+|likelihood|adjust\w+|regression)\b", re.I)


def lean(chance: float) -> float:
    """The odds of ``chance`` on a logarithmic scale from -1 to 1; 0 for even odds.

    >>> lean(0.5), lean(1.0), round(lean(0.9), 2)
    (0.0, 1.0, 0.56)
    """
    held = min(1 - _SMOOTH, max(_SMOOTH, chance))
    return round(log(held / (1 - held)) / _MOST, 6)
