"""`picograph fetch`: what it prints, writes and ends with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.fetching import worlds
from tests.api.fetching.conftest import Time, web_of
from tests.api.fetching.replay import Answer, Replay
from tests.api.fetching.worlds import Ncbi, europepmc_record, jats

KEY = "0123456789abcdef"
Command = Callable[..., Result]


@pytest.fixture
def fetch(settings: FetchSettings, time: Time, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """The command in an empty folder, against the servers of the test and in its time."""
    for name in ("ncbi_url", "europepmc_url", "clinicaltrials_url"):
        monkeypatch.setenv(f"PICOGRAPH_{name.upper()}", getattr(settings, name))

    def made(given: FetchSettings, **more: Any) -> Web:
        return web_of(given, time, **more)

    monkeypatch.setattr("api.fetching.web.Web", made)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["fetch", *words])


def test_a_query_is_fetched_into_a_folder(fetch: Command, ncbi: Ncbi) -> None:
    ncbi.pmids = [str(n) for n in range(1, 131)]
    done = fetch("pubmed", "multiple myeloma")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == (
        "PubMed: 100 fetched, 0 there already, of 130 articles (--limit for more); "
        "100 records in articles; 0 failures\n"
    )
    again = fetch("pubmed", "multiple", "myeloma", "--limit", "130", "--json")
    told = json.loads(again.stdout)
    assert {k: told[k] for k in ("source", "query", "total", "asked", "there", "fetched", "failures", "dry_run")} == {
        "source": "pubmed", "query": "multiple myeloma", "total": 130, "asked": 130, "there": 100, "fetched": 30,
        "failures": [], "dry_run": False,
    }  # fmt: skip
    assert [Path(f).is_file() for f in told["files"]] == [True, True]


@pytest.mark.parametrize("name", ["pubmed", "pmc", "europepmc", "clinicaltrials"])
def test_a_dry_run_counts_and_writes_nothing(
    fetch: Command,
    ncbi: Ncbi,
    europepmc: worlds.EuropePmc,
    clinicaltrials: worlds.ClinicalTrials,
    servers: dict[str, Replay],
    tmp_path: Path,
    name: str,
) -> None:
    ncbi.pmids, ncbi.articles = ["1", "2"], {"1": jats("1"), "2": jats("2")}
    europepmc.records = [europepmc_record("1"), europepmc_record("2")]
    clinicaltrials.numbers = ["NCT00000001", "NCT00000002"]
    done = fetch(name, "myeloma", "--dry-run", "--json")
    assert (done.exit_code, json.loads(done.stdout)["total"]) == (0, 2)
    assert done.stderr.endswith(": 2 articles; nothing was fetched\n")
    assert sum(len(s.asked) for s in servers.values()) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_fails_is_one_line_each_and_exit_1(fetch: Command, ncbi: Ncbi) -> None:
    ncbi.articles = {"7": jats("7"), "8": jats("8", worlds.WITHHELD)}
    done = fetch("pmc", "PMC7", "PMC8", "PMC9", "--to", "there", "--json")
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert lines[0].startswith("picograph: PMC: PMC8: the publisher does not let PMC give")
    assert lines[1].startswith("picograph: PMC: PMC9: PMC has no article")
    assert lines[2] == "PMC: 1 fetched, 0 there already, of 3 articles; 1 full text in there; 2 failures"
    assert [f["ids"] for f in json.loads(done.stdout)["failures"]] == [["PMC8"], ["PMC9"]]


def test_nothing_found_is_said(fetch: Command) -> None:
    done = fetch("clinicaltrials", "nothing at all")
    assert done.exit_code == 0
    assert done.stderr.startswith("ClinicalTrials.gov: nothing found; try fewer words")


def test_a_search_that_fails_is_one_line(fetch: Command, servers: dict[str, Replay]) -> None:
    servers["ncbi"].faults.extend([Answer(b"", 500)] * 6)
    done = fetch("pubmed", "myeloma")
    assert (done.exit_code, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "PubMed: it answers 500; once more in 1 s (try 2)"
    assert lines[-1] == (
        "picograph: PubMed: it answers 500; try again later with the same command: what is there is kept"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pmc", "12"], "write PMC12"),
        (["pubmed", "12", "myeloma"], "'myeloma' is no id"),
        (["pubmed", " "], "the query is empty"),
        (["pubmed", "12", "--limit", "0"], "--limit"),
    ],
)
def test_what_is_not_understood_is_refused(
    fetch: Command, servers: dict[str, Replay], words: list[str], told: str
) -> None:
    done = fetch(*words)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert sum(len(s.asked) for s in servers.values()) == 0


def test_a_setting_that_cannot_be_is_refused_without_showing_it(
    fetch: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PICOGRAPH_NCBI_URL", f"https://{KEY}@example.org")
    done = fetch("pubmed", "12")
    assert done.exit_code == 2
    assert "PICOGRAPH_NCBI_URL: Value error, needs a bare address" in " ".join(done.stderr.split())
    assert KEY not in done.stderr


def test_the_key_is_sent_and_never_shown(
    fetch: Command, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PICOGRAPH_NCBI_API_KEY", KEY)
    ncbi.pmids = ["1"]
    said = f'{{"error": "API rate limit exceeded", "api-key": "{KEY}", "count": "11", "limit": "10"}}'.encode()
    servers["ncbi"].faults.extend([Answer(said, 429), Answer(said)])
    done = fetch("pubmed", "1", "2", "--json")
    assert {a.form["api_key"] for a in servers["ncbi"].asked} == {KEY}
    assert KEY not in done.stdout + done.stderr
    assert not any(KEY.encode() in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_two_services_share_a_folder(fetch: Command, ncbi: Ncbi, europepmc: worlds.EuropePmc, tmp_path: Path) -> None:
    ncbi.articles = {"7": jats("7")}
    europepmc.records, europepmc.texts = [europepmc_record("7", pmcid="PMC7", is_open=True)], {"PMC7": jats("7")}
    assert fetch("pmc", "PMC7").exit_code == 0
    assert "1 fetched" in fetch("europepmc", "PMC7").stderr
    assert "1 there already" in fetch("europepmc", "PMC7", "--abstracts").stderr
    assert sorted(p.parent.name for p in (tmp_path / "articles").rglob("PMC7.xml")) == ["europepmc", "pmc"]


def test_ingest_does_with_the_files_what_ingest_does(
    fetch: Command, ncbi: Ncbi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ncbi.articles = {"7": jats("7"), "8": jats("8")}
    asked: list[tuple[list[str], str | None]] = []

    def ingest(ctx: object, paths: list[str], store: str | None = None) -> None:
        asked.append((paths, store))

    monkeypatch.setattr("api.commands.ingesting.ingest", ingest)
    assert fetch("pmc", "PMC7").exit_code == 0
    done = fetch("pmc", "PMC7", "PMC8", "--ingest", "--store", "here", "--json")
    assert asked == [(["articles/pmc/PMC7.xml", "articles/pmc/PMC8.xml"], "here")]
    assert json.loads(done.stdout)["ingested"] is True
    assert fetch("pmc", "PMC404", "--ingest").exit_code == 1
    assert len(asked) == 1
