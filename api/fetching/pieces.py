"""What is asked for, and what a service gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from api.fetching.errors import FetchError


@dataclass(frozen=True)
class Wanted:
    """One article by its id in the service.

    ``record`` is what a search already told of it, ``error`` why a search for it came to nothing.
    """

    id: str
    record: Mapping[str, Any] | None = None
    error: FetchError | None = None


class Form(StrEnum):
    """What a file holds of its articles."""

    RECORD = "record"
    ABSTRACT = "abstract"
    FULL_TEXT = "full text"


@dataclass(frozen=True)
class Piece:
    """One file: the articles in it, its name below the folder of its service, its bytes, and where they come from.

    ``url`` holds nothing private.
    """

    ids: tuple[str, ...]
    name: str
    form: Form
    data: bytes = field(repr=False)
    url: str
    how: str


@dataclass(frozen=True)
class Failure:
    """Articles that were not given, why, and what to do next. Without ids the run as a whole is meant."""

    ids: tuple[str, ...]
    reason: str

    def __str__(self) -> str:
        more = f" and {len(self.ids) - 1} more" if len(self.ids) > 1 else ""
        return f"{self.ids[0]}{more}: {self.reason}" if self.ids else self.reason


@dataclass(frozen=True)
class Remark:
    """Something to know of an article that was given."""

    id: str
    words: str


Outcome = Piece | Failure | Remark


@dataclass(frozen=True)
class Found:
    """The answer to a search: how many there are in all, and those asked for, which are listed as they are taken.

    ``notes`` are what the service says of the query. ``missing`` says why not all that was asked for can be listed.
    """

    total: int
    wanted: Iterator[Wanted]
    notes: tuple[str, ...] = ()
    missing: str | None = None


class Service(Protocol):
    """A service that articles come from, at most ``batch`` of them in one file. Every failure is a FetchError."""

    name: str
    title: str
    batch: int

    def named(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """The ids that ``words`` are, in the service's way to write them; None when they are a query.

        Raises ValueError for what is neither, with what to write instead.
        """
        ...

    def find(self, query: str, limit: int) -> Found:
        """Search; at most ``limit`` are listed."""
        ...

    def of_ids(self, ids: Sequence[str]) -> Iterator[Wanted]:
        """Those articles, without a search."""
        ...

    def bring(self, wanted: Sequence[Wanted]) -> Iterator[Outcome]:
        """Fetch these, at most ``batch`` of them."""
        ...
