"""`picograph concept` explains a link; `picograph terminology` checks, packs and exports vocabularies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.conftest import Command

GOOD = "iri\tname\tkind\tsynonyms\tparents\nurn:x:1\tzorbalimab\tdrug\tZB-12\tmesh:D000077269\n"
BAD = "iri\tname\tkind\tparents\nurn:x:1\tfoo\tdrug\turn:x:9\nurn:x:1\tbar\tdrug\t\n"


def test_a_link_is_explained_for_people(picograph: Command) -> None:
    done = picograph("concept", "second cancers")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "second cancers: second primary malignancy (disease) http://id.nlm.nih.gov/mesh/D016609"
    )
    assert "same name" in done.stdout


def test_a_link_is_explained_for_programs(picograph: Command) -> None:
    done = picograph("concept", "newly diagnosed transplant-ineligible multiple myeloma", "--json")
    told = json.loads(done.stdout)
    assert told["concept"] == "http://id.nlm.nih.gov/mesh/D009101"
    assert [m["name"] for m in told["modifiers"]] == ["newly diagnosed", "transplant-ineligible patients"]
    assert told["candidates"][0]["iri"] == told["concept"]
    assert 0 < told["score"] <= 1
    assert {"iri", "name", "kind", "same", "score", "found", "by_name", "likeness"} == told["candidates"][0].keys()


def test_the_abbreviations_of_an_article_count(picograph: Command, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Patients with malignant melanoma (MM) were treated. MM recurred.", encoding="utf-8")
    told = json.loads(picograph("concept", "MM", "--article", str(article), "--json").stdout)
    assert (told["concept"], told["long_form"]) == ("http://id.nlm.nih.gov/mesh/D008545", "malignant melanoma")


def test_words_without_a_concept_end_with_1(picograph: Command) -> None:
    done = picograph("concept", "xyzzy", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["concept"] is None


@pytest.mark.parametrize("arguments", [(" ",), ("x", "--kind", "potion"), ("x", "--article", "/no/such/file")])
def test_a_question_that_is_not_understood_ends_with_2(picograph: Command, arguments: tuple[str, ...]) -> None:
    assert picograph("concept", *arguments).returncode == 2


def test_vocabularies_are_checked_with_file_and_line(picograph: Command, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.tsv", tmp_path / "bad.tsv"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(BAD, encoding="utf-8")
    assert picograph("terminology", "check", str(good)).returncode == 0
    done = picograph("terminology", "check", str(good), str(bad))
    assert done.returncode == 2
    assert f"{bad}:2: its parent urn:x:9" in done.stdout
    assert f"{bad}:3: the id urn:x:1 comes twice" in done.stdout
    told = json.loads(picograph("terminology", "check", str(bad), "--json").stdout)
    assert told["count"] == 2
    assert [p["line"] for p in told["problems"]] == [2, 3]


def test_a_packed_vocabulary_is_linked_to(picograph: Command, tmp_path: Path) -> None:
    good, packed = tmp_path / "good.tsv", tmp_path / "mine.npz"
    good.write_text(GOOD, encoding="utf-8")
    assert picograph("terminology", "pack", str(good), "--out", str(packed)).returncode == 0
    for named in (good, packed):
        done = picograph("concept", "ZB-12", "--json", PICOGRAPH_VOCABULARIES=str(named))
        assert json.loads(done.stdout)["concept"] == "urn:x:1", done.stderr


def test_a_vocabulary_that_is_refused_stops_the_command_and_says_why(picograph: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text(BAD, encoding="utf-8")
    done = picograph("concept", "foo", PICOGRAPH_VOCABULARIES=str(bad))
    assert done.returncode == 2
    assert f"{bad}:2: " in done.stderr
    assert f"{bad}:3: " in done.stderr
    refused = picograph("terminology", "pack", str(bad), "--out", str(tmp_path / "x.npz"))
    assert refused.returncode == 2
    assert not list(tmp_path.glob("*.npz"))
