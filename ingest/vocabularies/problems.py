"""What is wrong with a vocabulary, and the one error that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 20
KEPT = 1_000
"""Problems beyond these are only counted: a file of a million bad lines needs no million reasons."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is refused: which line (from 1, None where it is not known), what is wrong and what to do."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in f"{place}: {self.reason}")


class Problems:
    """Problems as they are met; the first thousand are kept."""

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        """One more."""
        self.count += 1
        if len(self._kept) < KEPT:
            self._kept.append(problem)

    def add_all(self, other: Problems) -> None:
        """Those of another file, behind these."""
        self._kept += other._kept[: KEPT - len(self._kept)]
        self.count += other.count

    def error(self) -> VocabularyError:
        """The error that tells of them all."""
        return VocabularyError(self.in_order, self.count)

    @property
    def in_order(self) -> tuple[Problem, ...]:
        """Those that are kept, each file's by line."""
        files = {p.file: i for i, p in reversed(list(enumerate(self._kept)))}
        return tuple(sorted(self._kept, key=lambda p: (files[p.file], p.line or 0)))


class VocabularyError(Exception):
    """A vocabulary cannot be used; nothing was loaded. ``problems``: the reasons, the first thousand of ``count``."""

    def __init__(self, problems: Iterable[Problem], count: int | None = None) -> None:
        self.problems = tuple(problems)
        self.count = len(self.problems) if count is None else count
        super().__init__(told(self.problems, self.count))


def told(problems: tuple[Problem, ...], count: int) -> str:
    """At most twenty of ``problems``, one a line, and how many more of the ``count`` there are."""
    rest = count - min(len(problems), SHOWN)
    return "\n".join([*map(str, problems[:SHOWN]), *([f"and {rest:,} more"] if rest else [])])
