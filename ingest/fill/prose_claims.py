"""The values that claims of the reading give both arms of a question in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.article import Span
from ingest.claim import Arm, Claim, Effect, Mention
from ingest.figures import Figure, FigureKind
from ingest.fill.prose_arms import ArmWords, Mark
from ingest.fill.prose_pairs import Pair


def pairs_of(claim: Claim, span: Span, arms: ArmWords) -> Iterator[tuple[Pair, str]]:
    """The pairs of values of a claim in the sentence at ``span``, and what they are of: its outcome, and the time.

    Nothing where the claim's arms are not the two that are asked for. Offsets are those of the sentence.
    """
    sides = [_side_of(m, arms) for m in (claim.intervention, claim.comparator)]
    if set(sides) != {Mark.INTERVENTION, Mark.COMPARATOR} or claim.outcome is None:
        return
    for one, two in _both(claim):
        if span.contains(one.span) and span.contains(two.span):
            first, second = (one, two) if sides[0] is Mark.INTERVENTION else (two, one)
            figures = _figure(first, span.start), _figure(second, span.start)
            outcome = " ".join(w for w in (claim.outcome.text, one.timepoint) if w)
            yield Pair(*figures, (0, min(f.span.start for f in figures))), outcome


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
