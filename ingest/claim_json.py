"""Claims as JSON objects in the shape of the claim schema, both ways without loss.

``to_json`` needs the article for its metadata; ``from_json`` gives back the claim alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.article import Article, Span
from ingest.claim import (
    Arm,
    Assertion,
    Basis,
    Check,
    Claim,
    ClaimKind,
    Direction,
    Effect,
    Favours,
    Grade,
    Interval,
    IntervalKind,
    Measure,
    Mention,
    PValue,
    Quote,
    Significance,
    Status,
    Study,
    StudyArm,
    TableSelector,
    ValueState,
)

JsonObject = dict[str, Any]


def article_json(article: Article) -> JsonObject:
    """The ``article`` member of a claim: metadata without text."""
    return {
        "id": article.id,
        "text_sha256": article.text_sha256,
        "kind": article.kind.value,
        "title": article.title,
        "authors": list(article.authors),
        "journal": article.journal,
        "doi": article.doi,
        "pmid": article.pmid,
        "pmcid": article.pmcid,
        "registration": article.registration,
        "published": article.published,
        "language": article.language,
        "licence": article.licence,
        "retracted": article.retracted,
        "primary_source": article.primary_source,
        "registrations": list(article.registrations),
        "publications": list(article.publications),
        "types": list(article.types),
        "notices": [{"kind": n.kind.value, "source": n.source, "of_other": n.of_other} for n in article.notices],
        "no_evidence": article.no_evidence,
    }


def study_json(study: Study | None) -> JsonObject | None:
    """The ``study`` member of a claim; None where the article tells nothing of its study."""
    if study is None:
        return None
    return {
        "id": study.id,
        "name": study.name,
        "registration": study.registration,
        "design": study.design,
        "phase": study.phase,
        "enrolled": study.enrolled,
        "randomised": study.randomised,
        "arms": [{"name": arm.name, "size": arm.size} for arm in study.arms],
        "follow_up": study.follow_up,
        "primary_endpoint_met": study.primary_endpoint_met,
    }


def mention_json(mention: Mention | None) -> JsonObject | None:
    """A slot of a claim; None where the claim has none."""
    if mention is None:
        return None
    span = mention.span
    return {
        "text": mention.text,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "label": mention.label,
        "concept": mention.concept,
        "concepts": list(mention.concepts),
    }


def quote_json(quote: Quote) -> JsonObject:
    """A passage with both selectors: words with context, and range."""
    return {
        "exact": quote.exact,
        "start": quote.span.start,
        "end": quote.span.end,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "section": quote.section,
        "table": table_json(quote.table),
    }


def table_json(place: TableSelector | None) -> JsonObject | None:
    """A place in a table by its header paths; None in running text."""
    if place is None:
        return None
    return {"id": place.id, "label": place.label, "row": list(place.row), "column": list(place.column)}


def effect_json(effect: Effect) -> JsonObject:
    """One reported number with everything that belongs to it."""
    interval, p = effect.interval, effect.p
    return {
        "measure": effect.measure.value,
        "arm": effect.arm.value,
        "text": effect.text,
        "start": effect.span.start,
        "end": effect.span.end,
        "value": effect.value,
        "value_state": effect.value_state.value,
        "unit": effect.unit,
        "events": effect.events,
        "total": effect.total,
        "standard_deviation": effect.standard_deviation,
        "standard_error": effect.standard_error,
        "change_from_baseline": effect.change_from_baseline,
        "interval": None
        if interval is None
        else {"kind": interval.kind.value, "level": interval.level, "low": interval.low, "high": interval.high},
        "p": None if p is None else {"operator": p.operator, "value": p.value},
        "timepoint": effect.timepoint,
        "table": table_json(effect.table),
    }


def to_json(claim: Claim, article: Article) -> JsonObject:
    """The claim as one line of an export. Raises ValueError when ``article`` is another text than the claim's."""
    if article.text_sha256 != claim.text_sha256:
        raise ValueError(f"{claim.id} belongs to another version of {claim.article}")
    return claim_json(claim) | {"article": article_json(article)}


