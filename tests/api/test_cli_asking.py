"""`query`, `show`, `export`, `orphans`, `decide` on a store of their own and through the service that owns it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from tests.api.conftest import Command
from tests.api.samples import QUESTION, TEXT


def run(location: str, *arguments: str, exit_code: int = 0) -> Result:
    """The command in this process."""
    done = CliRunner().invoke(app, ["--store", location, *arguments])
    assert done.exit_code == exit_code, (done.exit_code, done.output, done.exception)
    return done


@pytest.fixture
def claim_id(location: str) -> str:
    found: str = json.loads(run(location, "query", QUESTION, "--json").stdout)["claims"][0]["id"]
    return found


def test_a_question_gives_a_table_with_totals(location: str) -> None:
    shown = run(location, "query", QUESTION).stdout
    assert "2 claims of 1 study" in shown
    flat = " ".join(shown.split())
    for words in ("17.3%", "6.5%", "P=0.049", "higher", "significant", "unreviewed", "Sample XI", "observation"):
        assert words in flat, words


def test_the_table_holds_in_80_columns(location: str) -> None:
    lines = run(location, "query", QUESTION).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert "1.85 (95% CI" in "\n".join(lines)


def test_the_claims_of_the_least_confidence_come_first_where_that_is_asked(location: str) -> None:
    shown = run(location, "query", "? -> ? status:unreviewed order:uncertain").stdout
    assert 0 < shown.index("confidence 0.40") < shown.index("confidence 0.80")


def test_a_question_is_explained_with_its_sparql(location: str) -> None:
    shown = run(location, "query", "--explain", "lenalidomide -> ? since:2000").stdout
    assert "Published: in 2000 or later." in shown
    assert "\nORDER BY ?first ?secondary STR(?article) ?start STR(?claim)\n" in shown
    told = json.loads(run(location, "query", "--explain", "--json", "lenalidomide -> ? since:2000").stdout)
    assert told["form"] == '"lenalidomide" -> ? since:2000'
    assert told["sparql"].splitlines()[1:] == shown[shown.index("PREFIX") :].splitlines()
    assert told["terms"][0]["concepts"][0]["id"].endswith("D000077269")
    assert told["terms"][0]["claims"] > 0


def test_an_answer_as_json_is_the_page(location: str) -> None:
    page = json.loads(run(location, "query", QUESTION, "--json", "--limit", "1").stdout)
    assert (page["total"], page["studies"], len(page["claims"])) == (2, 1, 1)
    rest = json.loads(run(location, "query", QUESTION, "--json", "--cursor", page["cursor"]).stdout)
    assert [c["id"] for c in rest["claims"]] != [c["id"] for c in page["claims"]]
    assert rest["cursor"] is None


def test_a_question_that_cannot_be_read_is_a_failure_with_its_place(location: str) -> None:
    done = run(location, "query", "lenalidomide ->", exit_code=1)
    assert done.stdout == ""
    assert "at character" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_claim_is_shown_with_its_words(location: str, claim_id: str) -> None:
    shown = run(location, "show", claim_id.rsplit("/", 1)[1][:8]).stdout
    flat = " ".join(shown.split())
    assert "«With lenalidomide maintenance, 17.3%" in flat
    assert "Second cancers under maintenance «" in flat
    assert "effects[0] intervention, proportion: 17.3%" in flat
    assert "interval holds value: pass" in flat
    assert flat.index("ratio-from-values: note (the values give 2.66") < flat.index("interval holds value: pass")
    assert "not checkable, as a number is not printed: p-from-interval" in flat
    assert "History" not in flat


def test_an_unknown_claim_is_a_failure_that_says_what_next(location: str) -> None:
    done = run(location, "show", "0" * 32, exit_code=1)
    assert "no claim" in done.stderr
    assert "picograph query" in done.stderr


def test_a_decision_is_recorded_and_shown(location: str, claim_id: str) -> None:
    done = run(
        location, "decide", claim_id, "correct", "--set", "effects[0].value=16.6", "--reason", "wrong-number",
        "--note", "Table 2", "--author", "A. Reader", "--expect-revision", "0",
    )  # fmt: skip
    assert done.stdout == ""
    assert "corrected, revision 1" in " ".join(done.stderr.split())
    shown = json.loads(run(location, "show", claim_id, "--json").stdout)
    assert (shown["status"], shown["revision"], shown["effects"][0]["value"]) == ("corrected", 1, 16.6)
    (decision,) = shown["decisions"]
    assert decision["changes"] == [{"field": "effects[0].value", "old": 17.3, "new": 16.6}]
    assert (decision["author"], decision["note"], decision["reason"]) == ("A. Reader", "Table 2", "wrong-number")
    assert "1. correct; wrong-number; effects[0].value: 17.3 → 16.6; Table 2; by A. Reader" in " ".join(
        run(location, "show", claim_id).stdout.split()
    )


def test_a_decision_on_another_revision_is_refused(location: str, claim_id: str) -> None:
    run(location, "decide", claim_id, "accept", "--author", "A")
    done = run(
        location,
        "decide",
        claim_id,
        "reject",
        "--author",
        "B",
        "--reason",
        "other",
        "--expect-revision",
        "0",
        exit_code=1,
    )
    assert "revision 1, not 0" in done.stderr
    assert json.loads(run(location, "show", claim_id, "--json").stdout)["status"] == "accepted"


def test_a_corrected_number_stands_beside_the_printed_one(location: str, claim_id: str) -> None:
    run(location, "decide", claim_id, "correct", "--author", "A", "--set", "effects[0].value=16.6")
    assert "16.6]" in run(location, "query", QUESTION).stdout
    assert "proportion: 17.3% [corrected: 16.6]" in run(location, "show", claim_id).stdout


@pytest.mark.parametrize("number", ["1e500", "-1e500", "1" + "0" * 400, "1" + "0" * 5_000, "NaN", ""])
def test_a_number_beyond_measure_is_refused(location: str, claim_id: str, number: str) -> None:
    setting = f"effects[0].value={number}"
    done = run(location, "decide", claim_id, "correct", "--author", "A", "--set", setting, exit_code=1)
    assert done.stderr.startswith("picograph: effects[0].value: a number ")
    assert done.stderr.count("\n") == 1


def test_a_correction_of_no_field_is_refused(location: str, claim_id: str) -> None:
    done = run(location, "decide", claim_id, "correct", "--author", "A", "--set", "effects[9].value=1", exit_code=1)
    assert "effects[9].value" in done.stderr


def test_orphans_are_none_at_first(location: str) -> None:
    done = run(location, "orphans")
    assert (done.stdout, done.stderr) == ("", "no orphaned decisions\n")
    assert json.loads(run(location, "orphans", "--json").stdout) == {"decisions": []}


def test_every_exported_line_is_a_claim(location: str, claim_schema: dict[str, Any]) -> None:
    lines = run(location, "export", "--format", "jsonl").stdout.splitlines()
    assert len(lines) == 2
    for line in lines:
        claim = json.loads(line)
        jsonschema.Draft202012Validator(claim_schema).validate(claim)
        for part in (claim["quote"], *claim["effects"], claim["intervention"], claim["outcome"]):
            assert TEXT[part["start"] : part["end"]] == part.get("exact", part.get("text"))


@pytest.mark.parametrize("form", ["jsonl", "turtle", "nquads", "graphml", "network-json"])
def test_an_export_is_the_same_again_and_in_a_file(location: str, tmp_path: Path, form: str) -> None:
    once = run(location, "export", "--format", form).stdout_bytes
    assert once == run(location, "export", "--format", form).stdout_bytes
    target = tmp_path / "out"
    target.write_text("old")
    done = run(location, "export", "--format", form, "-o", str(target))
    assert done.stdout == ""
    assert target.read_bytes() == once
    assert once
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_an_export_that_fails_leaves_the_old_file(location: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    run(location, "export", "--question", "nonsense", "-o", str(target), exit_code=1)
    assert target.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir() if "out" in p.name) == ["out"]


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (["--status", "accepted"], 0),
        (["--status", "accepted", "--status", "unreviewed"], 2),
        (["--kind", "background"], 0),
        (["--article", "urn:picograph:article:sample%20trial/1"], 2),
        (["--question", "lenalidomide -> second primary malignancies"], 2),
        (["--question", "lenalidomide -> death"], 0),
    ],
    ids=str,
)
def test_an_export_is_narrowed(location: str, arguments: list[str], number: int) -> None:
    assert len(run(location, "export", *arguments).stdout.splitlines()) == number


def test_an_export_into_a_missing_folder_is_a_failure(location: str, tmp_path: Path) -> None:
    done = run(location, "export", "-o", str(tmp_path / "missing" / "out"), exit_code=1)
    assert done.stderr == f"picograph: {tmp_path / 'missing'}: there is no such folder\n"


def test_a_reader_that_goes_away_ends_it_quietly(location: str, picograph: Command, tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.api.conftest import environment

    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "--store", location, "export"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=tmp_path,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


def test_an_answer_is_counted_by_drug_outcome_and_so_on(location: str) -> None:
    printed = run(location, "query", "lenalidomide -> ?", "--facets", "5").stdout
    assert "2 claims of 1 studies" in printed
    assert "unreviewed" in printed
    told = json.loads(run(location, "query", "lenalidomide -> ?", "--facets", "5", "--json").stdout)
    (status,) = told["facets"]["status"]["values"]
    assert (status["value"], status["claims"], status["studies"]) == ("unreviewed", 2, 1)
