"""Copies of the store: as new as promised, and gone when nobody needs them."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from api.sparql.errors import EndpointBusy, NoSnapshots
from graph.errors import StoreError
from graph.library import Library
from graph.model import Reason, Verdict
from graph.oxigraph_store import OxigraphStore
from graph.vocab import EV
from tests.api.conftest import serving
from tests.api.sparql.asking import TRIPLES, ask, running


def test_answers_follow_the_library_and_old_copies_go(store: Path) -> None:
    async def work() -> None:
        with Library.open(store) as library:
            async with running(library, sparql_children=2, sparql_renewal=0.0) as endpoint:
                first = await ask(endpoint, TRIPLES)
                claim, _ = next(library.claims())
                accepted = f"PREFIX ev: <{EV._NS}> ASK {{ <{claim.id}> ev:status ev:accepted }}"
                assert b"false" in (await ask(endpoint, accepted)).body
                for number in range(5):
                    verdict, reason = (Verdict.REJECT, Reason.OTHER) if number % 2 else (Verdict.ACCEPT, None)
                    library.decide(claim.id, verdict, reason=reason, author="a", made_at=f"2026-03-01T12:00:0{number}Z")
                    answer = await ask(endpoint, accepted)
                    assert answer.revision == library.revision() == first.revision + number + 1
                    assert (b"true" in answer.body) == (number % 2 == 0)
                    assert answer.tag != first.tag
                copies = store / "snapshots"
                assert copies.is_dir()
                for _ in range(200):
                    await ask(endpoint, "ASK {}")
                    if len(list(copies.iterdir())) == 1:
                        break
                    await asyncio.sleep(0.05)
                assert len(list(copies.iterdir())) == 1
            assert not copies.exists()

    asyncio.run(work())


def test_a_copy_serves_until_its_time_is_over(store: Path) -> None:
    async def work() -> None:
        with Library.open(store) as library:
            async with running(library, sparql_children=1, sparql_renewal=3600.0) as endpoint:
                first = await ask(endpoint, TRIPLES)
                claim, _ = next(library.claims())
                library.decide(claim.id, Verdict.ACCEPT, author="a", made_at="2026-03-01T12:00:00Z")
                assert (await ask(endpoint, TRIPLES)).revision == first.revision < library.revision()

    asyncio.run(work())


def test_what_a_killed_service_left_is_removed(store: Path) -> None:
    left = store / "snapshots" / "7"
    left.mkdir(parents=True)
    (left / "000001.sst").write_bytes(b"x")

    with Library.open(store) as library, serving(library):
        assert not left.exists()


def test_a_store_of_others_is_not_asked(shared_library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(store: OxigraphStore, target: Path) -> None:
        raise StoreError("it makes its own copies")

    monkeypatch.setattr(OxigraphStore, "snapshot", refuse)

    async def work() -> None:
        async with running(shared_library) as endpoint:
            with pytest.raises(NoSnapshots, match="ask that store itself"):
                await ask(endpoint, "ASK {}")
            assert endpoint.pool.workers() == []

    asyncio.run(work())


def test_a_copy_that_cannot_be_opened_is_told_and_logged(
    shared_library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def spoil(store: OxigraphStore, target: Path) -> None:
        target.mkdir()

    monkeypatch.setattr(OxigraphStore, "snapshot", spoil)
    monkeypatch.setattr("api.sparql.pool._FIRST", 1.0)

    async def work() -> None:
        async with running(shared_library, sparql_children=1, sparql_wait=1.0) as endpoint:
            with pytest.raises(EndpointBusy):
                await ask(endpoint, "ASK {}")

    with caplog.at_level(logging.WARNING, "picograph"):
        asyncio.run(work())
    assert "could not open its copy" in caplog.text
