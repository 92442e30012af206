"""The variables that switch vocabularies on, the packed form, and the terminology when a file is refused."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import load_terminology, shipped_table
from ingest.vocabularies import loading, setting
from ingest.vocabularies.intake import Limits
from ingest.vocabularies.loading import check, pack_vocabularies, read_tables
from ingest.vocabularies.packed import write_packed
from ingest.vocabularies.problems import VocabularyError
from tests.ingest.test_vocabularies import GOLDEN, HEAD, table

TSV, OBO = GOLDEN / "good" / "walking.tsv", GOLDEN / "good" / "walking.obo"
CIRCLE = GOLDEN / "bad" / "circle.tsv"


@pytest.fixture
def _fresh() -> Iterator[None]:
    load_terminology.cache_clear()
    yield
    load_terminology.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_the_variable_names_files_with_a_kind_before_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = table(tmp_path, "urn:x:1\tsomething of our own\n")
    monkeypatch.setenv(setting.VOCABULARIES, os.pathsep.join(["", str(TSV), f" procedure={own} "]))
    terminology = load_terminology()
    assert [c.kind.value for c in terminology.find("something of our own")] == ["procedure"]
    assert terminology.find("walk length")
    assert len(terminology.tables) == 3
    assert load_terminology() is terminology


@pytest.mark.usefixtures("_fresh")
def test_a_refused_file_leaves_the_terminology_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shipped_table().digest
    monkeypatch.setenv(setting.VOCABULARIES, os.pathsep.join([str(TSV), str(CIRCLE)]))
    for _ in range(2):
        with pytest.raises(VocabularyError, match=r"circle\.tsv:2: a circle of parents"):
            load_terminology()
    monkeypatch.delenv(setting.VOCABULARIES)
    assert [t.digest for t in load_terminology().tables] == [before]


def test_packed_is_the_same_as_read(tmp_path: Path) -> None:
    out = tmp_path / "own.npz"
    report = pack_vocabularies([TSV], out)
    (read,), (packed,) = read_tables([TSV]), read_tables([out])
    assert read.digest == packed.digest
    assert [f.new for f in report.files] == [f.new for f in check([out]).files] == [3]
    assert [p.name for p in tmp_path.iterdir()] == ["own.npz"]


def test_several_files_are_packed_into_one(tmp_path: Path) -> None:
    more = table(tmp_path, "http://example.org/vocabulary/0000001\tway walked\t\tDistance-Walked\n")
    out = tmp_path / "own.npz"
    pack_vocabularies([OBO, more], out)
    (packed,) = read_tables([out])
    assert len(packed.ids) == 4
    names = [packed.texts[i] for i in range(len(packed.texts)) if packed.concept_of_name[i] == 0]
    assert names == ["walking distance", "distance walked", "walk length", "way walked"]


def test_nothing_is_written_where_a_file_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "own.npz"
    out.write_bytes(b"before")
    with pytest.raises(VocabularyError, match="circle of parents"):
        pack_vocabularies([TSV, CIRCLE], out)
    with pytest.raises(VocabularyError, match="packed already"):
        pack_vocabularies([out], out)
    with pytest.raises(VocabularyError, match=r"is named \*\.npz"):
        pack_vocabularies([TSV], tmp_path / "own.tsv")
    assert out.read_bytes() == b"before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez_compressed", fail)
    with pytest.raises(OSError, match="no space left"):
        pack_vocabularies([TSV], tmp_path / "own.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Table:
    one = Table(pack([Row("urn:s:1", "drug", [("shipped thing", Source.OWN)])]))
    monkeypatch.setattr(loading, "shipped_table", lambda: one)
    return one


def _changed(path: Path, **arrays: object) -> None:
    with np.load(path) as content:
        whole = dict(content)
    stream = io.BytesIO()
    np.savez(stream, **(whole | arrays))
    path.write_bytes(stream.getvalue())


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        ({"kinds": np.array([0, 9], dtype=np.uint8)}, "point nowhere"),
        ({"parents": np.array([7], dtype=np.uint32)}, "point nowhere"),
        ({"name_keys": np.array([0, 99], dtype=np.uint32)}, "point nowhere"),
        ({"ids": np.frombuffer(b"urn:x:2\nurn:x:1\n", dtype=np.uint8)}, "not in order"),
        ({"names": np.frombuffer(b"\xff\n\xff\n", dtype=np.uint8)}, "UnicodeDecodeError"),
        ({"kinds": np.array([0], dtype=np.uint8)}, "differ in length"),
        ({"name_counts": np.array([2, 0], dtype=np.uint16)}, "has no name"),
        ({"format": np.array(99)}, "format 99"),
        ({"ids": np.array(["x"], dtype=object)}, "no packed vocabulary"),
        ({"outside": np.frombuffer(b"urn:s:9\n", dtype=np.uint8)}, "which is not known any more"),
    ],
)
def test_a_packed_file_that_someone_changed_is_refused(
    tmp_path: Path, small: Table, arrays: dict[str, object], told: str
) -> None:
    path = tmp_path / "own.npz"
    named = [Row(f"urn:x:{i}", "drug", [(f"name {i}", Source.OWN)], ["urn:s:1"] if i == 1 else []) for i in (1, 2)]
    write_packed(named, path)
    assert check([path]).problems == ()
    _changed(path, **arrays)
    (problem,) = check([path]).problems
    assert told in problem.reason
    assert "pack it again from its sources" in problem.reason


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"\x93NUMPY"])
def test_bytes_that_are_no_packed_file_are_refused(tmp_path: Path, small: Table, data: bytes) -> None:
    path = tmp_path / "own.npz"
    path.write_bytes(data)
    (problem,) = check([path]).problems
    assert "no packed vocabulary" in problem.reason


def test_a_packed_file_keeps_the_limits_and_has_its_kinds(tmp_path: Path, small: Table) -> None:
    source, path = table(tmp_path, "".join(f"urn:x:{i}\tname {i}\tdrug\n" for i in range(2_000))), tmp_path / "own.npz"
    pack_vocabularies([source], path)
    assert "unpacked it has" in str(check([path], Limits(size=path.stat().st_size)).problems[0])
    assert "2,000 concepts; 1 are the most" in str(check([path], Limits(concepts=1)).problems[0])
    assert "take `drug=` away" in str(check([f"drug={path}"]).problems[0])
    assert HEAD in source.read_text(encoding="utf-8")
