"""`evaluate --corpora`: the table, the JSON, and corpora that are not there."""

from __future__ import annotations

import gzip
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.aids import Aid
from ingest.aids import Aids
from tests.api.conftest import Command

SENTENCE = "Relapse was 12% with lenalidomide and 19% with placebo."


def marked(words: str, label: str, **more: Any) -> dict[str, Any]:
    start = SENTENCE.index(words)
    return {"start": start, "end": start + len(words), "label": label, **more}


RESULT = {
    "id": "r1",
    "text": SENTENCE,
    "entities": [marked("lenalidomide", "INTV"), marked("12%", "MEAS"), marked("Relapse", "OC")],
    "relations": [{"head": 0, "tail": 1, "label": "A1_RES"}],
}
DRUG = {"id": "d1", "text": SENTENCE, "entities": [marked("lenalidomide", "Chemical", ids=["D1"])]}
SHORT = {"id": "s1", "text": "Second malignancy (SM) is rare.", "pairs": [{"sf": "SM", "lf": "Second malignancy"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three small corpora, one of them without a dev part and compressed."""
    for name, part, row in (("rct-art", "dev", RESULT), ("bc5cdr", "dev", DRUG), ("bc5cdr", "test", DRUG)):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / f"{part}.jsonl").write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (tmp_path / "med1250-abbrev").mkdir()
    (tmp_path / "med1250-abbrev" / "train.jsonl.gz").write_bytes(gzip.compress(json.dumps(SHORT).encode()))
    return tmp_path


class Sample:
    """Finds the drug, and whatever it is given."""

    VERSION = "sample"

    def annotate(
        self, text: str, *, layers: list[str], entities: list[dict[str, Any]] | None, aids: Aids
    ) -> dict[str, Any]:
        if "breaks" in text:
            raise ZeroDivisionError("division by zero")
        found = entities if entities is not None else [marked("lenalidomide", "DRUG", concept="http://x/D1")]
        assert entities is None or all(set(e) == {"start", "end", "label"} for e in entities)
        pairs = [{"sf": "SM", "lf": "second malignancy"}] if "(SM)" in text else []
        return {"entities": found, "relations": [], "pairs": pairs}


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline is the sample."""
    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Sample())


def evaluate(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.mark.usefixtures("sample")
def test_every_measure_of_what_is_there_is_scored_and_the_rest_is_told(folder: Path) -> None:
    done = evaluate("--corpora", folder, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    found = {(s["corpus"], s["split"], s["measure"], s["label"]): s for s in told["scores"]}
    assert found["bc5cdr", "dev", "strict spans", "chemical"]["f1"] == 1.0
    assert found["bc5cdr", "dev", "concepts", "all"]["hits"] == 1
    assert found["bc5cdr", "dev", "first concept", "all"]["missed"] == 1
    assert found["rct-art", "dev", "strict spans", "meas"]["precision"] is None
    assert found["rct-art", "dev", "relations, gold entities", "all"]["missed"] == 1
    assert found["med1250-abbrev", "train", "abbreviations", "all"]["recall"] == 1.0
    assert [s["corpus"] for s in told["skipped"]] == ["ncbi-disease", "ebm-nlp", "pico-breast-cancer"]
    assert f"picograph: ebm-nlp is skipped: no files in {folder / 'ebm-nlp'}\n" in done.stderr
    assert told["pipeline"] == "sample"


@pytest.mark.usefixtures("sample")
def test_the_table_names_each_corpus_once_and_keeps_within_80_columns(folder: Path) -> None:
    lines = evaluate("--corpora", folder).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum("bc5cdr" in line for line in lines) == 1
    assert any(line.split() == ["strict", "spans", "intv", "–", "0.000", "0.000"] for line in lines)


@pytest.mark.usefixtures("sample")
def test_corpora_and_their_part_can_be_chosen(folder: Path) -> None:
    done = evaluate("--corpora", folder, "--corpus", "rct-art", "--corpus", "bc5cdr", "--split", "test", "--json")
    told = json.loads(done.stdout)
    assert {(s["corpus"], s["split"]) for s in told["scores"]} == {("bc5cdr", "test")}
    assert told["skipped"] == [{"corpus": "rct-art", "reason": "no test part; there is dev"}]


@pytest.mark.usefixtures("sample")
def test_a_text_that_fails_is_told_and_counts_as_empty(folder: Path) -> None:
    broken = {"id": "b", "text": "it breaks", "entities": [{"start": 0, "end": 2, "label": "Chemical"}]}
    file = folder / "bc5cdr" / "dev.jsonl"
    file.write_text(json.dumps(DRUG) + "\n" + json.dumps(broken) + "\n", encoding="utf-8")
    done = evaluate("--corpora", folder, "--corpus", "bc5cdr", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    spans = next(s for s in told["scores"] if (s["measure"], s["label"]) == ("strict spans", "all"))
    assert (spans["hits"], spans["missed"]) == (1, 1)
    assert set(told["failures"]) == {"bc5cdr: text b: ZeroDivisionError: division by zero"}


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--corpora", "{folder}", "--corpus", "nothing"], 2, "no corpus is called 'nothing'; known: bc5cdr, ncbi-dis"),
        (["--corpora", "{folder}", "--corpus", "ebm-nlp"], 1, "none of the corpora is in"),
        (["--corpora", "{folder}/missing"], 1, "none of the corpora is in"),
        (["--corpora", "{folder}", "--split", "all"], 2, "--split"),
        (["--corpus", "bc5cdr"], 2, "go with --corpora FOLDER"),
        (["--split", "dev"], 2, "go with --corpora FOLDER"),
    ],
)
def test_what_cannot_be_scored_is_told(arguments: list[str], status: int, told: str, folder: Path) -> None:
    done = evaluate(*(a.format(folder=folder) for a in arguments))
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"text": "x"}\n{', "line 2: JSONDecodeError"),
        (b'{"id": "1"}', "line 1: KeyError: 'text'"),
        (b"[]", "line 1: TypeError"),
        (b'{"text": "x", "entities": [{"start": 0, "end": 2, "label": "A"}]}', r"line 1: ValueError: entity [0, 2)"),
        (b'{"text": "x", "relations": [{"head": 0, "tail": 0}]}', "line 1: IndexError"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_corpus_is_told_with_its_line(content: bytes, told: str, folder: Path) -> None:
    (folder / "bc5cdr" / "dev.jsonl").write_bytes(content)
    done = evaluate("--corpora", folder, "--corpus", "bc5cdr")
    assert (done.exit_code, done.stdout) == (1, "")
    assert told in done.stderr
    assert "dev.jsonl" in done.stderr


@pytest.mark.slow
def test_the_pipeline_that_ships_is_scored(picograph: Command, folder: Path) -> None:
    done = picograph("evaluate", "--corpora", str(folder), "--corpus", "rct-art", "--json")
    assert done.returncode == 0, done.stderr
    relations = [s for s in json.loads(done.stdout)["scores"] if s["measure"] == "relations, gold entities"]
    assert [(s["label"], s["hits"]) for s in relations] == [("a1-res", 1), ("oc-res", 0), ("all", 1)]


def test_an_aid_can_be_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Aids] = []

    class Watched(Sample):
        def annotate(
            self, text: str, *, layers: list[str], entities: list[dict[str, Any]] | None, aids: Aids
        ) -> dict[str, Any]:
            seen.append(aids)
            return super().annotate(text, layers=layers, entities=entities, aids=aids)

    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Watched())
    wanted = ("--corpora", folder, "--corpus", "bc5cdr", "--without", "terminology", "--without", "consistency")
    assert evaluate(*wanted).exit_code == 0
    assert set(seen) == {Aids(terminology=False, consistency=False)}


def test_every_aid_of_the_model_has_its_name_on_the_command_line() -> None:
    assert {aid.value for aid in Aid} == {field.name for field in fields(Aids)}


def test_labels_of_a_group_are_scored_together_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "p", "text": SENTENCE, "entities": [marked("12%", "iv-bin-percent"), marked("Relapse", "outcome")]}
    (tmp_path / "pico-breast-cancer").mkdir()
    (tmp_path / "pico-breast-cancer" / "dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")

    class Numbers(Sample):
        def annotate(
            self, text: str, *, layers: list[str], entities: list[dict[str, Any]] | None, aids: Aids
        ) -> dict[str, Any]:
            return {"entities": [marked("12%", "iv-bin-percent")], "relations": [], "pairs": []}

    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Numbers())
    scores = json.loads(evaluate("--corpora", tmp_path, "--json").stdout)["scores"]
    counts = {s["label"]: (s["hits"], s["extra"], s["missed"]) for s in scores}
    assert counts["numeric"] == (1, 0, 0)
    assert counts["all"] == (1, 0, 1)
