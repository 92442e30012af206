"""Claims straight from the structure of a registry record; no language model is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import quote_at
from ingest.checks import check_claim
from ingest.claim import Claim, Direction, Favours, Grade, Measure, Quote, Study
from ingest.favours import favours_by
from ingest.identity import claim_id, content_key
from ingest.linking import Linker
from ingest.names import Names
from ingest.registry import RegistryArticle, Result
from ingest.registry_concepts import linked
from ingest.settle import settle
from ingest.terminology import Concept, Terminology

CERTAIN, UNSIDED, ODD = 0.97, 0.9, 0.6
"""Confidence: of a number in its cell; where nobody says which arm is the control; where a check found an error."""
CLEARLY, NOT_NEARLY = 0.01, 0.2
"""A primary endpoint was met at this p value or less, and missed at that or more; between, nobody says the level."""


def claims_of(article: RegistryArticle, names: Names, linker: Linker) -> tuple[Study | None, tuple[Claim, ...]]:
    """The study and the claims of a record, in the order of its text."""
    drafts: dict[str, tuple[Claim, Result]] = {}
    for result in article.results:
        claim = _draft(article, result)
        drafts.setdefault(claim.id, (claim, result))
    claims = linked([claim for claim, _ in drafts.values()], names, linker)
    results = [result for _, result in drafts.values()]
    judged = [_judged(c, r, linker.terminology) for c, r in zip(claims, results, strict=True)]
    study = article.study
    if study is not None:
        study = replace(study, primary_endpoint_met=_met(judged, results))
    settled = (_settled(replace(c, study=study), r) for c, r in zip(judged, results, strict=True))
    return study, tuple(settled)


def _draft(article: RegistryArticle, result: Result) -> Claim:
    selector = quote_at(article.text, result.row)
    section = article.section_at(result.row.start)
    name = section.name if section else None
    quote = Quote(selector.exact, result.row, selector.prefix, selector.suffix, name, result.table)
    slots = (result.intervention, result.comparator, result.outcome, None)
    return Claim(
        id=claim_id(article.text_sha256, quote.span, slots, result.effects),
        content_key=content_key(article.id, quote.exact, slots, result.effects),
        article=article.id,
        text_sha256=article.text_sha256,
        outcome=result.outcome,
        quote=quote,
        intervention=result.intervention,
        comparator=result.comparator,
        effects=result.effects,
    )


def _judged(claim: Claim, result: Result, terminology: Terminology) -> Claim:
    """The claim with the direction of its outcome that is good for the patient."""
    concepts: list[Concept] = [c for i in claim.outcome.concepts if (c := terminology.get(i)) is not None]
    words = claim.outcome.label or claim.outcome.text
    return replace(claim, outcome_favours=Favours.LOWER if result.adverse else favours_by(words, concepts))


def _settled(claim: Claim, result: Result) -> Claim:
    """The claim with direction, significance, checks and confidence, as far as the record tells them."""
    claim = settle(claim)
    contrast = [e for e in claim.effects if e.measure.is_contrast or e.measure is Measure.P_VALUE]
    if contrast and not result.superiority:
        claim = replace(claim, direction=None, direction_basis=None, significance=None, significance_basis=None)
    hazard = any(e.measure is Measure.HAZARD_RATIO for e in contrast) and claim.outcome_favours is None
    if contrast and claim.direction is not Direction.NO_DIFFERENCE and (hazard or not result.sided):
        claim = replace(claim, direction=None, direction_basis=None)
    claim = replace(claim, checks=check_claim(claim))
    odd = any(check.grade is Grade.ERROR for check in claim.checks)
    return replace(claim, confidence=ODD if odd else CERTAIN if result.sided else UNSIDED)


def _met(claims: Sequence[Claim], results: Sequence[Result]) -> bool | None:
    """Whether the primary endpoint was met; None unless one primary outcome has one analysis that leaves no doubt."""
    primary = [(c, r) for c, r in zip(claims, results, strict=True) if r.primary]
    tested = [(c, r) for c, r in primary if any(e.p is not None for e in c.effects)]
    if len({_title(r) for _, r in primary}) != 1 or len(tested) != 1:
        return None
    claim, result = tested[0]
    p = claim.effects[0].p
    if p is None or not result.superiority:
        return None
    if p.operator in ("=", ">", ">=") and p.value >= NOT_NEARLY:
        return False
    direction = _settled(claim, result).direction
    small = p.operator in ("=", "<", "<=") and p.value <= CLEARLY
    if not small or claim.outcome_favours is None or direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    return True if direction.value == claim.outcome_favours.value else None


def _title(result: Result) -> str:
    """The outcome measure that a result is of, by the number of its table."""
    return result.table.id.removesuffix("-analyses")
