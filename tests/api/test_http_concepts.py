"""Concepts over HTTP: suggestions while one types, one concept, and what is around it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from graph.library import Library
from ingest.terminology import Concept, ConceptKind, Terminology
from tests.api.conftest import serving
from tests.api.samples import LENALIDOMIDE, SECOND_PRIMARY
from tests.api.test_http_claims import problem

FAMILY = Terminology(
    [
        Concept("urn:a:top", "top", ConceptKind.DISEASE),
        Concept("urn:a:side", "side", ConceptKind.DISEASE),
        Concept(
            "urn:a:middle", "the <b>middle</b> -> of it", ConceptKind.DISEASE, ("mid",), ("urn:a:top", "urn:a:side")
        ),
        *(Concept(f"urn:a:{i}", f"leaf {i}", ConceptKind.DISEASE, (), ("urn:a:middle",)) for i in range(7)),
        Concept("urn:a:other", "leaf 3", ConceptKind.DRUG),
    ]
)


@pytest.fixture
def family() -> Iterator[httpx.Client]:
    """A service with a terminology of its own."""
    with (
        Library.open("memory:", terminology=FAMILY) as library,
        serving(library, terminology=FAMILY) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


def test_concepts_are_found_by_name_and_by_likeness(http: httpx.Client) -> None:
    exact = http.get("/api/v1/concepts", params={"q": "Revlimid"}).json()
    assert exact["exact"] is True
    assert [c["name"] for c in exact["concepts"]] == ["lenalidomide"]
    like = http.get("/api/v1/concepts", params={"q": "lenalidomid"}).json()
    assert like["exact"] is False
    assert exact["concepts"][0]["iri"] in [c["iri"] for c in like["concepts"]]


@pytest.mark.parametrize(
    ("typed", "iri", "name", "why"),
    [
        ("Revlimid", LENALIDOMIDE, "Revlimid", "same name"),
        ("SPM", SECOND_PRIMARY, "SPM", "short form of second primary malignancy"),
        ("lenal", LENALIDOMIDE, "lenalidomide", "begins with this"),
        ("lenaldomide", LENALIDOMIDE, "lenalidomide", "spelt alike (0.91)"),
    ],
)
def test_a_suggestion_says_which_name_was_found_and_why(
    http: httpx.Client, typed: str, iri: str, name: str, why: str
) -> None:
    first = http.get("/api/v1/concepts", params={"q": typed, "limit": 3}).json()["suggestions"][0]
    assert (first["iri"], first["name"], first["why"]) == (iri, name, why)
    assert first["label"] == http.get(f"/api/v1/concepts/{first['id']}").json()["name"]


def test_suggestions_are_no_more_than_asked_for(http: httpx.Client) -> None:
    told = http.get("/api/v1/concepts", params={"q": "leuk", "limit": 4}).json()
    assert len(told["suggestions"]) == len(told["concepts"]) == 4


@pytest.mark.parametrize("typed", ["\x00\x01", "--", "😀", "%", "zzzzzzzz qqqq"])
def test_what_names_nothing_has_an_empty_answer(http: httpx.Client, typed: str) -> None:
    told = http.get("/api/v1/concepts", params={"q": typed}).json()
    assert (told["exact"], told["concepts"], told["suggestions"]) == (False, [], [])


@pytest.mark.parametrize("query", ["", "?q=", f"?q={'a' * 201}", "?q=a&limit=0", "?q=a&limit=101"])
def test_a_search_out_of_bounds_is_refused(http: httpx.Client, query: str) -> None:
    problem(http.get(f"/api/v1/concepts{query}"), 422, "invalid")


def test_a_concept_goes_by_compact_id_and_by_iri(http: httpx.Client) -> None:
    told = http.get("/api/v1/concepts/mesh:D016609").json()
    assert told == http.get(f"/api/v1/concepts/{quote(SECOND_PRIMARY, safe='')}").json()
    assert (told["iri"], told["kind"], told["favours"]) == (SECOND_PRIMARY, "disease", "lower")
    assert told["names"][0] == told["name"]
    assert "SPM" in told["names"]
    assert all(iri.startswith("http") for iri in told["same"])


def test_a_concept_tells_the_questions_that_find_its_claims(http: httpx.Client) -> None:
    used = {one["role"]: one for one in http.get("/api/v1/concepts/mesh:D016609").json()["used"]}
    assert {role: one["claims"] for role, one in used.items()} == {
        "intervention": 0, "outcome": 2, "comparator": 0, "population": 0,
    }  # fmt: skip
    page = http.get("/api/v1/evidence", params={"q": used["outcome"]["question"]}).json()
    assert page["total"] == 2
    (broader,) = (p for p in http.get("/api/v1/concepts/mesh:D016609").json()["parents"] if p["name"] == "Neoplasms")
    above = http.get(f"/api/v1/concepts/{broader['id']}").json()
    assert next(one["claims"] for one in above["used"] if one["role"] == "outcome") == 2


@pytest.mark.parametrize("given", ["nothing", "mesh:D99", "urn:a:top%2Fx", "%00", "http%3A%2F%2Fexample.org%2F1"])
def test_an_unknown_concept_is_a_problem(family: httpx.Client, given: str) -> None:
    told = problem(family.get(f"/api/v1/concepts/{given}"), 404, "unknown-concept")
    assert told["concept"]


def test_what_is_broader_and_narrower_has_names_and_counts(family: httpx.Client) -> None:
    top = family.get("/api/v1/concepts/urn:a:top").json()
    assert [(c["name"], c["narrower"]) for c in top["children"]] == [("the <b>middle</b> -> of it", 7)]
    assert (top["parents"], top["total"], top["cursor"]) == ([], 1, None)
    middle = family.get("/api/v1/concepts/urn:a:middle").json()
    assert [(p["name"], p["narrower"]) for p in middle["parents"]] == [("side", 1), ("top", 1)]


def test_narrower_concepts_page_without_loss_or_repetition(family: httpx.Client) -> None:
    params: dict[str, str | int] = {"limit": 3}
    seen: list[str] = []
    while True:
        page = family.get("/api/v1/concepts/urn:a:middle", params=params).json()
        assert page["total"] == 7
        seen += [child["name"] for child in page["children"]]
        if page["cursor"] is None:
            break
        params["cursor"] = page["cursor"]
    assert seen == [f"leaf {i}" for i in range(7)]


def test_a_cursor_of_another_concept_is_refused(family: httpx.Client) -> None:
    problem(family.get("/api/v1/concepts/urn:a:top", params={"cursor": "urn:a:1"}), 400, "cursor")


def test_the_question_about_a_concept_names_it_and_no_other(family: httpx.Client) -> None:
    def question(concept: str) -> str:
        used = family.get(f"/api/v1/concepts/{concept}").json()["used"]
        assert [one["role"] for one in used] == ["intervention", "outcome", "comparator", "population"]
        return str(used[1]["question"])

    assert question("urn:a:top") == "? -> top"
    assert question("urn:a:middle") == '? -> "the <b>middle</b> -> of it"'
    assert question("urn:a:3") == '? -> "urn:a:3"'  # two are called leaf 3


def test_the_page_of_a_concept_shows_every_way_up_and_escapes_names(family: httpx.Client) -> None:
    page = family.get("/concepts/urn:a:middle").text
    assert "<b>middle</b>" not in page
    assert page.count('aria-current="page"') == 2
    assert '<a href="/concepts/urn%3Aa%3Atop">top</a>' in page
    assert family.get("/concepts/urn:a:nothing").status_code == 404


def test_an_iri_that_is_no_address_is_no_link() -> None:
    evil = Terminology(
        [Concept("javascript:alert(1)", "evil", ConceptKind.DRUG, (), (), None, ("javascript:alert(2)",))]
    )
    with (
        Library.open("memory:", terminology=evil) as library,
        serving(library, terminology=evil) as address,
    ):
        page = httpx.get(f"{address}/concepts/javascript%3Aalert(1)", trust_env=False)
    assert page.status_code == 200
    assert 'href="javascript' not in page.text
