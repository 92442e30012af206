"""PubMed records a second with the memory they take, and milliseconds for a full text with tables. Run by `make bench`.

Where PICOGRAPH_SHARED names real samples these are read: a baseline file made as long as a yearly one, and all JATS
files. Else the inputs of the golden tests stand in for them, which are shorter.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ingest.article import Article
from ingest.readers.table import read_bytes

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("PICOGRAPH_SHARED", ROOT.parent / "shared")) / "samples"
GOLDEN = ROOT / "tests" / "golden"
RECORDS = 30_000

READ = """
import resource, sys, time
from pathlib import Path
from ingest.article import Article
from ingest.readers.files import read_paths

start = time.process_time()
articles = sum(isinstance(item, Article) for item in read_paths([Path(sys.argv[1])]))
taken = time.process_time() - start
print(articles, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
"""In a process of its own, so that the memory is that of reading."""


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packed file of some 30,000 records."""
    real = SAMPLES / "pubmed_xml" / "pubmed20n1015_A.xml.gz"
    data = gzip.decompress(real.read_bytes()) if real.is_file() else (GOLDEN / "pubmed" / "records.xml").read_bytes()
    first = data.index(b"<PubmedArticle>")
    last = data.rindex(b"</PubmedArticle>") + len(b"</PubmedArticle>")
    times = RECORDS // data.count(b"<PubmedArticle>") + 1
    path = tmp_path_factory.mktemp("bench") / "baseline.xml.gz"
    with gzip.open(path, "wb", 3) as out:
        out.write(data[:first])
        for _ in range(times):
            out.write(data[first:last])
        out.write(b"</PubmedArticleSet>")
    return path


def test_pubmed_records(benchmark: BenchmarkFixture, baseline: Path) -> None:
    told: list[str] = []

    def read_all() -> None:
        done = subprocess.run(
            [sys.executable, "-c", READ, str(baseline)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        told[:] = done.stdout.split()

    benchmark.pedantic(read_all, rounds=3)  # type: ignore[no-untyped-call]
    articles, taken, memory = map(float, told)
    benchmark.extra_info["records"] = articles
    benchmark.extra_info["records a second of CPU time"] = round(articles / taken)
    benchmark.extra_info["peak memory, MB"] = round(memory)


def test_jats_full_texts(benchmark: BenchmarkFixture) -> None:
    folder = SAMPLES / "jats" if (SAMPLES / "jats").is_dir() else GOLDEN / "jats"
    files = [(path.read_bytes(), path.name) for path in sorted(folder.glob("*.nxml"))]

    def read_all() -> list[Article]:
        return [read_bytes(data, name) for data, name in files]

    read = benchmark.pedantic(read_all, rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["full texts"] = len(read)
    benchmark.extra_info["cells of tables"] = sum(len(t.cells) for a in read for t in a.tables)
