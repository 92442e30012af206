"""Spans of another tokenizer, cut anew to our own tokens. Pure: text, spans and tokens in, spans out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ingest.article import Span
from ingest.nlp import Token

KindOf = Callable[[str], str | None]
"""The kind of the concept that words name as a whole: ``drug``, ``disease`` or another; None when they name none."""

ENDINGS = re.compile(
    r"induced|related|associated|(?:in)?dependent|treated|naive|resistant|refractory|sensitive|positive|negative|free"
    r"|based|like|containing|mediated|exposed|eluting|specific|only|alone",
    re.I,
)
"""What a hyphen joins to a name without being part of it: "cocaine-induced" mentions cocaine."""

_HYPHENS = frozenset("-‐‑–")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_BRACKETS = frozenset("()[]{}")
_EDGE = re.compile(r"[.,;:!?'\"“”‘’*/-]+|[‐‑–—]")


def recut(text: str, span: Span, tokens: Sequence[Token], kind_of: KindOf = lambda _: None) -> list[Span]:
    """The mentions in ``span``, each from the start of one of ``tokens`` to the end of one; often one, maybe none.

    ``tokens`` are in order, none overlapping. A token at the edge belongs to the span when half of it lies inside.
    Endings such as "-induced", marks of punctuation and brackets without a partner go. Words on both sides of a slash
    are two mentions where each names a concept of one kind and the whole names none.

    >>> words = [Token("cocaine", 1, 8), Token("-", 8, 9), Token("induced", 9, 16)]
    >>> [found.of("(cocaine-induced") for found in recut("(cocaine-induced", Span(0, 16), words)]
    ['cocaine']
    """
    inside = _bare(_snapped(span, tokens))
    if not any(re.search(r"\w", token.text) for token in inside):
        return []
    return [Span(part[0].start, part[-1].end) for part in _parts(text, inside, kind_of)]


def without_overlaps(spans: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Those that overlap no longer one (of equal length: no earlier one), in the order of the text."""
    kept: list[tuple[Span, str]] = []
    for span, label in sorted(spans, key=lambda item: (-len(item[0]), item[0], item[1])):
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, label))
    return sorted(kept)


def _snapped(span: Span, tokens: Sequence[Token]) -> list[Token]:
    first = bisect_left(tokens, span.start + 1, key=lambda token: token.end)
    touched = []
    for token in tokens[first:]:
        if token.start >= span.end:
            break
        touched.append(token)
    shared = [min(span.end, token.end) - max(span.start, token.start) for token in touched]
    half = [token for token, size in zip(touched, shared, strict=True) if 2 * size >= token.end - token.start]
    return half or touched


def _bare(tokens: list[Token]) -> list[Token]:
    """``tokens`` less what stands at their edges without belonging to a name."""
    while tokens:
        lonely = _lonely(tokens)
        if _EDGE.fullmatch(tokens[0].text) or 0 in lonely:
            tokens = tokens[1:]
        elif _EDGE.fullmatch(tokens[-1].text) or len(tokens) - 1 in lonely:
            tokens = tokens[:-1]
        elif len(tokens) > 2 and ENDINGS.fullmatch(tokens[-1].text) and _joins(tokens[-3:]):
            tokens = tokens[:-2]
        elif lonely:  # "aspirin (ASA": the longer side of the bracket
            cut = min(lonely)
            tokens = max(tokens[:cut], tokens[cut + 1 :], key=_length)
        elif _wrapped(tokens):
            tokens = tokens[1:-1]
        else:
            break
    return tokens


def _joins(tokens: Sequence[Token]) -> bool:
    before, hyphen, after = tokens
    return hyphen.text in _HYPHENS and before.end == hyphen.start and hyphen.end == after.start


def _lonely(tokens: Sequence[Token]) -> set[int]:
    """Indexes of the tokens that are a bracket whose partner is not among ``tokens``, not even inside a word."""
    opened: list[tuple[str, int | None]] = []
    lonely: set[int] = set()
    for i, token in enumerate(tokens):
        alone = i if token.text in _BRACKETS else None
        for character in token.text:
            if character in _CLOSING.values():
                opened.append((character, alone))
            elif character in _CLOSING:
                if opened and opened[-1][0] == _CLOSING[character]:
                    opened.pop()
                elif alone is not None:
                    lonely.add(alone)
    return lonely | {alone for _, alone in opened if alone is not None}


def _wrapped(tokens: Sequence[Token]) -> bool:
    """Whether the first and the last are brackets round the rest; those of "(R) and (S)" are not."""
    if len(tokens) < 3 or _CLOSING.get(tokens[-1].text) != tokens[0].text:
        return False
    return not _lonely(tokens[1:-1])


def _length(tokens: Sequence[Token]) -> int:
    return tokens[-1].end - tokens[0].start if tokens else 0


def _parts(text: str, tokens: list[Token], kind_of: KindOf) -> list[list[Token]]:
    slashes = [i for i, token in enumerate(tokens) if token.text == "/"]
    if not slashes or kind_of(text[tokens[0].start : tokens[-1].end]) is not None:
        return [tokens]
    edges = [-1, *slashes, len(tokens)]
    parts = [tokens[a + 1 : b] for a, b in pairwise(edges)]
    kinds = {kind_of(text[part[0].start : part[-1].end]) if part else None for part in parts}
    return parts if len(kinds) == 1 and None not in kinds else [tokens]
