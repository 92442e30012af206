"""The reading process: it answers, it fails by name, and it comes back after it was lost."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.services.reading import ReadArticle, ReadingError, read_article, read_articles
from api.services.reading_process import ReadingProcess
from ingest.article import Article
from ingest.other_model import OtherModelError
from ingest.pipeline import Reading
from tests.api.conftest import ROOT, environment
from tests.api.readers import NEXT
from tests.api.samples import TEXT

THREE = [TEXT, f"{TEXT}More.\n", f"{TEXT}Still more.\n"]


def one(process: ReadingProcess, data: bytes, name: str, given_id: str | None = None) -> ReadArticle:
    """The one article of an input."""
    (item,) = process.read(data, name, given_id)
    if isinstance(item, ReadingError):
        raise item
    return item


def told(process: ReadingProcess, *records: str) -> list[str]:
    """What comes of an input of these records: texts, and messages."""
    items = process.read(NEXT.join(records).encode(), "many.txt")
    return [item.article.text if isinstance(item, ReadArticle) else str(item) for item in items]


@pytest.fixture
def reading() -> Iterator[ReadingProcess]:
    process = ReadingProcess(timeout=20, reader="tests.api.readers:sample")
    yield process
    process.close()


def test_an_article_comes_back_with_its_claims_and_the_reader_version(reading: ReadingProcess) -> None:
    read = one(reading, TEXT.encode(), "a.txt", "x")
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
        one(reading, b"", name)
    assert len(one(reading, TEXT.encode(), "a.txt").claims) == 2


def test_a_slow_article_is_given_up_and_the_next_one_is_read() -> None:
    process = ReadingProcess(timeout=5, reader="tests.api.readers:sample")
    try:
        with pytest.raises(ReadingError, match=r"sleeps\.txt: not read within 5 seconds"):
            one(process, b"", "sleeps.txt")
        assert len(one(process, TEXT.encode(), "a.txt").claims) == 2
    finally:
        process.close()


def test_an_article_that_breaks_the_pipeline_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        VERSION = "test"

        def read(self, article: object) -> object:
            raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Broken())
    with pytest.raises(ReadingError, match=r"a\.txt: the reader failed on this article \(ZeroDivisionError: division"):
        read_article(io.BytesIO(TEXT.encode()), "a.txt")


def test_a_model_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise OtherModelError("mine", "it is not there")

    monkeypatch.setattr("ingest.pipeline.load_pipeline", load)
    with pytest.raises(ReadingError, match="PICOGRAPH_MODEL names the model 'mine': it is not there"):
        read_article(io.BytesIO(TEXT.encode()), "a.txt")


def test_several_articles_come_one_by_one(reading: ReadingProcess) -> None:
    assert told(reading, *THREE) == THREE
    assert told(reading, THREE[0], "nonsense", THREE[2]) == [THREE[0], "many.txt: line 1: not the sample", THREE[2]]


def test_an_article_that_ends_the_process_costs_no_other(reading: ReadingProcess) -> None:
    died = "many.txt: record 2: the reading process died on this article"
    assert told(reading, THREE[0], "dies.txt", THREE[2]) == [THREE[0], died, THREE[2]]
    first = "many.txt: the reading process died on this article"
    assert told(reading, "dies.txt", "dies.txt", THREE[2]) == [first, died, THREE[2]]


def test_each_article_has_its_own_time() -> None:
    process = ReadingProcess(timeout=5, reader="tests.api.readers:sample")
    try:
        slow = "many.txt: record 2: not read within 5 seconds; given up"
        assert told(process, THREE[0], "sleeps.txt", THREE[2]) == [THREE[0], slow, THREE[2]]
    finally:
        process.close()


def test_an_input_that_breaks_the_readers_is_told_behind_what_was_read(reading: ReadingProcess) -> None:
    failed = "many.txt: the reader failed on this article (ZeroDivisionError)"
    assert told(reading, THREE[0], "breaks.txt", THREE[2]) == [THREE[0], failed]
    assert told(reading, *THREE) == THREE


def test_who_stops_asking_leaves_the_process_to_others(reading: ReadingProcess) -> None:
    items = reading.read(NEXT.join(THREE).encode(), "many.txt")
    assert isinstance(next(items), ReadArticle)
    assert reading.is_busy
    items.close()  # type: ignore[attr-defined]
    assert not reading.is_busy
    assert told(reading, *THREE) == THREE


def test_records_are_passed_over_and_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    class Quick:
        VERSION = "test"

        def read(self, article: Article) -> Reading:
            return Reading(article, None, ())

    monkeypatch.setattr("ingest.pipeline.load_pipeline", lambda model=None: Quick())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, text in enumerate([*THREE, ""]):
            archive.writestr(f"{number}.txt", text)
    heard: list[int] = []
    packed.seek(0)
    found = list(read_articles(packed, "x.zip", None, 1, heard.append))
    assert [item.article.text for item in found if isinstance(item, ReadArticle)] == THREE[1:]
    assert [str(item).split(":")[0] for item in found if isinstance(item, ReadingError)] == ["x.zip!3.txt"]
    assert heard == [1, 2]


def test_closing_ends_a_reading_in_its_middle() -> None:
    process = ReadingProcess(timeout=300, reader="tests.api.readers:sample")
    assert one(process, TEXT.encode(), "a.txt").claims
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(one, process, b"", "sleeps.txt")
        while not process.is_busy:
            time.sleep(0.01)
        process.close()
        with pytest.raises(ReadingError):
            reading.result(timeout=30)
    with pytest.raises(ReadingError, match="stopping"):
        one(process, TEXT.encode(), "a.txt")


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
