"""Analyses of the evidence: what can be asked for, and the answer as values or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from api.analysis_present import analysis_out
from api.analysis_schemas import AnalysisOut
from graph.analyses.evidence_map import DRUGS, OUTCOMES
from graph.analyses.files import FileFormat, written
from graph.analyses.of_library import ANYTHING, Analysis
from graph.analyses.similarity import SHARED
from graph.library import Library

LISTED, MOST_LISTED = 50, 1_000
"""Conflicts and pairs of drugs that an answer lists, if nothing else is asked for, and at most. Files hold all."""


class Kind(StrEnum):
    """Which analysis."""

    MAP = "map"
    NETWORK = "network"
    CONFLICTS = "conflicts"
    SIMILAR = "similar"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Asked:
    """An analysis of the evidence for ``question``, with what only some kinds have.

    Map: so many ``drugs`` and ``outcomes``, ``up`` steps to broader concepts. Similar: ``to`` a drug, ``shared``
    outcomes at least. Path: ``start``, ``goal``, and how many (``number``). Conflicts and similar: ``limit``.
    """

    kind: Kind
    question: str = ANYTHING
    drugs: int = DRUGS
    outcomes: int = OUTCOMES
    up: int = 0
    to: str | None = None
    shared: int = SHARED
    start: str = ""
    goal: str = ""
    number: int = 1
    limit: int = LISTED

    def parameters(self) -> dict[str, str]:
        """As parameters of a request."""
        own: dict[Kind, dict[str, str | int | None]] = {
            Kind.MAP: {"drugs": self.drugs, "outcomes": self.outcomes, "up": self.up},
            Kind.NETWORK: {},
            Kind.CONFLICTS: {"limit": self.limit},
            Kind.SIMILAR: {"to": self.to, "shared": self.shared, "limit": self.limit},
            Kind.PATH: {"from": self.start, "to": self.goal, "number": self.number},
        }
        return {"q": self.question} | {name: str(v) for name, v in own[self.kind].items() if v is not None}


class AnalysisService:
    """What can be asked of a library. Raises the errors of ``graph.errors``, ValueError for what is out of range."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def answer(self, asked: Asked) -> AnalysisOut:
        """The result, with the question for each of its parts."""
        return analysis_out(self._made(asked), self._library.analyses.read(asked.question), asked.limit)

    def file(self, asked: Asked, form: FileFormat) -> bytes:
        """The whole result as a file. ValueError for a form that this kind does not have."""
        return written(self._made(asked).result, form)

    def _made(self, asked: Asked) -> Analysis[Any]:
        analyses = self._library.analyses
        match asked.kind:
            case Kind.MAP:
                return analyses.map(asked.question, drugs=asked.drugs, outcomes=asked.outcomes, up=asked.up)
            case Kind.NETWORK:
                return analyses.network(asked.question)
            case Kind.CONFLICTS:
                return analyses.conflicts(asked.question)
            case Kind.SIMILAR:
                return analyses.similar(asked.question, to=asked.to, shared=asked.shared)
            case Kind.PATH:
                return analyses.path(asked.start, asked.goal, asked.question, number=asked.number)
