"""Which articles report one study: joined in steps, from the surest ground to the least. Pure.

Each step takes all of its links or, where they would bring two registered studies together, none of those (see
``components``): so the outcome does not depend on the order in which articles came in. Articles that put several
studies together are joined by what they are themselves (their ids, what reports on them), never by what they tell of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.components import Components, Edge
from graph.mapping_article import digest, primary_iri
from graph.registries import REVIEWS, Number
from graph.study_figures import Known, Told, alike
from graph.study_grounds import BY_ARTICLE, BY_NAME, BY_REGISTRATION, ArticleHead, by_any_id
from graph.study_library import Library

PUBLICATION, LISTED, SOURCE = "publication", "listed", "source"
REGISTRATION, NUMBER, NAME, FIGURES = "registration", "number", "name", "figures"
SEVERAL = "several studies"
"""The mark of what puts studies together."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How a name is shared: between studies of different registration; between articles without a common drug."""

    registered: bool
    drugs: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of the library says of some of its articles.

    ``alias`` is as ``aliases`` gives it, ``same_numbers`` as ``alike`` does. ``names`` tells of those whose bearers
    are not all among the articles.
    """

    alias: Mapping[Number, Number]
    same_numbers: Mapping[tuple[str, str], str]
    names: Mapping[str, Shared]


def link(library: Library, told: Mapping[str, Told], around: Around | None = None) -> Components:
    """The articles, studies and unseen publications of the library, joined as far as they belong together.

    None for ``around`` where the articles are the whole library.
    """
    joined, single = surest(library)
    joined.join_most(_named(library, single, joined, told, {} if around is None else around.names))
    if around is None:
        figures = (figure for each in told.values() for figure in each.figures)
        same_numbers = alike(figures, {a: known for a in library.articles if (known := comparable(library, a))})
    else:
        same_numbers = dict(around.same_numbers)
    joined.join([Edge(one, other, FIGURES, said) for (one, other), said in same_numbers.items()])
    return joined


def surest(library: Library) -> tuple[Components, list[str]]:
    """What is joined by anything but names and printed numbers; and the articles of one study, in order."""
    joined = Components()
    single = []
    for article in library.articles:
        joined.root(article)
        if library.pools(article):
            joined.mark(article, SEVERAL)
        else:
            single.append(article)
        for number in library.bears(article):
            if number.registry != REVIEWS:
                node = BY_REGISTRATION + library.one(number).text
                joined.mark(node, node)
    joined.join(_publications(library))
    joined.join(_registrations(library, single))
    joined.join(_listed(library, single))
    joined.join_most(_sources(library))
    return joined, single


def comparable(library: Library, article: str) -> Known | None:
    """What keeps the article apart from others that print its numbers; None where its numbers link nothing."""
    if library.pools(article) or library.is_part(article):
        return None
    return Known(library.sizes(article), library.names(article))


def _publications(library: Library) -> Iterator[Edge]:
    """Articles with a common id, unless another id of theirs differs: texts of one publication."""
    by_iri: dict[str, list[ArticleHead]] = {}
    for head in library.heads.values():
        if not head.secondary:
            for iri in head.ids.values():
                by_iri.setdefault(iri, []).append(head)
    for iri, heads in by_iri.items():
        first = min(heads, key=lambda h: h.id)
        for head in heads:
            same = first.ids.keys() & head.ids.keys()
            if head is not first and all(first.ids[s] == head.ids[s] for s in same):
                yield Edge(first.id, head.id, PUBLICATION, iri)


def _registrations(library: Library, single: Iterable[str]) -> Iterator[Edge]:
    """Articles and the study of their number; of numbers that are not known to be of one study, the best one's."""
    for article in single:
        numbers = sorted((library.one(n), n) for n in library.numbers(article) if n.registry != REVIEWS)
        for one, number in numbers:
            if one == numbers[0][0]:
                yield Edge(article, BY_REGISTRATION + one.text, REGISTRATION, number.text)
    for article in library.articles:
        given = library.numbers(article)
        if len(given) == 1 and (own := next(iter(given))).registry == REVIEWS:
            yield Edge(article, BY_REGISTRATION + own.text, REGISTRATION, own.text)
    for number in {n for article in library.articles for n in library.bears(article)}:
        if number in library.alias:
            yield Edge(BY_REGISTRATION + number.text, BY_REGISTRATION + library.one(number).text, NUMBER, number.text)


def _listed(library: Library, single: Iterable[str]) -> Iterator[Edge]:
    """Publications that a registry record lists as results of its study."""
    known, able = by_any_id(library.heads.values()), set(single)
    for head in library.heads.values():
        for publication in head.publications:
            article = known.get(primary_iri(publication) or "")
            if article is not None and article != head.id and article in able:
                yield Edge(head.id, article, LISTED, publication)


def _sources(library: Library) -> Iterator[Edge]:
    """Secondary articles and the publication that they report on, whether the library holds it or not."""
    known = by_any_id(library.heads.values())
    for head in library.heads.values():
        if head.primary is not None:
            yield Edge(head.id, known.get(head.primary, head.primary), SOURCE, head.primary)


def _named(
    library: Library,
    single: Iterable[str],
    joined: Components,
    told: Mapping[str, Told],
    names: Mapping[str, Shared],
) -> Iterator[Edge]:
    """The articles of one name; where registrations differ under it, only those that give none.

    Articles of other drugs are of another study of that name: then those of common drugs are joined, and no others.
    """
    bearers: dict[str, list[str]] = {}
    for article in single:
        if len(called := library.names(article)) == 1:
            bearers.setdefault(next(iter(called)), []).append(article)
    for key, articles in bearers.items():
        given = names.get(key)
        studies = {mark for article in articles for mark in joined.marks(article)}
        several = len(studies) > 1 if given is None else given.registered
        able = [a for a in articles if not several or not joined.marks(a)]
        drugs = {a: told[a].drugs for a in able if a in told and told[a].drugs}
        fields = _fields(drugs)
        apart = len(fields) > 1 if given is None else given.drugs
        for article in able:
            said = library.printed(article)
            if not apart:
                yield Edge(article, BY_NAME + key.replace(" ", "-"), NAME, said)
            elif (first := next((f[0] for f in fields if article in f), article)) != article:
                yield Edge(first, article, NAME, said)


def _fields(drugs: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The articles by common drugs: two of one field share one, or are joined by others that do."""
    joined = Components()
    joined.join(Edge(article, drug, NAME) for article, given in drugs.items() for drug in given)
    return [[node for node in nodes if node in drugs] for nodes in joined.sets().values()]


def is_study(node: str) -> bool:
    """True for the IRI of a study, False for that of an article."""
    return node.startswith((BY_REGISTRATION, BY_NAME)) and not node.startswith(BY_ARTICLE)


def counted_as(unit: str) -> str:
    """The IRI of the study that a claim counts for: ``unit`` where that is a study, else one that follows from it."""
    return unit if is_study(unit) else BY_ARTICLE + digest(unit)
