"""What is fetched is read: every service's files become articles with claims in the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.conftest import Command
from tests.api.fetching import worlds
from tests.api.fetching.replay import Replay
from tests.api.fetching.worlds import Ncbi, europepmc_record, jats

TEXT = (
    "Patients took lenalidomide or placebo. Relapse occurred in 12% with lenalidomide and 30% with placebo (P = .01)."
)


@pytest.mark.slow
def test_files_of_every_service_become_articles(
    picograph: Command,
    ncbi: Ncbi,
    europepmc: worlds.EuropePmc,
    clinicaltrials: worlds.ClinicalTrials,
    servers: dict[str, Replay],
    tmp_path: Path,
) -> None:
    body = f"<body><sec><title>Results</title><p>{TEXT}</p></sec></body>"
    ncbi.pmids, ncbi.articles = ["30000031", "30000032"], {"7": jats("7", body)}
    europepmc.records = [
        europepmc_record("30000041") | {"abstractText": f"<h4>Results</h4>{TEXT}"},
        europepmc_record("30000042", pmcid="PMC42", is_open=True),
    ]
    europepmc.texts = {"PMC42": jats("42", body)}
    clinicaltrials.numbers = ["NCT00000002"]
    addresses = {f"PICOGRAPH_{name.upper()}_URL": server.url for name, server in servers.items()}
    told = {}
    for words in (["pubmed", "31"], ["pmc", "PMC7"], ["europepmc", "relapse"], ["clinicaltrials", "NCT00000002"]):
        words = ["pubmed", *ncbi.pmids] if words[0] == "pubmed" else words
        done = picograph("--store", "store", "fetch", *words, "--ingest", "--json", **addresses)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["ingested"] is True
        told[words[0]] = done.stderr.splitlines()[-1]
    assert [line.split(",")[0] for line in told.values()] == ["2 articles", "1 article", "2 articles", "1 article"]
    claims = [json.loads(line) for line in picograph("--store", "store", "export").stdout.splitlines()]
    assert {c["article"]["id"].rstrip("/").rsplit("/", 1)[-1] for c in claims} == {"30000041", "PMC7", "PMC42"}
    again = picograph("--store", "store", "ingest", "articles")
    assert again.stderr.splitlines()[-1].startswith("6 articles, ")
    assert "(0 new)" in again.stderr
