"""Which articles report one study: joined in steps, from the surest ground to the least. Pure.

Each step takes all of its links or, where they would bring two registered studies together, none of those (see
``components``): so the outcome does not depend on the order in which articles came in. Articles that put several
studies together are joined by what they are themselves (their ids, what reports on them), never by what they tell of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.components import Components, Edge
from graph.mapping_article import primary_iri
from graph.registries import REVIEWS, Number
from graph.study_figures import Known, Told, alike
from graph.study_grounds import (
    BY_ARTICLE,
    BY_NAME,
    BY_REGISTRATION,
    POOLED,
    ArticleHead,
    StudyReport,
    aliases,
    by_any_id,
    name_in,
    one_of_each,
    registered,
)
from ingest.terminology import key_of

PUBLICATION, LISTED, SOURCE = "publication", "listed", "source"
REGISTRATION, NUMBER, NAME, FIGURES = "registration", "number", "name", "figures"
SEVERAL = "several studies"
"""The mark of what puts studies together."""
_GENERIC = frozenset(
    [
        *(
            "study",
            "trial",
            "the study",
            "the trial",
            "main study",
            "clinical trial",
            "study group",
            "pilot",
            "registry",
        ),
        *(
            "cohort",
            "rct",
            "phase",
            "phase 1",
            "phase 2",
            "phase 3",
            "phase i",
            "phase ii",
            "phase iii",
            "part 1",
            "part 2",
        ),
        *("extension", "open label", "open label extension", "randomized", "randomised", "placebo", "control"),
    ]
)
"""Keys of words that name no study."""


@dataclass
class Library:
    """The articles and reports of a library, and what follows from each by itself."""

    heads: Mapping[str, ArticleHead]
    reports: Mapping[str, Sequence[StudyReport]]
    alias: Mapping[Number, Number] = field(default_factory=dict)
    articles: Sequence[str] = ()

    @classmethod
    def of(cls, heads: Iterable[ArticleHead], reports: Iterable[StudyReport]) -> Library:
        """In a fixed order, whatever the order of what is given."""
        by_article: dict[str, list[StudyReport]] = {}
        for report in sorted(set(reports), key=lambda r: (r.article, r.study, r.name or "", r.design or "")):
            by_article.setdefault(report.article, []).append(report)
        known = {head.id: head for head in sorted(heads, key=lambda h: h.id)}
        everything = sorted({*known, *by_article})
        made = cls(known, by_article, {}, everything)
        made.alias = aliases(made.numbers(article) for article in everything)
        return made

    def numbers(self, article: str) -> frozenset[Number]:
        """Registry numbers that the article is filed under or that its reports give."""
        head = self.heads.get(article)
        told = {n for r in self.reports.get(article, ()) if (n := registered(r.study)) is not None}
        return (head.numbers if head is not None else frozenset()) | told

    def one(self, number: Number) -> Number:
        """The number by which the study of ``number`` goes."""
        return self.alias.get(number, number)

    def pools(self, article: str) -> bool:
        """True for an article of several studies: by title, types, two numbers of one registry, or design."""
        head, numbers = self.heads.get(article), {self.one(n) for n in self.numbers(article)}
        if head is not None and (head.pools or head.kind.rpartition("#")[2] == "review"):
            return True
        pooled = any(r.design in POOLED for r in self.reports.get(article, ()))
        return not one_of_each(numbers) or (pooled and len(numbers) != 1)

    def printed(self, article: str) -> str:
        """The name that the article gives its study, as printed."""
        return next((r.name for r in self.reports.get(article, ()) if r.name), "")

    def names(self, article: str) -> frozenset[str]:
        """Keys of the names that the article gives its study; none where they do not tell its parts apart."""
        head = self.heads.get(article)
        if head is not None and head.is_part:
            return frozenset()
        keys = {key_of(r.name or "") or name_in(r.study) or "" for r in self.reports.get(article, ())}
        return frozenset(key for key in keys if len(key) > 2 and key not in _GENERIC)


def link(library: Library, told: Mapping[str, Told]) -> Components:
    """The articles, studies and unseen publications of the library, joined as far as they belong together."""
    joined = Components()
    single = []
    for article in library.articles:
        joined.root(article)
        if library.pools(article):
            joined.mark(article, SEVERAL)
        else:
            single.append(article)
        for number in library.numbers(article):
            if number.registry != REVIEWS:
                node = BY_REGISTRATION + library.one(number).text
                joined.mark(node, node)
    joined.join(_publications(library))
    joined.join(_registrations(library, single))
    joined.join(_listed(library, single))
    joined.join_most(_sources(library))
    joined.join_most(_named(library, single, joined, told))
    figures = (figure for each in told.values() for figure in each.figures)
    known = {a: Known(_sizes(library, a), library.names(a)) for a in single if not _is_part(library, a)}
    joined.join([Edge(one, other, FIGURES, said) for (one, other), said in alike(figures, known).items()])
    return joined


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
    for number, one in library.alias.items():
        yield Edge(BY_REGISTRATION + number.text, BY_REGISTRATION + library.one(one).text, NUMBER, number.text)


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


def _named(library: Library, single: Iterable[str], joined: Components, told: Mapping[str, Told]) -> Iterator[Edge]:
    """The articles of one name; where registrations differ under it, only those that give none.

    Articles of other drugs are of another study of that name: then those of common drugs are joined, and no others.
    """
    bearers: dict[str, list[str]] = {}
    for article in single:
        if len(names := library.names(article)) == 1:
            bearers.setdefault(next(iter(names)), []).append(article)
    for key, articles in bearers.items():
        studies = {mark for article in articles for mark in joined.marks(article)}
        able = [a for a in articles if len(studies) <= 1 or not joined.marks(a)]
        drugs = {a: told[a].drugs for a in able if a in told and told[a].drugs}
        fields = _fields(drugs)
        for article in able:
            said = library.printed(article)
            if len(fields) <= 1:
                yield Edge(article, BY_NAME + key.replace(" ", "-"), NAME, said)
            elif (first := next((f[0] for f in fields if article in f), article)) != article:
                yield Edge(first, article, NAME, said)


def _fields(drugs: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """The articles by common drugs: two of one field share one, or are joined by others that do."""
    joined = Components()
    joined.join(Edge(article, drug, NAME) for article, given in drugs.items() for drug in given)
    return [[node for node in nodes if node in drugs] for nodes in joined.sets().values()]


def _is_part(library: Library, article: str) -> bool:
    head = library.heads.get(article)
    return head is not None and head.is_part


def _sizes(library: Library, article: str) -> frozenset[int]:
    return frozenset(size for r in library.reports.get(article, ()) for size in r.sizes)


def is_study(node: str) -> bool:
    """True for the IRI of a study, False for that of an article."""
    return node.startswith((BY_REGISTRATION, BY_NAME)) and not node.startswith(BY_ARTICLE)
