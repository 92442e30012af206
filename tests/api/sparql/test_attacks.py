"""Queries that mean harm, one after the other, while others ask: the service goes on answering."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from api.settings import Settings
from graph.library import Library
from tests.api.conftest import serving
from tests.api.sparql.attacks import ENDED, REFUSED, SURVIVED, asking_elsewhere

ORDINARY = "SELECT (COUNT(*) AS ?count) { ?claim a <https://w3id.org/picograph/vocab#Claim> }"
NO_ANSWER = {400, 413, 422, 500, 504}


@pytest.fixture(scope="module")
def hurried(shared_library: Library) -> Iterator[httpx.Client]:
    """A service that gives a query a second."""
    settings = Settings(
        reader="tests.api.readers:sample", sparql_timeout=1, sparql_wait=60, sparql_answer_bytes=2_000_000
    )
    with (
        serving(shared_library, settings) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=90) as client,
    ):
        assert client.post("/sparql", data={"query": ORDINARY}).status_code == 200
        yield client


@contextmanager
def others_asking(client: httpx.Client) -> Iterator[None]:
    """Health and an ordinary query are asked over and over, and answered."""
    stop = threading.Event()
    faults: list[str] = []
    rounds: list[int] = []

    def ask() -> None:
        with httpx.Client(base_url=client.base_url, trust_env=False, timeout=90) as other:
            while not (stop.is_set() and rounds):
                for answer in (other.get("/api/v1/health"), other.get("/sparql", params={"query": ORDINARY})):
                    if answer.status_code != 200:
                        faults.append(answer.text)
                rounds.append(1)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert not faults
    assert rounds


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """An address in angle brackets, and who has connected to it."""
    callers: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    stop = threading.Event()

    def listen() -> None:
        while not stop.is_set():
            try:
                caller, name = listener.accept()
            except TimeoutError:
                continue
            callers.append(str(name))
            caller.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"<http://127.0.0.1:{listener.getsockname()[1]}/>", callers
    stop.set()
    thread.join()
    listener.close()


@pytest.mark.parametrize("name", asking_elsewhere("<a:b>"))
def test_nothing_is_asked_elsewhere(hurried: httpx.Client, trap: tuple[str, list[str]], name: str) -> None:
    address, callers = trap
    answer = hurried.post("/sparql", data={"query": asking_elsewhere(address)[name]})
    assert answer.status_code == 400, answer.text
    assert callers == []


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(hurried: httpx.Client, name: str) -> None:
    answer = hurried.post("/sparql", data={"query": REFUSED[name]})
    assert answer.status_code in (400, 413), answer.text


@pytest.mark.parametrize("name", ENDED)
def test_it_is_ended_while_others_are_answered(hurried: httpx.Client, name: str) -> None:
    with others_asking(hurried):
        answer = hurried.post("/sparql", data={"query": ENDED[name]})
    assert answer.status_code in (422, 500, 504), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", SURVIVED)
def test_the_service_survives_it(hurried: httpx.Client, name: str) -> None:
    answer = hurried.post("/sparql", data={"query": SURVIVED[name]})
    assert answer.status_code in {200, *NO_ANSWER}, answer.text
    assert hurried.get("/sparql", params={"query": ORDINARY}).status_code == 200


def test_many_attacks_at_once_leave_the_service_answering(hurried: httpx.Client) -> None:
    statuses = []

    def attack(query: str) -> None:
        statuses.append(
            httpx.post(f"{hurried.base_url}/sparql", data={"query": query}, trust_env=False, timeout=90).status_code
        )

    threads = [
        threading.Thread(target=attack, args=(ENDED[name],)) for name in ("cross join", "a path between all pairs") * 3
    ]
    for thread in threads:
        thread.start()
    assert hurried.get("/api/v1/health").status_code == 200
    for thread in threads:
        thread.join()
    assert set(statuses) <= {503, 504}
    assert 504 in statuses
    assert hurried.get("/sparql", params={"query": ORDINARY}).status_code == 200
