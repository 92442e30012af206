"""What holds of every claim, whatever text goes in."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, Section, SectionKind, Span
from ingest.claim import Claim
from ingest.pipeline import Pipeline
from tests import builders
from tests.ingest.printed import any_text, noise, numbers_of, printed

LONGEST_QUOTE = 700
"""Code points; a longer passage is no evidence that a reader would check."""

_ARMS = ["lenalidomide", "placebo", "observation", "Rd", "the aspirin group", "cisplatin", "those given letrozole"]
_OUTCOMES = ["Relapse", "Mortality", "Overall survival", "The incidence of stroke", "It", "PFS"]
_WORDS = [
    "was higher with",
    "was 12% vs 19% with",
    "did not differ between",
    "occurred in 95 of 302 patients with",
    "was",
]
_NUMBERS = [
    "(12% vs 19%; P = .03)",
    "12% and 19%",
    "(HR 0.78; 95% CI, 0.67-0.92)",
    "4.1 (1.2-6.3)",
    "not reached",
    "6 months",
]
_TAILS = [
    ", respectively.",
    " in both groups.",
    ".",
    " at 1 and 3 years.",
    " in older and younger women, respectively;",
]

sentences = st.tuples(
    *(st.sampled_from(s) for s in (_OUTCOMES, _WORDS, _ARMS, ["and", "versus", "than"], _ARMS, _NUMBERS, _TAILS))
)
prose = st.lists(sentences.map(" ".join), min_size=1, max_size=4).map(" ".join)


def assert_sound(article: Article, claims: tuple[Claim, ...]) -> None:
    text = article.text
    assert len({c.id for c in claims}) == len(claims)
    for claim in claims:
        quotes = [claim.quote, *claim.restatements]
        for quote in quotes:
            assert quote.exact == quote.span.of(text)
            assert len(quote.exact) <= LONGEST_QUOTE
            assert text[: quote.span.start].endswith(quote.prefix)
            assert text[quote.span.end :].startswith(quote.suffix)
        for mention in (claim.intervention, claim.comparator, claim.outcome, claim.population):
            assert mention is None or (mention.span is not None and mention.text == mention.span.of(text))
        for effect in claim.effects:
            assert effect.text == effect.span.of(text)
            assert any(q.span.contains(effect.span) for q in quotes)
            assert set(numbers_of(effect)) <= printed(effect.text)
            assert effect.total is None or effect.total in printed(text)
        assert (claim.article, claim.text_sha256) == (article.id, article.text_sha256)


def article_of(text: str) -> Article:
    sections = (Section(Span(0, len(text)), SectionKind.BODY),) if text else ()
    return builders.article(text, sections=sections)


@settings(max_examples=60, deadline=None)
@given(text=any_text)
def test_any_text_is_read_and_every_claim_of_it_is_sound(pipeline: Pipeline, text: str) -> None:
    article = article_of(text)
    assert_sound(article, pipeline.read(article).claims)


@settings(max_examples=80, deadline=None)
@given(text=prose)
def test_every_claim_of_clinical_prose_is_sound(pipeline: Pipeline, text: str) -> None:
    article = article_of(text)
    assert_sound(article, pipeline.read(article).claims)


@settings(max_examples=40, deadline=None)
@given(before=noise, text=prose, mark=st.sampled_from(["\ud800", "\udfff\ud800", "**", "\u200b", "😀", "\r\n", "# "]))
def test_marks_surrogates_and_wide_characters_move_no_offset(
    pipeline: Pipeline, before: str, text: str, mark: str
) -> None:
    article = article_of(f"{before}{mark}\n\n{text}{mark}")
    assert_sound(article, pipeline.read(article).claims)


@settings(max_examples=25, deadline=None)
@given(text=prose)
def test_reading_twice_gives_equal_claims(pipeline: Pipeline, text: str) -> None:
    assert pipeline.read(article_of(text)) == pipeline.read(article_of(text))


def test_such_prose_does_make_claims(pipeline: Pipeline) -> None:
    """Else the properties above would hold of nothing."""
    text = "Relapse was higher with placebo than with lenalidomide (19% vs 12%; P = .03)."
    (claim,) = pipeline.read(article_of(text)).claims
    assert len(claim.effects) == 3
