"""The built wheel, installed: it finds its own packages and data, whatever the working folder holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"api", "corpus", "graph", "ingest"}

pytestmark = pytest.mark.slow


def _run(*command: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PICOGRAPH"))}
    return subprocess.run(
        [str(c) for c in command],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the checkout stays clean."""
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.splitlines() if listed.returncode == 0 else [str(p.relative_to(ROOT)) for p in _tree()]
    for name in names:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    built = _run(*pip, "-w", out, source, cwd=out)
    assert built.returncode == 0, built.stderr
    (path,) = out.glob("picograph-*.whl")
    return path


def _tree() -> Iterator[Path]:
    for name in (*sorted(OURS), "tests"):
        yield from (p for p in (ROOT / name).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    yield from (p for p in ROOT.iterdir() if p.is_file())


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a new environment: our wheel, and the third-party packages of this one.

    Third-party packages come by a ``.pth`` file: such a folder is searched, but its own ``.pth`` files are not read, so
    an editable install of the checkout does not come along.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    (site,) = (home / "lib").glob("python*/site-packages")
    others = [p for p in sys.path if p.endswith("site-packages")]
    (site / "third-party.pth").write_text("\n".join(others) + "\n", encoding="utf-8")
    done = _run(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index",
        "--ignore-installed", wheel, cwd=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return home / "bin"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A working folder whose packages have our names and refuse to be imported."""
    for name in (*OURS, "tests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit('imported {name} from the cwd')\n")
    return tmp_path


def test_the_wheel_holds_our_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/", 1)[0] for name in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == OURS
    licences = {Path(name).name for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE"}


def test_the_wheel_holds_every_data_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {
        p.relative_to(ROOT).as_posix()
        for top in OURS
        for p in (ROOT / top).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert wanted - names == set()


def test_the_version_is_known_anywhere(installed: Path, hostile: Path) -> None:
    done = _run(installed / "picograph", "--version", cwd=hostile)
    assert (done.returncode, done.stdout, done.stderr) == (0, "picograph 0.1.0\n", "")


def test_articles_are_read_from_a_folder_with_packages_of_our_names(installed: Path, hostile: Path) -> None:
    line = json.dumps({"id": "1", "text": "Lenalidomide improved progression-free survival (HR 0.5; 95% CI 0.4-0.6)."})
    done = _run(installed / "picograph", "read", cwd=hostile, stdin=line + "\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == "1"


def test_bundled_data_are_found(installed: Path, hostile: Path) -> None:
    done = _run(installed / "picograph", "--store", "store", "demo", cwd=hostile)
    assert done.returncode == 0, done.stderr
    assert "lenalidomide" in done.stdout
    assert (hostile / "store").is_dir()


def test_the_service_finds_its_templates(installed: Path, hostile: Path) -> None:
    script = (
        "from pathlib import Path; import api.app, api.cli, ingest, graph, corpus\n"
        "import sys\n"
        "print(*{Path(m.__file__).is_relative_to(sys.prefix) for m in (api, ingest, graph, corpus)})\n"
        "from importlib.resources import files\n"
        "print((files('api.templates') / 'base.html').is_file())\n"
    )
    (hostile / "probe").mkdir()
    done = _run(installed / "python", "-P", "-c", script, cwd=hostile)
    assert (done.stdout, done.stderr) == ("True\nTrue\n", "")
