"""Where in a table a number stands: in the answer, on the claim's page, on the terminal, in an export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from rich.console import Console
from typer.testing import CliRunner

from api.cli import app
from api.commands.tables import evidence_table
from api.schemas import EvidenceOut
from graph.library import Library
from ingest.article import SectionKind
from ingest.claim import Arm, Claim, Measure, TableSelector
from ingest.readers.building import TextBuilder
from ingest.readers.raw_tables import RawCell, RawTable
from tests import builders
from tests.api.conftest import serving

ROW = TableSelector("t2", "Table 2", ("Infections", "Grade 3"))
HEADS = ("Drug <A>", "Placebo")


def table_claim() -> tuple[Claim, Library]:
    """A claim of a row of a table, stored."""
    rows = [["", *HEADS], ["Infections", "", ""], ["Grade 3", "12 (3%)", "15 (4%)"]]
    building = TextBuilder()
    building.heading("Results", kind=SectionKind.RESULTS)
    cells = [[RawCell([(words, False)]) for words in row] for row in rows]
    building.table(RawTable(cells, "Table 2", "Harms", id="t2"))
    built = building.finish()
    source = builders.article(built.text, sections=built.sections, tables=built.tables)
    effects = [
        builders.effect(
            built.text, words, measure=Measure.COUNT, arm=arm, table=replace(ROW, column=(head,)), events=int(words[:2])
        )
        for words, arm, head in zip(("12 (3%)", "15 (4%)"), (Arm.INTERVENTION, Arm.COMPARATOR), HEADS, strict=True)
    ]
    place = replace(builders.quote(built.text, "Grade 3 | 12 (3%) | 15 (4%)"), table=ROW)
    slots = {"intervention": "Drug <A>", "comparator": "Placebo", "outcome": "Grade 3"}
    claim = builders.claim(source, quote=place, effects=tuple(effects), **slots)
    library = Library.open("memory:")
    library.ingest(source, [claim], builders.RUN)
    return claim, library


@pytest.fixture
def claim() -> Iterator[tuple[Claim, str, httpx.Client]]:
    """The claim, the address of a service that holds it, and a client of it."""
    made, library = table_claim()
    with library, serving(library) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        yield made, address, client


def test_the_store_keeps_the_place(claim: tuple[Claim, str, httpx.Client]) -> None:
    made, _, http = claim
    found = http.get(f"/api/v1/claims/{quote(made.id.rsplit('/', 1)[1])}").json()
    assert found["quote"]["table"] == {"id": "t2", "label": "Table 2", "row": ["Infections", "Grade 3"], "column": []}
    assert [e["table"]["column"] for e in found["effects"]] == [["Drug <A>"], ["Placebo"]]


def test_pages_show_the_place(claim: tuple[Claim, str, httpx.Client]) -> None:
    made, _, http = claim
    page = http.get(f"/claims/{made.id.rsplit('/', 1)[1]}").text
    assert "<td>Table 2: Infections › Grade 3 / Drug &lt;A&gt;</td>" in page
    assert "Table 2: Infections › Grade 3 / Placebo" in page
    answer = http.get("/", params={"q": "? -> ?"}).text
    assert 'title="Table 2: Infections › Grade 3 / Placebo">15 (4%)' in answer
    assert "Table 2: Infections › Grade 3</span>" in answer


def test_the_terminal_shows_the_place(claim: tuple[Claim, str, httpx.Client]) -> None:
    made, address, http = claim
    done = CliRunner().invoke(app, ["--store", address, "show", made.id])
    shown = " ".join(done.stdout.split())
    assert "comparator, count: 15 (4%) (Table 2: Infections › Grade 3 / Placebo)" in shown
    exported = CliRunner().invoke(app, ["--store", address, "export"]).stdout
    assert json.loads(exported)["effects"][1]["table"]["column"] == ["Placebo"]
    page = EvidenceOut.model_validate(http.get("/api/v1/evidence", params={"q": "? -> ?"}).json())
    console = Console(width=120)
    with console.capture() as printed:
        console.print(evidence_table(page))
    assert "Table 2: Infections › Grade 3" in printed.get()


def test_a_number_in_running_text_has_no_place() -> None:
    from api.present import claim_out
    from api.wording import placed
    from tests.api import samples

    home = samples.article()
    assert placed(claim_out(samples.claims(home)[0], home), "comparator") == [("6.5%", "")]
