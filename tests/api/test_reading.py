"""The reading process: it answers, it fails by name, and it comes back after it was lost."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.services.reading import ReadingError, ReadingProcess, read_article
from ingest.other_model import OtherModelError
from tests.api.conftest import ROOT, environment
from tests.api.samples import TEXT


@pytest.fixture
def reading() -> Iterator[ReadingProcess]:
    process = ReadingProcess(timeout=20, reader="tests.api.readers:sample")
    yield process
    process.close()


def test_an_article_comes_back_with_its_claims_and_the_reader_version(reading: ReadingProcess) -> None:
    read = reading.read(TEXT.encode(), "a.txt", "x")
    assert read.article.text == TEXT
    assert [c.article for c in read.claims] == ["urn:picograph:article:x"] * 2
    assert read.version == "test 1"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.txt", r"a\.txt: line 1: not the sample"),
        ("dies.txt", "died on this article"),
        ("breaks.txt", r"failed on this article \(ZeroDivisionError\)"),
    ],
)
def test_a_failure_is_told_and_the_next_article_is_read(reading: ReadingProcess, name: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        reading.read(b"", name)
    assert len(reading.read(TEXT.encode(), "a.txt").claims) == 2


def test_a_slow_article_is_given_up_and_the_next_one_is_read() -> None:
    process = ReadingProcess(timeout=5, reader="tests.api.readers:sample")
    try:
        with pytest.raises(ReadingError, match=r"sleeps\.txt: not read within 5 seconds"):
            process.read(b"", "sleeps.txt")
        assert len(process.read(TEXT.encode(), "a.txt").claims) == 2
    finally:
        process.close()


def test_an_article_that_breaks_the_pipeline_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        VERSION = "test"

        def read(self, article: object) -> object:
            raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Broken())
    with pytest.raises(ReadingError, match=r"a\.txt: the reader failed on this article \(ZeroDivisionError: division"):
        read_article(TEXT.encode(), "a.txt", None)


def test_a_model_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise OtherModelError("mine", "it is not there")

    monkeypatch.setattr("ingest.pipeline.load_pipeline", load)
    with pytest.raises(ReadingError, match="PICOGRAPH_MODEL names the model 'mine': it is not there"):
        read_article(TEXT.encode(), "a.txt", None)


def test_closing_ends_a_reading_in_its_middle() -> None:
    process = ReadingProcess(timeout=300, reader="tests.api.readers:sample")
    assert process.read(TEXT.encode(), "a.txt").claims
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(process.read, b"", "sleeps.txt")
        while not process.is_busy:
            time.sleep(0.01)
        process.close()
        with pytest.raises(ReadingError):
            reading.result(timeout=30)
    with pytest.raises(ReadingError, match="stopping"):
        process.read(TEXT.encode(), "a.txt")


@pytest.mark.parametrize("module", ["api.app", "api.cli", "api.services.ingestion", "api.client"])
def test_serving_loads_no_language_model(module: str) -> None:
    script = f"""
import sys, {module}
from api.app import create_app
from api.settings import Settings
from graph.library import Library
create_app(Library.open("memory:"), Settings()).openapi()
print(sorted(m for m in sys.modules if m.split(".")[0] in ("spacy", "scispacy", "thinc", "nmslib")))
print([m for m in ("ingest.pipeline", "ingest.nlp") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n[]\n"
