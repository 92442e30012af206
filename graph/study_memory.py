"""What linking articles to studies needs of earlier revisions: after a write only what it changed is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Lock

from graph.studies import Studies
from graph.study_figures import Told
from graph.study_grounds import ArticleHead, StudyReport

MOST_WRITES = 300
"""After more writes than this everything is read again."""
Inputs = tuple[tuple[ArticleHead, ...], tuple[StudyReport, ...], Mapping[str, Told]]


class StudyMemory:
    """What articles tell as of a revision, and the studies last made. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._revision: int | None = None
        self._told: Mapping[str, Told] = {}
        self._made: tuple[Inputs, Studies] | None = None

    def told(
        self,
        revision: int,
        changed: Callable[[range], Iterable[str]],
        read: Callable[[list[str] | None], Mapping[str, Told]],
    ) -> Mapping[str, Told]:
        """What each article tells at ``revision``, articles that tell nothing left out.

        ``changed`` names the articles of some writes, ``read`` reads what they tell, or for None what all do. A reader
        that is behind the memory gets what it reads itself, and the memory stays as it is.
        """
        with self._lock:
            known, held = self._revision, self._told
        if known is None or not 0 <= revision - known <= MOST_WRITES:
            held = read(None)
        elif articles := sorted(set(changed(range(known + 1, revision + 1)))):
            gone = set(articles)
            held = {a: told for a, told in held.items() if a not in gone} | dict(read(articles))
        with self._lock:
            if self._revision is None or self._revision <= revision:
                self._revision, self._told = revision, held
        return held

    def studies(
        self, heads: Iterable[ArticleHead], reports: Iterable[StudyReport], told: Mapping[str, Told]
    ) -> Studies:
        """The studies of these articles; those made last where nothing is new."""
        inputs = (tuple(heads), tuple(reports), told)
        with self._lock:
            made = self._made
        if made is not None and made[0] == inputs:
            return made[1]
        studies = Studies.of(*inputs)
        with self._lock:
            self._made = inputs, studies
        return studies
