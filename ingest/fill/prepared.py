"""One reading of an article for all questions to it; each part is made when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ingest.abbreviations import find_definitions, resolve
from ingest.article import Article
from ingest.claim import Claim
from ingest.fill.asked import Weights, weights_of
from ingest.fill.glosses import glosses
from ingest.fill.passages import Passage, PassageKind, passages_of
from ingest.fill.size_model import ArmSize
from ingest.fill.sizes import group_sizes
from ingest.fill.words import Word, words_of
from ingest.pipeline import Reading
from ingest.tables.grid import Grid
from ingest.tables.rows import MAX_ROWS
from ingest.tabular import Table
from ingest.view import plain_view


@dataclass(frozen=True)
class Prepared:
    """An article with what questions to it need. ``read`` is the pipeline's, called at most once."""

    article: Article
    read: Callable[[Article], Reading]

    @property
    def text(self) -> str:
        """What every span refers to."""
        return self.article.text

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that the source gives as such."""
        return self.article.tables

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The frames of the tables that have cells, and not more rows than are read."""
        return tuple(Grid.of(t, self.text) for t in self.tables if t.cells and t.height <= MAX_ROWS)

    @cached_property
    def view(self) -> str:
        """The text with markup blanked out; as long as the text."""
        return plain_view(self.article.text)

    @cached_property
    def reading(self) -> Reading:
        """Study and claims of the article, as `picograph read` gives them."""
        return self.read(self.article)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the reading."""
        return self.reading.claims

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Sentences of the content and rows of tables, in the order of the text."""
        return passages_of(self.article, self.view)

    @cached_property
    def passage_starts(self) -> tuple[int, ...]:
        """Where each passage begins."""
        return tuple(p.span.start for p in self.passages)

    @cached_property
    def passage_words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each passage as they are compared."""
        return tuple(tuple(words_of(self.view, p.span.start, p.span.end)) for p in self.passages)

    @cached_property
    def passage_stems(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each passage in order."""
        return tuple(tuple(w.stem for w in words) for words in self.passage_words)

    @cached_property
    def passage_sets(self) -> tuple[frozenset[str], ...]:
        """The stems of each passage, each once."""
        return tuple(frozenset(stems) for stems in self.passage_stems)

    @cached_property
    def weights(self) -> Weights:
        """How much each stem tells in this article."""
        return weights_of(self.passage_words)

    @cached_property
    def long_of(self) -> Mapping[str, str]:
        """Short form, as printed, to the long form that the article gives it."""
        return resolve(self.view, (), find_definitions(self.view))

    @cached_property
    def short_of(self) -> Mapping[str, tuple[str, ...]]:
        """Long form in lower case to its short forms."""
        out: dict[str, tuple[str, ...]] = {}
        for short, long in self.long_of.items():
            out[long.casefold()] = (*out.get(long.casefold(), ()), short)
        return out

    @cached_property
    def glosses(self) -> Mapping[str, str]:
        """``long_of``, the short forms that notes of tables list, and what groups were given ("group P")."""
        sentences = (p.span.of(self.view) for p in self.passages if p.kind is PassageKind.SENTENCE)
        notes = (note.of(self.view) for table in self.tables for note in table.notes)
        return glosses(sentences, notes, self.long_of)

    @cached_property
    def sizes(self) -> tuple[ArmSize, ...]:
        """Every statement of an arm's size."""
        return group_sizes(self)
