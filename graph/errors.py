# ruff: noqa: N818 (the names say what happened: `except StaleRevision`)
"""Everything that the claim library refuses, by name. Every message says what to do, where there is something to do."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.claim import Claim


class StoreError(Exception):
    """The store could not do what was asked; also the base of every error below."""


class StoreFormatError(StoreError):
    """The location is not a store, or one that another version of picograph wrote. Nothing was changed."""


class StoreUnavailable(StoreError):
    """A store behind a URL did not answer, or not in a way that can be understood."""


class StoreBusy(StoreError):
    """Someone else changed a shared store again and again while this change was tried. Nothing was written."""


class StoreLocked(StoreError):
    """Another process owns the embedded store: ``pid`` and, where it is a service, its ``address`` (None: unknown)."""

    def __init__(self, path: str, pid: int | None, address: str | None) -> None:
        self.path, self.pid, self.address = path, pid, address
        owner = "another process" if pid is None else f"process {pid}"
        if address:
            advice = f"which serves it at {address}: send the request there, or stop that service first"
        else:
            advice = "wait until it has finished, or stop it first"
        super().__init__(f"the store {path} is in use by {owner}, {advice}")


class DamagedIndex(StoreError):
    """The side index holds what was not written to it."""

    def __init__(self) -> None:
        super().__init__("the side index is damaged: open the store anew, and the index is made anew too")


class UnknownClaim(StoreError):
    """No claim has this id, or the beginning of an id fits several (``candidates``)."""

    def __init__(self, claim: str, candidates: Sequence[str] = ()) -> None:
        self.claim, self.candidates = claim, tuple(candidates)
        told = f"{claim!r} begins several ids: {', '.join(self.candidates)}" if candidates else f"no claim {claim!r}"
        super().__init__(told)


class UnknownArticle(StoreError):
    """No article has this id."""

    def __init__(self, article: str) -> None:
        self.article = article
        super().__init__(f"no article {article!r}")


class BadClaims(StoreError):
    """Claims that cannot be stored with this article; ``claim`` is the first of them, None where it is the article."""

    def __init__(self, article: str, claim: str | None, reason: str) -> None:
        self.article, self.claim, self.reason = article, claim, reason
        super().__init__(f"{article}: {reason}" if claim is None else f"{article}: claim {claim}: {reason}")


class QuoteMismatch(StoreError):
    """Words that a claim quotes do not stand in the article's text at the place it names."""

    def __init__(self, claim: str, part: str, start: int, end: int, words: str, found: str) -> None:
        self.claim, self.part, self.start, self.end, self.words, self.found = claim, part, start, end, words, found
        super().__init__(
            f"claim {claim}: {part} [{start}, {end}) should read {words[:80]!r}, the text has {found[:80]!r}"
        )


class StaleRevision(StoreError):
    """The claim has been decided on since the revision that a decision was made against; ``current`` is its state."""

    def __init__(self, current: Claim, expected: int) -> None:
        self.current, self.expected = current, expected
        super().__init__(
            f"claim {current.id} is at revision {current.revision}, not {expected}: look at it again, then decide"
        )


class BadCorrection(StoreError):
    """A decision that cannot be recorded; ``field`` is the path, or the part of the decision, that is wrong."""

    def __init__(self, field: str, reason: str) -> None:
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


class QuestionError(StoreError):
    """A question that cannot be read; ``position`` is the offset of the code point at which reading stopped."""

    def __init__(self, message: str, position: int, suggestions: Sequence[str] = ()) -> None:
        self.message, self.position, self.suggestions = message, position, tuple(suggestions)
        hint = f"; did you mean {' or '.join(self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"{message} (at character {position + 1}){hint}")
