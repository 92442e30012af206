"""The language pipeline on scispacy's own parts, in our own values. ``other_model`` alone knows spaCy besides."""

from __future__ import annotations

import re
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.article import Span
from ingest.sentences import split_sentences

INFIXES = (
    r"(?<=[A-Za-z0-9)\]])[-–/](?=[A-Za-z])",
    r"(?<=[A-Za-z])/(?=[A-Za-z0-9])",
    r"(?<=[A-Za-z0-9%])[<>=≤≥±:](?=[\d.])",
)
"""Added to scispacy's tokenizer, which alone keeps "cocaine-induced" and "p<0.05" whole."""


LONGEST_RUN = 200
"""Code points without a blank that are tokenised together; the longest names of chemicals are shorter."""
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")

_MOST_INSIDE = 8
"""Tokens in a bracket that scispacy looks at."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its range."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, where it stands, and the long form that the article gives it."""

    short: str
    long: str
    short_span: Span
    long_span: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the language pipeline says of a text: tokens, sentences, abbreviations (each place of a short form)."""

    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]
    abbreviations: tuple[Abbreviation, ...]


@cache
def language_parts() -> Any:
    """The spaCy pipeline: scispacy's tokenizer with our infixes, its abbreviation detector; built once a process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spacy
        from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  (registers the component)
        from scispacy.custom_tokenizer import combined_rule_tokenizer

        nlp = spacy.blank("en")
        nlp.max_length = 20_000_000
        nlp.tokenizer = combined_rule_tokenizer(nlp)
        present = nlp.tokenizer.infix_finditer.__self__.pattern
        nlp.tokenizer.infix_finditer = spacy.util.compile_infix_regex([present, *INFIXES]).finditer
        nlp.add_pipe("abbreviation_detector", config={"make_serializable": True})
    return nlp


def tokenizer() -> Any:
    """The tokenizer of the pipeline: a callable from text to spaCy tokens. For training; ``parse`` is for reading."""
    return language_parts().tokenizer


def parse(text: str, blocks: Sequence[Span] | None = None) -> Parsed:
    """Tokens, sentences and abbreviations of ``text``; offsets are code points of ``text``.

    No sentence crosses the border of a block; without ``blocks`` the whole text is one.
    """
    sentences = [
        sentence
        for block in (blocks if blocks is not None else [Span(0, len(text))] if text else [])
        for sentence in split_sentences(text, block.start, block.end)
    ]
    nlp = language_parts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        doc = _tokenised(nlp, text)
        places = _places(doc)
    words = [text[a:b] for a, b, _ in places]
    tokens = tuple(Token(word, a, b) for word, (a, b, space) in zip(words, places, strict=True) if not space)
    return Parsed(tokens, tuple(sentences), tuple(_abbreviations(doc, words)))


def _tokenised(nlp: Any, text: str) -> Any:
    """The text as a spaCy ``Doc``; runs without a blank are cut: the tokenizer takes the square of their length."""
    cuts = [at for m in _RUN.finditer(text) for at in range(m.start() + LONGEST_RUN, m.end(), LONGEST_RUN)]
    if not cuts:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False)


def _places(doc: Any) -> list[tuple[int, int, bool]]:
    """Start, end and whether it is only blanks, of every token; without an object for each."""
    from spacy.attrs import IDX, IS_SPACE, LENGTH

    return [(a, a + n, bool(space)) for a, n, space in doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()]


def _abbreviations(doc: Any, words: Sequence[str]) -> Iterator[Abbreviation]:
    """What scispacy's detector finds, with its own rules for candidates and letters, and without its two matchers.

    These walk over the text with a state for every open bracket, which takes most of the time of a long article.
    ``words`` are the texts of the tokens of ``doc``.
    """
    from scispacy.abbreviation import filter_matches, find_abbreviation

    rules: dict[tuple[str, ...], Any] = {}
    long_forms: set[str] = set()
    short_forms: set[str] = set()
    for long_candidate, short in filter_matches(list(_brackets(words)), doc):
        _, long = find_abbreviation(long_candidate, short)
        if long and long.text not in long_forms and short.text not in short_forms:
            long_forms.add(long.text)
            short_forms.add(short.text)
            rules[tuple(words[short.start : short.end])] = long
    sizes = sorted({len(rule) for rule in rules})
    for start in range(len(words)):
        for size in sizes:
            long = rules.get(tuple(words[start : start + size]))
            if long is not None:
                found = doc[start : start + size]
                ranges = (Span(found.start_char, found.end_char), Span(long.start_char, long.end_char))
                yield Abbreviation(found.text, long.text, *ranges)


def _brackets(words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """What stands between a bracket and one that closes, (0, start, end) in tokens, by its end and then its start."""
    opened: deque[int] = deque()
    for end, word in enumerate(words):
        while opened and end - opened[0] - 1 > _MOST_INSIDE:
            opened.popleft()
        if word == ")":
            yield from ((0, start + 1, end) for start in opened if end - start > 1)
        elif word == "(":
            opened.append(end)
