"""Checks of both arms' printed values against the direction, and against the ratio or difference of the claim."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.check_parts import Finding, around, graded, half_place, interval_excludes_null, not_checkable
from ingest.claim import Arm, Basis, Claim, Direction, Effect, Favours, Grade, Measure

ADJUSTED = 0.1
"""How far, beyond rounding, a printed ratio may lie from the one of the printed values: many are adjusted."""
_TIMES = ("a", "mo", "wk", "d", "h", "min")
_FROM_SHARES = (Measure.RISK_RATIO, Measure.ODDS_RATIO)
Numbered = tuple[int, Effect]
Pair = tuple[Numbered, Numbered]


def compare_arms(claim: Claim) -> Iterator[Finding]:
    """Direction, ratios and differences against the values of the two arms."""
    pairs = list(_pairs(claim))
    yield from _direction(claim, pairs)
    ratios = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.CONTRAST and e.measure.is_ratio]
    for n, e in ratios:
        yield from _direction_of_ratio(claim, n, e)
    if len(pairs) != 1:
        if len(ratios) == 1 and ratios[0][1].measure in _FROM_SHARES and not pairs:
            yield not_checkable("ratio-from-values", "the values of both arms are not printed", ratios[0][0])
        return
    for n, e in ratios:
        yield from _side_of_ratio(claim, n, e, pairs[0])
        if len(ratios) == 1 and e.measure in _FROM_SHARES:
            yield from _recomputed(n, e, pairs[0])
    differences = [
        (n, e)
        for n, e in enumerate(claim.effects)
        if e.arm is Arm.CONTRAST and e.measure in (Measure.RISK_DIFFERENCE, Measure.MEAN_DIFFERENCE)
    ]
    if len(differences) == 1:
        yield from _difference(*differences[0], pairs[0])


def _pairs(claim: Claim) -> Iterator[Pair]:
    """The values of both arms that measure the same at the same time; none where that is not told apart."""
    ours = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.INTERVENTION]
    theirs = [(n, e) for n, e in enumerate(claim.effects) if e.arm is Arm.COMPARATOR]
    if len(ours) == len(theirs) == 1:
        yield ours[0], theirs[0]
        return
    for n, mine in ours:
        others = [(m, e) for m, e in theirs if _alike(e, mine)]
        if len(others) == 1 and sum(_alike(e, mine) for _, e in ours) == 1:
            yield (n, mine), others[0]


def _alike(one: Effect, other: Effect) -> bool:
    return (one.measure, one.unit, one.timepoint) == (other.measure, other.unit, other.timepoint)


def _values(pair: Pair) -> tuple[float, float] | None:
    (_, mine), (_, other) = pair
    return None if mine.value is None or other.value is None else (mine.value, other.value)


def _direction(claim: Claim, pairs: list[Pair]) -> Iterator[Finding]:
    rule, said = "direction-against-values", claim.direction
    if said is None or said is Direction.NO_DIFFERENCE:
        return
    for (n, mine), (m, other) in pairs:
        if mine.value is None or other.value is None:
            lacks = "an arm has no value" if mine.value_state is other.value_state else "an arm's value is not reached"
            yield not_checkable(rule, lacks, n, m)
            continue
        if mine.change_from_baseline or other.change_from_baseline:
            yield not_checkable(rule, "a change may be printed without its sign", n, m)
            continue
        if mine.change_from_baseline and other.change_from_baseline:
            yield not_checkable(rule, "changes are printed without their sign", n, m)
            continue
        agree = mine.value == other.value or (mine.value > other.value) == (said is Direction.HIGHER)
        message = f"{mine.value:g} against {other.value:g}, said to be {said.value}"
        worst = Grade.NOTE if claim.direction_basis is Basis.VALUES and len(pairs) > 1 else Grade.ERROR
        yield graded(rule, agree, message, n, m, otherwise=worst)


def _direction_of_ratio(claim: Claim, n: int, effect: Effect) -> Iterator[Finding]:
    """A ratio against the direction that the words or a curator give."""
    rule, said, value = "direction-against-ratio", claim.direction, effect.value
    told = claim.direction_basis in (Basis.WORDS, Basis.CURATOR)
    if said is None or said is Direction.NO_DIFFERENCE or not told or value is None or _is_null(effect, value):
        return
    turned = effect.measure is Measure.HAZARD_RATIO and claim.outcome_favours is Favours.HIGHER
    agree = ((value > 1) != turned) == (said is Direction.HIGHER)
    if not agree and effect.measure is Measure.HAZARD_RATIO and claim.outcome_favours is None:
        yield not_checkable(rule, "which way is good for the patient is not known", n)
        return
    worst = Grade.ERROR if interval_excludes_null(effect) else Grade.NOTE
    yield graded(rule, agree, f"{effect.measure.value} {value:g}, said to be {said.value}", n, otherwise=worst)


def _is_null(effect: Effect, value: float) -> bool:
    return abs(value - 1) <= half_place(effect, value) + 1e-12


def _side_of_ratio(claim: Claim, n: int, effect: Effect, pair: Pair) -> Iterator[Finding]:
    """On which side of 1 a ratio lies, against which arm's value is larger: a note at most."""
    rule, value, mine, other = "ratio-against-values", effect.value, _amount(pair[0][1]), _amount(pair[1][1])
    if value is None or mine is None or other is None or mine == other or _is_null(effect, value):
        return
    turned = False
    if effect.measure is Measure.HAZARD_RATIO:
        if pair[0][1].unit not in _TIMES and claim.outcome_favours is None:
            yield not_checkable(rule, "which way is good for the patient is not known", n)
            return
        turned = pair[0][1].unit in _TIMES or claim.outcome_favours is Favours.HIGHER
    agree = ((value > 1) != turned) == (mine > other)
    message = f"{effect.measure.value} {value:g}, {mine:g} against {other:g}"
    yield graded(rule, agree, message, n, pair[0][0], pair[1][0], otherwise=Grade.NOTE)


