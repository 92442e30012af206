"""`fill`: rows of a reviewer in, the same rows with the numbers of their articles out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner, Result

from api.cli import app
from api.commands.fill_columns import NUMBERS

TEXT = (
    "A trial of green tea\n\nRESULTS: Falls occurred in 3/20 (15%) with green tea (GT) and in 6/21 (29%) with water "
    "(P = 0.2).\n"
)
FRAGMENT = (
    "<abstract><sec><title>Results</title><p>Falls occurred in 3/20 (15%) with green tea (GT) and in 6/21 (29%) with "
    "water (P = 0.2).</p></sec></abstract>"
)
ASKED = {"intervention": "green tea", "comparator": "water", "outcome": "falls"}
FOUND = {"intervention_events": 3, "intervention_group_size": 20, "comparator_events": 6, "comparator_group_size": 21}
KEYS = ["id", "outcome_type", *NUMBERS, "direction_label", "quotes", "claims", "text_sha256"]


def _fill(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["fill", *map(str, arguments)], input=stdin)


def _lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    (tmp_path / "tea.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("text", [TEXT, FRAGMENT], ids=["plain text", "XML without a root"])
def test_a_line_is_answered_as_the_contract_says(text: str) -> None:
    done = _fill("-", "--with-text", stdin=_lines({"id": "r1", "article": {"text": text}, **ASKED}))
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == [*KEYS, "text"]
    assert answer["id"] == "r1"
    assert answer["outcome_type"] == "binary"
    assert {k: v for k, v in answer.items() if k in NUMBERS and v is not None} == FOUND
    fields = set()
    for quote in answer["quotes"]:
        assert answer["text"][quote["start"] : quote["end"]] == quote["exact"]
        if quote["field"] in FOUND:
            assert str(FOUND[quote["field"]]) in quote["exact"]
            fields.add(quote["field"])
    assert fields == set(FOUND)
    assert answer["claims"]


def test_an_outcome_of_the_other_type_has_no_numbers_of_this_one() -> None:
    row = {"id": 1, "article": {"text": TEXT}, **ASKED, "outcome_type": "continuous"}
    answer = json.loads(_fill("-", stdin=_lines(row)).stdout)
    assert answer["outcome_type"] == "continuous"
    assert (answer["intervention_events"], answer["intervention_group_size"]) == (None, 20)


def test_bad_lines_are_told_with_their_numbers_and_the_others_answered(tea: Path) -> None:
    good = _lines({"id": "good", "article": {"path": str(tea / "tea.txt")}, **ASKED})
    bad = _lines(
        {"id": "a", **ASKED},
        {"id": "b", "article": {"path": str(tea / "nothing.txt")}, **ASKED},
        {"id": "c", "article": {"text": TEXT}, "intervention": "x", "outcome": "y"},
        {"id": "d", "article": {"text": " "}, **ASKED},
        {"id": "e", "article": {"text": TEXT, "path": "x"}, **ASKED},
        {"id": "f", "article": {"text": "\ud800"}, **ASKED},
        {"id": "g", "article": {"text": TEXT}, **ASKED, "outcome_type": "rare"},
        {"article": {"text": TEXT}, **ASKED},
    )
    done = _fill("-", "--json", stdin=b"{\n" + bad + b"\n" + good)
    assert done.exit_code == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["good"]
    told = done.stderr.splitlines()
    assert sorted(t.split(": ")[2] for t in told[:-1]) == sorted(f"line {n}" for n in range(1, 10))
    summary = json.loads(told[-1])
    assert (summary["rows"], summary["answered"], summary["with_numbers"]) == (10, 1, 1)
    assert [f["row"] for f in summary["failures"]] == [f"line {n}" for n in range(1, 10)]


def test_rows_of_one_article_are_answered_from_one_reading_and_stay_in_order(
    tea: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.readers import files

    read: list[str] = []
    plainly = files.read_article

    def counted(path: Path, *, given_id: str | None = None, wanted: str | int | None = None) -> Any:
        read.append(str(path))
        return plainly(path, given_id=given_id, wanted=wanted)

    monkeypatch.setattr(files, "read_article", counted)
    (tea / "other.txt").write_text(TEXT.replace("tea", "coffee"), encoding="utf-8")
    rows = [{"id": i, "article": {"path": str(tea / f"{'tea' if i % 2 else 'other'}.txt")}, **ASKED} for i in range(6)]
    done = _fill("-", stdin=_lines(*rows))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == list(range(6))
    assert sorted(read) == sorted([str(tea / "other.txt"), str(tea / "tea.txt")])


@pytest.mark.parametrize(
    ("delimiter", "encoding", "newline"),
    [(",", "utf-8", "\n"), (";", "utf-8-sig", "\r\n"), ("\t", "utf-16", "\r\n"), (";", "cp1252", "\n")],
)
def test_a_csv_keeps_its_columns_dialect_and_encoding(tea: Path, delimiter: str, encoding: str, newline: str) -> None:
    head = ["Étude", "Control arm", "Treatment", "End-point", "File", "note"]
    rows = [
        head,
        ["a; b, c", "water", "green tea", "falls", "tea.txt", 'say "hi"'],
        [""] * 6,
        ["", "", "", "", "", "x"],
    ]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=newline).writerows(rows)
    source, target = tea / "table.csv", tea / "filled.csv"
    source.write_bytes(buffer.getvalue().encode(encoding))
    done = _fill(source, "-o", target)
    assert done.exit_code == 1
    assert "row 4: no intervention and no comparator and no outcome" in done.stderr
    text = target.read_bytes().decode(encoding)
    assert target.read_bytes()[:2] == source.read_bytes()[:2]
    assert ("\r\n" in text) == (newline == "\r\n")
    out = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert [row[:6] for row in out] == rows
    first = dict(zip(out[0], out[1], strict=True))
    assert {k: int(first[k]) for k in FOUND} == FOUND
    assert first["intervention_mean"] == ""
    quotes = json.loads(first["quotes"])
    assert {q["field"] for q in quotes} >= set(FOUND)
    assert dict(zip(out[0], out[3], strict=True))["fill_error"].startswith("no intervention")


def test_columns_that_are_there_are_filled_and_what_stands_in_them_stays(tea: Path) -> None:
    (tea / "t.csv").write_text(
        "outcome,intervention_events,comparator events,intervention,comparator\n"
        "falls,,99,green tea,water\n",
        encoding="utf-8",
    )  # fmt: skip
    done = _fill(tea / "t.csv", "--article", tea / "tea.txt")
    assert done.exit_code == 0, done.stderr
    head, row = list(csv.reader(io.StringIO(done.stdout)))
    assert head[:5] == ["outcome", "intervention_events", "comparator events", "intervention", "comparator"]
    assert row[:5] == ["falls", "3", "99", "green tea", "water"]
    assert "comparator_events" not in head


def test_missing_and_doubled_columns_are_named_with_what_there_is(tea: Path) -> None:
    (tea / "t.csv").write_text("what,control\nfalls,water\n", encoding="utf-8")
    done = _fill(tea / "t.csv")
    assert done.exit_code == 1
    assert "no column for the intervention" in done.stderr
    assert "no column for the outcome" in done.stderr
    assert "--article" in done.stderr
    assert "'what', 'control'" in done.stderr
    (tea / "t.csv").write_text("outcome,Outcome,intervention,comparator,file\n", encoding="utf-8")
    assert "2 columns are named 'outcome'" in _fill(tea / "t.csv").stderr


def _workbook(path: Path) -> None:
    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Quotes"
    notes["A1"] = "nothing asked here"
    sheet = book.create_sheet("evidence")
    sheet.append(["Study", "Intervention", "Comparator", "Outcome", "Article", "total"])
    sheet.append(["A", "green tea", "water", "falls", "tea.txt", "=1+1"])
    sheet.append([None] * 6)
    sheet.append(["=B", "", "water", "falls", "tea.txt", 2.5])
    sheet["A4"].data_type = "s"
    book.save(path)


def test_a_workbook_has_numbers_as_numbers_and_a_sheet_of_quotes(tea: Path) -> None:
    _workbook(tea / "t.xlsx")
    done = _fill(tea / "t.xlsx", "-o", tea / "filled.xlsx")
    assert done.exit_code == 1
    assert "row 4: no intervention" in done.stderr
    book = load_workbook(tea / "filled.xlsx")
    assert book.sheetnames == ["Quotes", "evidence", "quotes 2"]
    rows = list(book["evidence"].iter_rows(values_only=True))
    assert rows[0][:6] == ("Study", "Intervention", "Comparator", "Outcome", "Article", "total")
    filled = dict(zip(rows[0], rows[1], strict=True))
    assert {k: filled[k] for k in FOUND} == FOUND
    assert filled["total"] == "=1+1"
    assert all(isinstance(filled[k], int) for k in FOUND)
    assert book["evidence"]["A4"].data_type == "s"
    quotes = list(book["quotes 2"].iter_rows(values_only=True))
    assert quotes[0][:4] == ("id", "field", "value", "quote")
    assert {(q[1], q[2]) for q in quotes[1:] if q[1] in FOUND} == set(FOUND.items())
    assert all(TEXT[q[4] : q[5]] == q[3] for q in quotes[1:])  # type: ignore[index]


def test_words_of_an_article_never_become_a_formula(tea: Path) -> None:
    hostile = "=HYPERLINK(1) falls occurred in 3/20 (15%) with green tea and in 6/21 (29%) with water (P = 0.2).\n"
    (tea / "tea.txt").write_text("A trial of green tea\n\n" + hostile, encoding="utf-8")
    _workbook(tea / "t.xlsx")
    _fill(tea / "t.xlsx", "-o", tea / "filled.xlsx")
    sheet = load_workbook(tea / "filled.xlsx")["quotes 2"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    assert all(c.data_type != "f" for c in cells)


def test_a_text_of_a_csv_row_never_becomes_a_formula(tea: Path) -> None:
    (tea / "t.csv").write_text(
        'note,intervention,comparator,outcome,article\n"=cmd|1",green tea,water,falls,tea.txt\n-,+a,@b,-1.5,\n', "utf-8"
    )
    done = _fill(tea / "t.csv")
    rows = list(csv.reader(io.StringIO(done.stdout)))
    assert rows[1][0] == "'=cmd|1"
    assert rows[2][:4] == ["-", "'+a", "'@b", "-1.5"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b'intervention,comparator,outcome,article\n"a\n' * 3 + b"\x00\x01\x02", "t.csv"),
        ("t.xlsx", b"PK\x03\x04nothing", "neither JSON lines, CSV nor an XLSX workbook"),
        ("t.xls", b"\xd0\xcf\x11\xe0old", "neither JSON lines, CSV nor an XLSX workbook"),
        ("t.csv", b"outcome\n" + b"x" * 1_200_000 + b"\n", "no CSV"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = _fill(tmp_path / name)
    assert done.exit_code == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_workbook_that_spans_too_much_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"] = "far away"
    book.save(tmp_path / "t.xlsx")
    done = _fill(tmp_path / "t.xlsx", "-o", tmp_path / "o.xlsx")
    assert done.exit_code == 1
    assert "spans 1,048,576 x 16,384 cells" in done.stderr
    assert not (tmp_path / "o.xlsx").exists()


def test_text_is_for_lines_only(tea: Path) -> None:
    (tea / "t.csv").write_text("intervention,comparator,outcome,article\n", encoding="utf-8")
    assert _fill(tea / "t.csv", "--with-text").exit_code == 2
