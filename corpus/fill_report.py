"""What `picograph fill` reaches on evidence tables of public corpora, with exact binomial intervals.

    python -m corpus.fill_report [--json] [--wrong]

Numbers on llm-meta-analysis (train and dev together, and five parts of its articles one by one: rules that were found
on the others show there whether they hold), directions on the dev part of evidence-inference. PICOGRAPH_SHARED names
the folder above the corpora.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.fill_score import FIELDS, Share, direction_of, judge, macro_f, shares

FOLDS = 5
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A row of a table with what was found for it."""

    gold: Row
    given: Row

    @property
    def fold(self) -> int:
        """The part of its article, 0 to 4, the same on every machine."""
        return int(hashlib.sha256(str(self.gold["pmcid"]).encode()).hexdigest(), 16) % FOLDS


def rows_of(path: Path) -> Iterator[Row]:
    """One JSON object a line of ``path``, or of the gzip file beside it. Raises FileNotFoundError."""
    packed = path.with_name(path.name + ".gz")
    opener: Any = gzip.open if packed.is_file() else open
    with opener(packed if packed.is_file() else path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def fill(folder: Path, split: str, text: str, ident: str) -> list[Filled]:
    """The answers to all rows of a split; articles are read once. ``text`` and ``ident`` name the corpus' columns."""
    from ingest.fill.answering import answer
    from ingest.fill.model import OutcomeType, Question
    from ingest.fill.prepared import Prepared
    from ingest.pipeline import load_pipeline
    from ingest.readers.table import read_bytes

    rows: dict[Any, list[Row]] = {}
    for row in rows_of(folder / f"{split}.jsonl"):
        rows.setdefault(row["pmcid"], []).append(row)
    read = load_pipeline().read
    out = []
    for article in rows_of(folder / f"articles_{split}.jsonl"):
        prepared = Prepared(read_bytes(article[text].encode("utf-8"), f"{article['pmcid']}"), read)
        for row in rows.pop(article["pmcid"], []):
            kind = row.get("outcome_type")
            question = Question(
                str(row[ident]),
                row["intervention"],
                row["comparator"],
                row["outcome"],
                OutcomeType(kind) if kind else None,
            )
            found = answer(prepared, question)
            given: Row = {number.field: number.value for number in found.numbers}
            out.append(Filled(row, given | {"direction_label": found.direction and str(found.direction.label)}))
    return out


def of_numbers(filled: Sequence[Filled]) -> dict[str, Any]:
    """For each type of outcome the shares over all rows, and of each part of the articles."""
    out: dict[str, Any] = {}
    for kind in FIELDS:
        some = [f for f in filled if f.gold["outcome_type"] == kind]
        verdicts = [judge(f.gold, f.given) for f in some]
        parts = [[v for f, v in zip(some, verdicts, strict=True) if f.fold == part] for part in range(FOLDS)]
        out[kind] = {"all": shares(verdicts), "parts": [shares(part) for part in parts]}
    return out


def of_directions(filled: Sequence[Filled]) -> dict[str, Any]:
    """Macro F1 and the share of right labels over the rows that have one of the three."""
    pairs = [
        (label, f.given["direction_label"]) for f in filled if (label := direction_of(f.gold["label"])) is not None
    ]
    return {"macro F1": macro_f(pairs), "right": Share(sum(a == b for a, b in pairs), len(pairs))}


def _shown(share: Share) -> str:
    bounds = share.interval
    return (
        "–" if bounds is None else f"{share.count}/{share.total} = {share.value:.3f} [{bounds[0]:.3f}, {bounds[1]:.3f}]"
    )


def _plain(value: object) -> object:
    if isinstance(value, Share):
        return {"count": value.count, "total": value.total, "share": value.value, "interval": value.interval}
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, list) else value


def _lines(report: dict[str, Any]) -> Iterator[str]:
    for kind, told in report["numbers"].items():
        for name, share in told["all"].items():
            yield f"{kind:11} {name:17} {_shown(share)}"
        for part, of_part in enumerate(told["parts"], 1):
            right, wrong = of_part["all fields right"], of_part["a wrong number"]
            yield f"{kind:11} part {part}: right {_shown(right)}, wrong {wrong.count}/{wrong.total}"
    directions = report["directions"]
    yield f"direction   macro F1 {directions['macro F1']:.4f}, right {_shown(directions['right'])}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 1 where the corpora are not there."""
    parser = argparse.ArgumentParser(
        prog="python -m corpus.fill_report", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument("--wrong", action="store_true", help="also the rows with a wrong number, one JSON line each")
    asked = parser.parse_args(arguments)
    corpora = Path(os.environ.get("PICOGRAPH_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "corpora"
    if not (corpora / "llm-meta-analysis").is_dir():
        print(f"no corpora in {corpora}; name the folder above with PICOGRAPH_SHARED", file=sys.stderr)
        return 1
    tables = [f for split in ("train", "dev") for f in fill(corpora / "llm-meta-analysis", split, "xml", "id")]
    prompts = fill(corpora / "evidence-inference", "dev", "text", "prompt_id")
    report = {"numbers": of_numbers(tables), "directions": of_directions(prompts)}
    if asked.wrong:
        for f in tables:
            if judge(f.gold, f.given).wrong:
                print(json.dumps({"gold": f.gold, "given": f.given}, ensure_ascii=False))
    print(json.dumps(_plain(report), indent=2, ensure_ascii=False) if asked.json else "\n".join(_lines(report)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
