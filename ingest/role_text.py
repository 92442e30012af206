"""An abstract as the model of numeric roles reads it: words by sentence, numbers, spans that the heads have found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.abbreviations import Definition
from ingest.aids import Tag
from ingest.article import Span
from ingest.nlp import Token
from ingest.role_numbers import Number, numbers_in

Ints = npt.NDArray[np.int64]
MOST = 150
"""Numbers of one sentence, and arms of one text, that are looked at; behind them nothing has a role. Authors write far
fewer, and the work grows with the square."""
_DIGIT = re.compile(r"\d")


class Reading:
    """Tokens, sentences and numbers of one abstract, or of the part of a text that the tokens make up.

    Places are those of tokens, ``first`` to ``last`` half open. A number that starts behind the last sentence, or in
    none, belongs to the one before it.
    """

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        layers: Mapping[str, Sequence[Tag]],
    ) -> None:
        self.text = text
        self.layers = layers
        self.words = [_DIGIT.sub("0", t.text.lower()) for t in tokens]
        self._starts, self._ends = [t.start for t in tokens], [t.end for t in tokens]
        begins = [s.start for s in sentences] or [0]
        self.borders = [bisect_left(self._starts, b) for b in begins] + [len(tokens)]
        """The first token of each sentence, and the number of tokens."""
        self.borders[0] = 0
        self._begins = self.borders[:-1]
        self.numbers = self._some(numbers_in(text, tokens[0].start, tokens[-1].end)) if tokens else []
        self.first: Ints = np.array([self.place(n.start) for n in self.numbers], dtype=np.int64)
        self.last: Ints = np.array([self.behind(n.end) for n in self.numbers], dtype=np.int64)
        self.sentence: Ints = np.searchsorted(self.borders[1:-1], self.first, side="right").astype(np.int64)
        self.long_of = {d.short.lower(): d.long_span.of(text).lower() for d in definitions}

    def place(self, start: int) -> int:
        """The first token that ends behind ``start``."""
        return bisect_right(self._ends, start)

    def behind(self, end: int) -> int:
        """The first token that starts at ``end`` or behind it."""
        return bisect_left(self._starts, end)

    def _some(self, numbers: Sequence[Number]) -> list[Number]:
        seen: Counter[int] = Counter()
        kept = []
        for n in numbers:
            sentence = self.sentence_of(n.start)
            seen[sentence] += 1
            if seen[sentence] <= MOST:
                kept.append(n)
        return kept

    def sentence_of(self, start: int) -> int:
        """The sentence of what starts at ``start``."""
        return max(0, bisect_right(self._begins, self.place(start)) - 1)

    def range_of(self, sentence: int) -> tuple[int, int]:
        """The half-open range of characters from the first to the last token of a sentence."""
        first, last = self.borders[sentence], self.borders[sentence + 1]
        return self._starts[first], self._ends[max(first, last - 1)]

    def tags(self, layer: str, *labels: str) -> list[Tag]:
        """The mentions of a layer with one of ``labels``, in order; none where the layer is missing."""
        found = [t for t in self.layers.get(layer, ()) if t.label in labels]
        return sorted(found, key=lambda t: (t.span.start, t.span.end))
