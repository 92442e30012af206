"""Analyses over HTTP and on the command line, as tables, JSON and files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx
import networkx as nx
import pytest

from tests.api.conftest import Command
from tests.api.samples import LENALIDOMIDE, SECOND_PRIMARY

pytestmark = pytest.mark.slow
BASE = "/api/v1/analyses"
KINDS: dict[str, dict[str, str]] = {
    "map": {},
    "network": {},
    "conflicts": {},
    "similar": {"shared": "1"},
    "path": {"from": "lenalidomide", "to": "second primary malignancy"},
}


def asked(http: httpx.Client, kind: str, **parameters: Any) -> dict[str, Any]:
    answer = http.get(f"{BASE}/{kind}", params={**KINDS[kind], **parameters})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_cell_of_the_map_leads_to_the_evidence_that_it_counts(http: httpx.Client) -> None:
    found = asked(http, "map")
    assert (found["total"], found["counted"], found["studies"]) == (2, 2, 1)
    (cell,) = found["cells"]
    assert (cell["drug"], cell["outcome"]) == (LENALIDOMIDE, SECOND_PRIMARY)
    assert (cell["claims_found"], cell["studies_found"], cell["worth"]) == ({"higher": 2}, {"higher": 1}, {"harm": 1})
    assert (cell["significant"], cell["latest"], cell["conflict"]) == (1, 2016, None)
    page = http.get("/api/v1/evidence", params={"q": cell["question"]}).json()
    assert {claim["id"] for claim in page["claims"]} == set(cell["claims"])
    assert page["studies"] == len(cell["studies"])


def test_the_network_says_what_is_possible(http: httpx.Client) -> None:
    found = asked(http, "network")
    assert (found["possible"], found["connected"], found["without_comparator"]) == (False, True, 1)
    assert found["reasons"] == [
        "There is one comparison of two treatments: that is a pairwise meta-analysis, not a network."
    ]
    (comparison,) = found["comparisons"]
    page = http.get("/api/v1/evidence", params={"q": comparison["question"]}).json()
    assert {claim["id"] for claim in page["claims"]} == set(comparison["claims"])


def test_a_path_has_words_for_each_step(http: httpx.Client) -> None:
    found = asked(http, "path")
    ((step,),) = [path["steps"] for path in found["paths"]]
    assert step["roles"] == ["drug", "outcome"]
    assert step["shown"]["id"] == step["claims"][0]
    assert step["shown"]["quote"]["exact"].startswith("With lenalidomide maintenance")
    nothing = asked(http, "path", to="aspirin")
    assert nothing["paths"] == []
    assert nothing["why"] == "No claim of the answer names the second of the two."


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_had_as_files(http: httpx.Client, kind: str) -> None:
    files = {
        form: http.get(f"{BASE}/{kind}", params={**KINDS[kind], "format": form})
        for form in ("graphml", "cytoscape", "csv")
    }
    graph = nx.read_graphml(io.BytesIO(files["graphml"].content), force_multigraph=True)
    assert set(nx.cytoscape_graph(files["cytoscape"].json())) == set(graph)
    assert next(csv.reader(io.StringIO(files["csv"].text)))[-1] == "claim_ids"
    assert files["csv"].headers["content-disposition"] == f'attachment; filename="{kind}.csv"'


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("map?q=lenalidomide", 400, "question"),
        ("map?drugs=0", 422, "invalid"),
        ("network?format=matrix", 422, "invalid"),
        ("path?from=lenalidomide", 422, "invalid"),
        ("path?from=%20&to=x", 422, "invalid"),
        ("similar?shared=x", 422, "invalid"),
    ],
)
def test_what_cannot_be_analysed_is_refused(http: httpx.Client, path: str, status: int, kind: str) -> None:
    answer = http.get(f"{BASE}/{path}")
    assert answer.status_code == status
    assert answer.json()["type"] == f"urn:picograph:problem:{kind}"


def test_the_command_prints_the_map(picograph: Command, location: str) -> None:
    done = picograph("--store", location, "map")
    assert done.returncode == 0, done.stderr
    assert "1 (2)" in done.stdout
    assert "2 claims of 1 study" in done.stdout
    told = json.loads(picograph("--store", location, "map", "lenalidomide -> ?", "--json").stdout)
    assert told["cells"][0]["worth"] == {"harm": 1}


def test_the_command_writes_files(picograph: Command, store: Any, tmp_path: Any) -> None:
    done = picograph("--store", str(store), "map", "--format", "matrix", "-o", "map.csv")
    assert done.returncode == 0, done.stderr
    grid = (tmp_path / "map.csv").read_text(encoding="utf-8")
    assert grid == "drug,second primary malignancy\nlenalidomide,1 study: 1 higher\n"
    refused = picograph("--store", str(store), "network", "--format", "matrix")
    assert refused.returncode == 2
    assert "only map can be written as a matrix" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("network",), "a pairwise meta-analysis, not a network"),
        (("conflicts",), "0 conflicts in 2 claims"),
        (("similar",), "0 pairs among 1 drug"),
        (("path", "lenalidomide", "second primary malignancy"), "lenalidomide (drug)"),
    ],
)
def test_the_other_commands_tell_what_they_found(
    picograph: Command, store: Any, arguments: tuple[str, ...], told: str
) -> None:
    done = picograph("--store", str(store), *arguments)
    assert done.returncode == 0, done.stderr
    assert told in " ".join(done.stdout.split())
