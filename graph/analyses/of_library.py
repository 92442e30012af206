"""The analyses of a library: each reads the evidence for a question at one revision, and shows words where it can."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from graph.access import Access
from graph.analyses.comparisons import Network, compared
from graph.analyses.conflicts import Conflicts, conflicts
from graph.analyses.evidence_map import DRUGS, OUTCOMES, EvidenceMap, evidence_map
from graph.analyses.gathering import MOST_CLAIMS, Gathered, gather
from graph.analyses.paths import ALTERNATIVES, Links, Paths, evidence_paths
from graph.analyses.similarity import SHARED, Similar, similar
from graph.language.understanding import known_to
from graph.lookup import checked
from graph.question import Question, parse_question
from graph.reading import Reader
from graph.resolving import Resolved, resolve
from ingest.article import Article
from ingest.claim import Claim
from ingest.terminology import Terminology

ANYTHING = "? -> ?"
"""The question that every claim of the default evidence answers."""
SHOWN = 5
"""Studies of one side of a conflict whose words are shown."""
MOST_SHOWN = 100
"""Conflicts whose words are shown, and the most pairs of drugs that are listed."""
MOST_AXIS = 500
"""Rows or columns that can be asked for."""
_REMEMBERED = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Analysis(Generic[_T]):
    """A result with where it comes from.

    ``counted`` of the ``total`` claims of the answer were analysed: all, or the first ones of a very large answer.
    ``explanation`` says so, and how the question was understood. ``shown`` are the claims whose words are shown.
    """

    question: str
    explanation: tuple[str, ...]
    total: int
    counted: int
    revision: int
    result: _T
    shown: Mapping[str, tuple[Claim, Article]]


class Analyses:
    """What can be asked of the evidence as a whole.

    The claims are those that ``Library.evidence`` gives for the question: without filters own results that are not
    rejected, of articles neither retracted nor in doubt. Methods raise QuestionError, ValueError for a number out of
    range, QuoteMismatch for a claim to show whose words do not stand in its article.
    """

    def __init__(self, access: Access, terminology: Terminology, most: int = MOST_CLAIMS) -> None:
        self._access, self._terminology, self._most = access, terminology, most
        self._held: OrderedDict[tuple[str, int], Gathered] = OrderedDict()
        self._lock = Lock()

    def read(self, question: str) -> Question:
        """The question as it is understood here. Raises QuestionError."""
        return parse_question(question, known_to(self._terminology))

    def map(
        self, question: str = ANYTHING, *, drugs: int = DRUGS, outcomes: int = OUTCOMES, up: int = 0
    ) -> Analysis[EvidenceMap]:
        """Drugs against outcomes: those with the most studies, at most so many; ``up`` steps to broader concepts."""
        _within("drugs", drugs, 1, MOST_AXIS)
        _within("outcomes", outcomes, 1, MOST_AXIS)
        _within("up", up, 0, 10)

        def make(held: Gathered) -> EvidenceMap:
            found = conflicts(held.facts).conflicts
            return evidence_map(
                held.facts, self._terminology, found=found, drugs=drugs, outcomes=outcomes, up=up, asked=held.asked
            )

        return self._ask(question, make)

    def network(self, question: str = ANYTHING) -> Analysis[Network]:
        """Which treatments were compared with each other."""
        return self._ask(question, lambda held: compared(held.facts))

    def conflicts(self, question: str = ANYTHING) -> Analysis[Conflicts]:
        """Studies whose results do not go together. Words are shown for the first conflicts and studies of each."""

        def words(found: Conflicts) -> list[str]:
            sides = [side for conflict in found.conflicts[:MOST_SHOWN] for side in conflict.sides]
            return [claims[0] for side in sides for claims in side.claims[:SHOWN]]

        return self._ask(question, lambda held: conflicts(held.facts), words)

    def similar(self, question: str = ANYTHING, *, to: str | None = None, shared: int = SHARED) -> Analysis[Similar]:
        """Drugs of which studies found the same. ``to``: a drug as a question names it, or a part of a combination."""
        _within("shared", shared, 1, 100)
        named = None if to is None else resolve(to, "intervention", self._terminology)

        def make(held: Gathered) -> Similar:
            terms = {f.drug.id: f.drug for f in held.facts if f.drug is not None}
            chosen = None
            if named is not None:
                chosen = frozenset(i for i, t in terms.items() if self._is(named, i.split(" + "), t.keys))
            return similar(held.facts, to=chosen, shared=shared)

        return self._ask(question, make, said=() if named is None else (named.said,))

    def path(self, start: str, goal: str, question: str = ANYTHING, *, number: int = 1) -> Analysis[Paths]:
        """The shortest ways of evidence between two concepts, each step with the claim that shows it best."""
        _within("number", number, 1, ALTERNATIVES)
        ends = [self._named(term) for term in (start, goal)]

        def make(held: Gathered) -> Paths:
            links = Links(held.facts, self._terminology)
            known = [self._ends(end, links) for end in ends]
            return evidence_paths(links, known[0], known[1], self._terminology, number)

        def words(found: Paths) -> list[str]:
            return [step.claims[0] for path in found.paths for step in path.steps]

        return self._ask(question, make, words, tuple(end.said for end in ends))

    def _named(self, term: str) -> Resolved:
        """What a term names whose slot is not known: as a drug where it is one, else as an outcome, else anything."""
        ways = [resolve(term, role, self._terminology) for role in ("intervention", "outcome", "population")]
        return next((way for way in ways if way.targets and " Left out" not in way.said), ways[0])

    def _ends(self, named: Resolved, links: Links) -> set[str]:
        return {id for id in links.ends if self._is(named, [id], (id.partition(":")[2],))} | set(named.targets)

    def _is(self, named: Resolved, concepts: Iterable[str], keys: Iterable[str]) -> bool:
        """True where one of the concepts is the named one or narrower; by words where there is no concept."""
        if any(not self._terminology.ancestors(c).isdisjoint(named.targets) for c in concepts):
            return True
        unlinked = all(c.startswith("words:") for c in concepts)
        return unlinked and any(f" {name} " in f" {key} " for key in keys for name in named.words)

    def _ask(
        self,
        question: str,
        make: Callable[[Gathered], _T],
        words: Callable[[_T], list[str]] | None = None,
        said: tuple[str, ...] = (),
    ) -> Analysis[_T]:
        def read(reader: Reader) -> Analysis[_T]:
            held = self._gathered(reader, question)
            result = make(held)
            ids = list(dict.fromkeys(words(result))) if words is not None else []
            shown = {c.id: checked(c, reader) for c in reader.claims(ids)}
            explanation = (*said, *held.explanation)
            return Analysis(question, explanation, held.total, len(held.facts), held.revision, result, shown)

        return self._access.read(read)

    def _gathered(self, reader: Reader, question: str) -> Gathered:
        """The facts of the answer; those of the last few questions are kept while nothing is written."""
        key = question, reader.revision
        with self._lock:
            held = self._held.get(key)
        if held is None:
            held = gather(reader, question, self._terminology, self._most)
        with self._lock:
            self._held[key] = held
            self._held.move_to_end(key)
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
        return held


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"{name} lies between {least} and {most}, not {value}")
