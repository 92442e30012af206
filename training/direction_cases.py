"""Prompts of Evidence Inference as cases to learn from: candidates, which of them are evidence, what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.article import Article
from ingest.fill.direction import LABELS, told_of
from ingest.fill.direction_candidates import Candidate, asked_of, candidates
from ingest.fill.direction_marks import marks_of
from ingest.fill.model import Question
from ingest.fill.prepared import Prepared
from ingest.pipeline import Reading
from ingest.readers.table import read_bytes
from training.corpora import Row, read_split

CORPUS = "evidence-inference"
HALF = 0.5
"""A candidate is evidence where it shares this much of the shorter of itself and a marked passage."""
OF_ANOTHER = 0.4
"""What an annotation counts that says otherwise than the majority."""


@dataclass(frozen=True)
class Example:
    """A passage that an annotator marked, what it says (a place in ``LABELS``), and what it counts."""

    candidate: Candidate
    label: int
    weight: float


@dataclass(frozen=True)
class Case:
    """One prompt. ``evidence`` are flags of the candidates; ``label`` is None for one that is not asked about."""

    article: str
    question: Question
    label: int | None
    stems: tuple[str, ...]
    unwanted: bool
    found: tuple[Candidate, ...]
    evidence: tuple[bool, ...]
    examples: tuple[Example, ...]

    def fold(self, count: int, salt: str = "") -> int:
        """The fold of the case's article, the same on every machine."""
        return int(hashlib.sha256(f"{salt}{self.article}".encode()).hexdigest(), 16) % count


def label_of(words: str) -> int | None:
    """The place of a label in ``LABELS``; a few rows of the corpus leave the last letter off."""
    words = "significantly increased" if words == "significantly increase" else words
    return next((i for i, label in enumerate(LABELS) if label == words), None)


def cases_of(split: str) -> Iterator[Case]:
    """The cases of a split, in the order of the corpus."""
    texts = {str(row["pmcid"]): row["text"] for row in read_split(CORPUS, f"articles_{split}")}

    @lru_cache(maxsize=4)
    def prepared(pmcid: str) -> Prepared:
        article = read_bytes(texts[pmcid].encode("utf-8"), f"{pmcid}.txt")
        return Prepared(article, _unread)

    for row in read_split(CORPUS, split):
        yield _case(row, prepared(str(row["pmcid"])))


def _unread(article: Article) -> Reading:
    return Reading(article, None, ())


def _case(row: Row, prepared: Prepared) -> Case:
    question = Question(str(row["prompt_id"]), row["intervention"], row["comparator"], row["outcome"])
    asked = asked_of(question, prepared.long_of)
    found = tuple(candidates(prepared, asked))
    label = label_of(row["label"])
    marked = [
        (a["start"], a["end"], said)
        for a in row["annotations"]
        if a["start"] is not None and (said := label_of(a["label"])) is not None
    ]
    passages: list[tuple[Candidate, int]] = [
        (Candidate(-1, (), tuple(marks_of(prepared.view[start:end], asked.slots))), said) for start, end, said in marked
    ]
    evidence = []
    for candidate in found:
        span = prepared.passages[candidate.passage].span
        said_here = {
            said
            for start, end, said in marked
            if min(span.end, end) - max(span.start, start) >= HALF * min(len(span), end - start)
        }
        evidence.append(label in said_here)
        passages += [(candidate, said) for said in sorted(said_here)]
    examples = tuple(
        Example(candidate, said, (1.0 if said == label else OF_ANOTHER) * 2 / len(passages))
        for candidate, said in passages
    )
    stems, unwanted = told_of(question.outcome)
    return Case(str(row["pmcid"]), question, label, stems, unwanted, found, tuple(evidence), examples)
