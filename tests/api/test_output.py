"""What is printed: nothing that a terminal would obey, worked examples that hold, files whole or untouched."""

from __future__ import annotations

import doctest
import os
from importlib import import_module
from pathlib import Path

import pytest

from api.commands.files import replaced
from api.commands.output import clean
from api.commands.tables import evidence_table
from api.present import claim_out
from api.schemas import EvidenceOut
from tests.api import samples


@pytest.mark.parametrize("module", ["api.wording", "api.commands.curating"])
def test_worked_examples_hold(module: str) -> None:
    found = doctest.testmod(import_module(module))
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("hostile", ["\x1b[31mred", "\x9b31m", "a\x07b", "\u202eabc", "\u2066x"])
def test_what_a_terminal_would_obey_is_not_printed(hostile: str) -> None:
    shown = clean(hostile)
    assert "\N{REPLACEMENT CHARACTER}" in shown
    assert all(c.isprintable() for c in shown)


def test_letters_of_every_script_are_printed() -> None:
    words = "naïve β-blocker 中文 ≥ 10 %"
    assert clean(words.replace(" ", "\r\n\t ")) == words


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_keeps_every_number_at_any_width(width: int) -> None:
    from rich.console import Console

    home = samples.article()
    shown = tuple(claim_out(c, home) for c in samples.claims(home))
    page = EvidenceOut(question="q", explanation=(), total=2, studies=1, claims=shown, cursor=None, revision=1)
    console = Console(width=width, record=True, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    console.print(evidence_table(page))
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= width
    letters = "".join("".join(lines).split())
    for printed in ("17.3%", "6.5%", "P=0.049"):
        assert letters.count(printed) >= 2, "once as a number, once in the article's words"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    target.chmod(0o640)

    def half() -> None:
        with replaced(target) as file:
            file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert (target.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)
    with replaced(target) as file:
        file.write(b"new")
        assert target.read_text() == "old"
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with replaced(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    with replaced(Path(os.devnull)) as file:
        file.write(b"x")
    assert Path(os.devnull).is_char_device()
