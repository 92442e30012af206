"""Libraries as N-Quads, for loading in bulk: the very quads that ``Library.ingest`` would write, without a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from graph.binding import Values
from graph.mapping_mentions import WORDS
from graph.model import Run
from graph.reading import Reader
from graph.records import log_quads
from graph.store import QuadStore, Row, Triple
from graph.writing import article_change
from ingest.terminology import Terminology
from tests.synthetic.library import Pair

RUN = Run("urn:uuid:00000000-0000-0000-0000-000000000007", "picograph synthetic", "2026-01-02T03:04:05Z")
WRITER = "urn:uuid:00000000-0000-0000-0000-000000000008"


class _Written:
    """Remembers which mentions were written: all that is read by subject of a library that has no such article yet."""

    def __init__(self) -> None:
        self._mentions: set[NamedNode] = set()

    def describe(
        self, subjects: Iterable[NamedNode], only: NamedNode | None = None, graph: NamedNode | None = None, /
    ) -> list[Triple]:
        """What the store would answer, of mentions that it has."""
        asked = list(subjects)
        if asked and only != WORDS:
            raise KeyError(asked[0].value)
        held = [mention for mention in asked if mention in self._mentions]
        self._mentions.update(asked)
        return [(mention, WORDS, Literal("")) for mention in held]


class Beginning(Reader):
    """A library that has nothing of the articles to come, and remembers what those before wrote and share.

    Any question that an article among new ones may ask of the store is answered; another one is a KeyError.
    """

    _NOTHING = frozenset({"articles", "decisions", "known", "records_of_article", "users"})

    def __init__(self) -> None:
        super().__init__(cast(QuadStore, _Written()), 0)
        self._written: set[NamedNode] = set()

    def rows(self, query: str, /, **values: Values) -> list[Row]:
        """What the store would answer."""
        if query != "stored_concepts":
            if query not in self._NOTHING:
                raise KeyError(query)
            return []
        asked = [c for c in values["concept"] if isinstance(c, NamedNode)]  # type: ignore[union-attr]
        held: list[Row] = [(concept,) for concept in asked if concept in self._written]
        self._written.update(asked)
        return held


def quads(pairs: Iterable[Pair], terminology: Terminology, first_revision: int) -> Iterator[list[Quad]]:
    """The quads of one article after the other; no two have one text. ``first_revision`` is that of the first article.

    What several articles share is written with the first of them. The store's own revision is left to the caller.
    """
    reader = Beginning()
    for revision, (article, claims) in enumerate(pairs, first_revision):
        change, _ = article_change(reader, terminology, article, claims, RUN)
        assert not change.removed, "an article of a new library takes nothing away"
        yield [*change.added, *log_quads(revision, WRITER, **change.log)]
