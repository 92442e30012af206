"""Passages that may answer which way an outcome went, with how well each fits the question, in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.article import SectionKind
from ingest.fill.asked import Phrase, coverage, longest_run, phrase_of
from ingest.fill.direction_marks import FIRST, OUTCOME, SECOND, Mark, Slots, joined, marks_of, slots_of
from ingest.fill.model import Question
from ingest.fill.passages import PassageKind
from ingest.fill.prepared import Prepared

CANDIDATES = 24
"""Passages of an article that are looked at for one question."""
_SECTIONS = (
    SectionKind.RESULTS, SectionKind.CONCLUSION, SectionKind.DISCUSSION, SectionKind.METHODS, SectionKind.BACKGROUND,
    SectionKind.TABLE, SectionKind.TITLE, SectionKind.BODY,
)  # fmt: skip
_CUES = {
    "reference": re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\bet al\b"),
    "table": re.compile(r"\b(?:Table|Fig(?:ure)?s?)\b"),
    "aim": re.compile(
        r"\b(?:aim(?:ed|s)?|objectives?|purpose|hypothes\w+|whether|to (?:determine|evaluate|assess|compare))\b", re.I
    ),
    "method": re.compile(
        r"\b(?:measured|defined|calculated|recorded|assessed by|analy[sz]ed|performed|obtained|test was used"
        r"|were used)\b",
        re.I,
    ),
    "baseline": re.compile(r"\b(?:at baseline|baseline characteristics|demographic\w*|from baseline)\b", re.I),
    "groups": re.compile(
        r"\b(?:(?:between|both|two|three|the|among) (?:\w+ )?(?:groups|arms|treatments|conditions))\b", re.I
    ),
    "found": re.compile(
        r"\b(?:found|observed|showed|shown|revealed|demonstrated|resulted|reported|there (?:was|were))\b", re.I
    ),
    "previous": re.compile(
        r"\b(?:previous(?:ly)?|other stud\w+|earlier|literature|in contrast to|has been|have been)\b", re.I
    ),
    "hedge": re.compile(r"\b(?:may|might|could|suggest\w*|possib\w+|likely|should|would)\b", re.I),
}


@dataclass(frozen=True)
class Asked:
    """A question's phrases in the words of one article."""

    outcome: Phrase
    intervention: Phrase
    comparator: Phrase
    slots: Slots


def asked_of(question: Question, long_of: Mapping[str, str]) -> Asked:
    """The question's phrases with what tells its arms apart; ``long_of`` are the article's short forms."""
    outcome, intervention, comparator = (
        phrase_of(words, long_of) for words in (question.outcome, question.intervention, question.comparator)
    )
    return Asked(outcome, intervention, comparator, slots_of(outcome, intervention, comparator))


@dataclass(frozen=True)
class Candidate:
    """One passage for one question: its number in the article, its fit and its marks."""

    passage: int
    fit: tuple[float, ...]
    marks: tuple[Mark, ...]


def candidates(prepared: Prepared, asked: Asked) -> list[Candidate]:
    """The passages that fit the question best by their words, the best first; all share a word with the outcome."""
    weights = prepared.weights
    stems = prepared.passage_stems
    sets = prepared.passage_sets
    rows: list[tuple[float, int, float, float, float, float]] = []
    for i, (sequence, inside) in enumerate(zip(stems, sets, strict=True)):
        if inside.isdisjoint(asked.outcome.all_stems):
            continue
        o, first, second = (coverage(p, inside, weights) for p in (asked.outcome, asked.intervention, asked.comparator))
        run = longest_run(asked.outcome.words, sequence)
        rows.append((3 * o + run + (first + second) / 2, i, o, run, first, second))
    rows.sort(key=lambda r: (-r[0], r[1]))
    best = rows[0] if rows else None
    out = []
    for rank, (score, i, o, run, first, second) in enumerate(rows[:CANDIDATES]):
        assert best is not None
        passage = prepared.passages[i]
        marks = tuple(marks_of(passage.span.of(prepared.view), asked.slots))
        before = sets[i - 1] if i else frozenset()
        fit = (
            o, run, first, second, score, score / best[0], o - max(r[2] for r in rows), 1.0 / (1 + rank),
            coverage(asked.outcome, before, weights), coverage(asked.intervention, before, weights),
            coverage(asked.comparator, before, weights), float(passage.abstract), passage.place,
            float(passage.kind is PassageKind.ROW), *(float(passage.section is s) for s in _SECTIONS),
            *_cues(passage.span.of(prepared.view)), *_counted(tuple(joined(marks))),
        )  # fmt: skip
        out.append(Candidate(i, fit, marks))
    return out


def _cues(words: str) -> Iterator[float]:
    yield min(len(words), 1000) / 200
    for pattern in _CUES.values():
        yield float(pattern.search(words) is not None)


_COUNTED = (OUTCOME, FIRST, SECOND, "UP", "DOWN", "BETTER", "WORSE", "SAME", "DIFFER", "NOT", "SIGNIF", "PSIG", "PNS",
            "CINULL", "CIUP", "CIDOWN", "THAN", "BETWEEN", "BASE", "TREND")  # fmt: skip


_TELLING = ("UP", "DOWN", "BETTER", "WORSE", "SAME", "NOT", "SIGNIF", "PSIG", "PNS")


def _counted(marks: Sequence[Mark]) -> Iterator[float]:
    signals = [m.signal for m in marks]
    for kind in _COUNTED:
        yield float(min(3, signals.count(kind)))
    yield float(min(12, sum(m.name == "NUM" for m in marks)))
    places = [i for i, m in enumerate(marks) if m.signal == OUTCOME]
    telling = [i for i, m in enumerate(marks) if m.signal in _TELLING]
    yield min((abs(i - j) for i in places for j in telling), default=40) / 10
