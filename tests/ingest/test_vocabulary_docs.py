"""The manual of vocabularies: its examples are read, its errors are what is said, its limits are the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.terminology import ConceptKind, Terminology, shipped_table
from ingest.vocabularies import intake, linker_folder, setting
from ingest.vocabularies.formats import PACKED, READERS
from ingest.vocabularies.loading import check, read_tables

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "vocabularies.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```(\w+)\n(.*?)```", MANUAL, re.DOTALL))


@pytest.mark.parametrize("ending", ["tsv", "ttl", "obo"])
def test_the_examples_are_read_as_the_manual_says(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"example.{ending}"
    path.write_text(EXAMPLES[ending], encoding="utf-8")
    (report,) = check([path]).files
    assert (report.new, report.merged) == (2, 1)
    terminology = Terminology(tables=[shipped_table(), *read_tables([path])])
    walking = terminology.get("http://example.org/2")
    assert walking is not None
    assert (walking.kind, walking.parents) == (ConceptKind.OUTCOME, ("http://example.org/1",))
    assert terminology.find("Lenalix") == terminology.find("lenalidomide")


def test_every_reason_of_the_manual_is_one_that_is_told() -> None:
    golden = ROOT / "tests" / "golden" / "vocabularies" / "bad"
    told = "".join(p.read_text(encoding="utf-8") for p in golden.glob("*.txt"))
    for words in (
        "comes twice: it stands on line", "is neither in the file nor in the terminology", "is obsolete in this file",
        "a circle of parents", "has no kind", "of several kinds", "neither letter nor digit", "is no id of a concept",
        "is no id with a prefix", "unknown column", "is no line of OBO", "is no synonym", "a DOCTYPE or ENTITY",
        "a @context elsewhere", "its own parent", "has no name",
    ):  # fmt: skip
        assert words in told
        assert words in MANUAL


def test_what_the_manual_names_is_what_there_is() -> None:
    limits = intake.Limits()
    named = (*READERS, PACKED, setting.VOCABULARIES, setting.LINKER, *linker_folder.INDEX_FILES, linker_folder.SETTINGS,
             linker_folder.PACKED, f"{limits.concepts:,} concepts", f"{limits.size:,} bytes", *ConceptKind,
             f"{intake.MOST_NAMES:,} names and {intake.MOST_PARENTS:,} parents",
             f"over {intake.LONGEST:,} characters")  # fmt: skip
    assert [name for name in named if name not in MANUAL] == []
