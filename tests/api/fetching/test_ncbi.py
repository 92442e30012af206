"""PubMed and PMC through E-utilities."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from api.fetching.errors import RefusedError
from api.fetching.pmc import Pmc
from api.fetching.pubmed import PubMed
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.fetching.conftest import Time, run_into, web_of
from tests.api.fetching.replay import Answer, Half, Replay
from tests.api.fetching.worlds import WITHHELD, Ncbi, as_json, jats, xml

KEY = "0123456789abcdef"


@pytest.fixture
def pubmed(web: Web, settings: FetchSettings) -> PubMed:
    """PubMed on this machine."""
    return PubMed(web, settings)


@pytest.fixture
def pmc(web: Web, settings: FetchSettings) -> Pmc:
    """PMC on this machine."""
    return Pmc(web, settings)


def programs(server: Replay) -> list[str]:
    """What was asked of which program."""
    return [a.path.rsplit("/", 1)[-1] for a in server.asked]


def pmids(file: Path) -> list[str]:
    """The PMIDs in a file."""
    return [e.text or "" for e in etree.parse(file).iterfind("PubmedArticle/MedlineCitation/PMID")]


def test_a_query_is_listed_in_pages_and_fetched_in_batches(
    pubmed: PubMed, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path
) -> None:
    ncbi.pmids = [str(n) for n in range(1, 2_301)]
    run = run_into(tmp_path, pubmed, ["myeloma"], 2_250)
    assert (run.report.total, run.report.asked, run.report.fetched, run.failed) == (2_300, 2_250, 2_250, [])
    assert [len(pmids(file)) for file in run.report.files] == [200] * 11 + [50]
    assert [pmid for file in run.report.files for pmid in pmids(file)] == ncbi.pmids[:2_250]
    searches = [a.form for a in servers["ncbi"].asked if a.path.endswith("esearch.fcgi")]
    assert [(s["retstart"], s["retmax"]) for s in searches] == [("0", "1000"), ("1000", "1000"), ("2000", "250")]
    assert all((s["db"], s["term"], s["tool"]) == ("pubmed", "myeloma", "picograph") for s in searches)


def test_pmids_need_no_search_and_those_unknown_are_told(
    pubmed: PubMed, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path
) -> None:
    ncbi.pmids = ["11", "12"]
    run = run_into(tmp_path, pubmed, ["11", "PMID:12", "0011", "99", "98"])
    assert programs(servers["ncbi"]) == ["efetch.fcgi"]
    assert servers["ncbi"].asked[0].form["id"] == "11,12,99,98"
    assert run.failed == ["99 and 1 more: PubMed has no record of this number; check it, or look for the title"]
    assert [pmids(f) for f in run.report.files] == [["11", "12"]]
    assert (run.report.total, run.report.fetched) == (4, 2)


def test_only_unknown_pmids_give_no_file(pubmed: PubMed, servers: dict[str, Replay], tmp_path: Path) -> None:
    run = run_into(tmp_path, pubmed, ["99"])
    assert (run.report.files, len(run.failed)) == ([], 1)
    servers["ncbi"].faults.append(
        xml("<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>", 400)
    )
    assert run_into(tmp_path, pubmed, ["99"]).failed == run.failed


@pytest.mark.parametrize(
    "fault",
    [
        xml("<eFetchResult><ERROR>Error occurred: cannot get document summary</ERROR></eFetchResult>", 400),
        xml("<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"),
        as_json({"error": "API rate limit exceeded", "api-key": KEY, "count": "4", "limit": "3"}),
        Half(),
        Half(honest=True),
        Answer(b"<html>busy</html>", 200),
    ],
)
def test_an_answer_that_is_none_is_asked_for_again(
    pubmed: PubMed, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path, fault: Answer
) -> None:
    ncbi.pmids = ["11"]
    servers["ncbi"].faults.append(fault)
    run = run_into(tmp_path, pubmed, ["11"])
    assert (run.failed, [pmids(f) for f in run.report.files]) == ([], [["11"]])
    assert programs(servers["ncbi"]) == ["efetch.fcgi"] * 2


@pytest.mark.parametrize(
    ("fault", "told", "asked"),
    [
        (as_json({"esearchresult": {"ERROR": "Empty term and query_key - nothing todo"}}), "nothing todo", 1),
        (as_json({"error": "API key invalid", "api-key": KEY}, 400), "check PICOGRAPH_NCBI_API_KEY", 1),
        (as_json({"error": f"API key {KEY} not valid"}, 400), r"API key \*\*\* not valid", 1),
        (Answer(b"Bad request", 400), "NCBI answers 400", 1),
    ],
)
def test_a_search_that_is_refused_is_told_without_the_key(
    servers: dict[str, Replay], settings: FetchSettings, time: Time, fault: Answer, told: str, asked: int
) -> None:
    keyed = FetchSettings(ncbi_url=settings.ncbi_url, ncbi_api_key=KEY)  # type: ignore[arg-type]
    servers["ncbi"].faults.append(fault)
    with web_of(keyed, time) as web, pytest.raises(RefusedError, match=told) as error:
        PubMed(web, keyed).find("x", 10)
    assert KEY not in str(error.value)
    assert len(servers["ncbi"].asked) == asked


def test_a_search_that_fails_in_passing_is_made_again(pubmed: PubMed, ncbi: Ncbi, servers: dict[str, Replay]) -> None:
    ncbi.pmids = ["11"]
    servers["ncbi"].faults.extend(
        [
            as_json({"esearchresult": {"ERROR": "Search Backend failed: try again"}}),
            Answer(b'{"esearchresult": {"count": "1", "idli'),
            as_json({"esearchresult": {}}),
            Answer(b'{"header": "a\x0bb", "esearchresult": {"count": "1", "idlist": ["11"]}}'),
        ]
    )
    assert [w.id for w in pubmed.find("x", 10).wanted] == ["11"]
    assert len(servers["ncbi"].asked) == 4


def test_who_asks_is_said_in_the_body_and_kept_out_of_the_list(
    servers: dict[str, Replay], settings: FetchSettings, ncbi: Ncbi, time: Time, tmp_path: Path
) -> None:
    ncbi.pmids, ncbi.articles = ["11"], {"7": jats("7")}
    mine = FetchSettings(ncbi_url=settings.ncbi_url, ncbi_api_key=KEY, email="me@example.org")  # type: ignore[arg-type]
    with web_of(mine, time) as web:
        run_into(tmp_path, PubMed(web, mine), ["myeloma"])
        run_into(tmp_path, Pmc(web, mine), ["PMC7"])
    for asked in servers["ncbi"].asked:
        assert (asked.method, asked.form["api_key"], asked.form["email"]) == ("POST", KEY, "me@example.org")
        assert KEY not in asked.address
    for file in (p for p in tmp_path.rglob("*") if p.is_file()):
        assert KEY.encode() not in file.read_bytes()
        assert b"me@example.org" not in file.read_bytes()


def test_words_that_pubmed_does_not_know_are_told(pubmed: PubMed, ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.pmids, ncbi.unknown_words = ["11"], ["lenalidomib"]
    run = run_into(tmp_path, pubmed, ["lenalidomib OR myeloma"])
    assert run.noted == ["PubMed does not know the words 'lenalidomib'"]
    assert run.failed == []


def test_more_than_pubmed_lists_is_told_and_is_a_failure(pubmed: PubMed, ncbi: Ncbi) -> None:
    ncbi.pmids = [str(n) for n in range(1, 10_101)]
    found = pubmed.find("cancer", 20_000)
    assert len(list(found.wanted)) == 9_999
    assert found.total == 10_100
    assert found.missing is not None
    assert "9,999" in found.missing
    assert pubmed.find("cancer", 9_999).missing is None


def test_ids_and_words_do_not_mix(pubmed: PubMed, pmc: Pmc) -> None:
    assert pubmed.named(["myeloma", "and"]) is None
    with pytest.raises(ValueError, match="'myeloma' is no id"):
        pubmed.named(["11", "myeloma"])
    with pytest.raises(ValueError, match="write PMC11"):
        pmc.named(["11"])
    assert pmc.named(["pmc0012", "PMC12.1", "PMC13,"]) == ("PMC12", "PMC13")
    assert pmc.named(["lenalidomide"]) is None


def test_full_texts_are_one_in_a_file_and_what_pmc_does_not_give_is_told(pmc: Pmc, ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.articles = {
        "7": jats("7"),
        "8": jats("8", WITHHELD, pmid="31000008"),
        "9": jats("9", ""),
        "10": jats("6"),
        "11": jats("11"),
    }
    run = run_into(tmp_path, pmc, ["PMC7", "PMC8", "PMC9", "PMC10", "PMC404", "PMC11"])
    assert [f.name for f in run.report.files] == ["PMC7.xml", "PMC11.xml"]
    assert b"<article>" in (tmp_path / "pmc" / "PMC7.xml").read_bytes()
    assert [line.split(";")[0] for line in run.failed] == [
        "PMC8: the publisher does not let PMC give the full text as XML",
        "PMC9: PMC has no text of it",
        "PMC10: PMC gave another article for this number",
        "PMC404: PMC has no article of this number, or has taken it out",
    ]
    assert run.failed[0].endswith("picograph fetch pubmed 31000008")


def test_a_namespace_of_an_article_hides_nothing(pmc: Pmc, ncbi: Ncbi, tmp_path: Path) -> None:
    ncbi.articles = {
        "7": jats("7").replace("<article>", '<article xmlns="https://example.org/jats">'),
        "8": jats("8", "", pmid="31000008").replace("<article>", '<article xmlns="https://example.org/jats">'),
    }
    run = run_into(tmp_path, pmc, ["PMC7", "PMC8"])
    assert [f.name for f in run.report.files] == ["PMC7.xml"]
    assert [line.rsplit(" ", 1)[-1] for line in run.failed] == ["31000008"]


def test_pmc_takes_a_query(pmc: Pmc, ncbi: Ncbi, servers: dict[str, Replay], tmp_path: Path) -> None:
    ncbi.articles = {str(n): jats(str(n)) for n in range(1, 6)}
    run = run_into(tmp_path, pmc, ["lenalidomide[ti]", "AND", "open", "access[filter]"], 3)
    assert [f.name for f in run.report.files] == ["PMC1.xml", "PMC2.xml", "PMC3.xml"]
    assert servers["ncbi"].asked[0].form["term"] == "lenalidomide[ti] AND open access[filter]"
    assert {a.form["db"] for a in servers["ncbi"].asked} == {"pmc"}


def test_an_entity_bomb_is_a_failure(pmc: Pmc, servers: dict[str, Replay], tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE a [<!ENTITY e0 "x">{bomb}]><pmc-articleset>{jats("7", "<body>&e11;</body>")}</pmc-articleset>'
    servers["ncbi"].faults.extend([Answer(body.encode())] * 6)
    run = run_into(tmp_path, pmc, ["PMC7"])
    assert [line.split(" (")[0] for line in run.failed] == ["PMC7: the answer is no whole XML"]


def test_nothing_that_an_answer_names_is_loaded(pmc: Pmc, servers: dict[str, Replay], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("<article-id pub-id-type='pmcid'>PMC7</article-id>")
    outside = f'<!DOCTYPE a SYSTEM "{servers["europepmc"].url}/a.dtd" [<!ENTITY f SYSTEM "file://{tmp_path}/secret">]>'
    body = f"{outside}<pmc-articleset>{jats('7', '<body><p>&f;</p></body>')}</pmc-articleset>".encode()
    servers["ncbi"].faults.append(Answer(body))
    run = run_into(tmp_path / "to", pmc, ["PMC7"])
    assert [file.read_bytes() for file in run.report.files] == [body]
    assert servers["europepmc"].asked == []
