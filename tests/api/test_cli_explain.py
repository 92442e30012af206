"""`picograph explain`: words, files and standard input; as text, as JSON and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.conftest import Command

WORDS = "Death occurred in 5% with lenalidomide and in 9% with placebo (P = .03)."


def test_words_are_explained_for_people(picograph: Command) -> None:
    done = picograph("explain", WORDS)
    assert done.returncode == 0, done.stderr
    flat = " ".join(done.stdout.split())
    assert "outcome “Death” (names)" in flat
    assert "figure “5%” (percent) proportion 5 %" in flat
    assert "number intervention, proportion: 5%" in flat
    assert "number comparator, proportion: 9%" in flat
    assert flat.count("1 claim ") == 1
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_refusal_is_told(picograph: Command) -> None:
    done = picograph("explain", "Death occurred in 5%, 6% and 9% with lenalidomide and placebo, respectively.")
    assert "refused" in done.stdout
    assert "the counts of values and arms disagree" in " ".join(done.stdout.split())
    assert "0 claims" in done.stdout


def test_a_file_is_read_and_json_is_printed(picograph: Command, tmp_path: Path) -> None:
    file = tmp_path / "trial.md"
    file.write_text(f"## Results\n\n{WORDS}\n", encoding="utf-8")
    data = json.loads(picograph("explain", str(file), "--json").stdout)
    (claim,) = data["claims"]
    assert [e["text"] for e in claim["effects"]] == ["5%", "9%", "P = .03"]
    tail = claim["id"].rsplit("/", 1)[1]
    chosen = json.loads(picograph("explain", str(file), "--json", "--claim", tail[:8]).stdout)
    assert [c["id"] for c in chosen["claims"]] == [claim["id"]]
    assert [s["text"].strip() for s in chosen["sentences"]] == [WORDS]


def test_a_picture_is_written(picograph: Command, tmp_path: Path) -> None:
    picture = tmp_path / "trial.html"
    done = picograph("explain", WORDS + " <script>x</script>", "--html", str(picture))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    made = picture.read_text(encoding="utf-8")
    assert made.startswith("<!doctype html>")
    assert "<script" not in made
    assert '<mark class="comparator"' in made


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        ((" ",), 2, "there is no text"),
        (("missing.md",), 2, "there is no file missing.md"),
        ((WORDS, "--json", "--html", "x.html"), 2, "exclude each other"),
        ((WORDS, "--claim", "feedfeed"), 1, "no claim of this text has the id feedfeed"),
        ((WORDS, "--html", "/no/such/folder/x.html"), 1, "there is no such folder"),
    ],
)
def test_what_cannot_be_answered_says_why(
    picograph: Command, arguments: tuple[str, ...], status: int, reason: str
) -> None:
    done = picograph("explain", *arguments)
    assert done.returncode == status
    assert reason in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_what_a_terminal_would_obey_is_replaced(picograph: Command) -> None:
    done = picograph("explain", WORDS.replace("Death", "Death \u202e\u2066"))
    assert done.returncode == 0, done.stderr
    assert not {"\u202e", "\u2066"} & set(done.stdout)
