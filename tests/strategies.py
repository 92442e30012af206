"""Hypothesis strategies for articles and claims in which every field varies and every range is true."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import strategies as st

from ingest.article import Article, ArticleKind, Section, SectionKind, Span
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
from ingest.identity import claim_id, content_key
from ingest.notices import Notice, NoticeKind
from ingest.tabular import Cell, Table

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Any text that UTF-8 can hold."""
some_words = words.filter(lambda text: text.strip() != "")
numbers = st.floats(allow_nan=False, allow_infinity=False)
counts = st.integers(min_value=0, max_value=10**20)
concepts = st.integers(0, 40).map(lambda n: f"http://id.nlm.nih.gov/mesh/D{n:06}")
instants = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat() + "Z")


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A range of ``text``, which holds at least one code point."""
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


notices = st.builds(
    Notice,
    st.sampled_from(NoticeKind),
    st.none() | words | st.sampled_from(["pmid:123456", "doi:10.1000/x", "urn:picograph:article:a"]),
    st.booleans(),
)


@st.composite
def cells(draw: st.DrawFn, text: str) -> Cell:
    """Any range of ``text``, or none, as a cell at any place."""
    span = draw(st.none() | spans(text))
    return Cell(
        draw(st.integers(0, 50)),
        draw(st.integers(0, 50)),
        "" if span is None else span.of(text),
        span,
        draw(st.integers(1, 3)),
        draw(st.integers(1, 3)),
        draw(st.booleans()),
        draw(st.integers(0, 3)),
        tuple(draw(st.lists(spans(text), max_size=2))),
    )


@st.composite
def tables(draw: st.DrawFn, text: str) -> Table:
    """A table whose parts stand anywhere in ``text``."""
    return Table(
        draw(words),
        draw(spans(text)),
        tuple(draw(st.lists(cells(text), max_size=4))),
        draw(st.none() | words),
        draw(st.none() | spans(text)),
        tuple(draw(st.lists(spans(text), max_size=2))),
        draw(st.integers(0, 3)),
        draw(st.none() | words),
    )


@st.composite
def articles(draw: st.DrawFn, text: str | None = None) -> Article:
    """An article with any metadata; its text begins with printable words, so that mentions can be found in it."""
    text = "Of 40 patients, " + draw(words) if text is None else text
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=5))))
    sections = tuple(
        Section(Span(a, b), draw(st.sampled_from(SectionKind)), draw(st.none() | words))
        for a, b in itertools.pairwise(cuts)
    )
    optional = st.none() | words
    said = tuple(draw(st.lists(notices, max_size=3)))
    withdrawn = any(n.kind is NoticeKind.RETRACTION and not n.of_other for n in said)
    return Article(
        id=draw(st.sampled_from(["urn:picograph:article:a", "https://doi.org/10.1000/x(1)-2;3"])),
        text=text,
        kind=draw(st.sampled_from(ArticleKind)),
        sections=sections,
        title=draw(optional),
        authors=tuple(draw(st.lists(words, max_size=3))),
        journal=draw(optional),
        published=draw(st.none() | st.sampled_from(["2023", "2023-10", "2023-10-06"])),
        doi=draw(optional),
        pmid=draw(optional),
        pmcid=draw(optional),
        registration=draw(optional),
        language=draw(optional),
        licence=draw(optional),
        retracted=draw(st.booleans()) or withdrawn,
        primary_source=draw(optional | st.just("doi:10.1038/bcj.2016.114")),
        registrations=tuple(draw(st.lists(words, max_size=2))),
        publications=tuple(draw(st.lists(words, max_size=2))),
        types=tuple(draw(st.lists(words, max_size=2))),
        notices=said,
        no_evidence=draw(optional),
        tables=tuple(draw(st.lists(tables(text), max_size=2))),
    )


@st.composite
def mentions(draw: st.DrawFn, text: str) -> Mention:
    """Words of ``text`` with their place, or other words without."""
    span = draw(spans(text).filter(lambda s: s.of(text).strip() != ""))
    place, said = draw(st.sampled_from([(span, span.of(text)), (None, None)]))
    return Mention(
        said if said is not None else draw(some_words),
        place,
        draw(st.none() | words),
        draw(st.none() | concepts),
        tuple(draw(st.lists(concepts, max_size=3, unique=True))),
    )


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval with at least one bound."""
    low, high = draw(st.tuples(st.none() | numbers, st.none() | numbers).filter(lambda b: b != (None, None)))
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    level = draw(st.none() | st.floats(0, 100, exclude_min=True, exclude_max=True))
    return Interval(draw(st.sampled_from(IntervalKind)), low, high, level)


