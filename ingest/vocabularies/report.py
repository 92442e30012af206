"""What is told of vocabulary files that were checked."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.vocabularies.problems import Problem, told

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class FileReport:
    """How many new concepts a file has, how many that are known already, how many names; and what to know of it."""

    file: str
    encoding: str
    new: int
    merged: int
    names: int
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = f"{self.new:,} new concepts, {self.merged:,} known ones, {self.names:,} names ({self.encoding})"
        rest = len(self.notes) - EXAMPLES
        more = [f"and {rest:,} more notes"] if rest > 0 else []
        return "\n".join([f"{self.file}: {counts}", *(f"  {n}" for n in (*self.notes[:EXAMPLES], *more))])


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in the files that can be used, and ``problems`` of those that cannot: the first of ``count``."""

    files: tuple[FileReport, ...]
    problems: tuple[Problem, ...] = ()
    count: int = 0

    def __str__(self) -> str:
        return "\n".join([*map(str, self.files), *([told(self.problems, self.count)] if self.count else [])])
