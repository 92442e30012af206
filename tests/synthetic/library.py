"""Whole libraries: articles with the claims that a reader would make of them, as many as are wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from ingest.article import Article, ArticleKind, Section, SectionKind, Span, article_iri, quote_at
from ingest.claim import Claim, ClaimKind, Mention, Quote
from ingest.identity import claim_id, content_key
from ingest.settle import settle
from tests.synthetic.sentences import Told
from tests.synthetic.trials import Trial, chance_of, results_of, trial

PER_ARTICLE = 10
"""Claims of an article on average."""
Pair = tuple[Article, tuple[Claim, ...]]
_NEWS, _RETRACTED, _AGAIN, _TOLD_AGAIN = 0.03, 0.01, 0.2, 3
_ROLES = ("intervention", "comparator", "outcome", "population")


def library(claims: int, seed: int = 0) -> Iterator[Pair]:
    """Articles with their claims: ``claims`` of them in all, the last article is cut. The same for the same seed.

    A smaller library is the beginning of a larger one.
    """
    number = 0
    while claims > 0:
        article, made = pair(seed, number)
        yield article, made[:claims]
        claims, number = claims - len(made), number + 1


def size(seed: int, number: int) -> int:
    """How many claims an article has, without writing it."""
    if _is_news(chance_of(seed, number, 4), number):
        return min(_TOLD_AGAIN, results_of(chance_of(seed, number - 1, 3), PER_ARTICLE))
    return results_of(chance_of(seed, number, 3), PER_ARTICLE)


def pair(seed: int, number: int, per_article: int = PER_ARTICLE) -> Pair:
    """One article with its claims: a trial's abstract, or a news page about the article before it."""
    chance = chance_of(seed, number, 4)
    if _is_news(chance, number):
        return _news(seed, number)
    told, written = trial(seed, number, per_article), _Text()
    title = f"{told.arms.drug.words} against {told.arms.comparator.words} in {told.population.words}: {told.name}."
    written.add(title, SectionKind.TITLE)
    written.add(f"Little is known of how {told.arms.drug.words} compares in practice.", SectionKind.BACKGROUND)
    sizes = told.arms.sizes
    methods = f"In {told.name} ({told.registration}), {sizes[0]} and {sizes[1]} patients were followed; they had "
    start = written.add(f"{methods}{told.population.words} and gave their consent.", SectionKind.METHODS)
    group = Span(start + len(methods), start + len(methods) + len(told.population.words))
    places = [written.add(each.text, SectionKind.RESULTS) for each in told.results]
    again = chance.random() < _AGAIN
    if again:
        places.append(written.add(told.results[0].text, SectionKind.CONCLUSION))
    else:
        written.add("These results should be confirmed in other settings.", SectionKind.CONCLUSION)
    doi, pmid = _doi(seed, number), str(1_000_000_000 * (seed + 1) + number)
    article = Article(
        id=article_iri(doi=doi, sha256=""),
        text=written.text,
        kind=ArticleKind.ABSTRACT,
        sections=tuple(written.sections),
        title=title,
        authors=(f"Author {number % 997} A", f"Author {number % 89} B"),
        journal=f"Journal {number % 211}",
        published=f"{2024 - number % 30}-{1 + number % 12:02d}",
        doi=doi,
        pmid=pmid,
        registration=told.registration,
        registrations=(told.registration,),
        language="en",
        types=("Randomized Controlled Trial", "Journal Article") if told.study % 4 else ("Journal Article",),
        retracted=chance.random() < _RETRACTED,
    )
    claims = [_claim(article, told, r, p, group) for r, p in zip(told.results, places, strict=False)]
    if again:
        claims[0] = replace(claims[0], restatements=(_quote(article, told.results[0], places[-1]),))
    return article, tuple(_valued(claims, seed, number))


def _is_news(chance: random.Random, number: int) -> bool:
    return chance.random() < _NEWS and number > 0


def _news(seed: int, number: int) -> Pair:
    """A page that tells the first results of the article before it."""
    told, written = trial(seed, number - 1, PER_ARTICLE), _Text()
    title = f"What {told.name} found about {told.arms.drug.words} (report {number})."
    written.add(title, SectionKind.TITLE)
    places = [written.add(each.text, SectionKind.BODY) for each in told.results[:_TOLD_AGAIN]]
    doi = _doi(seed, number - 1)
    article = Article(
        id=f"urn:picograph:article:news/{seed}/{number}",
        text=written.text,
        kind=ArticleKind.NEWS,
        sections=tuple(written.sections),
        title=title,
        published=f"{2024 - (number - 1) % 30}",
        primary_source=f"doi:{doi}",
        language="en",
    )
    claims = [_claim(article, told, r, p, None) for r, p in zip(told.results, places, strict=False)]
    return article, tuple(_valued(claims, seed, number))


class _Text:
    """An article's text that is being written, a block to a line."""

    def __init__(self) -> None:
        self.text, self.sections = "", list[Section]()

    def add(self, words: str, kind: SectionKind) -> int:
        """Where the words begin."""
        start = len(self.text)
        self.sections.append(Section(Span(start, start + len(words)), kind))
        self.text += words + "\n"
        return start


def _doi(seed: int, number: int) -> str:
    return f"10.5555/synthetic.{seed}.{number}"


def _moved(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)


def _quote(article: Article, told: Told, start: int) -> Quote:
    span = Span(start, start + len(told.text))
    selector = quote_at(article.text, span)
    section = article.section_at(start)
    return Quote(selector.exact, span, selector.prefix, selector.suffix, section.kind.value if section else None)


def _claim(article: Article, of: Trial, told: Told, start: int, group: Span | None) -> Claim:
    slots: dict[str, Mention | None] = dict.fromkeys(_ROLES)
    for role, (thing, span) in told.slots.items():
        slots[role] = replace(thing.mention(), span=_moved(span, start))
    if slots["population"] is None and group is not None:
        slots["population"] = replace(of.population.mention(), span=group)
    outcome = slots["outcome"]
    assert outcome is not None, "every sentence has one"
    quote = _quote(article, told, start)
    effects = tuple(replace(e, span=_moved(e.span, start)) for e in told.effects)
    named = (slots["intervention"], slots["comparator"], outcome, slots["population"])
    return Claim(
        id=claim_id(article.text_sha256, quote.span, named, effects),
        content_key=content_key(article.id, quote.exact, named, effects),
        article=article.id,
        text_sha256=article.text_sha256,
        outcome=outcome,
        quote=quote,
        effects=effects,
        outcome_favours=told.slots["outcome"][0].favours,
        study=of.as_study(),
        intervention=slots["intervention"],
        comparator=slots["comparator"],
        population=slots["population"],
    )


def _valued(claims: list[Claim], seed: int, number: int) -> list[Claim]:
    """The claims with what follows from their numbers, and how sure each is."""
    chance = chance_of(seed, number, 5)
    kinds, weights = (ClaimKind.OWN_RESULT, ClaimKind.BACKGROUND, ClaimKind.BASELINE), (95, 3, 2)
    return [
        settle(replace(c, kind=chance.choices(kinds, weights)[0], confidence=round(chance.betavariate(6, 2), 3)))
        for c in claims
    ]
