"""Claims in a form that a person can check against the text: what each golden file holds."""

from __future__ import annotations

from typing import Any

from ingest.article import Span
from ingest.claim import Claim, Effect, Mention, ValueState


def _words(mention: Mention | None) -> str | None:
    return None if mention is None else mention.text


def _effect(effect: Effect) -> dict[str, Any]:
    told: dict[str, Any] = {"arm": effect.arm.value, "measure": effect.measure.value, "printed": effect.text}
    told |= {
        "value": effect.value,
        "unit": effect.unit,
        "events": effect.events,
        "total": effect.total,
        "sd": effect.standard_deviation,
        "interval": None if effect.interval is None else [effect.interval.low, effect.interval.high],
        "p": None if effect.p is None else f"{effect.p.operator} {effect.p.value:g}",
        "timepoint": effect.timepoint,
        "state": None if effect.value_state is ValueState.REPORTED else effect.value_state.value,
    }
    return {k: v for k, v in told.items() if v is not None}


def summary(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """Slots, direction, assertion, kind, effects and quotes of ``claims``, in the order of quotes and numbers."""

    def place(claim: Claim) -> tuple[Span, list[Span], str]:
        return claim.quote.span, [e.span for e in claim.effects], claim.outcome.text

    return [
        {
            "intervention": _words(c.intervention),
            "comparator": _words(c.comparator),
            "outcome": c.outcome.text,
            "population": _words(c.population),
            "direction": None if c.direction is None else c.direction.value,
            "significance": None if c.significance is None else c.significance.value,
            "assertion": c.assertion.value,
            "kind": c.kind.value,
            "effects": [_effect(e) for e in c.effects],
            "quote": c.quote.exact,
            "restated": [q.exact for q in c.restatements],
        }
        for c in sorted(claims, key=place)
    ]
