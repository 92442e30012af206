"""The manual names what there is: every command, path, variable and kind of problem."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api import problems
from api.app import create_app
from api.cli import app
from api.errors import SLUGS
from api.fetching.services import SERVICES
from api.settings import FetchSettings, Settings
from graph.library import Library

ROOT = Path(__file__).resolve().parents[2]
CLI, HTTP, README = ((ROOT / name).read_text(encoding="utf-8") for name in ("docs/cli.md", "docs/http.md", "README.md"))
COMMANDS = [c.callback.__name__ for c in app.registered_commands if c.callback is not None]
GROUPS = [g.name for g in app.registered_groups if g.name is not None]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_manual(command: str) -> None:
    assert f"| `{command}" in CLI


def test_every_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"^    picograph (\w+)", README + CLI, re.MULTILINE))
    assert named
    assert named <= {*COMMANDS, *GROUPS}


def test_every_group_of_commands_is_in_the_manual() -> None:
    assert {group for group in GROUPS if f"| `{group} " not in CLI} == set()


def test_the_manual_of_fetching_names_every_service_and_setting_with_its_default() -> None:
    text = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
    for name, field in FetchSettings.model_fields.items():
        assert f"`PICOGRAPH_{name.upper()}`" in text
        if field.default is not None:
            assert (f"{field.default:,.0f}" if isinstance(field.default, int | float) else field.default) in text
    assert set(re.findall(r"^    picograph fetch (\w+)", text, re.MULTILINE)) == {s.split()[0] for s in SERVICES}


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
