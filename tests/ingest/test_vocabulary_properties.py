"""Whatever a vocabulary file holds, it is read or refused with reasons; what a table holds comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.curies import expand
from ingest.term_keys import key_of
from ingest.term_table import KINDS, Row, Source, Table, pack
from ingest.terminology import Concept, ConceptKind, Terminology
from ingest.vocabularies.cycles import cycles
from ingest.vocabularies.formats import READERS, read
from ingest.vocabularies.intake import Limits
from ingest.vocabularies.joining import Joined, join
from ingest.vocabularies.known import Known
from ingest.vocabularies.packed import read_packed
from ingest.vocabularies.problems import VocabularyError
from tests.ingest.test_vocabularies import BAD, GOOD, HEAD

LIMITS = Limits(1_000_000, 1_000)
SHIPPED = Table(
    pack(
        [
            Row("urn:s:0", "drug", [("drug of old", Source.MESH)]),
            Row("urn:s:1", "disease", [("disease of old", Source.MESH)], ["urn:s:2"], ["mondo:1"]),
            Row("urn:s:2", "disease", [("diseases of old", Source.MESH)]),
        ]
    )
)
FILES = [p for p in (*GOOD, *BAD) if p.suffix in READERS]


def taken(data: bytes, name: str) -> tuple[Joined, Sequence[object]]:
    """What becomes of a file's bytes: the rows and the problems. Raises VocabularyError and nothing else."""
    known = Known([SHIPPED])
    intake, _ = read(data, Path(name), LIMITS)
    joined = join(intake, known, None)
    if not intake.problems.count:
        Terminology(tables=[SHIPPED, Table(pack(joined.rows))])
    return joined, intake.problems.in_order


def tried(data: bytes, name: str) -> None:
    try:
        _, problems = taken(data, name)
    except VocabularyError as error:
        problems = error.problems
    for problem in problems:
        assert str(problem).startswith(name)
        assert "\n" not in str(problem)


@pytest.mark.parametrize("ending", READERS)
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    tried(data, f"x{ending}")


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_a_file_with_a_few_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    signs = st.sampled_from(b'\x00\n\r\t "[]{}!:\\|<>&;@^#(.' + bytes(range(128, 256, 9)))
    for _ in range(data.draw(st.integers(1, 5)) if content else 0):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(signs)
    tried(bytes(content), f"x{path.suffix}")


@given(data=st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_as_a_packed_file_are_refused(data: bytes) -> None:
    with pytest.raises(VocabularyError):
        read_packed(data, "x.npz", LIMITS, Known([SHIPPED]))


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"], exclude_characters='|"#'))
told = names.filter(lambda name: bool(key_of(name))).map(lambda name: name[:30]).filter(lambda n: bool(key_of(n)))


@st.composite
def vocabularies(draw: st.DrawFn) -> list[Concept]:
    """Concepts of which each may lie below earlier ones and below what ships."""
    out: list[Concept] = []
    for i in range(draw(st.integers(1, 8))):
        called = {key_of(n): n for n in draw(st.lists(told, min_size=1, max_size=4))}
        first, *others = called.values()
        above = draw(st.lists(st.sampled_from([*(c.iri for c in out), "urn:s:0", "urn:s:1"]), unique=True, max_size=2))
        kind, favours = draw(st.sampled_from(KINDS)), draw(st.sampled_from([None, "lower", "higher"]))
        same = draw(st.lists(st.sampled_from(["mesh:D999991", "hp:99", "urn:y:1"]), unique=True))
        out.append(Concept(f"urn:x:{i}", first, ConceptKind(kind), tuple(others), tuple(above), favours, tuple(same)))
    return out


@given(concepts=vocabularies())
@settings(max_examples=200, deadline=None)
def test_a_table_gives_back_what_was_written(concepts: list[Concept]) -> None:
    lines = (
        (c.iri, c.name, c.kind, "|".join(c.synonyms), "|".join(c.parents), c.favours or "", "|".join(c.same))
        for c in concepts
    )
    joined, problems = taken((HEAD + "".join("\t".join(cells) + "\n" for cells in lines)).encode(), "x.tsv")
    assert problems == ()
    terminology = Terminology(tables=[SHIPPED, Table(pack(joined.rows))])
    for concept in concepts:
        found = terminology.get(concept.iri)
        assert found is not None
        assert (found.name, found.kind, found.synonyms) == (concept.name, concept.kind, concept.synonyms)
        assert set(found.parents) == set(map(expand, concept.parents))
        assert (found.favours, set(found.same)) == (concept.favours, set(concept.same))


@given(
    edges=st.dictionaries(
        st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), max_size=3, unique=True), max_size=8
    )
)
def test_a_circle_is_found_where_there_is_one_and_its_steps_are_real(edges: dict[str, list[str]]) -> None:
    edges = {child: [p for p in above if p != child] for child, above in edges.items()}

    def above(ident: str) -> set[str]:
        seen, todo = set[str](), [ident]
        while todo:
            for parent in edges.get(todo.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        return seen

    found = cycles(edges, lambda _: [])
    assert bool(found) == any(ident in above(ident) for ident in edges)
    for way in found:
        assert way[0] == way[-1]
        assert all(parent in edges[child] for child, parent in pairwise(way))


def test_a_circle_through_what_ships_is_found_and_one_within_it_is_not_ours() -> None:
    shipped = {"s": ["t"], "t": ["s", "a"]}
    assert cycles({"a": ["s"]}, lambda ident: shipped.get(ident, [])) == [["a", "s", "t", "a"]]
    del shipped["t"][1]
    assert cycles({"a": ["s"]}, lambda ident: shipped.get(ident, [])) == []
