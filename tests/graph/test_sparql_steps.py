"""A change that needs several updates, on a store that has no transaction over them."""

from __future__ import annotations

import pytest

from graph.connection import Connection
from graph.library import Library
from graph.opening import MEMORY
from graph.sparql_http import SparqlHttp
from graph.sparql_store import SparqlStore
from graph.vocab import LEASES
from ingest.article import Article
from ingest.claim import Claim
from tests import builders
from tests.builders import RUN
from tests.graph.small import TERMINOLOGY


class Died(BaseException):
    """The process is gone."""


def versions(moment: int) -> list[tuple[Article, list[Claim]]]:
    """Two versions of an article: the second is a change of some hundred triples, and of a long text."""
    known = builders.article(f"Article {moment}. {builders.SENTENCE}", id=f"urn:picograph:article:{moment}")
    later = builders.article(f"{known.text} And more: {'é' * 40_000}", id=known.id)
    words = ("malignancies", "second primary", "patients", "frequent", "more frequent", "placebo", "HR 1.55")
    claims = [builders.claim(later, builders.SENTENCE, intervention="lenalidomide", outcome=w) for w in words]
    return [(known, [builders.spm_claim(known)]), (later, claims)]


def test_a_change_in_several_updates_happens_whole_or_not_at_all(served: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connection, update, left = Connection(update_limit=50), SparqlHttp.update, [1_000]

    def dies(self: SparqlHttp, text: str) -> None:
        if "vocab#writer" not in text or "graph/log" in text:  # any update but those about leases
            left[0] -= 1
            if left[0] < 0:
                raise Died
        update(self, text)

    monkeypatch.setattr(SparqlHttp, "update", dies)
    outcomes: list[str] = []
    with Library.open(MEMORY, terminology=TERMINOLOGY) as calm:
        while outcomes[-1:] != ["lived"]:
            (known, first), (later, claims) = versions(len(outcomes))
            calm.ingest(known, first, RUN)
            before = b"".join(calm.dump("nquads"))
            calm.ingest(later, claims, RUN)
            after = b"".join(calm.dump("nquads"))
            with Library.open(served, terminology=TERMINOLOGY, connection=connection) as library:
                library.ingest(known, first, RUN)
                left[0] = len(outcomes)
                try:
                    library.ingest(later, claims, RUN)
                    lived = True
                except Died:
                    lived = False
                left[0] = 1_000
            with Library.open(served, terminology=TERMINOLOGY, connection=connection) as library:
                assert library.upkeep.verify(shapes=False).findings == ()
                found = b"".join(library.dump("nquads"))
                assert found in (before, after)
                outcomes.append("lived" if lived else "before" if found == before else "after")
                library.ingest(later, claims, RUN)
                assert b"".join(library.dump("nquads")) == after
    assert sorted(outcomes, key=["before", "after", "lived"].index) == outcomes
    assert min(outcomes.count("before"), outcomes.count("after")) >= 3
    assert SparqlStore(served, Connection()).select(f"SELECT ?s WHERE {{ GRAPH {LEASES} {{ ?s ?p ?o }} }}") == []
