"""Many threads, and many processes on a shared store: no update is lost, no reader sees half of a write."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Literal, Quad, Store

from graph.binding import load_query
from graph.errors import StaleRevision
from graph.library import Library
from graph.model import JsonValue, Verdict
from graph.oxigraph_store import OxigraphStore
from graph.records import STORE
from graph.sparql_store import SparqlStore
from graph.vocab import EV, LEASES, node
from ingest.claim import Claim
from tests import builders
from tests.builders import RUN
from tests.graph.small import TERMINOLOGY

WHEN = "2026-03-01T12:00:00Z"


def one_claim(library: Library) -> Claim:
    source = builders.article()
    claim = builders.spm_claim(source)
    library.ingest(source, [claim], RUN)
    return claim


def decide(library: Library, claim: Claim, number: int, expected: int | None = None) -> Claim:
    changes: list[tuple[str, JsonValue]] = [("effects[0].value", float(number))]
    return library.decide(
        claim.id, Verdict.CORRECT, changes=changes, author=f"{number}", made_at=WHEN, expected_revision=expected
    )


def together(*tasks: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def test_no_decision_of_four_threads_is_lost(any_library: Library) -> None:
    claim = one_claim(any_library)

    def work(first: int) -> None:
        for number in range(first, first + 10):
            decide(any_library, claim, 100 + number)

    together(*(lambda first=first: work(first) for first in (0, 10, 20, 30)))
    held, _ = any_library.claim(claim.id)
    history = any_library.history(claim.id)
    assert held.revision == len(history) == 40
    assert [d.revision for d in history] == list(range(1, 41))
    assert {d.author for d in history} == {str(100 + n) for n in range(40)}
    assert held.effects[0].value == float(history[-1].author)
    assert [d.changes[0].old for d in history[1:]] == [d.changes[0].new for d in history[:-1]]


def test_of_many_who_saw_one_revision_one_is_served(any_library: Library) -> None:
    claim = one_claim(any_library)

    def attempt(number: int) -> bool:
        try:
            decide(any_library, claim, number, expected=0)
        except StaleRevision:
            return False
        return True

    assert sum(map(bool, together(*(lambda n=n: attempt(n) for n in range(2, 8))))) == 1


def test_two_libraries_on_one_shared_store_lose_nothing(served: str) -> None:
    with Library.open(served, terminology=TERMINOLOGY) as one, Library.open(served, terminology=TERMINOLOGY) as two:
        claim = one_claim(one)

        def work(library: Library, first: int) -> int:
            done = 0
            for number in range(first, first + 8):
                expected = library.claim(claim.id)[0].revision
                try:
                    decide(library, claim, 100 + number, expected=expected)
                    done += 1
                except StaleRevision:
                    pass
            return done

        done = together(lambda: work(one, 0), lambda: work(two, 50))
        history = two.history(claim.id)
        assert len(history) == one.claim(claim.id)[0].revision == sum(done)  # type: ignore[arg-type]
        assert [d.changes[0].old for d in history[1:]] == [d.changes[0].new for d in history[:-1]]
        assert one.revision() == two.revision() == 1 + len(history)


class SlowStore(OxigraphStore):
    """A store that takes its time between having written and saying so: readers come in between."""

    def apply(
        self, removed: Collection[Quad], added: Collection[Quad], *, guard: Quad | None, proof: Quad | None
    ) -> None:
        super().apply(removed, added, guard=guard, proof=proof)
        time.sleep(0.01)


@pytest.mark.parametrize("kind", [OxigraphStore, SlowStore])
def test_a_reader_never_sees_half_of_a_write(kind: type[OxigraphStore]) -> None:
    library = Library(kind(Store()), TERMINOLOGY)
    texts = [f"{builders.SENTENCE} Version {number}." for number in range(2)]
    sources = [builders.article(text) for text in texts]
    claims = [builders.spm_claim(source) for source in sources]
    library.ingest(sources[0], [claims[0]], RUN)
    stop = False

    def write() -> int:
        nonlocal stop
        try:
            for number in range(60):
                library.ingest(sources[number % 2], [claims[number % 2]], RUN)
        finally:
            stop = True  # or the readers would read on for ever
        return 0

    def read() -> int:
        seen = 0
        while not stop:
            page = library.evidence('lenalidomide -> "second primary malignancies"')
            record = library.article(sources[0].id)
            assert [r.claim.text_sha256 for r in page.rows] == [r.article.text_sha256 for r in page.rows]
            assert page.total == 1
            assert [c.text_sha256 for c in record.claims] == [record.article.text_sha256]
            seen += 1
        return seen

    results = together(write, read, read)
    assert all(isinstance(seen, int) for seen in results)
    assert sum(seen for seen in results if isinstance(seen, int)) > 0


def test_three_libraries_that_expect_nothing_lose_nothing(served: str) -> None:
    libraries = [Library.open(served, terminology=TERMINOLOGY) for _ in range(3)]
    claim = one_claim(libraries[0])

    def work(number: int) -> int:
        for turn in range(6):
            decide(libraries[number], claim, 100 * (number + 1) + turn)
        return 6

    together(*(lambda n=n: work(n) for n in range(3)))
    history = libraries[1].history(claim.id)
    assert [d.revision for d in history] == list(range(1, 19))
    assert [d.changes[0].old for d in history[1:]] == [d.changes[0].new for d in history[:-1]]
    for library in libraries:
        library.close()


def test_the_lease_of_a_writer_that_died_runs_out(served: str) -> None:
    store = SparqlStore(served)
    dead, living = Literal(f"{time.time() - 1:.1f} dead"), Literal(f"{time.time() + 1:.1f} living")
    leases = [Quad(STORE, node(EV.writer), lease, LEASES) for lease in (dead, living)]
    store.apply([], leases, guard=None, proof=None)
    began = time.time()
    with store.exclusive():
        assert time.time() > float(living.value.split()[0])
        assert time.time() - began < 5
        assert len(store.select(load_query("leases"))) == 1
    assert store.select(load_query("leases")) == []
    store.close()
