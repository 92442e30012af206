"""A small article with hand-made claims, for tests of the ways in."""

from __future__ import annotations

from dataclasses import replace

from graph.library import Library
from graph.model import IngestOutcome, Run
from ingest.article import Article, ArticleKind, Section, SectionKind, Span, article_iri, quote_at
from ingest.claim import (
    Arm,
    Check,
    Claim,
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
    Study,
)
from ingest.identity import claim_id, content_key

LENALIDOMIDE = "http://id.nlm.nih.gov/mesh/D000077269"
SECOND_PRIMARY = "http://id.nlm.nih.gov/mesh/D016609"
RUN = Run("urn:uuid:00000000-0000-4000-8000-000000000000", "test", "2026-01-01T00:00:00+00:00")
QUESTION = "lenalidomide -> second primary malignancies"

TEXT = """Second cancers under maintenance

With lenalidomide maintenance, 17.3% of patients over 74 years developed second primary malignancies, \
against 6.5% with observation (P=0.049).

In all patients the hazard ratio of second primary malignancies with lenalidomide maintenance was 1.85 \
(95% CI 1.10 to 3.12).

A hostile line: <script>document.title = "taken"</script> & "quotes".
"""


def article(text: str = TEXT, given: str = "sample trial/1", title: str | None = "Second cancers") -> Article:
    """The article under a user-given id; other words make another version of it."""
    iri = article_iri(given=given, sha256="0" * 64)
    sections = (Section(Span(0, len(text)), SectionKind.RESULTS, "Results"),)
    return Article(iri, text, ArticleKind.OTHER, sections, title=title, published="2016-12-01", journal="A Journal")


def _span(text: str, words: str, after: int = 0) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def _claim(
    home: Article,
    quote: str,
    slots: tuple[Mention | None, Mention | None, Mention, Mention | None],
    effects: tuple[Effect, ...],
    confidence: float = 0.8,
) -> Claim:
    span = _span(home.text, quote)
    selector = quote_at(home.text, span)
    return Claim(
        id=claim_id(home.text_sha256, span, slots, effects),
        content_key=content_key(home.id, quote, slots, effects),
        article=home.id,
        text_sha256=home.text_sha256,
        outcome=slots[2],
        intervention=slots[0],
        comparator=slots[1],
        population=slots[3],
        quote=Quote(selector.exact, span, selector.prefix, selector.suffix, "Results"),
        effects=effects,
        outcome_favours=Favours.LOWER,
        direction=Direction.HIGHER,
        significance=Significance.SIGNIFICANT,
        checks=(
            Check("interval holds value", Grade.PASS),
            Check("p-from-interval", Grade.NOT_CHECKABLE, "no interval is printed"),
            Check("ratio-from-values", Grade.NOTE, "the values give 2.66, printed 1.85"),
        ),
        confidence=confidence,
        study=Study(name="Sample XI"),
    )


def claims(home: Article) -> tuple[Claim, ...]:
    """Two claims of the article, whatever title or id it has."""
    text = home.text
    first, second = text.index("With lenalidomide"), text.index("In all patients")

    def mention(words: str, after: int, concept: str | None = None) -> Mention:
        return Mention(words, _span(text, words, after), None, concept, () if concept is None else (concept,))

    outcome = "second primary malignancies"
    shares = (
        Effect(Measure.PROPORTION, Arm.INTERVENTION, "17.3%", _span(text, "17.3%"), 17.3, unit="%"),
        Effect(Measure.PROPORTION, Arm.COMPARATOR, "6.5%", _span(text, "6.5%"), 6.5, unit="%"),
        Effect(Measure.P_VALUE, Arm.CONTRAST, "P=0.049", _span(text, "P=0.049"), p=PValue("=", 0.049)),
    )
    printed = "1.85 (95% CI 1.10 to 3.12)"
    interval = Interval(IntervalKind.CONFIDENCE, 1.10, 3.12, 95)
    ratio = (Effect(Measure.HAZARD_RATIO, Arm.CONTRAST, printed, _span(text, printed), 1.85, interval=interval),)
    return (
        _claim(
            home,
            text[first : text.index("(P=0.049).") + len("(P=0.049).")],
            (
                mention("lenalidomide maintenance", first, LENALIDOMIDE),
                mention("observation", first),
                mention(outcome, first, SECOND_PRIMARY),
                mention("patients over 74 years", first),
            ),
            shares,
        ),
        _claim(
            home,
            text[second : text.index("3.12).") + len("3.12).")],
            (
                mention("lenalidomide maintenance", second, LENALIDOMIDE),
                None,
                mention(outcome, second, SECOND_PRIMARY),
                mention("all patients", second),
            ),
            ratio,
            confidence=0.4,
        ),
    )


def fill(library: Library, text: str = TEXT, given: str = "sample trial/1") -> tuple[Claim, ...]:
    """Put the sample article into the library; its claims."""
    home = article(text, given)
    found = claims(home)
    outcome: IngestOutcome = library.ingest(home, found, RUN)
    assert outcome.claims == len(found)
    return found


def fill_many(library: Library, number: int) -> None:
    """Put so many sample articles into the library, each under an id of its own."""
    for index in range(number):
        home = article(f"{TEXT}Number {index}.\n", f"sample/{index:04}", title=f"Article {index}")
        library.ingest(home, [replace(c, study=Study(name=f"Study {index}")) for c in claims(home)], RUN)
