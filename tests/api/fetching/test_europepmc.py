"""Europe PMC: full texts where they are open, abstracts else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.fetching.errors import RefusedError
from api.fetching.europepmc import EuropePmc
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.fetching import worlds
from tests.api.fetching.conftest import run_into
from tests.api.fetching.replay import Answer, Half, Replay, Reset
from tests.api.fetching.worlds import as_json, europepmc_record, jats


@pytest.fixture
def service(web: Web, settings: FetchSettings) -> EuropePmc:
    """Europe PMC on this machine."""
    return EuropePmc(web, settings)


@pytest.fixture
def mixed(europepmc: worlds.EuropePmc) -> worlds.EuropePmc:
    """An open article, one that is closed, a preprint, a patent, and one that is marked as open and is not."""
    europepmc.records = [
        europepmc_record("31", pmcid="PMC31", is_open=True),
        europepmc_record("32", pmcid="PMC32"),
        europepmc_record("PPR33", is_open=True, source="PPR"),
        europepmc_record("WO/2020:1 A", source="PAT"),
        europepmc_record("35", pmcid="PMC35", is_open=True),
    ]
    europepmc.texts = {"PMC31": jats("31"), "PPR33": jats("33"), "PMC35": "<article><front/></article>"}
    return europepmc


def test_an_article_is_its_full_text_or_its_abstract(
    service: EuropePmc, mixed: worlds.EuropePmc, tmp_path: Path
) -> None:
    run = run_into(tmp_path, service, ["myeloma"])
    names = [f.name for f in run.report.files]
    assert names[:3] == ["PMC31.xml", "MED-32.json", "PPR33.xml"]
    assert names[4:] == ["MED-35.json"]
    assert dict(run.report.forms) == {"full text": 2, "abstract": 3}
    assert run.failed == ["PMC35: it does not give the full text, though it is marked as open; its abstract is kept"]
    told = json.loads((tmp_path / "europepmc" / "MED-32.json").read_bytes())
    assert told == {"hitCount": 1, "resultList": {"result": [mixed.records[1]]}}


def test_a_preprint_without_its_full_text_is_a_note(
    service: EuropePmc, mixed: worlds.EuropePmc, tmp_path: Path
) -> None:
    del mixed.texts["PPR33"]
    run = run_into(tmp_path, service, ["PPR33"])
    assert (run.failed, [f.name for f in run.report.files]) == ([], ["PPR-PPR33.json"])
    assert run.noted == ["PPR33: it does not give the full text, though it is marked as open; its abstract is kept"]


def test_abstracts_only(
    web: Web, settings: FetchSettings, mixed: worlds.EuropePmc, servers: dict[str, Replay], tmp_path: Path
) -> None:
    run = run_into(tmp_path, EuropePmc(web, settings, full_text=False), ["myeloma"])
    assert (dict(run.report.forms), run.failed) == ({"abstract": 5}, [])
    assert len(servers["europepmc"].asked) == 1


def test_a_full_text_takes_the_place_of_its_abstract_and_not_the_other_way(
    service: EuropePmc, web: Web, settings: FetchSettings, mixed: worlds.EuropePmc, tmp_path: Path
) -> None:
    abstracts = EuropePmc(web, settings, full_text=False)
    run_into(tmp_path, abstracts, ["31"])
    folder = tmp_path / "europepmc"
    assert [p.name for p in folder.iterdir()] == ["MED-31.json"]
    run_into(tmp_path, service, ["PMC31"])
    assert [p.name for p in folder.iterdir()] == ["PMC31.xml"]
    assert run_into(tmp_path, abstracts, ["31"]).report.there == 1
    assert [p.name for p in folder.iterdir()] == ["PMC31.xml"]


def test_pages_follow_the_cursor(
    service: EuropePmc, europepmc: worlds.EuropePmc, servers: dict[str, Replay], tmp_path: Path
) -> None:
    europepmc.records = [europepmc_record(str(n)) for n in range(1, 251)]
    run = run_into(tmp_path, service, ["myeloma"], 230)
    assert (run.report.total, run.report.fetched) == (250, 230)
    assert [a.params["cursorMark"] for a in servers["europepmc"].asked] == ["*", "after=100", "after=200"]
    assert run_into(tmp_path, service, ["myeloma"], 1_000).report.fetched == 20


def test_ids_are_looked_up_one_by_one(service: EuropePmc, mixed: worlds.EuropePmc, tmp_path: Path) -> None:
    run = run_into(tmp_path, service, ["pmc31", "32", "PPR33", "99"])
    assert [f.name for f in run.report.files] == ["PMC31.xml", "MED-32.json", "PPR33.xml"]
    assert run.failed == ["99: Europe PMC has no article of this number; check it"]


def test_an_id_that_cannot_be_looked_up_does_not_stop_the_others(
    service: EuropePmc, mixed: worlds.EuropePmc, servers: dict[str, Replay], settings: FetchSettings, tmp_path: Path
) -> None:
    servers["europepmc"].faults.extend([Answer(b"", 500)] * settings.fetch_tries)
    run = run_into(tmp_path, service, ["31", "32"])
    assert [line.split(";")[0] for line in run.failed] == ["31: it answers 500"]
    assert [f.name for f in run.report.files] == ["MED-32.json"]


def test_nothing_found_is_no_failure(service: EuropePmc, tmp_path: Path) -> None:
    run = run_into(tmp_path, service, ["nothing"])
    assert (run.report.total, run.failed, run.report.files) == (0, [], [])


@pytest.mark.parametrize("answer", [as_json({"errCode": 400, "errMsg": "bad query"}), Answer(b"bad query", 400)])
def test_a_query_that_is_refused(service: EuropePmc, servers: dict[str, Replay], answer: Answer) -> None:
    servers["europepmc"].faults.append(answer)
    with pytest.raises(RefusedError, match="to the query"):
        service.find("(", 10)


@pytest.mark.parametrize("fault", [Half(), Half(honest=True), Answer(b"", 503), Reset(), Answer(b"<html>")])
def test_faults_in_the_middle_pass(
    service: EuropePmc, mixed: worlds.EuropePmc, servers: dict[str, Replay], tmp_path: Path, fault: Answer
) -> None:
    mixed.records = mixed.records[:1]
    servers["europepmc"].faults.extend([fault, fault])
    run = run_into(tmp_path, service, ["myeloma"])
    assert (run.failed, [f.name for f in run.report.files]) == ([], ["PMC31.xml"])
    del servers["europepmc"].asked[:]
    again = run_into(tmp_path / "other", service, ["myeloma"])
    assert (again.failed, len(servers["europepmc"].asked)) == ([], 2)
