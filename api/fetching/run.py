"""From an ask to files: what is there and whole is left alone, one article that fails does not stop the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from api.fetching.errors import FetchError, PassingError
from api.fetching.folder import Folder
from api.fetching.pieces import Failure, Found, Piece, Remark, Service, Wanted

IN_A_ROW = 3
"""After so many requests that failed with all their tries, one behind the other, the service is taken to be down."""


@dataclass(frozen=True)
class Ask:
    """Either ids or a query, the latter for at most ``limit`` articles. ``again``: also what is there."""

    ids: tuple[str, ...] | None
    query: str | None
    limit: int
    again: bool = False


@dataclass
class Report:
    """What became of an ask. ``total`` is how many there are in all, ``files`` hold all that is there at the end."""

    source: str
    query: str | None
    total: int = 0
    asked: int = 0
    there: int = 0
    fetched: int = 0
    bytes: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        told = {
            name: getattr(self, name) for name in ("source", "query", "total", "asked", "there", "fetched", "bytes")
        }
        failures = [{"ids": list(f.ids), "reason": f.reason} for f in self.failures]
        return {**told, "files": [str(f) for f in self.files], "failures": failures, "notes": self.notes}


@dataclass(frozen=True)
class Listener:
    """Who hears how it goes: failures and notes at once, and how many articles are done of how many."""

    failed: Callable[[Failure], None] = lambda failure: None
    noted: Callable[[str], None] = lambda note: None
    advanced: Callable[[int, int], None] = lambda done, of: None


def search(service: Service, ask: Ask, report: Report, listener: Listener) -> Found:
    """What is there to fetch. Raises FetchError where the search fails: then there is nothing to go on with."""
    if ask.ids is not None:
        report.total = len(ask.ids)
        return Found(len(ask.ids), service.of_ids(ask.ids))
    found = service.find(ask.query or "", ask.limit)
    report.total = found.total
    for note in found.notes:
        report.notes.append(note)
        listener.noted(f"{service.title} {note}")
    return found


def fetch(service: Service, ask: Ask, folder: Folder, listener: Listener) -> Report:
    """Fetch into ``folder``. Raises FetchError where the search fails at its beginning, and OSError."""
    report = Report(service.name, ask.query)
    found = search(service, ask, report, listener)
    expected = found.total if ask.ids is not None else min(found.total, ask.limit)
    run = _Run(service, ask, folder, listener, report, expected)
    try:
        for group in _groups(run.not_there(found.wanted), service.batch):
            if not run.bring(group):
                break
    except FetchError as error:  # the listing broke off in the middle
        run.fail(Failure((), f"{error.reason}; not all articles could be listed: {error.advice or 'try again later'}"))
    if found.missing is not None:
        run.fail(Failure((), found.missing))
    report.files = list(dict.fromkeys(report.files))
    return report


@dataclass
class _Run:
    service: Service
    ask: Ask
    folder: Folder
    listener: Listener
    report: Report
    expected: int
    down: int = 0

    def not_there(self, wanted: Iterator[Wanted]) -> Iterator[Wanted]:
        for one in wanted:
            self.report.asked += 1
            entry = None if self.ask.again else self.folder.holding(self.service.name, one.id)
            if entry is None:
                yield one
                continue
            self.report.there += 1
            self.report.forms[entry.form] += 1
            self.report.files.append(self.folder.path / entry.file)
            self.advanced()

    def bring(self, group: list[Wanted]) -> bool:
        """Fetch a group; False when the service seems to be down."""
        try:
            for outcome in self.service.bring(group):
                self._take(outcome)
            self.down = 0
        except FetchError as error:
            self.down = self.down + 1 if isinstance(error, PassingError) else 0
            advice = f"; {error.advice}" if error.advice else ""
            self.fail(Failure(tuple(one.id for one in group), f"{error.reason}{advice}"))
        if self.down >= IN_A_ROW:
            self.fail(
                Failure((), f"{IN_A_ROW} requests failed one behind the other, so it stops here; try again later")
            )
        return self.down < IN_A_ROW

    def _take(self, outcome: Piece | Failure | Remark) -> None:
        if isinstance(outcome, Failure):
            self.fail(outcome)
        elif isinstance(outcome, Remark):
            self.report.notes.append(f"{outcome.id}: {outcome.words}")
            self.listener.noted(self.report.notes[-1])
        else:
            self.report.files.append(self.folder.keep(self.service.name, self.ask.query, outcome))
            self.report.bytes += len(outcome.data)
            articles = len(outcome.ids) if self.service.batch > 1 else 1  # else they are names of one
            self.report.fetched += articles
            self.report.forms[outcome.form] += articles
            self.advanced()

    def fail(self, failure: Failure) -> None:
        self.report.failures.append(failure)
        self.listener.failed(failure)
        self.advanced()

    def advanced(self) -> None:
        done = self.report.there + self.report.fetched + sum(len(f.ids) for f in self.report.failures)
        self.listener.advanced(min(done, self.expected), self.expected)


def _groups(wanted: Iterator[Wanted], size: int) -> Iterator[list[Wanted]]:
    while group := list(islice(wanted, size)):
        yield group
