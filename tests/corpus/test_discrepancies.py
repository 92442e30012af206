"""Counting checks over articles of one's own."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

from corpus.discrepancies import Tally, run, table, texts

GOOD = "Results\n\nRelapse occurred in 17/78 (21.8%) with lenalidomide and in 20/80 (25.0%) with placebo.\n"
BAD = "Results\n\nRelapse occurred in 17/78 (11.8%) with lenalidomide and in 20/80 (25.0%) with placebo.\n"


def lines(*texts: str) -> str:
    return "".join(json.dumps({"pmcid": n, "text": text}) + "\n" for n, text in enumerate(texts))


def test_errors_are_counted_by_rule_and_listed_with_their_words() -> None:
    listed = io.StringIO()
    tally = run([("1", GOOD), ("2", BAD), ("3", "Nothing at all.")], listed)
    assert (tally.articles, tally.with_claims, tally.with_error, tally.claims, tally.numbered) == (3, 2, 1, 2, 2)
    counted = tally.as_json()["checks"]["fraction-against-percentage"]
    assert counted == {"pass": 3, "note": 0, "error": 1, "not checkable": 0}
    assert tally.claims_by_worst == {"pass": 1, "error": 1}
    (found,) = [one for one in map(json.loads, listed.getvalue().splitlines()) if one["grade"] == "error"]
    assert (found["article"], found["rule"]) == ("2", "fraction-against-percentage")
    assert found["message"] == "effects[0]: 17/78 gives 21.79 %, printed 11.8 %"
    assert "| `fraction-against-percentage` | 3 | 0 | 1 | 0 | 25.0 % | 0.0 % |" in table(tally)


def test_nothing_read_is_no_rate() -> None:
    assert list(Tally().rows()) == []
    assert "by their worst grade: none" in table(Tally())


def test_lines_without_a_text_are_failures_and_the_others_count(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(lines(GOOD) + '{"id": "x"}\n[1]\nnot json\n\n', encoding="utf-8")
    tally = run(texts([file]))
    assert tally.articles == 1
    assert tally.failures == ["x: no text", "articles.jsonl:3: no text", "articles.jsonl:4: no text"]


def test_the_command_reads_packed_files_and_prints_json(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl.gz"
    file.write_bytes(gzip.compress(lines(BAD, GOOD).encode()))
    listed = tmp_path / "list.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "corpus.discrepancies", file, "--limit", "1", "--json", "--list", listed],
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert json.loads(done.stdout)["articles"] == 1
    assert "11.8" in listed.read_text(encoding="utf-8")
