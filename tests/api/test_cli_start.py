"""The command starts fast, explains itself, and says what is wrong with a command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.curating import parse_assignment
from api.commands.failures import Usage
from tests.api.conftest import ROOT, Command, environment

COMMANDS = [
    "ingest",
    "query",
    "show",
    "decide",
    "export",
    "orphans",
    "sparql",
    "map",
    "network",
    "conflicts",
    "similar",
    "path",
    "read",
    "annotate",
    "fill",
    "explain",
    "concept",
    "evaluate",
    "serve",
    "demo",
    "terminology",
    "store",
    "fetch",
]
HEAVY = {"spacy", "scispacy", "numpy", "scipy", "networkx", "pyoxigraph", "rdflib", "fastapi", "httpx"}


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_shows_examples_and_loads_nothing_heavy(command: str | None) -> None:
    arguments = ["--help"] if command is None else [command, "--help"]
    script = (
        "import sys\nsys.argv = ['picograph', *sys.argv[1:]]\nfrom api.cli import main\n"
        "try:\n    main()\nfinally:\n    print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Examples:\n" in done.stdout
    assert f"picograph {command or 'query'}" in done.stdout or command == "read"
    assert HEAVY & set(json.loads(done.stderr.replace("'", '"'))) == set()


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(app, ["--help"]).stdout
    listed = [line.split()[0] for line in shown.partition("Commands:\n")[2].splitlines() if line.strip()]
    assert listed == COMMANDS


def test_the_version_is_one_line(picograph: Command) -> None:
    done = picograph("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("picograph ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Usage"),
        (["qwery"], "qwery"),
        (["query"], "question"),
        (["query", "a -> b", "--limit", "0"], "--limit"),
        (["export", "--format", "docx"], "docx"),
        (["decide", "123456", "accept"], "--author"),
        (["decide", "123456", "accept", "--author", " "], "--author"),
        (["decide", "123456", "correct", "--author", "A"], "--set"),
        (["decide", "123456", "correct", "--author", "A", "--set", "x"], "FIELD=VALUE"),
        (["decide", "123456", "accept", "--author", "A", "--set", "x=1"], "--set"),
        (["decide", "123456", "adore", "--author", "A"], "adore"),
        (["serve", "--host", "0.0.0.0"], "0.0.0.0"),
        (["serve", "--port", "70000"], "--port"),
        (["annotate", "--layer", "onion"], "onion"),
    ],
    ids=str,
)
def test_a_command_line_that_is_not_understood_ends_with_2(picograph: Command, arguments: list[str], told: str) -> None:
    done = picograph(*arguments)
    assert done.returncode == 2
    assert told in done.stdout + done.stderr


@pytest.mark.parametrize("command", [["query", "a -> b"], ["show", "123456"], ["export"], ["orphans"]])
def test_a_store_that_is_not_there_is_not_made(picograph: Command, tmp_path: Path, command: list[str]) -> None:
    done = picograph(*command, "--store", "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no store at nowhere" in done.stderr
    assert "picograph ingest" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_named_after_the_command_before_it_or_in_the_environment(picograph: Command) -> None:
    told = "no store at {}"
    assert told.format("c") in picograph("--store", "b", "orphans", "--store", "c", PICOGRAPH_STORE="a").stderr
    assert told.format("b") in picograph("--store", "b", "orphans", PICOGRAPH_STORE="a").stderr
    assert told.format("a") in picograph("orphans", PICOGRAPH_STORE="a").stderr
    assert told.format("/data/picograph/store") in picograph("orphans", XDG_DATA_HOME="/data", HOME="/").stderr


def test_a_service_that_is_not_there_is_a_failure_in_one_line(picograph: Command) -> None:
    done = picograph("orphans", "--store", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_a_folder_that_is_no_store_is_left_alone(picograph: Command, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear ...")
    done = picograph("orphans", "--store", "mine")
    assert done.returncode == 1
    assert "mine" in done.stderr
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("assignment", "parsed"),
    [
        ("effects[0].value=16.6", ("effects[0].value", 16.6)),
        ("direction=null", ("direction", None)),
        ("population.text=over 74 = old", ("population.text", "over 74 = old")),
        ('note="16"', ("note", "16")),
        ("value=NaN", ("value", "NaN")),
        ("empty=", ("empty", "")),
    ],
)
def test_a_set_value_is_json_or_else_words(assignment: str, parsed: tuple[str, object]) -> None:
    assert parse_assignment(assignment) == parsed


@pytest.mark.parametrize("assignment", ["value", "=1", " =1"])
def test_a_set_without_a_field_is_refused(assignment: str) -> None:
    with pytest.raises(Usage):
        parse_assignment(assignment)
