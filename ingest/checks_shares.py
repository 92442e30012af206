"""Checks of counts: shares, fractions, spreads, and how many people there can be."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ingest.check_parts import Finding, graded, half_place, not_checkable
from ingest.claim import Arm, Claim, Effect, Grade, Measure, Mention, Study, StudyArm
from ingest.term_keys import key_of

_EPSILON = 1e-9


def check_share(n: int, effect: Effect) -> Iterator[Finding]:
    """Percentages, events of a total, standard deviations and errors of one effect."""
    value = effect.value
    share = effect.unit == "%" and effect.measure is Measure.PROPORTION
    if share and value is not None:
        holds = 0 <= value <= 100
        yield graded("percentage-range", holds, f"{value:g} % " + ("is a share" if holds else "is no share"), n)
    if value is not None and effect.unit == "%" and (share or effect.events is not None):
        yield _fraction(n, effect, value)
    if effect.events is not None and effect.total is not None:
        holds = 0 <= effect.events <= effect.total
        yield graded("events-within-total", holds, f"{effect.events} of {effect.total}", n)
    for name, spread in (("standard deviation", effect.standard_deviation), ("standard error", effect.standard_error)):
        if spread is not None:
            yield graded("spread-not-negative", spread >= 0, f"{name} {spread:g}", n)


def _fraction(n: int, effect: Effect, value: float) -> Finding:
    rule = "fraction-against-percentage"
    if effect.events is None or effect.total is None:
        lacks = "no total is" if effect.events is not None else "no events are" if effect.total else "no counts are"
        return not_checkable(rule, f"{lacks} printed with the percentage", n)
    computed = 100 * effect.events / effect.total if effect.total else math.nan
    message = f"{effect.events}/{effect.total} gives {computed:.2f} %, printed {value:g} %"
    half = half_place(effect, value)
    if abs(computed - value) <= half + _EPSILON:
        return Finding(rule, Grade.PASS, message, (n,))
    if abs(computed - value) < 2 * half:
        return Finding(rule, Grade.NOTE, f"{message}, one off in the last place", (n,))
    return Finding(rule, Grade.ERROR, message, (n,))


def check_sizes(claim: Claim) -> Iterator[Finding]:
    """Totals against the size of their arm and against how many took part."""
    study = claim.study
    whole = _people(study)
    sizes = {arm: _size(study, mention) for arm, mention in _arms(claim)}
    for n, e in enumerate(claim.effects):
        if e.total is None:
            continue
        if whole is None:
            yield not_checkable("total-within-enrolled", "the article does not say how many took part", n)
        else:
            message = f"{e.total} of {whole} who took part"
            yield graded("total-within-enrolled", e.total <= whole, message, n, otherwise=Grade.NOTE)
        arm = sizes.get(e.arm)
        if arm is not None and arm.size is not None:
            message = f"{e.total} of the {arm.size} in {arm.name}"
            yield graded("total-against-arm-size", e.total <= arm.size, message, n, otherwise=Grade.NOTE)
    yield from _both_arms(claim, whole)
    if study is not None and study.randomised is not None and all(sizes.get(a) for a in _TWO):
        yield from _all_arms(study, study.randomised)


_TWO = (Arm.INTERVENTION, Arm.COMPARATOR)


def _both_arms(claim: Claim, whole: int | None) -> Iterator[Finding]:
    """The totals of both arms together, for values of one time point."""
    ours = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.INTERVENTION and e.total is not None]
    theirs = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.COMPARATOR and e.total is not None]
    if len(ours) != 1 or len(theirs) != 1:
        return
    (n, mine), (m, other) = ours[0], theirs[0]
    together = (mine.total or 0) + (other.total or 0)
    overall = [(k, e) for k, e in enumerate(claim.effects) if e.arm is Arm.OVERALL and e.total is not None]
    limit = overall[0][1].total if overall else whole
    if limit is not None:
        what = "overall" if overall else "who took part"
        message = f"{mine.total} and {other.total} make {together}, of {limit} {what}"
        places = (n, m, *(k for k, _ in overall[:1]))
        yield graded("totals-against-enrolled", together <= limit, message, *places, otherwise=Grade.NOTE)


def _all_arms(study: Study, randomised: int) -> Iterator[Finding]:
    """Two arms of a trial that may have more, which are too many already; or all of its arms, as they add up."""
    known = [arm.size for arm in study.arms if arm.size is not None]
    rule, together = "arm-sizes-against-randomised", sum(known)
    message = f"arms of {', '.join(str(k) for k in known)} make {together}, {randomised} randomised"
    if together == randomised or (together > randomised and len(study.arms) == len(_TWO)):
        yield graded(rule, together == randomised, message, otherwise=Grade.NOTE)
    else:
        yield not_checkable(rule, "the sizes that were read are not those of all arms, each once")


def _people(study: Study | None) -> int | None:
    """How many took part at most: the larger of those enrolled and those randomised."""
    told = [] if study is None else [n for n in (study.enrolled, study.randomised) if n is not None]
    return max(told, default=None)


def _arms(claim: Claim) -> tuple[tuple[Arm, Mention | None], ...]:
    return (Arm.INTERVENTION, claim.intervention), (Arm.COMPARATOR, claim.comparator)


def _size(study: Study | None, mention: Mention | None) -> StudyArm | None:
    """The study's arm of that name, where it has a size and there is just one."""
    if study is None or mention is None:
        return None
    names = {key_of(words) for words in (mention.text, mention.label) if words}
    found = [arm for arm in study.arms if arm.size is not None and key_of(arm.name) in names]
    return found[0] if len(found) == 1 else None
