"""The public corpora that annotations are measured on: which there are, what is measured on each, how they are read.

They are not part of picograph. Each is a folder of its own in a folder that the caller names, with a file
``SPLIT.jsonl`` or ``SPLIT.jsonl.gz`` for each part: one JSON object a line, see ``corpus.agreement``.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.agreement import Agreement, Measure

SPLITS = ("train", "dev", "test")


class CorporaError(Exception):
    """A corpus that cannot be read; the message names the file, the line and why."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One annotation of all texts of a corpus, and what is measured on it.

    ``given``: the corpus's own entities are handed in, so that only concepts and relations are left to find.
    ``renames``: our labels as the corpus has them; ``gold_renames``: labels of the corpus that are compared as others.
    ``groups``: names of groups of labels that are also scored together, with a pattern that their labels match.
    """

    corpus: str
    layer: str
    measures: tuple[Measure, ...]
    given: bool = False
    renames: Mapping[str, str] = field(default_factory=dict)
    gold_renames: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def named(self, measure: Measure) -> str:
        """What people call ``measure`` in this pass."""
        return f"{measure}, gold entities" if self.given and measure is Measure.RELATIONS else str(measure)

    def sums(self, agreements: Mapping[str, Agreement]) -> dict[str, Agreement]:
        """The agreement on each group of labels, from that on each label."""
        return {
            name: sum((a for label, a in agreements.items() if re.search(pattern, label)), Agreement())
            for name, pattern in self.groups.items()
        }


_DRUGS = {"DRUG": "Chemical", "DISEASE": "Disease"}
_ANY_DISEASE = {"*": "Disease"}
_RESULTS = {"INTERVENTION": "INTV", "OUTCOME": "OC", "MEASURE": "MEAS"}
_PIO = {"PARTICIPANTS": "PAR", "INTERVENTION": "INT", "OUTCOME": "OUT"}

PASSES = (
    Pass("bc5cdr", "concept", (Measure.SPANS, Measure.CONCEPTS), renames=_DRUGS),
    Pass("bc5cdr", "concept", (Measure.FIRST_CONCEPT,), given=True),
    Pass("ncbi-disease", "concept", (Measure.SPANS, Measure.CONCEPTS), gold_renames=_ANY_DISEASE),
    Pass("ncbi-disease", "concept", (Measure.FIRST_CONCEPT,), given=True, gold_renames=_ANY_DISEASE),
    Pass("rct-art", "result", (Measure.SPANS, Measure.RELATIONS), renames=_RESULTS),
    Pass("rct-art", "result", (Measure.RELATIONS,), given=True),
    Pass("ebm-nlp", "pio", (Measure.TOKENS,), renames=_PIO),
    Pass("pico-breast-cancer", "role", (Measure.SPANS,), groups={"numeric": "-bin-|-cont-|-participants"}),
    Pass("med1250-abbrev", "concept", (Measure.PAIRS,)),  # abbreviations come with any layer
)
NAMES = tuple(dict.fromkeys(one.corpus for one in PASSES))


def splits_of(folder: Path, corpus: str) -> dict[str, Path]:
    """The parts of a corpus that are there, with their files; empty when the corpus is not there."""
    files = [(split, folder / corpus / f"{split}.jsonl{zipped}") for split in SPLITS for zipped in (".gz", "")]
    return {split: file for split, file in files if file.is_file()}


def read_rows(file: Path) -> list[dict[str, Any]]:
    """The texts of one part, in the order of the file. Raises CorporaError."""
    try:
        return list(_rows(file))
    except (OSError, EOFError) as error:
        raise CorporaError(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    except UnicodeDecodeError as error:
        raise CorporaError(f"{file}: not UTF-8") from error


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                _check(row)
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise CorporaError(f"{file}: line {number}: {type(error).__name__}: {error}") from error
            yield row


def _check(row: dict[str, Any]) -> None:
    """Raises ValueError, KeyError, TypeError or IndexError when ``row`` is not in the form of a corpus."""
    size = len(row["text"])
    entities = row.get("entities", [])
    for entity in entities:
        if not 0 <= entity["start"] < entity["end"] <= size:
            raise ValueError(f"entity [{entity['start']}, {entity['end']}) of a text of {size} characters")
        entity["label"]
    for relation in row.get("relations", ()):
        if "head" in relation:  # bc5cdr relates concepts, not entities
            entities[relation["head"]], entities[relation["tail"]]
    for pair in row.get("pairs", ()):
        pair["sf"], pair["lf"]
