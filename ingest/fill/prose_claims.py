"""The values that claims of the reading give both arms of a question in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.article import Span
from ingest.claim import Arm, Claim, Effect, Mention
from ingest.figures import Figure, FigureKind
from ingest.fill.prose_arms import ArmWords, Mark
from ingest.fill.prose_pairs import Pair


def told_by_claims(claims: Iterable[Claim], arms: ArmWords) -> list[tuple[Claim, Effect, Effect]]:
    """The values that claims give both arms asked for, the intervention's first, in the order of the claims."""
    out = []
    for claim in claims:
        pairs = list(_both(claim))
        sides = [_side_of(m, arms) for m in (claim.intervention, claim.comparator)] if pairs else []
        if set(sides) == {Mark.INTERVENTION, Mark.COMPARATOR}:
            out += [(claim, a, b) if sides[0] is Mark.INTERVENTION else (claim, b, a) for a, b in pairs]
    return out


def pair_at(span: Span, claim: Claim, one: Effect, two: Effect) -> tuple[Pair, str] | None:
    """The values as a pair of the sentence at ``span``, and what they are of: the claim's outcome and their time.

    None where one of them stands elsewhere. Offsets are those of the sentence.
    """
    if not (span.contains(one.span) and span.contains(two.span)):
        return None
    figures = _figure(one, span.start), _figure(two, span.start)
    outcome = " ".join(w for w in (claim.outcome.text, one.timepoint) if w)
    return Pair(*figures, (0, min(f.span.start for f in figures))), outcome


def _side_of(mention: Mention | None, arms: ArmWords) -> Mark | None:
    marks = {m.mark for m in arms.mentions(mention.text)} if mention is not None else set()
    return marks.pop() if len(marks) == 1 else None


def _both(claim: Claim) -> Iterator[tuple[Effect, Effect]]:
    """Effects of one measure and time, one for each arm, outside tables."""
    for one in claim.effects:
        for two in claim.effects:
            told = (one.arm, two.arm) == (Arm.INTERVENTION, Arm.COMPARATOR) and one.table is None and two.table is None
            if told and (one.measure, one.timepoint) == (two.measure, two.timepoint):
                yield one, two


def _figure(effect: Effect, at: int) -> Figure:
    return Figure(
        FigureKind.VALUE, Span(effect.span.start - at, effect.span.end - at), "claim", effect.measure, effect.value,
        effect.unit, effect.events, effect.total, effect.standard_deviation, effect.standard_error,
    )  # fmt: skip
