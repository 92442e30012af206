"""The index follows the library, and whatever it missed or lost it makes up for."""

from __future__ import annotations

import doctest
import shutil
import sqlite3
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.index.ordering import id_of
from graph.index.side import SideIndex
from graph.library import Library
from graph.model import Verdict
from graph.opening import INDEX, MEMORY
from ingest.claim import Claim, Mention, Study
from tests import builders
from tests.builders import RUN
from tests.graph.small import SPM, TERMINOLOGY

WHEN = "2026-03-01T12:00:00Z"


def add(library: Library, name: str, words: str = "one", **slots: Any) -> Claim:
    source = builders.article(f"{name} {words}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}")
    given = {"study": None, "outcome": Mention("SPM", None, None, SPM), **slots}
    claim = builders.spm_claim(source, **given)
    library.ingest(source, [claim], RUN)
    return claim


def content(index: SideIndex) -> dict[str, tuple[Any, ...]]:
    """What the columns say of every claim, without numbers that depend on the order of events."""
    columns, found = index.columns, dict[str, tuple[Any, ...]]()
    for place in range(columns.claims.size):
        if not columns.claims["alive"][place]:
            continue
        home = int(columns.claims["article"][place])
        plain = ("start", "confidence", "kind", "status", "direction", "significance", "grades", "measures", "people")
        named = ("design", "phase", "study", "unit")
        slots = [int(columns.claims[role][place]) for role in ("intervention", "comparator", "outcome", "population")]
        found[id_of(columns, place)] = (
            columns.ids[home],
            *(int(columns.claims[name][place]) for name in plain),
            *(index.said(int(columns.claims[name][place])) for name in named),
            *(None if m < 0 else index.said(int(columns.mentions["facet"][m])) for m in slots),
            *(int(columns.articles[n][home]) for n in ("rank", "date", "kind", "secondary", "excluded", "doubled")),
            index.claims([place])[0],
        )
    return found


def of(library: Library) -> SideIndex:
    library.facets("? -> ?")
    return library._access._index


def anew(library: Library) -> dict[str, tuple[Any, ...]]:
    """The same of an index that is made in one go."""
    index = SideIndex(None)
    reader = library._access.reader()
    index.catch_up(reader, library._access._identity)
    found = content(index)
    index.close()
    return found


@pytest.mark.parametrize("module", ["prose", "record"])
def test_worked_examples_hold(module: str) -> None:
    done = doctest.testmod(import_module(f"graph.index.{module}"))
    assert done.attempted > 0
    assert done.failed == 0


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from("abc"), st.sampled_from(["x", "y"]), st.integers(0, 3)),
        st.tuples(st.just("decide"), st.sampled_from("abc"), st.sampled_from(["", "q"]), st.just(0)),
        st.tuples(st.just("ask"), st.just(""), st.just(""), st.just(0)),
    ),
    max_size=10,
)
STUDIES = (None, Study(name="Alpha", phase="3"), Study(registration="NCT00000001", randomised=90), Study(design="RCT"))


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_an_index_that_followed_is_one_made_in_one_go(steps: list[tuple[str, str, str, int]]) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        held: dict[str, Claim] = {}
        for kind, name, words, number in steps:
            if kind == "add":
                held[name] = add(library, name, words, study=STUDIES[number])
            elif kind == "ask":
                of(library)
            elif name in held:
                library.decide(held[name].id, Verdict.ACCEPT, note=words or None, author="a", made_at=WHEN)
        assert content(of(library)) == anew(library)


@pytest.fixture
def open_store(tmp_path: Path) -> Callable[[], Library]:
    return lambda: Library.open(tmp_path / "store", terminology=TERMINOLOGY)


