"""The manual names what there is: every command, path, variable and kind of problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api import problems
from api.app import create_app
from api.cli import app
from api.errors import SLUGS
from api.settings import Settings
from graph.library import Library

ROOT = Path(__file__).resolve().parents[2]
CLI, HTTP, README = ((ROOT / name).read_text(encoding="utf-8") for name in ("docs/cli.md", "docs/http.md", "README.md"))
COMMANDS = [c.callback.__name__ for c in app.registered_commands if c.callback is not None]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_manual(command: str) -> None:
    assert f"| `{command}" in CLI


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"^    picograph (\w+)", README + CLI, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", README))
    assert {"demo", "test"} <= named <= targets


def test_every_path_is_in_the_manual() -> None:
    with Library.open("memory:") as library:
        description = create_app(library, Settings()).openapi()
    for path, methods in description["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}" in HTTP


def test_every_kind_of_problem_is_in_the_manual() -> None:
    sources = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "api").glob("*.py"))
    kinds = {slug for _, slug, _, _ in problems._KINDS} | set(re.findall(r'PREFIX \+ "([a-z-]+)"', sources))
    kinds |= set(SLUGS.values())
    assert {kind for kind in kinds if f"`{kind}`" not in HTTP} == set()


def test_every_limit_is_in_the_manual() -> None:
    for name in ("body_limit", "reading_timeout"):
        assert f"`PICOGRAPH_{name.upper()}`" in HTTP
        default = Settings.model_fields[name].default
        assert f"{default:,.0f}" in HTTP