def places() -> st.SearchStrategy[TableSelector | None]:
    """A place in a table, or none."""
    path = st.lists(words, max_size=3).map(tuple)
    return st.none() | st.builds(TableSelector, some_words, st.none() | words, path, path)


@st.composite
def effects(draw: st.DrawFn, text: str) -> Effect:
    """Numbers as an article may print them, at any place of ``text``."""
    span = draw(spans(text))
    p_values = st.builds(PValue, st.sampled_from(["=", "<", ">", "<=", ">="]), st.floats(0, 1))
    events, total = draw(st.none() | counts), draw(st.none() | counts)
    if events is not None and total is not None:
        events, total = min(events, total), max(events, total)
    return Effect(
        draw(st.sampled_from(Measure)),
        draw(st.sampled_from(Arm)),
        span.of(text),
        span,
        value=draw(st.none() | numbers),
        value_state=draw(st.sampled_from(ValueState)),
        unit=draw(st.none() | words),
        events=events,
        total=total,
        standard_deviation=draw(st.none() | numbers),
        standard_error=draw(st.none() | numbers),
        change_from_baseline=draw(st.booleans()),
        interval=draw(st.none() | intervals()),
        p=draw(st.none() | p_values),
        timepoint=draw(st.none() | words),
        table=draw(places()),
    )


@st.composite
def quotes(draw: st.DrawFn, text: str) -> Quote:
    """A passage of ``text``."""
    span = draw(spans(text))
    return Quote(span.of(text), span, draw(words), draw(words), draw(st.none() | words), draw(places()))


@st.composite
def studies(draw: st.DrawFn) -> Study:
    """What an article may say of its study."""
    optional, count = st.none() | words, st.none() | counts
    arms = st.builds(StudyArm, words, count)
    return Study(
        id=draw(st.none() | st.sampled_from(["https://w3id.org/picograph/study/x", "not an iri"])),
        name=draw(optional),
        registration=draw(optional),
        design=draw(optional),
        phase=draw(optional),
        enrolled=draw(count),
        randomised=draw(count),
        arms=tuple(draw(st.lists(arms, max_size=3))),
        follow_up=draw(optional),
        primary_endpoint_met=draw(st.none() | st.booleans()),
    )


@st.composite
def claims(draw: st.DrawFn, source: Article) -> Claim:
    """A claim of ``source`` in any state, as curators may have left it."""
    text = source.text
    slot = st.none() | mentions(text)
    found = st.lists(effects(text), max_size=3)
    draft = Claim(
        id="",
        content_key="",
        article=source.id,
        text_sha256=source.text_sha256,
        outcome=draw(mentions(text)),
        quote=draw(quotes(text)),
        intervention=draw(slot),
        comparator=draw(slot),
        population=draw(slot),
        effects=tuple(draw(found)),
        outcome_favours=draw(st.none() | st.sampled_from(Favours)),
        direction=draw(st.none() | st.sampled_from(Direction)),
        direction_basis=draw(st.none() | st.sampled_from(Basis)),
        significance=draw(st.none() | st.sampled_from(Significance)),
        significance_basis=draw(st.none() | st.sampled_from(Basis)),
        assertion=draw(st.sampled_from(Assertion)),
        kind=draw(st.sampled_from(ClaimKind)),
        restatements=tuple(draw(st.lists(quotes(text), max_size=2))),
        checks=tuple(draw(st.lists(st.builds(Check, words, st.sampled_from(Grade), words), max_size=3))),
        status=draw(st.sampled_from(Status)),
        confidence=draw(st.floats(0, 1)),
        revision=draw(st.integers(0, 10**6)),
        study=draw(st.none() | studies()),
    )
    slots = (draft.intervention, draft.comparator, draft.outcome, draft.population)
    return replace(
        draft,
        id=claim_id(source.text_sha256, draft.quote.span, slots, draft.effects),
        content_key=content_key(source.id, draft.quote.exact, slots, draft.effects),
    )


@st.composite
def articles_with_claims(draw: st.DrawFn, max_claims: int = 2) -> tuple[Article, list[Claim]]:
    """An article and claims of it, as an extraction leaves them: unreviewed, with ids of their own."""
    source = draw(articles())
    found = draw(st.lists(claims(source), max_size=max_claims, unique_by=lambda c: c.id))
    return source, [replace(c, status=Status.UNREVIEWED, revision=0) for c in found]
