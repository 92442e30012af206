"""Claims, evidence and decisions over HTTP: revisions as entity tags, errors as problem details."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api.pages import TO_REVIEW
from api.routes.pages import SYNTAX
from graph.library import Library
from tests.api.samples import QUESTION, fill_many

ACCEPT = {"verdict": "accept", "author": "A. Reader"}


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The problem in ``answer``, which has to be one of this kind."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["type"] == f"urn:picograph:problem:{slug}"
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert told["instance"] == answer.request.url.path
    return told


@pytest.fixture
def claim_id(library: Library) -> str:
    return next(claim.id for claim, _ in library.claims())


@pytest.fixture
def path(claim_id: str) -> str:
    return f"/api/v1/claims/{claim_id.rsplit('/', 1)[1]}"


def test_evidence_answers_a_question(http: httpx.Client) -> None:
    answer = http.get("/api/v1/evidence", params={"q": QUESTION})
    assert answer.status_code == 200
    page = answer.json()
    assert (page["total"], page["studies"], page["cursor"]) == (2, 1, None)
    assert page["claims"][0]["effects"][0]["text"] == "17.3%"


def test_an_answer_is_counted_by_facet(http: httpx.Client) -> None:
    found = http.get("/api/v1/facets", params={"q": "lenalidomide -> ?", "limit": 3}).json()
    assert (found["total"], found["studies"]) == (2, 1)
    (drug,) = found["facets"]["drug"]["values"]
    assert (drug["claims"], drug["studies"]) == (2, 1)
    assert http.get("/api/v1/evidence", params={"q": drug["narrowed"]}).json()["total"] == 2
    problem(http.get("/api/v1/facets", params={"q": "lenalidomide"}), 400, "question")
    problem(http.get("/api/v1/facets", params={"q": "? -> ?", "limit": 0}), 422, "invalid")


def test_the_page_of_an_answer_leads_to_narrower_ones(http: httpx.Client) -> None:
    page = http.get("/", params={"q": QUESTION}).text
    assert 'id="facet-measure"' in page
    links = [unescape(link) for link in re.findall(r'<li><a href="(/\?q=[^"]+)">', page)]
    assert links
    for link in links:
        assert http.get(link).status_code == 200


def test_articles_are_listed_by_page(library: Library, http: httpx.Client) -> None:
    fill_many(library, 5)
    every = library.articles()
    assert http.get("/articles").text.count('<li><a href="/articles/') == len(every)
    later = http.get("/articles", params={"after": every[2].id}).text
    assert later.count('<li><a href="/articles/') == len(every) - 3


def test_evidence_pages_by_cursor_without_loss_or_repetition(library: Library, http: httpx.Client) -> None:
    fill_many(library, 5)
    params: dict[str, Any] = {"q": QUESTION, "limit": 5}
    seen: list[str] = []
    while True:
        page = http.get("/api/v1/evidence", params=params).json()
        assert page["total"] == 12
        seen += [claim["id"] for claim in page["claims"]]
        if page["cursor"] is None:
            break
        params["cursor"] = page["cursor"]
    assert len(seen) == len(set(seen)) == 12


def test_what_a_curator_should_see_first_is_a_question_and_every_page_leads_to_it(http: httpx.Client) -> None:
    page = http.get("/api/v1/evidence", params={"q": TO_REVIEW}).json()
    assert [claim["confidence"] for claim in page["claims"]] == [0.4, 0.8]
    (link,) = re.findall(r'href="([^"]+)">To review<', http.get("/articles").text)
    shown = http.get(unescape(link)).text
    assert shown.index("confidence 0.40") < shown.index("confidence 0.80")
    claim = page["claims"][0]["id"].rsplit("/", 1)[1]
    decision = {"verdict": "accept", "author": "A"}
    http.post(f"/api/v1/claims/{claim}/decisions", json=decision, headers={"If-Match": "*"}).raise_for_status()
    page = http.get("/api/v1/evidence", params={"q": TO_REVIEW}).json()
    assert [claim["confidence"] for claim in page["claims"]] == [0.8]


@pytest.mark.parametrize("question", ["", " ", "a" * 2_001])
def test_a_question_of_no_size_that_is_read_is_told_as_a_question(http: httpx.Client, question: str) -> None:
    told = problem(http.get("/api/v1/evidence", params={"q": question}), 400, "question")
    assert isinstance(told["position"], int)


def test_a_question_that_cannot_be_read_tells_where(http: httpx.Client) -> None:
    told = problem(http.get("/api/v1/evidence", params={"q": "lenalidomide ->"}), 400, "question")
    assert told["position"] == len("lenalidomide ->")
    assert all(isinstance(s, str) for s in told["suggestions"])


def test_an_explanation_gives_the_sparql_of_the_answer(library: Library, http: httpx.Client) -> None:
    told = http.get("/api/v1/explain", params={"q": "lenalidomide -> ? order:uncertain"}).json()
    rows = library._access.store.select(told["sparql"])
    answer = http.get("/api/v1/evidence", params={"q": "lenalidomide -> ? order:uncertain"}).json()
    assert [row[0].value for row in rows if row[0] is not None] == [claim["id"] for claim in answer["claims"]]
    assert told["total"] == answer["total"] == len(rows) > 0
    assert told["terms"][0]["concepts"] == [
        {"id": "http://id.nlm.nih.gov/mesh/D000077269", "label": "lenalidomide", "narrower": 0}
    ]
    problem(http.get("/api/v1/explain", params={"q": "a -> b or"}), 400, "question")


@pytest.mark.parametrize(
    "question", ["lenalidomide and not thalidomide -> ? vs ?", "? -> ? text:maintenance order:newest"]
)
def test_the_endpoint_runs_the_sparql_of_an_explanation(http: httpx.Client, question: str) -> None:
    told = http.get("/api/v1/explain", params={"q": question}).json()
    accept = {"Accept": "application/sparql-results+json"}
    rows = http.post("/sparql", data={"query": told["sparql"]}, headers=accept).json()["results"]["bindings"]
    answer = http.get("/api/v1/evidence", params={"q": question}).json()
    assert [row["claim"]["value"] for row in rows] == [claim["id"] for claim in answer["claims"]]
    assert rows


def test_the_page_of_an_answer_leads_to_its_explanation_and_the_syntax_to_answers(http: httpx.Client) -> None:
    question = 'lenalidomide -> "<b>x</b>" or ? or "y"'
    assert http.get("/explain", params={"q": question}).status_code == 400
    page = http.get("/", params={"q": 'lenalidomide -> not "<b>"'}).text
    link = next(href for href in re.findall(r'href="([^"]+)"', page) if href.startswith("/explain?"))
    shown = http.get(unescape(link)).text
    assert "SELECT DISTINCT ?claim" in shown
    assert "<b>" not in shown
    assert "Status: any but rejected" in shown
    for example, _ in SYNTAX:
        assert http.get("/", params={"q": example}).status_code == 200
        assert example.replace('"', "&#34;").replace(">", "&gt;") in page


@pytest.mark.parametrize("query", ["", "?q=a&limit=0", "?q=a&limit=501", "?q=a&limit=x"])
def test_parameters_out_of_bounds_are_named(http: httpx.Client, query: str) -> None:
    told = problem(http.get(f"/api/v1/evidence{query}"), 422, "invalid")
    assert told["errors"][0]["place"].startswith("query.")


def test_a_foreign_cursor_is_refused(http: httpx.Client) -> None:
    answer = http.get("/api/v1/evidence", params={"q": QUESTION, "cursor": "nonsense"})
    assert problem(answer, 400, "question")


def test_a_claim_carries_its_revision_quote_and_context(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    claim = answer.json()
    assert answer.headers["etag"] == '"0"'
    assert claim["quote"]["exact"].startswith("With lenalidomide maintenance, 17.3%")
    assert claim["context"]["before"] == "Second cancers under maintenance\n\n"
    assert claim["context"]["after"].startswith("\n\nIn all patients")


def test_a_claim_is_found_by_its_iri_and_by_its_beginning(http: httpx.Client, path: str, claim_id: str) -> None:
    whole = http.get(path).json()
    assert http.get(f"/api/v1/claims/{quote(claim_id, safe='')}").json() == whole
    assert http.get(path[:-24]).json() == whole


@pytest.mark.parametrize("tail", ["", "/history"])
def test_an_unknown_claim_is_a_problem(http: httpx.Client, tail: str) -> None:
    problem(http.get(f"/api/v1/claims/{'0' * 32}{tail}"), 404, "unknown-claim")


def test_a_decision_makes_the_next_revision(http: httpx.Client, path: str) -> None:
    answer = http.post(f"{path}/decisions", json=ACCEPT, headers={"If-Match": '"0"'})
    assert answer.status_code == 201
    assert answer.headers["etag"] == http.get(path).headers["etag"] == '"1"'
    assert answer.json()["status"] == http.get(path).json()["status"] == "accepted"
    (decision,) = http.get(answer.headers["location"]).json()["decisions"]
    assert (decision["verdict"], decision["author"], decision["revision"]) == ("accept", "A. Reader", 1)


def test_a_correction_keeps_what_stood_there(http: httpx.Client, path: str) -> None:
    changes = [{"field": "effects[0].value", "value": 16.6}]
    body = {"verdict": "correct", "author": "A. Reader", "reason": "wrong-number", "changes": changes}
    answer = http.post(f"{path}/decisions", json=body, headers={"If-Match": '"0"'})
    assert answer.status_code == 201, answer.text
    assert answer.json()["effects"][0]["value"] == 16.6
    (decision,) = http.get(f"{path}/history").json()["decisions"]
    assert decision["changes"] == [{"field": "effects[0].value", "old": 17.3, "new": 16.6}]


def test_a_decision_needs_the_revision_it_was_made_on(http: httpx.Client, path: str) -> None:
    problem(http.post(f"{path}/decisions", json=ACCEPT), 428, "precondition-required")
    assert http.get(path).headers["etag"] == '"0"'


def test_a_stale_decision_is_refused_with_the_present_state(http: httpx.Client, path: str) -> None:
    http.post(f"{path}/decisions", json=ACCEPT, headers={"If-Match": '"0"'})
    answer = http.post(f"{path}/decisions", json={**ACCEPT, "verdict": "reject"}, headers={"If-Match": '"0"'})
    told = problem(answer, 412, "stale-revision")
    assert answer.headers["etag"] == '"1"'
    assert told["current"]["status"] == "accepted"
    assert (told["expected"], told["revision"]) == (0, 1)
    assert len(http.get(f"{path}/history").json()["decisions"]) == 1


def test_of_many_decisions_on_one_revision_one_is_recorded(http: httpx.Client, path: str) -> None:
    def decide(number: int) -> int:
        body = {**ACCEPT, "author": f"Reader {number}"}
        return http.post(f"{path}/decisions", json=body, headers={"If-Match": '"0"'}).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(decide, range(16))) == [201] + [412] * 15
    assert len(http.get(f"{path}/history").json()["decisions"]) == 1


@pytest.mark.parametrize("tag", ["0", 'W/"0"', '"x"', '"0", "1"'])
def test_a_tag_of_another_form_matches_nothing(http: httpx.Client, path: str, tag: str) -> None:
    problem(http.post(f"{path}/decisions", json=ACCEPT, headers={"If-Match": tag}), 412, "precondition-failed")


def test_any_revision_may_be_asked_for(http: httpx.Client, path: str) -> None:
    for revision in ("1", "2"):
        answer = http.post(f"{path}/decisions", json=ACCEPT, headers={"If-Match": "*"})
        assert answer.headers["etag"] == f'"{revision}"'


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "maybe", "author": "A"},
        {"verdict": "accept", "author": " "},
        {"verdict": "accept", "author": "A", "reason": "whim"},
        {"verdict": "accept", "author": "A", "unknown": 1},
        {"verdict": "accept", "author": "A", "note": "x" * 4_001},
    ],
)
def test_a_decision_of_another_form_is_refused(http: httpx.Client, path: str, body: dict[str, Any]) -> None:
    answer = http.post(f"{path}/decisions", json=body, headers={"If-Match": '"0"'})
    assert problem(answer, 422, "invalid")["errors"][0]["place"].startswith("body")


@pytest.mark.parametrize("digits", ["1" + "0" * 400, "1e400", "NaN"])
def test_a_number_beyond_measure_is_refused(http: httpx.Client, path: str, digits: str) -> None:
    changes = f'[{{"field": "effects[0].value", "value": {digits}}}]'
    body = f'{{"verdict": "correct", "author": "A", "changes": {changes}}}'
    headers = {"If-Match": '"0"', "Content-Type": "application/json"}
    told = problem(http.post(f"{path}/decisions", content=body, headers=headers), 422, "correction")
    assert told["field"] == "effects[0].value"


def test_a_correction_of_no_field_is_refused(http: httpx.Client, path: str) -> None:
    body = {"verdict": "correct", "author": "A", "changes": [{"field": "effects[9].value", "value": 1}]}
    told = problem(http.post(f"{path}/decisions", json=body, headers={"If-Match": '"0"'}), 422, "correction")
    assert told["field"] == "effects[9].value"


def test_broken_json_is_a_problem(http: httpx.Client, path: str) -> None:
    headers = {"If-Match": '"0"', "Content-Type": "application/json"}
    problem(http.post(f"{path}/decisions", content=b"{", headers=headers), 422, "invalid")
