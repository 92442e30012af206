"""What the linker learns from: cases, the usage of annotators, and which candidates count as right."""

from __future__ import annotations

from typing import Any

from ingest.curies import expand
from ingest.link_model import read_usage
from ingest.names import Names
from ingest.terminology import Concept, ConceptKind, Terminology
from training.link_cases import cases_of, unmentioned, untold, usage_lines, usage_of
from training.linking import folds, is_known, is_one

SPM, MS = expand("mesh:D016609"), expand("mesh:D009103")
TERMINOLOGY = Terminology(
    [
        Concept(SPM, "second primary malignancy", ConceptKind.DISEASE),
        Concept(MS, "multiple sclerosis", ConceptKind.DISEASE, same=("omim:126200",)),
        Concept("urn:a:placebo", "placebo", ConceptKind.DRUG),
    ]
)


def row(text: str, *entities: tuple[str, str, list[str]]) -> dict[str, Any]:
    marked = [
        {"start": text.index(words), "end": text.index(words) + len(words), "label": label, "ids": ids}
        for words, label, ids in entities
    ]
    return {"id": "1", "text": text, "entities": marked}


ROWS = [
    row("Second primary malignancies (SPMs) came with placebo.",
        ("Second primary malignancies", "Disease", ["D016609"]), ("SPMs", "Disease", ["D016609"])),
    row("Placebo again, and again placebo for MS.", ("MS", "Modifier", ["D009103", "-1"])),
    row("Nothing known.", ("known", "Chemical", ["-1"])),
    row("Gone.", ("Gone", "Chemical", ["C999999"])),
    row("Two of them.", ("Two", "Disease", ["D016609", "D009103"])),
]  # fmt: skip


def test_usage_counts_what_annotators_chose_under_short_and_long_forms() -> None:
    usage = usage_of(cases_of(ROWS), TERMINOLOGY)
    assert usage == {"ms": {MS: 1}, "second primary malignancy": {SPM: 2}, "spm": {SPM: 1}}


def test_usage_is_written_and_read_without_loss() -> None:
    usage = usage_of(cases_of(ROWS), TERMINOLOGY)
    assert read_usage("".join(usage_lines(usage))) == usage


def test_kinds_come_from_labels_and_can_be_left_untold() -> None:
    cases = cases_of(ROWS)
    assert [m.kind for c in cases for m in c.mentions] == ["disease", "disease", "disease", "drug", "drug", "disease"]
    assert all(m.kind is None for c in cases for m in untold(c).mentions)


def test_names_that_annotators_pass_over_are_told() -> None:
    assert unmentioned(ROWS, Names(TERMINOLOGY)) == ["placebo"]


def test_a_concept_is_right_by_its_id_or_that_of_the_same() -> None:
    assert is_one(SPM, frozenset({SPM}), TERMINOLOGY)
    assert is_one(MS, frozenset({expand("omim:126200")}), TERMINOLOGY)
    assert not is_one(MS, frozenset({SPM}), TERMINOLOGY)
    assert is_known(SPM, TERMINOLOGY)
    assert not is_known(expand("mesh:C999999"), TERMINOLOGY)


def test_folds_are_even_and_keep_neighbours_apart() -> None:
    assert folds(cases_of(ROWS), 2) == [0, 1, 0, 1, 0]