def claim_json(claim: Claim) -> JsonObject:
    """The claim alone: of its article only which text it is. ``from_json`` reads it too."""
    return {
        "id": claim.id,
        "content_key": claim.content_key,
        "revision": claim.revision,
        "article": {"id": claim.article, "text_sha256": claim.text_sha256},
        "study": study_json(claim.study),
        "intervention": mention_json(claim.intervention),
        "comparator": mention_json(claim.comparator),
        "outcome": mention_json(claim.outcome),
        "outcome_favours": None if claim.outcome_favours is None else claim.outcome_favours.value,
        "population": mention_json(claim.population),
        "effects": [effect_json(e) for e in claim.effects],
        "direction": None if claim.direction is None else claim.direction.value,
        "direction_basis": None if claim.direction_basis is None else claim.direction_basis.value,
        "significance": None if claim.significance is None else claim.significance.value,
        "significance_basis": None if claim.significance_basis is None else claim.significance_basis.value,
        "assertion": claim.assertion.value,
        "kind": claim.kind.value,
        "quote": quote_json(claim.quote),
        "restatements": [quote_json(q) for q in claim.restatements],
        "checks": [{"rule": c.rule, "grade": c.grade.value, "message": c.message} for c in claim.checks],
        "status": claim.status.value,
        "confidence": claim.confidence,
    }


def _span(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"])


def mention_from_json(data: Mapping[str, Any] | None) -> Mention | None:
    """The inverse of ``mention_json``."""
    if data is None:
        return None
    span = None if data.get("start") is None else _span(data)
    return Mention(data["text"], span, data.get("label"), data.get("concept"), tuple(data.get("concepts") or ()))


def quote_from_json(data: Mapping[str, Any]) -> Quote:
    """The inverse of ``quote_json``."""
    return Quote(
        data["exact"],
        _span(data),
        data.get("prefix") or "",
        data.get("suffix") or "",
        data.get("section"),
        table_from_json(data.get("table")),
    )


def table_from_json(data: Mapping[str, Any] | None) -> TableSelector | None:
    """The inverse of ``table_json``."""
    if data is None:
        return None
    return TableSelector(data["id"], data.get("label"), tuple(data.get("row") or ()), tuple(data.get("column") or ()))


def effect_from_json(data: Mapping[str, Any]) -> Effect:
    """The inverse of ``effect_json``. Raises KeyError or ValueError on a value outside its closed set."""
    interval, p = data.get("interval"), data.get("p")
    return Effect(
        Measure(data["measure"]),
        Arm(data["arm"]),
        data["text"],
        _span(data),
        value=data.get("value"),
        value_state=ValueState(data.get("value_state") or "reported"),
        unit=data.get("unit"),
        events=data.get("events"),
        total=data.get("total"),
        standard_deviation=data.get("standard_deviation"),
        standard_error=data.get("standard_error"),
        change_from_baseline=bool(data.get("change_from_baseline", False)),
        interval=None
        if interval is None
        else Interval(IntervalKind(interval["kind"]), interval.get("low"), interval.get("high"), interval.get("level")),
        p=None if p is None else PValue(p["operator"], p["value"]),
        timepoint=data.get("timepoint"),
        table=table_from_json(data.get("table")),
    )


def study_from_json(data: Mapping[str, Any] | None) -> Study | None:
    """The inverse of ``study_json``."""
    if data is None:
        return None
    arms = tuple(StudyArm(arm["name"], arm.get("size")) for arm in data.get("arms") or ())
    return Study(**{**{k: v for k, v in data.items() if k in Study.__slots__}, "arms": arms})


def from_json(data: Mapping[str, Any]) -> Claim:
    """The claim of one exported line. Raises KeyError, TypeError or ValueError when the line is not a claim."""
    outcome = mention_from_json(data["outcome"])
    if outcome is None:
        raise ValueError("a claim needs an outcome")
    article = data["article"]
    return Claim(
        id=data["id"],
        content_key=data["content_key"],
        article=article["id"],
        text_sha256=article["text_sha256"],
        outcome=outcome,
        quote=quote_from_json(data["quote"]),
        intervention=mention_from_json(data.get("intervention")),
        comparator=mention_from_json(data.get("comparator")),
        population=mention_from_json(data.get("population")),
        effects=tuple(effect_from_json(e) for e in data["effects"]),
        outcome_favours=None if data.get("outcome_favours") is None else Favours(data["outcome_favours"]),
        direction=None if data.get("direction") is None else Direction(data["direction"]),
        direction_basis=None if data.get("direction_basis") is None else Basis(data["direction_basis"]),
        significance=None if data.get("significance") is None else Significance(data["significance"]),
        significance_basis=None if data.get("significance_basis") is None else Basis(data["significance_basis"]),
        assertion=Assertion(data["assertion"]),
        kind=ClaimKind(data["kind"]),
        restatements=tuple(quote_from_json(q) for q in data.get("restatements") or ()),
        checks=tuple(Check(c["rule"], Grade(c["grade"]), c.get("message", "")) for c in data.get("checks") or ()),
        status=Status(data["status"]),
        confidence=data["confidence"],
        revision=data["revision"],
        study=study_from_json(data.get("study")),
    )
