"""What the annotators of a corpus say of a claim: True for right, False for wrong, None where they say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from corpus.annotation import GoldDoc
from corpus.score import agrees, own_results, pair
from corpus.soundness import why_unsound
from ingest.article import Span
from ingest.claim import Arm, Claim, Effect, Measure, Mention
from ingest.claim_json import to_json
from ingest.pipeline import Reading
from training.corpora import Row

RATIOS = {"HR": Measure.HAZARD_RATIO, "OR": Measure.ODDS_RATIO, "RR": Measure.RISK_RATIO}
FITS: Mapping[str, Callable[[Effect], bool]] = {
    "bin-abs": lambda e: e.events is not None or e.measure is Measure.COUNT,
    "bin-percent": lambda e: e.measure in (Measure.PROPORTION, Measure.RATE),
    "cont-mean": lambda e: e.measure in (Measure.MEAN, Measure.GEOMETRIC_MEAN),
    "cont-median": lambda e: e.measure is Measure.MEDIAN,
    "cont-sd": lambda e: e.standard_deviation is not None,
}
"""Whether an effect is of the kind that a label of ``pico-breast-cancer`` names."""
Judge = Callable[[Row, Sequence[Claim]], list[bool | None]]
SIDES = {"iv": Arm.INTERVENTION, "cv": Arm.COMPARATOR}


def of_gold(doc: GoldDoc, reading: Reading) -> list[bool | None]:
    """By our own gold: those of a gold claim that also agree in comparator and direction are right, others wrong.

    None for what is no result of the article's own, and for what gold calls optional.
    """
    shown = [to_json(claim, reading.article) for claim in reading.claims]
    mine = own_results(shown)
    sound = [c for c in mine if not why_unsound(c, doc.text)]
    partner = {sound[j]["id"]: doc.claims[i] for j, i in pair(doc, sound)}
    kept = {c["id"] for c in mine}
    out: list[bool | None] = []
    for claim in shown:
        gold = partner.get(claim["id"])
        if claim["id"] not in kept or (gold is not None and gold.optional):
            out.append(None)
        else:
            out.append(gold is not None and all(agrees(doc, gold, claim, w) for w in ("comparator", "direction")))
    return out


def of_relations(row: Row, claims: Sequence[Claim]) -> list[bool | None]:
    """By ``rct-art``: every value that has an arm there is under that arm, and for one of its outcomes."""
    arms: dict[int, list[Row]] = {}
    outcomes: dict[int, list[Row]] = {}
    for r in row["relations"]:
        home = outcomes if r["label"] == "OC_RES" else arms
        home.setdefault(r["tail"], []).append(row["entities"][r["head"]])
    values = [(e, arms[i], outcomes.get(i, [])) for i, e in enumerate(row["entities"]) if i in arms]

    def right(claim: Claim) -> bool | None:
        told = [
            any(same(slot, a) for a in whose) and (not about or any(same(claim.outcome, o) for o in about))
            for effect, slot in sided(claim)
            for value, whose, about in values
            if over(effect.span, value)
        ]
        return all(told) if told else None

    return [right(claim) for claim in claims]


def of_sides(row: Row, claims: Sequence[Claim]) -> list[bool | None]:
    """By ``pico-breast-cancer``: every value that has a side there is on that side; outcomes are not tied to values."""
    labels = [(e, *e["label"].partition("-")[::2]) for e in row["entities"]]
    values = [(e, SIDES[side], FITS[kind]) for e, side, kind in labels if side in SIDES and kind in FITS]

    def right(claim: Claim) -> bool | None:
        told = [
            effect.arm is arm
            for effect, _ in sided(claim)
            for value, arm, fits in values
            if over(effect.span, value) and fits(effect)
        ]
        return all(told) if told else None

    return [right(claim) for claim in claims]


def of_ratios(row: Row, claims: Sequence[Claim]) -> list[bool | None]:
    """By ``clerx``: every hazard, odds or risk ratio is one, of that outcome and exposure."""
    tied: dict[int, list[Row]] = {}
    for r in row["relations"]:
        tied.setdefault(r["head"], []).append(row["entities"][r["tail"]])
    ratios = [(e, tied.get(i, [])) for i, e in enumerate(row["entities"]) if e["label"] in RATIOS]

    def right(claim: Claim) -> bool | None:
        told = []
        for effect in claim.effects:
            if effect.measure in RATIOS.values():
                near = [(e, t) for e, t in ratios if over(effect.span, e) and effect.measure is RATIOS[e["label"]]]
                told.append(any(_about(claim, t) for _, t in near))
        return all(told) if told else None

    return [right(claim) for claim in claims]


def _about(claim: Claim, tied: Sequence[Row]) -> bool:
    for label, slot in (("outcome", claim.outcome), ("explanatory", claim.intervention)):
        wanted = [t for t in tied if t["label"] == label]
        if wanted and not any(same(slot, t) for t in wanted):
            return False
    return True


def sided(claim: Claim) -> list[tuple[Effect, Mention | None]]:
    """The values of either arm, each with the words of its arm."""
    slots = {Arm.INTERVENTION: claim.intervention, Arm.COMPARATOR: claim.comparator}
    return [(e, slots[e.arm]) for e in claim.effects if e.arm in slots]


def over(span: Span, entity: Row) -> bool:
    """True where the two share a character."""
    return bool(span.start < entity["end"] and entity["start"] < span.end)


def same(slot: Mention | None, entity: Row) -> bool:
    """True for the same words in the same place, or for words of which one holds the other."""
    if slot is None:
        return False
    if slot.span is not None and over(slot.span, entity):
        return True
    one, two = (" ".join(re.findall(r"\w+", words.lower())) for words in (slot.text, entity["text"]))
    return bool(one and two) and (f" {one} " in f" {two} " or f" {two} " in f" {one} ")