def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often an index is made in one go."""
    made: list[int] = []
    whole = SideIndex._update

    def update(self: SideIndex, reader: Any, articles: Any) -> None:
        made.append(len(articles))
        whole(self, reader, articles)

    monkeypatch.setattr(SideIndex, "_update", update)
    return made


def test_an_index_is_kept_between_two_openings(
    open_store: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store() as library:
        for name in "abc":
            add(library, name)
        expected = content(of(library))
    read = made_anew(monkeypatch)
    with open_store() as library:
        assert content(of(library)) == expected
        assert read == []
        add(library, "d")
        assert len(content(of(library))) == 4
        assert read == [1]


def test_what_was_written_without_asking_is_made_up_for(
    open_store: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store() as library:
        add(library, "a")
        of(library)
    with open_store() as library:
        claim = add(library, "b")
        library.ingest(builders.article("Nothing here.", id="urn:picograph:article:c"), [], RUN)
    read = made_anew(monkeypatch)
    with open_store() as library:
        assert claim.id in content(of(library))
        assert content(of(library)) == anew(library)
    assert read[0] == 2


@pytest.mark.parametrize("harm", ["missing", "no database", "of another layout", "of another store", "cut short"])
def test_an_index_that_is_of_no_use_is_made_again(open_store: Callable[[], Library], tmp_path: Path, harm: str) -> None:
    with open_store() as library:
        add(library, "a")
        expected = content(of(library))
    place = tmp_path / "store" / INDEX
    if harm == "missing":
        place.unlink()
    elif harm == "no database":
        place.write_bytes(b"not a database, but long enough to be looked at as one" * 50)
    elif harm == "cut short":
        place.write_bytes(place.read_bytes()[:5000])
    else:
        connection = sqlite3.connect(place)
        name = "layout" if harm == "of another layout" else "store"
        connection.execute("UPDATE about SET value = 'another' WHERE name = ?", (name,))
        connection.commit()
        connection.close()
    with open_store() as library:
        assert content(of(library)) == expected


def test_what_an_index_of_another_layout_took_is_given_back(open_store: Callable[[], Library], tmp_path: Path) -> None:
    with open_store() as library:
        add(library, "a")
        expected = content(of(library))
    place = tmp_path / "store" / INDEX
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE claim AS SELECT zeroblob(5000000) AS packed")
    connection.execute("UPDATE about SET value = 'another' WHERE name = 'layout'")
    connection.commit()
    connection.close()
    with open_store() as library:
        assert content(of(library)) == expected
        assert sum(part.stat().st_size for part in place.parent.glob(f"{INDEX}*")) < 2_000_000


def test_an_index_of_writes_that_the_store_lost_is_made_again(
    open_store: Callable[[], Library], tmp_path: Path
) -> None:
    with open_store() as library:
        add(library, "a")
        library.flush()
        library.snapshot(tmp_path / "before")
        add(library, "b")
        assert len(content(of(library))) == 2
    store = tmp_path / "store" / "oxigraph"
    shutil.rmtree(store)
    shutil.copytree(tmp_path / "before", store)
    with open_store() as library:
        other = add(library, "c")
        assert content(of(library)) == anew(library)
        assert other.id in content(of(library))


def test_a_claim_is_found_by_the_beginning_of_its_id(library: Library) -> None:
    claim = add(library, "a")
    tail = claim.id.rpartition("/")[2]
    for length in (6, 15, 16, 17, 31, 32):
        assert library.claim(tail[:length])[0].id == claim.id


@pytest.mark.parametrize(
    ("words", "found"),
    [("more frequent", True), ("MORE   frequent", True), ("frequent more", False), ("frequ", False), ("1.55", True)],
)
def test_words_of_quotes_are_found_one_behind_the_other(library: Library, words: str, found: bool) -> None:
    add(library, "a")
    assert bool(library.evidence(f'? -> ? text:"{words}"').rows) == found


def test_quotes_of_a_replaced_text_are_not_found_any_more(library: Library) -> None:
    add(library, "a")
    old = library.evidence("? -> ? text:frequent").rows[0].claim.id
    source = builders.article("Nothing to see here; no more.", id="urn:picograph:article:a")
    library.ingest(source, [], RUN)
    assert library.evidence("? -> ? text:frequent").rows == ()
    assert old not in content(of(library))


def test_articles_are_listed_by_page_without_their_texts(library: Library) -> None:
    for name in "cab":
        add(library, name)
    whole, last = library.article_list()
    assert [a.id[-1] for a in whole] == ["a", "b", "c"]
    assert last is None
    assert all(a.text == "" for a in whole)
    first, following = library.article_list(limit=2)
    assert [a.id[-1] for a in first] == ["a", "b"]
    assert [a.id[-1] for a in library.article_list(limit=2, after=following)[0]] == ["c"]
    with pytest.raises(ValueError, match="1 to 1000"):
        library.article_list(limit=0)


def test_it_is_told_how_far_the_index_is(library: Library) -> None:
    told: list[tuple[int, int]] = []
    library.tell_indexing(lambda done, total: told.append((done, total)))
    for name in "abc":
        add(library, name)
    of(library)
    assert told[0] == (0, 3)
    assert told[-1] == (3, 3)
