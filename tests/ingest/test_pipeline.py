"""Short articles of our own, each with the claims it makes; every number was checked by hand to be in its arm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.claim import Check, Claim, Grade
from ingest.pipeline import Pipeline, version
from ingest.readers.table import read_bytes
from tests.ingest.golden import summary

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "text"
CASES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".txt", ".md"))


def read(pipeline: Pipeline, text: str) -> tuple[Claim, ...]:
    return pipeline.read(read_bytes(text.encode(), "a.txt")).claims


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_the_claims_of_an_article(pipeline: Pipeline, path: Path) -> None:
    expected = json.loads(path.with_suffix(".claims.json").read_text(encoding="utf-8"))
    assert summary(pipeline.read(read_bytes(path.read_bytes(), path.name)).claims) == expected


def test_every_golden_file_has_its_article() -> None:
    assert len(CASES) >= 8
    assert {p.name.removesuffix(".claims.json") for p in FOLDER.glob("*.json")} == {p.stem for p in CASES}


def test_reading_twice_gives_the_same_claims(pipeline: Pipeline) -> None:
    for path in CASES:
        article = read_bytes(path.read_bytes(), path.name)
        assert pipeline.read(article) == pipeline.read(article)


def test_no_claim_of_a_golden_article_fails_a_check(pipeline: Pipeline) -> None:
    failed: list[tuple[str, Check]] = []
    for path in CASES:
        claims = pipeline.read(read_bytes(path.read_bytes(), path.name)).claims
        failed += [(path.stem, check) for c in claims for check in c.checks if check.grade is Grade.ERROR]
    assert failed == []


@pytest.mark.parametrize(
    "text",
    [
        "Relapse was 12%, 14% and 19% with sunitinib and placebo.",
        "Relapse was 12% with sunitinib and 14% and 19% with placebo.",
        "Are relapses fewer with sunitinib than with placebo (12% vs 19%)?",
        "We set out to find whether sunitinib lowers relapse by 20% compared with placebo.",
        "Patients aged 65 years or older were given 25 mg of sunitinib for 18 cycles in 2010.",
        "In 2010, 302 patients were randomly assigned to sunitinib (n = 150) or placebo (n = 152).",
    ],
)
def test_what_tells_no_result_for_sure_gives_no_claim(pipeline: Pipeline, text: str) -> None:
    assert read(pipeline, text) == ()


def test_a_number_of_furniture_is_no_evidence(pipeline: Pipeline) -> None:
    prose = "Relapse was seen in 12% of patients given sunitinib versus 19% of those given placebo."
    menu = "Posted: Monday, March 2, 2020\n\nDisclosure: Relapse was 77% with sunitinib versus 88% with placebo."
    (claim,) = read(pipeline, f"{prose}\n\n{menu}\n")
    assert [e.value for e in claim.effects] == [12.0, 19.0]


def test_an_arm_of_another_section_is_not_borrowed(pipeline: Pipeline) -> None:
    text = "Methods\n\nWomen took letrozole for a year.\n\nResults\n\nRelapse was 12%.\n"
    assert all(c.intervention is None for c in read(pipeline, text))


def test_a_passage_is_never_longer_than_a_reader_would_check(pipeline: Pipeline) -> None:
    filler = ", in those of the north and of the south and of the east and of the west" * 12
    assert read(pipeline, f"Relapse was lower with sunitinib than with placebo (12% vs 19%){filler}.") == ()


def test_the_version_names_the_rules_and_not_the_run() -> None:
    assert version() == version()
    assert len(version().rsplit("+", 1)[1]) == 12
