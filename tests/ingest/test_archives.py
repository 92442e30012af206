"""Archives and packed files: what is read of them, in which order, under which names, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import lzma
import random
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ingest.article import Article
from ingest.readers import budget, tarred, zipped
from ingest.readers.errors import ReadError
from ingest.readers.files import list_files, read_file
from ingest.readers.source import Item
from ingest.readers.streams import source_of
from ingest.readers.table import read_all, read_source

PROSE = "Relapse was seen in {} of 302 patients."
Files = Mapping[str, Any]


def text(number: int) -> str:
    return PROSE.format(number)


def zip_of(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(files: Files, format: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            content = data.encode() if isinstance(data, str) else data
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def tgz_of(files: Files) -> bytes:
    return gzip.compress(tar_of(files))


def told(items: list[Item]) -> list[str]:
    """What came out: texts of articles, messages of errors."""
    return [item.text if isinstance(item, Article) else str(item) for item in items]


def read(data: bytes, name: str) -> list[str]:
    return told(list(read_all(data, name)))


FILES = {"b/c.txt": text(2), "a.md": text(1), "b/d.text": text(3), "picture.png": b"\x89PNG", ".e.txt": text(4),
         "__MACOSX/a.md": text(5), "b/.git/f.txt": text(6)}  # fmt: skip


def test_a_zip_gives_its_files_in_the_order_of_their_names() -> None:
    assert read(zip_of(FILES), "x.zip") == [text(1), text(2), text(3)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_its_files_in_its_own_order(pack: Callable[[bytes], bytes], format: int) -> None:
    assert read(pack(tar_of(FILES, format)), "x.anything") == [text(2), text(1), text(3)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_read_whatever_its_name_and_keeps_its_id(pack: Callable[[bytes], bytes]) -> None:
    (item,) = read_all(pack(text(7).encode()), "notes", given_id="mine")
    assert isinstance(item, Article)
    assert (item.text, item.id) == (text(7), "urn:picograph:article:mine")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_files_behind_each_other_are_one(pack: Callable[[bytes], bytes]) -> None:
    assert read(pack(b"Relapse was seen ") + pack(b"in 7 of 302 patients."), "x") == [text(7)]


def test_archives_in_an_archive_are_read_and_those_in_them_are_not() -> None:
    inner = {"c.txt": text(3), "d.txt.gz": gzip.compress(text(4).encode())}
    deep = {"e.zip": zip_of({"f.tgz": tgz_of({"g.txt": text(9)}), "h.txt": text(5)})}
    found = read(zip_of({"a.zip": zip_of(inner), "b.tar.gz": tgz_of(inner), **deep}), "x.zip")
    assert found[:5] == [text(3), text(4), text(3), text(4), "x.zip!e.zip!f.tgz: archive: an archive in an archive in "
                         "an archive: unpack it first"]  # fmt: skip
    assert found[5:] == [text(5)]


def test_a_bad_file_is_named_with_its_archive_and_the_others_are_read() -> None:
    files = {"a.txt": b"", "b.txt": text(1), "c.zip": zip_of({"sub/d.txt": b"\0\1\2", "e.txt": text(2)})}
    for data, name in ((zip_of(files), "x.zip"), (tgz_of(files), "x.tgz")):
        found = read(data, name)
        assert found[0].startswith(f"{name}!a.txt: whole file: empty")
        inner = [found[3], found[2]] if found[2] == text(2) else found[2:]
        assert found[1] == text(1)
        assert text(2) in inner
        assert any(line.startswith(f"{name}!c.zip!sub/d.txt: ") for line in inner)


def test_an_archive_without_a_readable_file_says_so() -> None:
    for data in (zip_of({"a.png": b"x"}), tar_of({"a.png": b"x"}), zip_of({})):
        (line,) = read(data, "x")
        assert line.startswith("x: archive: no file in it ends in ")


def test_links_and_devices_are_left_out() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("d.txt")
        info.size = len(text(1))
        archive.addfile(info, io.BytesIO(text(1).encode()))
    assert read(out.getvalue(), "x.tar") == [text(1)]
    zipped_out = io.BytesIO()
    with zipfile.ZipFile(zipped_out, "w") as made:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("b.txt", text(1))
    assert read(zipped_out.getvalue(), "x.zip") == [text(1)]


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"folder/../../up.txt": text(1), "/root.txt": text(2), "a\nb.txt": b""}
    assert len(read(zip_of(files), "x.zip")) == len(read(tar_of(files), "x.tar")) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_office_file_is_no_archive() -> None:
    (line,) = read(zip_of({"[Content_Types].xml": "<Types/>", "a.txt": text(1)}), "x.xlsx")
    assert line.startswith("x.xlsx: ")


@pytest.mark.parametrize(
    "magic", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x01", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0"]
)
def test_other_archives_are_refused_by_name(magic: bytes) -> None:
    (line,) = read(magic + bytes(500), "x")
    assert "picograph reads zip, tar, gz, bz2 and xz" in line


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_unpacks_to_too_much_is_given_up(pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SLACK", 100_000)
    bomb = pack(b" " * 5_000_000)
    (line,) = read(bomb, "x")
    assert line == "x: archive: it unpacks to more than 200 times its size: given up"
    many = zip_of({f"{n}.txt.gz": bomb for n in range(5)})
    assert read(many, "y.zip") == ["y.zip: archive: it unpacks to more than 200 times its size: given up"]


def test_a_bomb_of_archives_in_archives_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "SLACK", 100_000)
    inner = zip_of({f"{n}.txt": b"0" * 2_000_000 for n in range(3)})
    (line,) = read(zip_of({f"{n}.zip": inner for n in range(3)}), "x.zip")
    assert line.endswith("given up")


def test_too_many_files_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_MEMBERS", 3)
    files = {f"{n}.txt": text(n) for n in range(5)}
    for data in (zip_of(files), tar_of(files)):
        found = read(data, "x")
        assert found == [text(0), text(1), text(2), "x: archive: it holds more than 3 files: given up"]


def test_packed_over_and_over_is_given_up() -> None:
    data = text(1).encode()
    for _ in range(20):
        data = gzip.compress(data)
    assert read(data, "x") == ["x: whole file: packed too many times: unpack it first"]


def test_a_long_header_of_a_tar_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tarred, "_MAX_HEADERS", 50_000)
    data = tar_of({"a.txt": text(1), "b" * 100_000 + ".txt": text(2), "c.txt": text(3)})
    assert read(data, "x.tar") == [text(1), "x.tar: archive: one of its headers is too long: given up"]


def test_a_long_list_of_a_zip_is_not_taken_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "_MAX_LIST", 500)
    (line,) = read(zip_of({f"{n:050}.txt": text(1) for n in range(10)}), "x.zip")
    assert line == "x.zip: archive: its list of files is too long: unpack it into a folder"


def test_an_encrypted_file_is_told() -> None:
    data = bytearray(zip_of({"a.txt": text(1), "b.txt": text(2)}))
    place = data.index(b"PK\1\2")
    data[place + 8] |= 1  # the flag in the list of files
    found = read(bytes(data), "x.zip")
    assert found == ["x.zip!a.txt: whole file: it is encrypted: unpack the archive with its password", text(2)]


MADE = {
    "zip": zip_of({f"{n}.txt": text(n) + " " + "x" * n for n in range(30)}),
    "tar": tar_of({f"{n}.txt": text(n) for n in range(30)}),
    "tgz": tgz_of({f"{n}.txt": text(n) for n in range(30)}),
    "gz": gzip.compress(b"\n".join(text(n).encode() for n in range(500))),
    "bz2": bz2.compress(b"\n".join(text(n).encode() for n in range(500))),
    "xz": lzma.compress(b"\n".join(text(n).encode() for n in range(500))),
}


@pytest.mark.parametrize("kind", MADE)
def test_a_broken_archive_gives_errors_that_name_it_and_nothing_else(kind: str) -> None:
    chance = random.Random(kind)
    for _ in range(150):
        data = bytearray(MADE[kind])
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.4:
            del data[chance.randrange(len(data)) :]
        for item in read_all(bytes(data), "broken"):
            assert isinstance(item, Article) or item.name.startswith("broken"), item


@pytest.mark.parametrize("kind", ["tgz", "gz", "bz2", "xz"])
def test_what_stands_before_a_cut_is_read_and_the_cut_is_told(kind: str) -> None:
    found = read(MADE[kind][:-30], "cut")
    assert found[-1].startswith("cut")
    assert any(word in found[-1] for word in ("cut off", "end of data", "unpacked"))


def test_a_folder_gives_its_archives_too(tmp_path: Path) -> None:
    for name in ("a.zip", "b.txt.gz", "c.tar.xz", "d.csv.gz", "e.tgz", ".f.zip", "g.gz"):
        (tmp_path / name).touch()
    assert [p.name for p in list_files([tmp_path])] == ["a.zip", "b.txt.gz", "c.tar.xz", "e.tgz"]


@pytest.mark.parametrize("kind", ["zip", "tgz"])
def test_a_file_and_a_pipe_give_the_same(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    path = tmp_path / "x"
    path.write_bytes(MADE[kind])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Pipe(MADE[kind])))
    from_file, from_pipe = (list(read_file(p)) for p in (path, Path("-")))
    assert told(from_file) == told(from_pipe)
    assert len(from_file) == 30
    assert not any(isinstance(item, ReadError) for item in from_file)


RECORD = """<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>Drug or placebo</ArticleTitle>
<Abstract><AbstractText>Relapse was {}%.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"""


class Endless(io.RawIOBase):
    """A gzip file of PubMed records that never ends; counts the records that it was asked for."""

    def __init__(self) -> None:
        self.records = 0
        self._packer = zlib.compressobj(wbits=31)
        self._waiting = self._packer.compress(b"<?xml version='1.0'?><PubmedArticleSet>")
        self._chance = random.Random(1)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._waiting:
            self.records += 1
            words = "".join(self._chance.choices("abcdefgh ", k=2_000))
            self._waiting = self._packer.compress(RECORD.format(90_000_000 + self.records, words).encode())
        data, self._waiting = self._waiting[: len(buffer)], self._waiting[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def test_articles_come_while_the_input_is_still_read() -> None:
    endless = Endless()
    source = source_of(io.BufferedReader(endless), "x.xml.gz")
    found = list(itertools.islice(read_source(source), 1_000))
    assert len({item.id for item in found if isinstance(item, Article)}) == 1_000
    assert endless.records < 3_000
