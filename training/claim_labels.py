"""Claims as read from annotated texts, each right or wrong by the annotators: what confidence is learnt from.

A claim is right when its numbers are under the right arms, for the right outcome, and it goes the right way, as far as
the corpus tells. One of which the corpus tells nothing is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.load import gold_docs
from corpus.sentences import items
from ingest.article import Article
from ingest.claim import Claim
from ingest.grounds import Grounds
from ingest.pipeline import Pipeline, Reading
from ingest.readers.table import read_bytes
from ingest.terminology import load_terminology
from training.claim_judges import Judge, of_gold, of_ratios, of_relations, of_sides
from training.corpora import Row, read_split
from training.role_folds import unseen_models

TITLE = "Results of a randomized trial\n\n"
"""Stands before a sentence that is all there is of its article: a single line would be taken for a title."""
AUDIT = Path(__file__).with_name("audit.tsv")
"""Claims that were judged by reading: the article's id in ``abstract-roles``, what ``key_of`` says of the claim, and
1 for right, 0 for wrong. They come from abstracts of trials that no rule was written on, two of each at most, and from
ratios of risk factors."""
AUDITED = "audit"
OF_THE_AUDIT = 3.0
"""What a claim of the audit weighs: they are few, and the nearest to what people will read."""
TRAINED_ON = 0.3
"""What a claim of ``pico-breast-cancer`` train weighs: they are many, all of one disease, and their outcomes are not
annotated."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its grounds, and whether it is ``right``. ``group`` names its article."""

    part: str
    group: str
    claim: Claim
    grounds: Grounds
    right: bool
    weight: float = 1.0


def labelled(pipeline: Pipeline) -> Iterator[Labelled]:
    """Every labelled claim of all corpora, in a fixed order.

    The language model has learnt from the train split of ``rct-art``, which is left out, and its numeric roles from
    that of ``pico-breast-cancer``, which is read with models that have not seen the abstract. Exposures that are no arm
    were written on both splits of ``clerx``, so those of the corpora are left out.
    """
    for corpus, split, judge, before in (
        ("rct-art", "dev", of_relations, TITLE),
        ("clerx", "dev", of_ratios, ""),
        ("clerx", "train", of_ratios, ""),
        ("pico-breast-cancer", "dev", of_sides, ""),
    ):
        for row in read_split(corpus, split):
            found = judged(pipeline, corpus, row, judge, before)
            yield from (c for c in found if not c.grounds.exposure)
    models, fold_of = unseen_models()
    pipelines = [Pipeline(load_terminology(), numeric=model) for model in models]
    for row in read_split("pico-breast-cancer", "train"):
        if (fold := fold_of.get(str(row["id"]))) is not None:
            yield from judged(pipelines[fold], "pico-breast-cancer, train", row, of_sides, weight=TRAINED_ON)
    yield from own(pipeline)
    yield from audited(pipeline)


def audited(pipeline: Pipeline) -> Iterator[Labelled]:
    """The claims of the audit that are still read as they were; one that is read otherwise now is not judged."""
    verdicts: dict[str, dict[str, bool]] = {}
    for line in AUDIT.read_text(encoding="utf-8").splitlines():
        article, key, right = line.split("\t")
        verdicts.setdefault(article, {})[key] = right == "1"
    for row in read_split("abstract-roles", "train"):
        if (known := verdicts.get(str(row["id"]))) is not None:
            text = row["title"] + "\n\n" + "\n".join(s["text"] for s in row["sections"])
            reading = pipeline.read(_article(text, f"{row['id']}.txt"))
            verdict = [known.get(key_of(c)) for c in reading.claims]
            yield from _kept(AUDITED, f"audit {row['id']}", reading, verdict, OF_THE_AUDIT)


def key_of(claim: Claim) -> str:
    """A short name for what a claim says: its slots, its numbers with their arms, its direction."""
    slots = (claim.intervention, claim.comparator, claim.outcome)
    said = [m.text if m else "" for m in slots] + [f"{e.arm} {e.text}" for e in claim.effects]
    return hashlib.sha256("\n".join([*said, str(claim.direction)]).encode()).hexdigest()[:16]


def judged(
    pipeline: Pipeline, part: str, row: Row, judge: Judge, before: str = "", weight: float = 1.0
) -> Iterator[Labelled]:
    """The labelled claims of a row of a corpus, with ``before`` put before its text."""
    reading = pipeline.read(_article(before + row["text"], f"{row['id']}.txt"))
    by = len(before)
    placed = dict(row, entities=[dict(e, start=e["start"] + by, end=e["end"] + by) for e in row["entities"]])
    yield from _kept(part, f"{part} {row.get('pmid') or row['id']}", reading, judge(placed, reading.claims), weight)


def own(pipeline: Pipeline) -> Iterator[Labelled]:
    """The labelled claims of our own sentences and of the bundled articles."""
    suite = [("sentences", item.doc, "sentence.txt") for item in items()]
    bundled = [("articles", doc, doc.article) for doc in gold_docs()]
    for part, doc, name in (*suite, *bundled):
        reading = pipeline.read(_article(doc.text, name))
        yield from _kept(part, f"{part} {doc.article}", reading, of_gold(doc, reading))


def _article(text: str, name: str) -> Article:
    return read_bytes(text.encode(), name)


def _kept(
    part: str, group: str, reading: Reading, verdicts: Iterable[bool | None], weight: float = 1.0
) -> Iterator[Labelled]:
    for claim, right in zip(reading.claims, verdicts, strict=True):
        if right is not None:
            yield Labelled(part, group, claim, reading.grounds.get(claim.id, Grounds()), right, weight)
