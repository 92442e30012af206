"""The page on analyses: its commands run, its code runs, and it names what there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.drawing import DRAWN
from api.routes.analysis_pages import COLUMNS, COMPARISONS, ROWS
from api.services.analyses import Kind
from graph.analyses.conflicts import Grade
from graph.analyses.evidence_map import DRUGS, OUTCOMES
from graph.analyses.files import FileFormat
from graph.analyses.gathering import MOST_CLAIMS
from graph.analyses.similarity import MOST_DRUGS
from graph.analyses.tally import Found
from graph.library import Library

pytestmark = pytest.mark.slow
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "analyses.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("line", [line for block in blocks("example") for line in block.splitlines()])
def test_every_command_of_the_page_runs(line: str, store: Path) -> None:
    program, *arguments = shlex.split(line)
    assert program == "picograph"
    done = CliRunner().invoke(app, ["--store", str(store), *arguments])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip()


def test_the_code_of_the_page_runs(library: Library) -> None:
    (code,) = blocks("python")
    exec(code, {"library": library})


def test_the_page_names_every_kind_format_and_limit() -> None:
    for kind in Kind:
        assert f"`picograph {kind}" in PAGE
        assert f"`/{kind}?" in PAGE
    for name in (*FileFormat, *Grade, *Found):
        assert name.value in PAGE
    assert f"first {MOST_CLAIMS:,} claims" in PAGE
    assert f"{DRUGS} rows and {OUTCOMES} columns" in PAGE
    assert f"more than {MOST_DRUGS} drugs" in PAGE
    assert f"{ROWS} drugs and {COLUMNS} outcomes" in PAGE
    assert f"the {DRAWN} treatments" in PAGE
    assert f"the {COMPARISONS} comparisons" in PAGE
