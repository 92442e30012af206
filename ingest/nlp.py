"""The language pipeline on scispacy's own parts, in our own values. ``other_model`` alone knows spaCy besides."""

from __future__ import annotations

import re
import warnings
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

MAX_BRACKETS = 2500
"""A text with more is not searched for abbreviations by scispacy's detector, whose time grows with their square."""


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
        _mark_sentences(doc, places, sentences)
        if text.count("(") + text.count("[") <= MAX_BRACKETS:
            doc = nlp(doc)
    tokens = tuple(Token(text[a:b], a, b) for a, b, space in places if not space)
    return Parsed(tokens, tuple(sentences), tuple(_abbreviations(doc)))


def _tokenised(nlp: Any, text: str) -> Any:
    """The text as a spaCy ``Doc``; runs without a blank are cut: the tokenizer takes the square of their length."""
    cuts = [at for m in _RUN.finditer(text) for at in range(m.start() + LONGEST_RUN, m.end(), LONGEST_RUN)]
    if not cuts:
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return Doc.from_docs([nlp.make_doc(piece) for piece in pieces], ensure_whitespace=False)


def _mark_sentences(doc: Any, places: Sequence[tuple[int, int, bool]], sentences: Sequence[Span]) -> None:
    """Sentence starts on the tokens, all at once: setting them one by one takes quadratic time."""
    import numpy as np
    from spacy.attrs import SENT_START

    marks = np.full(len(doc), -1, dtype=np.int64)
    ends = np.array([end for _, end, _ in places], dtype=np.int64)
    first = np.searchsorted(ends, sorted({s.start for s in sentences}), side="right")
    marks[first[first < len(doc)]] = 1
    if len(doc):
        marks[0] = 1
        doc.from_array([SENT_START], marks.astype(np.uint64))


def _places(doc: Any) -> list[tuple[int, int, bool]]:
    """Start, end and whether it is only blanks, of every token; without an object for each."""
    from spacy.attrs import IDX, IS_SPACE, LENGTH

    return [(a, a + n, bool(space)) for a, n, space in doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()]


def _abbreviations(doc: Any) -> Iterator[Abbreviation]:
    found = []
    for entry in doc._.abbreviations:
        short, long = doc[entry["short_start"] : entry["short_end"]], doc[entry["long_start"] : entry["long_end"]]
        ranges = (Span(short.start_char, short.end_char), Span(long.start_char, long.end_char))
        found.append(Abbreviation(short.text, long.text, *ranges))
    yield from sorted(found, key=lambda a: a.short_span)
