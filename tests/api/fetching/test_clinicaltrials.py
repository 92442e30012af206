"""ClinicalTrials.gov: numbers from a list with tokens, then one study after the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.fetching.clinicaltrials import ClinicalTrials
from api.fetching.errors import RefusedError
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.fetching import worlds
from tests.api.fetching.conftest import run_into
from tests.api.fetching.replay import Answer, Half, Replay, Reset


@pytest.fixture
def service(web: Web, settings: FetchSettings) -> ClinicalTrials:
    """ClinicalTrials.gov on this machine."""
    return ClinicalTrials(web, settings)


def test_a_query_is_listed_by_tokens_and_each_study_is_a_file(
    service: ClinicalTrials, clinicaltrials: worlds.ClinicalTrials, servers: dict[str, Replay], tmp_path: Path
) -> None:
    clinicaltrials.numbers = [f"NCT{n:08}" for n in range(1, 1_006)]
    found = service.find("myeloma", 5_000)
    assert (found.total, len(list(found.wanted))) == (1_005, 1_005)
    assert [a.params.get("pageToken") for a in servers["clinicaltrials"].asked] == [None, "t1000"]
    run = run_into(tmp_path, service, ["myeloma"], 3)
    assert [f.name for f in run.report.files] == ["NCT00000001.json", "NCT00000002.json", "NCT00000003.json"]
    assert (run.report.total, run.report.fetched) == (1_005, 3)
    assert json.loads(run.report.files[1].read_bytes()) == worlds.study("NCT00000002")


def test_numbers_that_are_unknown_or_old_are_told(
    service: ClinicalTrials, clinicaltrials: worlds.ClinicalTrials, tmp_path: Path
) -> None:
    clinicaltrials.numbers, clinicaltrials.old = ["NCT00000002"], {"NCT00000001": "NCT00000002"}
    run = run_into(tmp_path, service, ["nct00000001", "NCT99999999"])
    assert [f.name for f in run.report.files] == ["NCT00000002.json"]
    assert run.noted == ["NCT00000001: it is filed as NCT00000002 now"]
    assert run.failed == ["NCT99999999: ClinicalTrials.gov has no study of this number; check it"]
    assert run_into(tmp_path, service, ["NCT00000001", "NCT00000002"]).report.there == 2


def test_a_query_that_is_refused_is_told_in_the_words_of_the_service(service: ClinicalTrials) -> None:
    with pytest.raises(RefusedError, match="answers 400 to the query: 'Query parser error'"):
        service.find("AREA[", 10)


@pytest.mark.parametrize("fault", [Half(), Half(honest=True), Answer(b"", 429), Reset(), Answer(b"[]"), Answer(b"{}")])
def test_faults_pass(
    service: ClinicalTrials,
    clinicaltrials: worlds.ClinicalTrials,
    servers: dict[str, Replay],
    tmp_path: Path,
    fault: Answer,
) -> None:
    clinicaltrials.numbers = ["NCT00000002"]
    servers["clinicaltrials"].faults.append(fault)
    assert run_into(tmp_path / "listed", service, ["myeloma"]).failed == []
    servers["clinicaltrials"].faults.append(fault)
    run = run_into(tmp_path / "named", service, ["NCT00000002"])
    assert (run.failed, len(run.report.files)) == ([], 1)
