"""Files and folders: what is picked up, in which order, and that one bad file stops nothing."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.readers.errors import ReadError
from ingest.readers.files import list_files, read_paths

PROSE = "Relapse was seen in {} of 302 patients."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.MD", "sub/d.markdown", ".hidden/e.txt", "f.png", ".g.txt", "h.text"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PROSE.format(len(name)), encoding="utf-8")
    return tmp_path


def test_a_folder_gives_its_readable_files_sorted_and_none_that_is_hidden(folder: Path) -> None:
    names = [str(p.relative_to(folder)) for p in list_files([folder])]
    assert names == ["a.md", "b.txt", "h.text", "sub/c.MD", "sub/d.markdown"]


def test_a_hidden_place_above_the_folder_hides_nothing(folder: Path) -> None:
    assert [p.name for p in list_files([folder / ".hidden"])] == ["e.txt"]


def test_a_file_that_is_named_is_taken_whatever_its_ending_and_in_the_order_given(folder: Path) -> None:
    given = [folder / "f.png", folder / "b.txt", Path("-"), folder / "a.md"]
    assert list_files(given) == given


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nothing\.txt: path: there is no such file or folder"):
        list_files([tmp_path / "nothing.txt"])


def test_a_folder_without_readable_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"PNG")
    with pytest.raises(ReadError, match=r"folder: no file in it ends in .*\.txt"):
        list_files([tmp_path])


def test_what_cannot_be_read_is_an_item_and_the_rest_is_read(folder: Path) -> None:
    (folder / "a.md").write_bytes(b"\x00\x01\x02")
    found = list(read_paths([folder / "gone.txt", folder]))
    assert [type(item).__name__ for item in found] == [
        "ReadError",
        "ReadError",
        "Article",
        "Article",
        "Article",
        "Article",
    ]
    told = [str(item) for item in found if isinstance(item, ReadError)]
    assert told[0].startswith(str(folder / "gone.txt"))
    assert told[1].startswith(str(folder / "a.md"))


def test_a_link_to_nowhere_is_an_item(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "nowhere.txt")
    (item,) = read_paths([folder / "link.txt"])
    assert isinstance(item, ReadError)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.format(95).encode())))
    (item,) = read_paths([Path("-")], given_id="from a pipe")
    assert isinstance(item, Article)
    assert (item.id, item.text) == ("urn:picograph:article:from%20a%20pipe", PROSE.format(95))
