"""Predicted claims for the scorer's tests: what a reader would hand in, made from gold or by hand."""

from __future__ import annotations

from typing import Any

from corpus.annotation import GoldClaim, GoldDoc, GoldEffect

Claim = dict[str, Any]


def at(text: str, words: str, key: str = "text") -> Claim:
    """``words`` with their place, as a mention (``key`` "text") or as a quote ("exact")."""
    start = text.index(words)
    return {key: words, "start": start, "end": start + len(words)}


def perfect(doc: GoldDoc, gold: GoldClaim) -> Claim:
    """The claim of a reader who saw exactly what the annotator saw."""
    claim: Claim = {
        "study": doc.study.facts(),
        "effects": [_effect(doc, gold, effect) for effect in gold.effects],
        "direction": gold.direction,
        "significance": gold.significance,
        "assertion": gold.assertion,
        "kind": "own result",
        "status": "unreviewed",
        "quote": at(doc.text, gold.quote, "exact"),
        "restatements": [],
    }
    for slot in ("intervention", "comparator", "outcome", "population"):
        mention = gold.mentions().get(slot)
        claim[slot] = None if mention is None else at(doc.text, mention.text)
    return claim


def _effect(doc: GoldDoc, gold: GoldClaim, effect: GoldEffect) -> Claim:
    interval = {"kind": effect.interval_kind, "level": effect.level, "low": effect.low, "high": effect.high}
    return {
        "measure": effect.measure,
        "arm": effect.arm,
        **at(doc.text, gold.quote),
        "value": effect.value,
        "events": effect.events,
        "total": effect.total,
        "interval": None if effect.interval_kind is None else interval,
        "p": None if effect.p_value is None else {"operator": effect.p_operator, "value": effect.p_value},
    }
