"""The written canonical form behind a claim's ``id`` and ``content_key``.

``id``          sha256 over: text hash, place of the main quote, slots as the text names them, printed values.
``content_key`` sha256 over: article identity, the quote's words, slots, printed values; no hash, no offset.

Run, date, confidence, concepts, direction and decisions stay out of both. The canonical form is compact JSON with
ASCII escapes, keys sorted, numbers as ``repr(float)``; strings of the content key are NFKC, case-folded, with runs of
white space as one blank. Changing any of this changes every stored id: the golden test guards it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence

from ingest.article import Span
from ingest.claim import Effect, Mention

CLAIM_BASE = "https://w3id.org/picograph/claim/"
"""Claims are IRIs below this base: the base and 32 hex digits."""

_DIGITS = 32


def normalise(words: str) -> str:
    """``words`` as compared across versions of a text.

    >>> normalise(" Second\\u00a0 Primary\\nMalignancies ")
    'second primary malignancies'
    """
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _number(value: float | int | None) -> str | None:
    return None if value is None else repr(float(value))


def _printed(effect: Effect) -> list[str | None]:
    interval, p = effect.interval, effect.p
    return [
        effect.measure.value,
        effect.arm.value,
        effect.value_state.value,
        effect.unit,
        _number(effect.value),
        _number(effect.events),
        _number(effect.total),
        _number(effect.standard_deviation),
        _number(effect.standard_error),
        None if interval is None else interval.kind.value,
        None if interval is None else _number(interval.low),
        None if interval is None else _number(interval.high),
        None if interval is None else _number(interval.level),
        None if p is None else p.operator,
        None if p is None else _number(p.value),
        effect.timepoint,
    ]


def _digest(form: dict[str, object]) -> str:
    canonical = json.dumps(form, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def claim_id(text_sha256: str, quote: Span, slots: Sequence[Mention | None], effects: Sequence[Effect]) -> str:
    """The claim's IRI. ``slots`` are intervention, comparator, outcome, population, in this order."""
    form: dict[str, object] = {
        "effects": sorted((_printed(e) for e in effects), key=str),
        "quote": [quote.start, quote.end],
        "slots": [None if m is None else m.text for m in slots],
        "text": text_sha256,
    }
    return CLAIM_BASE + _digest(form)[:_DIGITS]


def content_key(article: str, quote: str, slots: Sequence[Mention | None], effects: Sequence[Effect]) -> str:
    """The claim's identity across versions of its article: 64 hex digits. ``slots`` as in ``claim_id``."""
    form: dict[str, object] = {
        "article": article,
        "effects": sorted((_printed(e) for e in effects), key=str),
        "quote": normalise(quote),
        "slots": [None if m is None else normalise(m.text) for m in slots],
    }
    return _digest(form)
