"""Articles, health and exports over HTTP."""

from __future__ import annotations

import itertools
import json
from urllib.parse import quote

import httpx
import pytest

from api.settings import Settings
from graph.library import Library
from tests.api.conftest import serving
from tests.api.readers import NEXT
from tests.api.samples import TEXT
from tests.api.test_http_claims import problem

OTHER = f"{TEXT}More.\n"
SAMPLE = "urn:picograph:article:sample%20trial/1"


def test_an_article_carries_its_text_and_claims(http: httpx.Client) -> None:
    found = http.get(f"/api/v1/articles/{quote(SAMPLE, safe='')}").json()
    assert found["article"]["id"] == SAMPLE
    assert found["text"] == TEXT
    for claim in found["claims"]:
        place = claim["quote"]
        assert found["text"][place["start"] : place["end"]] == place["exact"]


def test_an_unknown_article_is_a_problem(http: httpx.Client) -> None:
    assert problem(http.get("/api/v1/articles/nothing"), 404, "unknown-article")["article"] == "nothing"


@pytest.mark.parametrize(
    "body",
    [
        {"json": {"text": OTHER, "name": "trial.txt", "id": "new"}},
        {"content": OTHER.encode(), "params": {"name": "trial.txt", "id": "new"}},
        {"content": OTHER.encode(), "params": {"id": "new"}, "headers": {"Content-Type": "text/plain"}},
    ],
    ids=["json", "bytes", "text"],
)
def test_an_article_is_read_and_stored_once(http: httpx.Client, body: dict[str, object]) -> None:
    first = http.post("/api/v1/articles", **body)  # type: ignore[arg-type]
    assert first.status_code == 201, first.text
    assert (first.json()["article"], first.json()["added"]) == ("urn:picograph:article:new", 2)
    assert http.get(first.headers["location"]).json()["text"] == OTHER
    again = http.post("/api/v1/articles", **body)  # type: ignore[arg-type]
    assert (again.status_code, again.json()["unchanged"], again.json()["added"]) == (200, True, 0)


def test_an_unreadable_article_is_a_problem(http: httpx.Client) -> None:
    told = problem(http.post("/api/v1/articles", json={"text": "x", "name": "x.txt"}), 422, "unreadable")
    assert told["detail"] == "x.txt: line 1: not the sample"


@pytest.mark.parametrize("name", ["dies.txt", "breaks.txt"])
def test_an_article_that_kills_the_reader_leaves_the_service_well(http: httpx.Client, name: str) -> None:
    problem(http.post("/api/v1/articles", json={"text": "x", "name": name}), 422, "unreadable")
    assert http.post("/api/v1/articles", json={"text": OTHER}).status_code == 201


@pytest.mark.parametrize(
    "sent", [b"{", b"[]", b'{"name": "x"}', b'{"text": 1}', b'{"text": "x", "unknown": 1}', b'{"text": "\\ud800"}']
)
def test_an_article_of_another_form_is_refused(http: httpx.Client, sent: bytes) -> None:
    answer = http.post("/api/v1/articles", content=sent, headers={"Content-Type": "application/json"})
    problem(answer, 422, "invalid")


def test_several_articles_of_one_upload_are_told_one_by_one(http: httpx.Client) -> None:
    body = NEXT.join([OTHER, "nonsense", f"{TEXT}Third.\n", "dies.txt"])
    for added in (2, 0):
        answer = http.post("/api/v1/articles", json={"text": body, "name": "many.txt"})
        assert answer.status_code == 200, answer.text
        found = answer.json()
        names = ["urn:picograph:article:sent", "urn:picograph:article:sent2"]
        assert [(o["article"], o["added"]) for o in found["outcomes"]] == [(name, added) for name in names]
        assert found["failures"] == [
            "many.txt: line 1: not the sample",
            "many.txt: record 4: the reading process died on this article",
        ]
    assert http.get(f"/api/v1/articles/{quote(names[1], safe='')}").json()["text"] == f"{TEXT}Third.\n"


def test_an_upload_that_is_left_in_its_middle_leaves_the_service_well(http: httpx.Client) -> None:
    body = NEXT.join(f"{TEXT}Number {number}.\n" for number in range(60))
    with http.stream("POST", "/api/v1/articles", json={"text": body, "name": "many.txt"}) as answer:
        assert "sent1" in "".join(itertools.islice(answer.iter_lines(), 3))
    assert http.get(f"/api/v1/articles/{quote('urn:picograph:article:sent1', safe='')}").status_code == 200
    assert http.post("/api/v1/articles", json={"text": OTHER, "id": "next"}).status_code == 201


def test_health_names_the_service(http: httpx.Client, library: Library) -> None:
    health = http.get("/api/v1/health").json()
    assert health["service"] == "picograph"
    assert health["revision"] == library.revision()
    assert (health["counts"]["articles"], health["counts"]["claims"]) == (1, 2)


def test_an_export_narrows_by_status(http: httpx.Client) -> None:
    lines = http.get("/api/v1/export").text.splitlines()
    assert len(lines) == 2
    path = f"/api/v1/claims/{json.loads(lines[0])['id'].rsplit('/', 1)[1]}"
    http.post(f"{path}/decisions", json={"verdict": "accept", "author": "A"}, headers={"If-Match": '"0"'})
    accepted = http.get("/api/v1/export", params={"status": "accepted"}).text.splitlines()
    assert [json.loads(line)["id"] for line in accepted] == [json.loads(lines[0])["id"]]


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("?format=turtle&status=accepted", 400, "selection"),
        ("?question=nonsense", 400, "question"),
        ("?format=docx", 422, "invalid"),
        ("?status=liked", 422, "invalid"),
    ],
)
def test_an_export_that_cannot_be_is_a_problem(http: httpx.Client, query: str, status: int, slug: str) -> None:
    problem(http.get(f"/api/v1/export{query}"), status, slug)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused(library: Library, chunked: bool) -> None:
    settings = Settings(body_limit=1000, reader="tests.api.readers:sample")
    body = b"x" * 1001
    with serving(library, settings) as address, httpx.Client(base_url=address, trust_env=False) as client:
        answer = client.post("/api/v1/articles", content=iter([body[:600], body[600:]]) if chunked else body)
        problem(answer, 413, "too-large")
        problem(client.post("/api/v1/articles", content=b"x" * 1000), 422, "unreadable")
