"""Annotated texts as sentences of tokens with tags, one head per corpus: what a corpus does not label is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.article import Span
from ingest.nlp import tokenizer
from ingest.sentences import split_sentences
from ingest.tags import encode
from training.corpora import Row, read_split


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence with their place in the text and the gold spans, in tokens (half-open)."""

    text_id: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    spans: tuple[tuple[int, int, str], ...]

    @property
    def tags(self) -> list[str]:
        """BIOES tags of the spans."""
        return encode(len(self.words), self.spans)


@dataclass(frozen=True, slots=True)
class Head:
    """One label set: which corpus it is learnt from and how that corpus's labels are named; the rest is left out."""

    name: str
    corpus: str
    labels: Mapping[str, str]
    entities: Callable[[Row], Iterator[dict[str, Any]]] = lambda row: iter(row["entities"])


def _phee(row: Row) -> Iterator[dict[str, Any]]:
    for event in row["events"]:
        for a in event["arguments"]:
            yield {"start": a["start"], "end": a["end"], "label": a["role"]}


def _same(names: str) -> dict[str, str]:
    return {name: name for name in names.split()}


_ROLES = _same("""
    total-participants intervention-participants control-participants iv-bin-abs cv-bin-abs iv-bin-percent
    cv-bin-percent iv-cont-mean cv-cont-mean iv-cont-median cv-cont-median
    iv-cont-sd cv-cont-sd iv-cont-q1 iv-cont-q3 cv-cont-q1 cv-cont-q3 age condition control eligibility ethinicity
    intervention location outcome outcome-Measure
""")
_CTRO = _same("""
    TimePoint Percentage EndPointDescription Frequency DoseValue PvalueDiff PercentageAffected Duration Mean Reduction
    Precondition ResultMeasuredValue ObservedResult BaseLineValue NumberPatientsArm SdDevResValue DiffGroupAbsValue
    NumberPatientsCT ChangeValue
""")

HEADS = (
    Head("concept", "bc5cdr", {"Chemical": "DRUG", "Disease": "DISEASE"}),
    Head("result", "rct-art", {"INTV": "INTERVENTION", "OC": "OUTCOME", "MEAS": "MEASURE"}),
    Head("pio", "ebm-nlp", {"PAR": "PARTICIPANTS", "INT": "INTERVENTION", "OUT": "OUTCOME"}),
    Head("role", "pico-breast-cancer", _ROLES),
    Head(
        "ncbi", "ncbi-disease", dict.fromkeys(("SpecificDisease", "DiseaseClass", "CompositeMention", "Modifier"), "D")
    ),
    Head("ade", "ade-v2", {"DRUG": "DRUG", "ADVERSE_EFFECT": "EFFECT", "DOSE": "DOSE"}),
    Head("phee", "phee", {"Treatment.Drug": "DRUG", "Effect": "EFFECT", "Subject": "SUBJECT"}, entities=_phee),
    Head("outcomes", "evidence-outcomes", {"Outcome": "OUTCOME"}),
    Head("map", "evidencemap", _same("Participant Intervention Outcome Observation Count")),
    Head("ctro", "ctro", _CTRO),
)


def sentences_of(rows: Sequence[Row], head: Head) -> Iterator[Sentence]:
    """The sentences of ``rows`` in order; a span that no token border meets grows to the tokens it touches."""
    nlp = tokenizer()
    for row in rows:
        text = row["text"]
        gold = sorted(
            ((e["start"], e["end"], head.labels[e["label"]]) for e in head.entities(row) if e["label"] in head.labels),
            key=lambda g: (g[0], -g[1], g[2]),
        )
        tokens = [t for t in nlp(text) if not t.is_space]
        at = 0
        for sentence in split_sentences(text):
            first = at
            while at < len(tokens) and tokens[at].idx < sentence.end:
                at += 1
            inside = tokens[first:at]
            if inside:
                yield _sentence(str(row["id"]), inside, gold)


def _sentence(text_id: str, tokens: Sequence[Any], gold: Sequence[tuple[int, int, str]]) -> Sentence:
    starts, ends = tuple(t.idx for t in tokens), tuple(t.idx + len(t) for t in tokens)
    spans = []
    for start, end, label in gold:
        if start >= starts[0] and end <= ends[-1] + 1:
            touched = [i for i in range(len(tokens)) if starts[i] < end and start < ends[i]]
            if touched:
                spans.append((touched[0], touched[-1] + 1, label))
    return Sentence(text_id, tuple(t.text for t in tokens), starts, ends, tuple(spans))


def gold_spans(rows: Sequence[Row], head: Head) -> set[tuple[str, Span, str]]:
    """Every gold span in characters, those that no token meets included: what a score is counted against."""
    return {
        (str(row["id"]), Span(e["start"], e["end"]), head.labels[e["label"]])
        for row in rows
        for e in head.entities(row)
        if e["label"] in head.labels
    }


def load(head: Head, split: str) -> list[Row]:
    """The rows of the head's corpus."""
    return read_split(head.corpus, split)
