"""Small articles and claims for tests, always consistent: ids are computed, quotes stand where they say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.model import Run
from ingest.article import Article, Span, quote_at
from ingest.claim import Arm, Claim, Effect, Interval, IntervalKind, Measure, Mention, PValue, Quote, Study
from ingest.identity import claim_id, content_key

LENALIDOMIDE = "http://id.nlm.nih.gov/mesh/D000077269"
RUN = Run("urn:uuid:00000000-0000-0000-0000-000000000001", "picograph 0.1.0", "2026-01-02T03:04:05Z")

SENTENCE = (
    "In transplant-eligible patients, second primary malignancies were more frequent with lenalidomide than with "
    "placebo (HR 1.55, 95% CI 1.03-2.34; p=0.037)."
)
NUMBERS = "HR 1.55, 95% CI 1.03-2.34; p=0.037"


def article(text: str = SENTENCE, *, id: str = "urn:picograph:article:one", **metadata: Any) -> Article:
    """An article with ``text``."""
    return Article(id=id, text=text, **metadata)


def quote(text: str, words: str, *, section: str | None = None) -> Quote:
    """The first place of ``words`` in ``text`` as a quote."""
    span = find(text, words)
    selector = quote_at(text, span)
    return Quote(selector.exact, span, selector.prefix, selector.suffix, section)


def find(text: str, words: str) -> Span:
    """The first place of ``words`` in ``text``. Raises ValueError when there is none."""
    start = text.index(words)
    return Span(start, start + len(words))


def mention(text: str, words: str, *, concept: str | None = None, label: str | None = None) -> Mention:
    """The first place of ``words`` in ``text`` as a mention."""
    return Mention(words, find(text, words), label, concept, () if concept is None else (concept,))


def effect(
    text: str, words: str, *, measure: Measure = Measure.OTHER, arm: Arm = Arm.CONTRAST, **numbers: Any
) -> Effect:
    """The first place of ``words`` in ``text`` as a reported number."""
    return Effect(measure, arm, words, find(text, words), **numbers)


def claim(source: Article, words: str | None = None, **fields: Any) -> Claim:
    """A claim of ``source`` that quotes ``words`` (all of its text by default).

    ``intervention``, ``comparator``, ``outcome`` and ``population`` may be given as words of the text.
    """
    for role in ("intervention", "comparator", "outcome", "population"):
        if isinstance(fields.get(role), str):
            fields[role] = mention(source.text, fields[role])
    fields.setdefault("quote", quote(source.text, source.text if words is None else words))
    draft = Claim(id="", content_key="", article=source.id, text_sha256=source.text_sha256, **fields)
    slots = (draft.intervention, draft.comparator, draft.outcome, draft.population)
    return replace(
        draft,
        id=claim_id(source.text_sha256, draft.quote.span, slots, draft.effects),
        content_key=content_key(source.id, draft.quote.exact, slots, draft.effects),
    )


def spm_claim(source: Article, **fields: Any) -> Claim:
    """The claim of ``SENTENCE``, wherever in the article it stands."""
    text = source.text
    given: dict[str, Any] = {
        "intervention": mention(text, "lenalidomide", concept=LENALIDOMIDE),
        "comparator": "placebo",
        "outcome": "second primary malignancies",
        "population": "transplant-eligible patients",
        "effects": (
            effect(
                text,
                NUMBERS,
                measure=Measure.HAZARD_RATIO,
                value=1.55,
                interval=Interval(IntervalKind.CONFIDENCE, 1.03, 2.34, 95.0),
                p=PValue("=", 0.037),
            ),
        ),
        "study": Study(name="Trial One", registration="NCT01554852"),
    }
    return claim(source, SENTENCE, **{**given, **fields})
