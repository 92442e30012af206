"""Training of the model of numeric roles on invented abstracts: it learns them, and comes out alike twice."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from ingest.aids import Tag
from ingest.article import Span
from ingest.nlp import Token
from ingest.numeric_roles import NumericRoles
from ingest.relate import RelationModel
from ingest.role_text import Reading
from ingest.sentences import split_sentences
from training.numeric_roles import predict, report, tally, train
from training.role_examples import UNKNOWN, Example, arm_vocabulary, example, vocabulary

DRUGS = ("Varolin", "Zeltine", "Mirepam", "Ostocal")


def invented(number: int) -> Example:
    """An abstract with two sizes of arms and two percentages; the control comes first in every other one."""
    drug, sizes = DRUGS[number % len(DRUGS)], (20 + number, 50 + 2 * number)
    arms = (drug, "placebo") if number % 2 else ("placebo", drug)
    text = (
        f"{drug} for hives. Of {sum(sizes)} adults, {sizes[0]} received {arms[0]} and {sizes[1]} received {arms[1]}. "
    )
    text += f"Relief was seen in {30 + number}% with {arms[0]} and {7 + number}% with {arms[1]} after 8 weeks. "
    text += f"{drug} gave relief in hives."
    kinds = [("total", str(sum(sizes)))]
    sides = [("cv", "iv")[arm == drug] for arm in arms]
    names = {"iv": "intervention-participants", "cv": "control-participants"}
    kinds += [(names[side], str(size)) for side, size in zip(sides, sizes, strict=True)]
    kinds += [(f"{side}-bin-percent", f"{share + number}%") for side, share in zip(sides, (30, 7), strict=True)]
    entities: list[dict[str, Any]] = [{"start": 0, "end": len(drug), "label": "intervention", "text": drug}]
    at = text.find("placebo")
    entities.append({"start": at, "end": at + len("placebo"), "label": "control", "text": "placebo"})
    at = 0
    for label, words in kinds:
        at = text.index(words, at)
        label = "total-participants" if label == "total" else label
        entities.append({"start": at, "end": at + len(words), "label": label, "text": words})
        at += len(words)
    tokens = [Token(m.group(), *m.span()) for m in re.finditer(r"\w+|\S", text)]
    marks = [Tag(Span(*m.span()), "INTERVENTION", 0.9) for m in re.finditer(f"{drug}|placebo", text)]
    marks += [Tag(Span(*m.span()), "MEASURE", 0.9) for m in re.finditer(r"\d+%", text)]
    reading = Reading(text, tokens, split_sentences(text), [], {"result": marks})
    return example({"id": str(number), "text": text, "entities": entities}, reading)


EXAMPLES = [invented(n) for n in range(1, 61)]


@pytest.fixture(scope="module")
def arrays() -> dict[str, Any]:
    """A model of the invented abstracts."""
    return train(EXAMPLES, RelationModel.load(), inner=2)


def test_gold_is_given_to_numbers_and_to_the_names_of_arms() -> None:
    e = EXAMPLES[0]
    assert [(int(k), int(s)) for k, s in zip(e.kind, e.side, strict=True)] == [
        (1, UNKNOWN),
        (2, 0),
        (2, 1),
        (4, 0),
        (4, 1),
        (0, UNKNOWN),
    ]
    assert {a.text: int(s) for a, s in zip(e.arms, e.arm_side, strict=True)} == {"Zeltine": 0, "placebo": 1}


def test_it_learns_which_numbers_count_and_whose_they_are(arrays: dict[str, Any]) -> None:
    model = NumericRoles.of(arrays, RelationModel.load())
    unseen = [invented(n) for n in range(61, 71)]
    counts = tally(unseen, predict(model, [e.reading for e in unseen]))
    tp, wrong = (sum(n for (_, part), n in counts.items() if part in parts) for parts in (("tp",), ("fp", "fn")))
    assert 2 * tp / (2 * tp + wrong) > 0.9, "\n".join(report(counts))


def test_the_same_abstracts_and_seed_give_the_same_model(arrays: dict[str, Any]) -> None:
    again = train(EXAMPLES, RelationModel.load(), inner=2)
    assert again.keys() == arrays.keys()
    assert all(np.array_equal(again[name], arrays[name]) for name in arrays)


def test_a_model_of_other_columns_is_refused(arrays: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="other columns"):
        NumericRoles.of({**arrays, "names": arrays["names"][1:]}, RelationModel.load())


def test_words_are_taken_by_how_often_they_stand_near_numbers() -> None:
    assert {"received", "in", "and"} <= set(vocabulary(EXAMPLES, 12))
    assert arm_vocabulary(EXAMPLES, 1) == ["placebo"]


def test_figures_are_of_strict_spans() -> None:
    e = EXAMPLES[0]
    gold = [Tag(Span(x["start"], x["end"]), x["label"]) for x in e.row["entities"] if x["label"] != "intervention"]
    lines = list(report(tally([e], [[t for t in gold if t.label != "control"]])))
    assert lines[-1].split() == ["all", "100.0", "100.0", "100.0", "of", "5"]
    assert list(report(tally([e], [[]])))[-1].split() == ["all", "-", "0.0", "0.0", "of", "5"]
