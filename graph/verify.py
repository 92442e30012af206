"""No number without its words: what a claim quotes stands in the text at the place it names. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from graph.errors import QuoteMismatch
from ingest.article import QuoteSelector, Span, locate
from ingest.claim import Claim


def quoted_parts(claim: Claim) -> Iterator[tuple[str, str, Span]]:
    """Every range that the claim names: path, words, range."""
    yield "quote", claim.quote.exact, claim.quote.span
    for index, quote in enumerate(claim.restatements):
        yield f"restatements[{index}]", quote.exact, quote.span
    for index, effect in enumerate(claim.effects):
        yield f"effects[{index}].text", effect.text, effect.span
    for role in ("intervention", "comparator", "outcome", "population"):
        mention = getattr(claim, role)
        if mention is not None and mention.span is not None:
            yield f"{role}.text", mention.text, mention.span


def check_quotes(claim: Claim, text: str) -> Claim:
    """The claim, when all its ranges hold its words. Raises QuoteMismatch for the first that does not."""
    for part, words, span in quoted_parts(claim):
        found = span.of(text)
        if found != words:
            raise QuoteMismatch(claim.id, part, span.start, span.end, words, found)
    return claim


def stands_once(words: str, text: str) -> bool:
    """True when ``words`` stand in ``text`` at one place and no other; places may overlap.

    >>> stands_once("aa", "aaa"), stands_once("ab", "aab")
    (False, True)
    """
    return locate(QuoteSelector(words), text) is not None
