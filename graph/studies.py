"""Which claims rest on the same study, whatever articles tell of it. Pure.

``study_links`` says how articles are linked. A claim counts for the study of its article; where its article puts
several studies together, for the article itself, or for the study that the article gives for the one claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.components import Edge
from graph.study_figures import Told
from graph.study_grounds import BY_ARTICLE, BY_NAME, BY_REGISTRATION, ArticleHead, StudyReport, registered
from graph.study_library import Library
from graph.study_links import Around, is_study, link
from graph.study_reasons import told as in_words

__all__ = ["Around", "ArticleHead", "Studies", "StudyReport", "Told"]
_FULL, _ABSTRACT = "fullText", "abstract"


@dataclass(frozen=True)
class Studies:
    """The studies of a library; build with ``Studies.of``.

    ``doubled`` are abstracts whose full text is there too, ``mixed`` articles whose claims may be of several studies.
    """

    doubled: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    _unit: Mapping[str, str] = field(default_factory=dict)
    _members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _grounds: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)
    _library: Library = field(default_factory=lambda: Library({}, {}))

    @classmethod
    def of(
        cls,
        articles: Iterable[ArticleHead],
        reports: Iterable[StudyReport],
        told: Mapping[str, Told] | None = None,
        around: Around | None = None,
    ) -> Studies:
        """From every article and every report of the library, in any order, and what each article's results tell.

        With ``around`` some articles are enough: those that nothing but ``around`` links to any others.
        """
        library = Library.of(articles, reports, None if around is None else around.alias)
        joined = link(library, told or {}, around)
        unit: dict[str, str] = {}
        members: dict[str, tuple[str, ...]] = {}
        for nodes in joined.sets().values():
            name = _name_of(nodes, library, joined.edges)
            unit |= dict.fromkeys(nodes, name)
            members[name] = tuple(n for n in nodes if n in library.heads or n in library.reports)
        grounds: dict[str, list[Edge]] = {}
        for edge in joined.edges:
            for node in {edge.one, edge.other}:
                grounds.setdefault(node, []).append(edge)
        return cls(
            _doubled(joined.edges, library),
            frozenset(a for a in library.articles if len(_given(library, a)) > 1),
            unit,
            members,
            {node: tuple(sorted(edges)) for node, edges in grounds.items()},
            library,
        )

    def canonical(self, study: str) -> str:
        """The one IRI of a study that an article gives as ``study``."""
        number = registered(study)
        node = study if number is None else BY_REGISTRATION + self._library.one(number).text
        found = self._unit.get(node, node)
        return found if is_study(found) else node

    def behind(self, article: str, study: str | None) -> str:
        """What counts as one study: its IRI, else the IRI of the article that stands for it."""
        if study is not None and article in self.mixed and not study.startswith(BY_ARTICLE):
            return self.canonical(study)
        return self._unit.get(article, article)

    def unseen(self) -> dict[str, str]:
        """The study of everything that goes by another name than its own and is no article of the library."""
        articles = set(self._library.articles)
        units = self._unit.items()
        return {node: unit for node, unit in units if node not in articles and node != unit and is_study(unit)}

    def others(self, article: str) -> tuple[str, ...]:
        """The other articles of the library that report the study of ``article``."""
        return tuple(a for a in self._members.get(self._unit.get(article, article), ()) if a != article)

    def reasons(self, article: str) -> tuple[str, ...]:
        """Why the article counts for its study, in sentences, the surest ground first; empty for one by itself."""
        return in_words(article, self._grounds.get(article, ()), self._grounds)


def _given(library: Library, article: str) -> set[str]:
    return {r.study for r in library.reports.get(article, ()) if not r.study.startswith(BY_ARTICLE)}


def _name_of(nodes: list[str], library: Library, edges: list[Edge]) -> str:
    """What a set goes by: its registered study, else its name, else the article that the others are about."""
    numbers = sorted((n, node) for node in nodes if (n := registered(node)) is not None)
    if numbers:
        return numbers[0][1]
    names = [node for node in nodes if node.startswith(BY_NAME)]
    if names:
        return names[0]
    return min(nodes, key=lambda node: _rank(node, library))


def _rank(node: str, library: Library) -> tuple[int, str]:
    head = library.heads.get(node)
    if head is None:
        return (0 if node not in library.reports else 2), node
    order = {_FULL: 1, _ABSTRACT: 2}
    return (4 if head.secondary else order.get(head.kind.rpartition("#")[2], 3)), node


def _doubled(edges: list[Edge], library: Library) -> frozenset[str]:
    """Abstracts that are of one publication with a full text."""
    kinds = {a: head.kind.rpartition("#")[2] for a, head in library.heads.items()}
    pairs = [(e.one, e.other) for e in edges if e.kind == "publication"]
    ways = [*pairs, *((b, a) for a, b in pairs)]
    return frozenset(a for a, b in ways if kinds.get(a) == _ABSTRACT and kinds.get(b) == _FULL)
