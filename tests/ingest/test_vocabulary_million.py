"""A vocabulary of a million concepts is packed within bounds, and then loads in seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CONCEPTS = 1_000_000
SECONDS, PACKED_SECONDS, MEGABYTES = 600, 30, 4_000
"""Several times what was measured (docs/vocabularies.md), so that a busy machine does not fail the test."""
WORDS = ("acute", "chronic", "severe", "mild", "primary", "secondary", "diffuse", "focal", "juvenile", "adult")
NOUNS = ("arthritis", "carcinoma", "nephritis", "hepatitis", "lymphoma", "myopathy", "neuropathy", "sclerosis")
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from ingest.terminology import Terminology, shipped_table
from ingest.vocabularies.loading import pack_vocabularies, read_tables

def took(what):
    start = time.perf_counter()
    return what(), time.perf_counter() - start

source, packed = map(Path, sys.argv[1:])
shipped_table()
if packed.exists():
    tables, seconds = took(lambda: read_tables([packed]))
    terminology = Terminology(tables=[shipped_table(), *tables])
    found = [c.iri for c in terminology.find("adult sclerosis type 999999")]
    below = len(terminology.descendants("http://example.org/terms/0"))
else:
    report, seconds = took(lambda: pack_vocabularies([source], packed))
    found, below = report.files[0].new, report.files[0].names
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([found, below, round(seconds, 1), round(memory)]))
"""


def line(i: int) -> str:
    word, noun = WORDS[i % len(WORDS)], NOUNS[i // len(WORDS) % len(NOUNS)]
    parent = f"http://example.org/terms/{(i - 1) // 10}" if i else "mesh:D001172"
    return f"http://example.org/terms/{i}\t{word} {noun} type {i}\t\t{noun}, {word}, variant {i}\t{parent}\n"


def measured(*paths: Path) -> tuple[object, int, float, int]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", MEASURE, *map(str, paths)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=3_000, check=False)
    assert done.returncode == 0, done.stderr
    found, below, seconds, memory = json.loads(done.stdout)
    return found, below, seconds, memory


def test_a_million_concepts_are_packed_and_loaded_within_bounds(tmp_path: Path) -> None:
    source, packed = tmp_path / "million.tsv", tmp_path / "million.npz"
    with source.open("w", encoding="utf-8") as lines:
        lines.write("iri\tname\tkind\tsynonyms\tparents\n")
        lines.writelines(map(line, range(CONCEPTS)))
    new, names, seconds, memory = measured(source, packed)
    print(f"packed in {seconds} s with {memory} MB")
    assert (new, names) == (CONCEPTS, 2 * CONCEPTS)
    assert seconds < SECONDS
    assert memory < MEGABYTES
    found, below, seconds, memory = measured(source, packed)
    print(f"loaded in {seconds} s with {memory} MB")
    assert (found, below) == ([f"http://example.org/terms/{CONCEPTS - 1}"], CONCEPTS)
    assert seconds < PACKED_SECONDS
    assert memory < MEGABYTES
