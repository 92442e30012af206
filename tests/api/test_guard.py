"""This machine only, nothing forged by other sites, safe headers, no internals in errors."""

from __future__ import annotations

import httpx
import pytest

from graph.library import Library
from tests.api.conftest import serving
from tests.api.test_http_claims import problem


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:99", "[::1]", "[::1]:80", "LOCALHOST:1"])
def test_names_of_this_machine_are_answered(http: httpx.Client, host: str) -> None:
    assert http.get("/api/v1/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.", "10.0.0.1", "", "localhost:x"])
def test_other_names_are_refused(http: httpx.Client, host: str) -> None:
    assert http.get("/api/v1/health", headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/api/v1/articles", "/claims/0000000/decisions"])
def test_a_page_of_another_origin_changes_nothing(http: httpx.Client, path: str, headers: dict[str, str]) -> None:
    answer = http.post(path, content=b"verdict=accept", headers=headers)
    assert answer.status_code == 403
    if path.startswith("/api/"):
        problem(answer, 403, "cross-origin")


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_may(http: httpx.Client, site: str) -> None:
    assert http.post("/api/v1/articles", content=b"x", headers={"Sec-Fetch-Site": site}).status_code == 422
    own = str(http.base_url).rstrip("/")
    assert http.post("/api/v1/articles", content=b"x", headers={"Origin": own}).status_code == 422


@pytest.mark.parametrize("path", ["/", "/api/v1/health", "/nothing", "/api/v1/nothing", "/static/style.css"])
def test_every_answer_carries_safe_headers(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_wrong_method_is_a_problem_that_names_the_right_one(http: httpx.Client) -> None:
    answer = http.delete("/api/v1/evidence")
    problem(answer, 405, "method")
    assert answer.headers["allow"] == "GET"


def test_an_unknown_path_is_a_problem_for_programs_and_a_page_for_people(http: httpx.Client) -> None:
    problem(http.get("/api/v1/nothing"), 404, "not-found")
    page = http.get("/nothing")
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Not Found</h1>" in page.text


def test_a_fault_of_ours_tells_no_internals(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Library) -> int:
        raise RuntimeError("secret place /home/someone")

    monkeypatch.setattr(Library, "revision", broken)
    with serving(library) as address, httpx.Client(base_url=address, trust_env=False) as client:
        answer = client.get("/api/v1/health")
        problem(answer, 500, "internal")
        assert "secret" not in answer.text
        assert "content-security-policy" in answer.headers