def _amount(effect: Effect) -> float | None:
    """What can be set against the other arm: the value, else the share in percent; no count of unknown total."""
    if effect.events is not None and effect.total and effect.value is None:
        return 100 * effect.events / effect.total
    return None if effect.measure is Measure.COUNT else effect.value


def _share(effect: Effect) -> tuple[float, float] | None:
    """The share that an effect prints, between which numbers; None where it prints none, or one of all or nobody."""
    if effect.events is not None and effect.total:
        low = high = effect.events / effect.total
    elif effect.unit == "%" and effect.measure is Measure.PROPORTION and effect.value is not None:
        low, high = (bound / 100 for bound in around(effect, effect.value))
    else:
        return None
    return (low, high) if low > 0 and high < 1 else None


def _recomputed(n: int, effect: Effect, pair: Pair) -> Iterator[Finding]:
    rule, value = "ratio-from-values", effect.value
    mine, other = _share(pair[0][1]), _share(pair[1][1])
    if value is None:
        return
    if mine is None or other is None:
        yield not_checkable(rule, "the values of both arms give no ratio", n)
        return
    if effect.measure is Measure.ODDS_RATIO:
        mine, other = _odds(mine), _odds(other)
    low, high = mine[0] / other[1], mine[1] / other[0]
    least, most = around(effect, value)
    places = (n, pair[0][0], pair[1][0])
    shown = f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
    message = f"the values give {shown}, printed {effect.measure.value} {value:g}"
    agree = low * (1 - ADJUSTED) <= most and least <= high * (1 + ADJUSTED)
    if not agree and least > 0 and 1 / high * (1 - ADJUSTED) <= most and least <= 1 / low * (1 + ADJUSTED):
        message += ", which is the one the other way round"
    yield graded(rule, agree, message, *places, otherwise=Grade.NOTE)


def _odds(share: tuple[float, float]) -> tuple[float, float]:
    low, high = share
    return low / (1 - low), high / (1 - high)


def _difference(n: int, effect: Effect, pair: Pair) -> Iterator[Finding]:
    """A difference against that of the values; its sign is left aside, as "a reduction of 3" prints none."""
    value, both = effect.value, _values(pair)
    (a, mine), (b, other) = pair
    if value is None or both is None or mine.unit != other.unit or effect.unit not in (mine.unit, None):
        return
    found = both[0] - both[1]
    slack = half_place(effect, value) + half_place(mine, both[0]) + half_place(other, both[1]) + 1e-9
    agree = abs(abs(found) - abs(value)) <= slack + ADJUSTED * abs(value)
    if not agree and mine.unit == "%" and effect.unit is None:  # a risk difference as a share of 1
        agree = abs(abs(found) / 100 - abs(value)) <= slack
    message = f"{both[0]:g} and {both[1]:g} differ by {abs(found):.4g}, printed {value:g}"
    yield graded("difference-from-values", agree, message, n, a, b, otherwise=Grade.NOTE)
