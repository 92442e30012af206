"""The terminology as arrays: what is packed comes back, lines are found by bisection, misfits are refused."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.curies import PREFIXES, expand, shorten
from ingest.term_keys import loose_hash, loose_of
from ingest.term_table import FAVOURS, FORMAT, KINDS, Arrays, Lines, Row, Source, Table, pack
from ingest.terminology import Concept, ConceptKind, Terminology, key_of, shipped_table

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)
ROWS = (
    Row(
        "http://id.nlm.nih.gov/mesh/D2", "drug", [("beta", Source.MESH), ("β", Source.CORPUS)], ["urn:x:1"], ["chebi:1"]
    ),
    Row("mesh:D1", "disease", [("alpha", Source.OWN)], ["mesh:D2"], (), "lower", True, [True]),
)


def lines(texts: Sequence[str]) -> Lines:
    return Lines(np.frombuffer("".join(f"{t}\n" for t in texts).encode("utf-8"), dtype=np.uint8))


@given(st.lists(WORDS, max_size=20), WORDS)
def test_sorted_lines_are_found_by_bisection(texts: list[str], wanted: str) -> None:
    ordered = sorted(set(texts), key=lambda t: t.encode("utf-8"))
    held = lines(ordered)
    assert [held[i] for i in range(len(held))] == ordered
    assert held.find(wanted) == (ordered.index(wanted) if wanted in ordered else None)
    assert [held[i] for i in held.beginning(wanted)] == [t for t in ordered if t.startswith(wanted)]
    assert all(held.find(text) is not None for text in ordered)


@given(st.lists(WORDS, max_size=20), st.text("ab|.", min_size=1, max_size=2))
def test_lines_tell_which_hold_a_text_and_how_long_they_are(texts: list[str], wanted: str) -> None:
    held = lines(texts)
    assert held.holding(wanted).tolist() == [i for i, t in enumerate(texts) if wanted in t]
    assert held.count(wanted[0]).tolist() == [t.count(wanted[0]) for t in texts]
    assert held.lengths.tolist() == [len(t.encode("utf-8")) for t in texts]


def test_half_a_pair_of_surrogates_is_no_line() -> None:
    held = lines(["a", "b"])
    assert held.find("\ud800") is None
    assert list(held.beginning("\udfff")) == []


def test_what_is_packed_comes_back() -> None:
    table = Table(pack(ROWS))
    assert [table.ids[i] for i in range(2)] == ["mesh:D1", "mesh:D2"]
    assert [KINDS[int(k)] for k in table.kinds] == ["disease", "drug"]
    assert [FAVOURS[int(f) >> 1] for f in table.flags] == ["lower", None]
    assert [table.texts[i] for i in range(3)] == ["alpha", "beta", "β"]
    assert [table.keys[i] for i in range(len(table.keys))] == ["alpha", "beta"]
    assert [Source(int(s)) for s in table.sources] == [Source.OWN, Source.MESH, Source.CORPUS]
    assert [table.parent_id(int(p)) for p in table.parents] == ["mesh:D2", "urn:x:1"]
    assert table.children(1).tolist() == [0]
    assert [table.names_of_key(i).tolist() for i in range(2)] == [[0], [1, 2]]
    assert table.spotted.tolist() == [True, False, False]


def test_the_order_of_rows_does_not_matter_and_the_digest_tells_them_apart() -> None:
    assert Table(pack(ROWS)).digest == Table(pack(ROWS[::-1])).digest
    assert Table(pack(ROWS)).digest != Table(pack(ROWS[:1])).digest


@given(st.lists(st.tuples(WORDS.filter(bool), WORDS.filter(lambda w: bool(key_of(w)))), unique_by=lambda p: p[0]))
def test_concepts_survive_packing_writing_and_reading(given_names: list[tuple[str, str]]) -> None:
    concepts = [Concept(f"urn:a:{iri}", name, ConceptKind.OUTCOME) for iri, name in given_names]
    file = io.BytesIO()
    rows = [Row(c.iri, c.kind, [(c.name, Source.OWN)], spot=True, spots=[True]) for c in concepts]
    np.savez_compressed(file, **pack(rows))
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        again = Terminology(tables=[Table(dict(arrays))])
    assert again.digest == Terminology(concepts).digest
    assert {c.iri: c for c in again} == {c.iri: c for c in concepts}


def without(arrays: Arrays, name: str) -> Arrays:
    return {**arrays, name: arrays[name][:-1]}


@pytest.mark.parametrize("name", ["kinds", "flags", "same", "name_counts", "sources", "name_keys", "spotted", "loose"])
def test_arrays_that_do_not_fit_each_other_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="differ in length"):
        Table(without(pack(ROWS), name))


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match=f"format {FORMAT + 1}"):
        Table({**pack(ROWS), "format": np.array(FORMAT + 1)})


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([ROWS[0], ROWS[0]], "mesh:D2 comes twice"),
        ([Row("mesh:D2", "drug", [("a", Source.OWN)]), ROWS[0]], "mesh:D2 comes twice"),
        ([Row("mesh:D3", "drug", [("a\nb", Source.OWN)])], "line feed"),
        ([Row("mesh:D\n3", "drug", [("a", Source.OWN)])], "line feed"),
    ],
)
def test_rows_that_cannot_be_packed_are_refused(rows: list[Row], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        pack(rows)


@given(st.sampled_from([*PREFIXES, "unknown", "http", ""]), WORDS)
def test_a_compact_id_and_its_iri_lead_to_each_other(prefix: str, rest: str) -> None:
    compact = f"{prefix}:{rest}"
    assert shorten(expand(compact)) == compact
    assert expand(shorten(expand(compact))) == expand(compact)


@given(
    st.lists(st.sampled_from(["breast", "cancer", "tumour", "of", "the", "second", "malignancies", "in"]), max_size=5)
)
def test_the_loose_key_knows_no_order_and_no_small_words(words: list[str]) -> None:
    one, other = key_of(" ".join(words)), key_of(" ".join(reversed([*words, "of", "the"])))
    assert loose_of(one) == loose_of(other)
    assert loose_hash(one) == loose_hash(other)


def test_the_shipped_table_is_in_order_and_its_keys_are_those_of_its_names() -> None:
    table = shipped_table()
    for held in (table.ids, table.keys):
        some = [held.raw(i) for i in range(0, len(held), 97)]
        assert some == sorted(some)
    for name in range(0, len(table.texts), 997):
        key = key_of(table.texts[name])
        assert table.keys[int(table.name_keys[name])] == key
        assert int(table.loose[int(table.name_keys[name])]) == loose_hash(key)
