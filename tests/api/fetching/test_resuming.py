"""What is there is not fetched again, and a run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.fetching import folder as folders
from api.fetching.errors import FolderError
from api.fetching.folder import LIST, Folder, opened
from api.fetching.pieces import Form, Piece
from api.fetching.pmc import Pmc
from api.fetching.pubmed import PubMed
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.conftest import ROOT, environment
from tests.api.fetching.conftest import run_into
from tests.api.fetching.replay import Answer, Asked, Replay
from tests.api.fetching.worlds import Ncbi, jats

PIECE = Piece(("PMC7",), "PMC7.xml", Form.FULL_TEXT, b"<article/>", "https://example.org/7", "POST")


def fetched_ids(server: Replay) -> list[str]:
    """The ids that records were asked for of."""
    return [i for a in server.asked if "efetch" in a.path for i in a.form["id"].split(",")]


@pytest.fixture
def pmc(web: Web, settings: FetchSettings, ncbi: Ncbi) -> Pmc:
    """PMC with ten articles."""
    ncbi.articles = {str(n): jats(str(n)) for n in range(1, 11)}
    return Pmc(web, settings)


def test_the_list_says_what_each_file_is(pmc: Pmc, tmp_path: Path) -> None:
    run_into(tmp_path, pmc, ["trials"], 2)
    lines = [json.loads(line) for line in (tmp_path / LIST).read_text().splitlines()]
    assert [(e["source"], e["query"], e["ids"], e["file"]) for e in lines] == [
        ("pmc", "trials", ["PMC1"], "pmc/PMC1.xml"),
        ("pmc", "trials", ["PMC2"], "pmc/PMC2.xml"),
    ]
    for entry in lines:
        data = (tmp_path / entry["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])
        assert entry["url"].endswith(f"efetch.fcgi?db=pmc&tool=picograph&retmode=xml&id={entry['ids'][0][3:]}")
        assert entry["form"] == "full text"
        assert entry["fetched"].endswith("Z")


def test_what_is_whole_is_left_alone_and_the_rest_is_fetched(
    pmc: Pmc, servers: dict[str, Replay], tmp_path: Path
) -> None:
    run_into(tmp_path, pmc, ["trials"], 6)
    (tmp_path / "pmc" / "PMC2.xml").unlink()
    (tmp_path / "pmc" / "PMC3.xml").write_bytes(b"<article>")
    data = (tmp_path / "pmc" / "PMC4.xml").read_bytes()
    (tmp_path / "pmc" / "PMC4.xml").write_bytes(data.replace(b"12%", b"13%"))
    del servers["ncbi"].asked[:]
    run = run_into(tmp_path, pmc, ["other words"], 8)
    assert (run.report.there, run.report.fetched) == (3, 5)
    assert fetched_ids(servers["ncbi"]) == ["2", "3", "4", "7", "8"]
    assert (tmp_path / "pmc" / "PMC4.xml").read_bytes() == data
    del servers["ncbi"].asked[:]
    assert run_into(tmp_path, pmc, ["trials"], 8).report.there == 8
    assert fetched_ids(servers["ncbi"]) == []
    assert run_into(tmp_path, pmc, ["trials"], 8, again=True).report.fetched == 8


def test_batches_leave_out_what_other_batches_hold(
    web: Web, settings: FetchSettings, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path
) -> None:
    pubmed = PubMed(web, settings)
    ncbi.pmids = [str(n) for n in range(1, 301)]
    run_into(tmp_path, pubmed, ["150", "20"])
    run = run_into(tmp_path, pubmed, ["myeloma"], 300)
    assert (run.report.there, run.report.fetched, len(run.report.files)) == (2, 298, 3)
    assert len(set(fetched_ids(servers["ncbi"]))) == len(fetched_ids(servers["ncbi"])) == 300


def test_what_is_fetched_again_is_there_once(web: Web, settings: FetchSettings, ncbi: Ncbi, tmp_path: Path) -> None:
    pubmed = PubMed(web, settings)
    ncbi.pmids = [str(n) for n in range(1, 251)]
    (old,) = run_into(tmp_path, pubmed, ["myeloma"], 100).report.files
    other = run_into(tmp_path, pubmed, ["200"]).report.files
    assert old.is_file()
    new = run_into(tmp_path, pubmed, ["myeloma"], 180, again=True).report.files
    assert sorted((tmp_path / "pubmed").iterdir()) == sorted([*new, *other])
    assert run_into(tmp_path, pubmed, ["myeloma"], 180).report.there == 180


def test_a_service_that_is_down_ends_the_run_and_the_next_goes_on(
    pmc: Pmc, servers: dict[str, Replay], settings: FetchSettings, tmp_path: Path
) -> None:
    run_into(tmp_path, pmc, ["PMC1"])
    servers["ncbi"].faults.extend([Answer(b"", 500)] * settings.fetch_tries * 5)
    run = run_into(tmp_path, pmc, [f"PMC{n}" for n in range(1, 11)])
    assert [line.split(":")[0] for line in run.failed[:-1]] == ["PMC2", "PMC3", "PMC4"]
    assert run.failed[-1].startswith("3 requests failed one behind the other")
    servers["ncbi"].faults.clear()
    run = run_into(tmp_path, pmc, [f"PMC{n}" for n in range(1, 11)])
    assert (run.report.there, run.report.fetched, run.failed) == (1, 9, [])


def test_one_failure_does_not_stop_the_others(
    pmc: Pmc, servers: dict[str, Replay], settings: FetchSettings, tmp_path: Path
) -> None:
    servers["ncbi"].faults.extend([Answer(b"", 500)] * settings.fetch_tries)
    run = run_into(tmp_path, pmc, ["PMC1", "PMC2"])
    assert run.failed == ["PMC1: it answers 500; try again later with the same command: what is there is kept"]
    assert [f.name for f in run.report.files] == ["PMC2.xml"]


def test_a_listing_that_breaks_off_keeps_what_was_fetched_and_says_so(
    web: Web, settings: FetchSettings, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path
) -> None:
    ncbi.pmids = [str(n) for n in range(1, 1_501)]
    pubmed = PubMed(web, settings)
    found = pubmed.find("myeloma", 1_500)  # one search works, then no more
    assert found.total == 1_500
    world = ncbi.__call__

    def failing(asked: Asked) -> Answer:
        second = asked.path.endswith("esearch.fcgi") and asked.form["retstart"] != "0"
        return Answer(b"", 500) if second else world(asked)

    with Replay(failing) as server:
        broken = settings.model_copy(update={"ncbi_url": server.url})
        run = run_into(tmp_path, PubMed(web, broken), ["myeloma"], 1_500)
    assert (run.report.fetched, len(run.failed)) == (1_000, 1)
    assert "not all articles could be listed" in run.failed[0]
    run = run_into(tmp_path, pubmed, ["myeloma"], 1_500)
    assert (run.report.there, run.report.fetched, run.failed) == (1_000, 500, [])


def test_a_line_that_was_cut_off_is_passed_over_and_its_file_fetched_again(pmc: Pmc, tmp_path: Path) -> None:
    run_into(tmp_path, pmc, ["PMC1", "PMC2", "PMC3"])
    whole = (tmp_path / LIST).read_bytes()
    (tmp_path / LIST).write_bytes(whole[:-40])
    assert Folder(tmp_path).unread == 1
    run = run_into(tmp_path, pmc, ["PMC1", "PMC2", "PMC3"])
    assert (run.report.there, run.report.fetched) == (2, 1)
    assert run_into(tmp_path, pmc, ["PMC1", "PMC2", "PMC3"]).report.there == 3


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"[]",
        b'{"ids": 1}',
        b'{"source": "pmc"}',
        json.dumps(
            {
                "source": "pmc", "query": None, "ids": ["PMC7"], "form": "full text", "file": "../secret", "url": "",
                "sha256": hashlib.sha256(b"secret").hexdigest(), "bytes": 6, "fetched": "", "how": "",
            }
        ).encode(),
    ],
)  # fmt: skip
def test_a_list_that_was_tampered_with_names_no_file_outside(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / LIST).write_bytes(line + b"\n")
    folder = Folder(tmp_path / "to")
    assert (folder.unread, folder.holding("pmc", "PMC7")) == (1, None)


def test_a_write_that_fails_leaves_neither_a_file_nor_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as folder:
        folder.keep("pmc", None, PIECE)
        old = (tmp_path / LIST).read_bytes()

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            folder.keep("pmc", None, Piece(("PMC8",), "PMC8.xml", Form.FULL_TEXT, b"<a/>", "", ""))
    assert [p.name for p in (tmp_path / "pmc").iterdir()] == ["PMC7.xml"]
    assert (tmp_path / LIST).read_bytes() == old


def test_a_kill_between_file_and_line_costs_that_file_only(
    pmc: Pmc, servers: dict[str, Replay], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    run_into(tmp_path, pmc, ["PMC1"])
    with monkeypatch.context() as patch:
        patch.setattr(folders.Folder, "_append", killed)
        with pytest.raises(KeyboardInterrupt):
            run_into(tmp_path, pmc, ["PMC1", "PMC2", "PMC3"])
    del servers["ncbi"].asked[:]
    run = run_into(tmp_path, pmc, ["PMC1", "PMC2", "PMC3"])
    assert (fetched_ids(servers["ncbi"]), run.report.there) == (["2", "3"], 1)


def test_only_one_program_writes_into_a_folder(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(FolderError, match="another fetch writes there"), opened(tmp_path):
        pass
    with opened(tmp_path):
        pass


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "articles").touch()
    for path in (tmp_path / "articles", tmp_path / "articles" / "below"):
        with pytest.raises(FolderError, match="is no folder"), opened(path):
            pass


def test_a_killed_command_goes_on_where_it_was(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.articles = {str(n): jats(str(n)) for n in range(1, 5)}

    def stuck(asked: Asked) -> Answer:
        if asked.form.get("id") == "3" and len(fetched_ids(server)) == 3:
            running.send_signal(signal.SIGKILL)
        return ncbi(asked)

    with Replay(stuck) as server:
        command = [
            sys.executable,
            "-m",
            "api.cli",
            "fetch",
            "pmc",
            "PMC1",
            "PMC2",
            "PMC3",
            "PMC4",
            "--to",
            str(tmp_path),
        ]
        env = {**environment(), "PICOGRAPH_NCBI_URL": server.url}
        running = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE)
        assert running.wait(60) == -signal.SIGKILL
        assert sorted(p.name for p in (tmp_path / "pmc").iterdir()) == ["PMC1.xml", "PMC2.xml"]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == f"PMC: 2 fetched, 2 there already, of 4 articles; 4 full texts in {tmp_path}; 0 failures\n"
    assert fetched_ids(server) == ["1", "2", "3", "3", "4"]


def test_an_interrupted_command_says_that_it_goes_on(ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.articles = {"1": jats("1"), "2": jats("2")}

    def interrupted(asked: Asked) -> Answer:
        if asked.form.get("id") == "2":
            running.send_signal(signal.SIGINT)
            running.wait(60)
        return ncbi(asked)

    with Replay(interrupted) as server:
        command = [sys.executable, "-m", "api.cli", "fetch", "pmc", "PMC1", "PMC2", "--to", str(tmp_path)]
        env = {**environment(), "PICOGRAPH_NCBI_URL": server.url}
        running = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert told.startswith("picograph: interrupted; the same command goes on where this one stopped\n")
    assert [p.name for p in (tmp_path / "pmc").iterdir()] == ["PMC1.xml"]
