"""The language model with its aids: from texts that were cut into tokens to mentions in the layers of the contract."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.abbreviations import Definition
from ingest.aids import Aids, Forms, Tag, add_free, by_abbreviation, by_dictionary, consistent
from ingest.article import Span
from ingest.measures import mend_measures
from ingest.nlp import Parsed, Token
from ingest.numeric_roles import NumericRoles
from ingest.role_labels import with_numbers
from ingest.tagger import Tagger

LAYERS = ("result", "pio", "concept", "role")
_STOPS = frozenset(".,;:")
Layers = Mapping[str, Sequence[Tag]]
KindOf = Callable[[str], str | None]


class ConceptModel(Protocol):
    """Another model of drugs and diseases, in place of our own head."""

    def concepts(self, text: str, tokens: Sequence[Token], kind_of: KindOf) -> list[tuple[Span, str, None]]:
        """Mentions with ``DRUG`` or ``DISEASE``, in order, none overlapping."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what was read of it so far; ``names`` are dictionary names of drugs and diseases in it."""

    text: str
    parsed: Parsed
    definitions: Sequence[Definition] = ()
    names: Sequence[Tag] = ()


class Language:
    """Mentions of every layer; made once, used for many texts."""

    def __init__(
        self,
        tagger: Tagger,
        lexicon: Forms,
        other: ConceptModel | None = None,
        numeric: NumericRoles | None = None,
    ) -> None:
        self._tagger = tagger
        self._numeric = numeric
        self._lexicon = lexicon
        self._other = other

    def layers(
        self,
        text: Text,
        wanted: Collection[str] = LAYERS,
        aids: Aids | None = None,
        kind_of: KindOf = lambda _: None,
    ) -> Layers:
        """The mentions of ``text`` by layer, in order of the text; layers not ``wanted`` are left out."""
        aids = aids or Aids()
        numeric = self._numeric if "role" in wanted and aids.roles else None
        read = {*wanted, "result"} if numeric else set(wanted)
        heads = [layer for layer in LAYERS if layer in read and not (layer == "concept" and self._other)]
        sentences = _by_sentence(text.parsed)
        found = self._tagger.tag([[token.text for token in s] for s in sentences], heads) if heads else []
        tags: dict[str, list[Tag]] = {layer: [] for layer in LAYERS if layer in read}
        for tokens, spans_of in zip(sentences, found, strict=False):
            for layer, spans in spans_of.items():
                for s in spans:
                    first, last = _without_stops(tokens, s.start, s.end)
                    if first < last:
                        tags[layer].append(Tag(Span(tokens[first].start, tokens[last - 1].end), s.label, s.score))
        if "concept" in tags:
            if self._other:
                spans_there = self._other.concepts(text.text, text.parsed.tokens, kind_of)
                tags["concept"] = [Tag(span, label, score, "other model") for span, label, score in spans_there]
            tags["concept"] = self._aided(text, tags["concept"], aids)
        if "result" in tags and aids.measures:
            tags["result"] = mend_measures(text.text, tags["result"], text.parsed.sentences)
        if numeric:
            parsed = text.parsed
            numbers = numeric.assign(text.text, parsed.tokens, parsed.sentences, text.definitions, tags)
            tags["role"] = with_numbers(tags["role"], numbers)
        return {layer: found_there for layer, found_there in tags.items() if layer in wanted}

    def _aided(self, text: Text, tags: list[Tag], aids: Aids) -> list[Tag]:
        tokens = text.parsed.tokens
        known = by_dictionary(tokens, self._lexicon) if aids.dictionary else ()
        tags = add_free(tags, [*known, *(text.names if aids.terminology else ())])
        if aids.abbreviations and text.definitions:
            pairs = [(d.short_span, d.long_span) for d in text.definitions]
            tags = by_abbreviation(tags, pairs, _places(tokens, {d.short for d in text.definitions}), text.text)
        if aids.consistency:
            tags = consistent(tokens, tags)
        return tags


def _by_sentence(parsed: Parsed) -> list[list[Token]]:
    out: list[list[Token]] = []
    at, tokens = 0, parsed.tokens
    for sentence in parsed.sentences:
        while at < len(tokens) and tokens[at].start < sentence.start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at].start < sentence.end:
            at += 1
        if at > first:
            out.append(list(tokens[first:at]))
    return out


def _without_stops(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The range without a full stop, comma or the like that is attached to its last word."""
    while start < end and tokens[end - 1].text in _STOPS and tokens[end - 2].end == tokens[end - 1].start:
        end -= 1
    return start, end


def _places(tokens: Sequence[Token], short: Collection[str]) -> dict[str, list[Span]]:
    """Where the short forms stand as a token or as a run of tokens without a blank."""
    longest = max(map(len, short), default=0)
    out: dict[str, list[Span]] = {}
    for i, token in enumerate(tokens):
        whole, j = token.text, i
        while whole not in short and len(whole) < longest and j + 1 < len(tokens):
            j += 1
            if tokens[j].start != tokens[j - 1].end:
                break
            whole += tokens[j].text
        if whole in short:
            out.setdefault(whole, []).append(Span(token.start, tokens[j].end))
    return out
