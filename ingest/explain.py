"""How the claims of an article came about, sentence by sentence: what was recognised, decided, refused and claimed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import Article, Span
from ingest.claim import Claim, Mention, Study
from ingest.claim_json import article_json, study_json, to_json
from ingest.curies import shorten
from ingest.trace import Event, Step, Trace

if TYPE_CHECKING:
    from ingest.pipeline import Pipeline

MARKS = (Step.ARM, Step.OUTCOME, Step.POPULATION, Step.FIGURE)
"""Steps that recognise a range of the text; all others decide something about it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text with what it was taken for: a step of MARKS, the role of a slot, or the arm of a number."""

    span: Span
    label: str
    rule: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence: what was recognised in it, what was decided, in order, and the claims that quote it."""

    span: Span
    section: str
    name: str
    marks: tuple[Mark, ...]
    decisions: tuple[Event, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All sentences that were looked at, in order, and all claims; ``dropped`` counts notes that were not kept."""

    article: Article
    study: Study | None
    sentences: tuple[Explained, ...]
    claims: tuple[Claim, ...]
    dropped: int = 0

    def only(self, claim_id: str) -> Explanation:
        """The part about the claims whose id ends in, or whose last part begins with ``claim_id``."""
        chosen = tuple(c for c in self.claims if c.id == claim_id or _tail(c.id).startswith(claim_id))
        sentences = tuple(s for s in self.sentences if any(c in chosen for c in s.claims))
        return Explanation(self.article, self.study, sentences, chosen, self.dropped)


def _tail(claim_id: str) -> str:
    return claim_id.rsplit("/", 1)[-1]


def explain(pipeline: Pipeline, article: Article) -> Explanation:
    """Read ``article`` and tell how its claims came about."""
    trace = Trace()
    reading = pipeline.read(article, trace)
    sentences = tuple(_sentences(trace.events, reading.claims))
    return Explanation(reading.article, reading.study, sentences, reading.claims, trace.dropped)


def _sentences(events: Sequence[Event], claims: Sequence[Claim]) -> Iterator[Explained]:
    heads = sorted((e for e in events if e.step == Step.SENTENCE), key=lambda e: e.span)
    starts = [e.span.start for e in heads]
    marks: list[list[Mark]] = [[] for _ in heads]
    decisions: list[list[Event]] = [[] for _ in heads]
    quoting: list[list[Claim]] = [[] for _ in heads]
    for event in events:
        place = bisect_right(starts, event.span.start) - 1
        if place < 0 or event.step == Step.SENTENCE:
            continue
        if event.step in MARKS:
            marks[place].append(Mark(event.span, event.step, event.rule, event.text))
        else:
            decisions[place].append(event)
    for claim in claims:
        places = {bisect_right(starts, q.span.start) - 1 for q in (claim.quote, *claim.restatements)}
        for place in sorted(p for p in places if p >= 0):
            quoting[place].append(claim)
    for n, head in enumerate(heads):
        ordered = sorted(marks[n], key=lambda m: (m.span.start, -m.span.end))
        yield Explained(head.span, head.rule, head.text, tuple(ordered), tuple(decisions[n]), tuple(quoting[n]))


def slots_of(claim: Claim) -> tuple[tuple[str, Mention | None], ...]:
    """The slots of a claim by name."""
    return (
        ("intervention", claim.intervention),
        ("comparator", claim.comparator),
        ("outcome", claim.outcome),
        ("population", claim.population),
    )


def about_mention(mention: Mention) -> str:
    """What a slot's words stand for, as far as they do not say it: label, compact id of the concept."""
    label = mention.label or ""
    told = "" if label.casefold() == mention.text.casefold() else label
    return " · ".join(p for p in (told, shorten(mention.concept or "")) if p)


def roles_marked(claim: Claim) -> tuple[Mark, ...]:
    """What a claim made of its quote: slots, and numbers by their arm. Only what stands inside the quote."""
    found = [Mark(m.span, name, "slot", m.label or "") for name, m in slots_of(claim) if m is not None and m.span]
    found += [Mark(e.span, e.arm.value, "number", e.measure.value) for e in claim.effects]
    inside = (m for m in found if claim.quote.span.contains(m.span))
    return tuple(sorted(inside, key=lambda m: (m.span.start, -m.span.end)))


def explanation_json(told: Explanation) -> dict[str, Any]:
    """The explanation for programs; every range is of the article's text."""
    return {
        "article": article_json(told.article),
        "study": study_json(told.study),
        "sentences": [_sentence_json(s, told.article) for s in told.sentences],
        "claims": [to_json(c, told.article) for c in told.claims],
        "dropped": told.dropped,
    }


def _sentence_json(sentence: Explained, article: Article) -> dict[str, Any]:
    return {
        **_range(sentence.span, article),
        "section": sentence.section,
        "name": sentence.name or None,
        "marks": [
            {"label": m.label, "rule": m.rule, "told": m.text, **_range(m.span, article)} for m in sentence.marks
        ],
        "decisions": _decisions(sentence.decisions, article),
        "claims": [c.id for c in sentence.claims],
    }


def _decisions(events: Iterable[Event], article: Article) -> list[dict[str, Any]]:
    return [{"step": str(e.step), "rule": e.rule, "told": e.text, **_range(e.span, article)} for e in events]


def _range(span: Span, article: Article) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(article.text)}
