"""What linking articles to studies needs of earlier revisions: after a write only what it changed is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

from graph.studies import Studies
from graph.study_figures import Figure
from graph.study_grounds import ArticleHead, StudyReport

MOST_WRITES = 300
"""After more writes than this everything is read again."""
Inputs = tuple[tuple[ArticleHead, ...], tuple[StudyReport, ...], frozenset[Figure]]


class StudyMemory:
    """Figures by article as of a revision, and the studies last made. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._revision: int | None = None
        self._figures: dict[str, tuple[Figure, ...]] = {}
        self._made: tuple[Inputs, Studies] | None = None

    def figures(
        self,
        revision: int,
        changed: Callable[[range], Iterable[str]],
        read: Callable[[list[str] | None], Iterable[Figure]],
    ) -> frozenset[Figure]:
        """Every figure at ``revision``: ``changed`` names the articles of some writes, ``read`` reads theirs, or all.

        A reader that is behind the memory gets what it reads itself, and the memory stays as it is.
        """
        with self._lock:
            known, held = self._revision, self._figures
        since = None if known is None or not 0 <= revision - known <= MOST_WRITES else range(known + 1, revision + 1)
        if since is None:
            held = _by_article(read(None))
        elif articles := sorted(set(changed(since))):
            held = {a: f for a, f in held.items() if a not in articles} | _by_article(read(articles))
        with self._lock:
            if self._revision is None or self._revision <= revision:
                self._revision, self._figures = revision, held
        return frozenset(figure for figures in held.values() for figure in figures)

    def studies(
        self, heads: Iterable[ArticleHead], reports: Iterable[StudyReport], figures: frozenset[Figure]
    ) -> Studies:
        """The studies of these articles; those made last where nothing is new."""
        inputs = (tuple(heads), tuple(reports), figures)
        with self._lock:
            made = self._made
        if made is not None and made[0] == inputs:
            return made[1]
        studies = Studies.of(*inputs)
        with self._lock:
            self._made = inputs, studies
        return studies


def _by_article(figures: Iterable[Figure]) -> dict[str, tuple[Figure, ...]]:
    out: dict[str, list[Figure]] = {}
    for figure in figures:
        out.setdefault(figure.article, []).append(figure)
    return {article: tuple(each) for article, each in out.items()}
