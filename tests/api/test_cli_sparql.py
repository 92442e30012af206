"""`sparql` on a store of its own and through the service that owns it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app

CLAIMS = "SELECT (COUNT(*) AS ?claims) { ?claim a <https://w3id.org/picograph/vocab#Claim> }"


def run(location: str, *arguments: str, stdin: str = "", exit_code: int = 0) -> Result:
    """The command in this process."""
    done = CliRunner().invoke(app, ["--store", location, "sparql", *arguments], input=stdin)
    assert done.exit_code == exit_code, (done.exit_code, done.output, done.exception)
    return done


def test_rows_are_a_table(location: str) -> None:
    shown = run(location, CLAIMS).stdout
    assert "?claims" in shown
    assert shown.splitlines()[-1] == "1 row"


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("json", '{"head":{"vars":["claims"]}'), ("csv", "claims\r\n"), ("tsv", "?claims\n"), ("xml", "<?xml")],
)
def test_rows_in_a_format(location: str, form: str, beginning: str) -> None:
    assert run(location, CLAIMS, "--format", form).stdout_bytes.decode().startswith(beginning)


def test_a_graph_is_turtle_or_what_is_asked_for(location: str) -> None:
    query = "CONSTRUCT { <a:b> <a:c> 1 } {}"
    assert "<a:b> <a:c> 1 ." in run(location, query).stdout
    assert json.loads(run(location, query, "--json").stdout)[0]["@id"] == "a:b"
    assert run(location, query, "--format", "ntriples").stdout.startswith('<a:b> <a:c> "1"^^<')


def test_json_and_yes(location: str) -> None:
    assert json.loads(run(location, "ASK {}", "--json").stdout) == {"head": {}, "boolean": True}
    assert run(location, "ASK {}").stdout == "yes\n"


def test_the_query_may_be_in_a_file_or_on_standard_input(location: str, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(CLAIMS, encoding="utf-8")
    assert run(location, str(file)).stdout == run(location, "-", stdin=CLAIMS).stdout == run(location, CLAIMS).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["SELECT {"], 1, "error at 1:"),
        (["DROP ALL", "--json"], 1, "no SPARQL query"),
        (["SELECT * { SERVICE <a:b> { ?s ?p ?o } }"], 1, "SERVICE"),
        (["ASK {}", "--format", "turtle"], 1, "the answer can be"),
        (["ASK {}", "--format", "csv", "--json"], 2, "not both"),
        (["missing.rq"], 1, "missing.rq"),
    ],
)
def test_what_is_refused_is_told(location: str, arguments: list[str], code: int, told: str) -> None:
    assert told in run(location, *arguments, exit_code=code).stderr


def test_the_limits_are_those_of_the_settings(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICOGRAPH_SPARQL_ROWS", "10")
    assert "more than 10 rows" in run(str(store), "SELECT * { ?s ?p ?o } LIMIT 11", exit_code=1).stderr
    assert not (store / "snapshots").exists()
