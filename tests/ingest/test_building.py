"""A text that is put together from parts: every section and cell is where it says, whatever the parts hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import SectionKind
from ingest.readers.building import MAX_CELLS, SEPARATOR, Built, TextBuilder, clean_words
from ingest.readers.raw_tables import RawCell, RawTable
from ingest.readers.sections import kind_of_heading

words = st.text(st.characters(blacklist_categories=()) | st.sampled_from(" \n\t|.0129±−²"), max_size=12)
cells = st.builds(
    RawCell,
    pieces=st.lists(st.tuples(words, st.booleans()), max_size=3),
    rows=st.integers(-1, 4),
    columns=st.integers(-1, 4),
    header=st.booleans(),
    indent=st.integers(-2, 9),
)
tables = st.builds(
    RawTable,
    rows=st.lists(st.lists(cells, max_size=5), max_size=5),
    label=st.none() | words,
    caption=st.none() | words,
    notes=st.lists(words, max_size=2),
    head_rows=st.integers(0, 2),
    id=st.none() | st.sampled_from(["t1", "t2"]),
)
parts = st.lists(
    st.tuples(st.just("heading"), words, st.integers(1, 4))
    | st.tuples(st.just("paragraph"), words, st.none() | st.sampled_from(SectionKind))
    | st.tuples(st.just("table"), tables, st.none())
    | st.tuples(st.just("end"), words, st.integers(1, 3)),
    max_size=8,
)


def _built(title: str, told: list[tuple[str, object, object]]) -> Built:
    builder = TextBuilder()
    builder.title(title)
    for name, what, how in told:
        if name == "table":
            builder.table(what)  # type: ignore[arg-type]
        elif name == "end":
            builder.end(how)  # type: ignore[arg-type]
        elif name == "heading":
            builder.heading(what, how)  # type: ignore[arg-type]
        else:
            builder.paragraph(what, how)  # type: ignore[arg-type]
    return builder.finish()


@given(words, parts)
@settings(max_examples=200)
def test_every_section_and_cell_is_where_it_says(title: str, told: list[tuple[str, object, object]]) -> None:
    built = _built(title, told)
    assert built == _built(title, told)
    end = 0
    for section in built.sections:
        assert end <= section.span.start
        end = section.span.end
        assert section.span.of(built.text).strip("\n") == section.span.of(built.text)
    assert end <= len(built.text)
    assert len({t.id for t in built.tables}) == len(built.tables)
    paragraphs = [clean_words(str(what)) for name, what, _ in told if name == "paragraph"]
    found = [s.span.of(built.text) for s in built.sections]
    assert [p for p in paragraphs if p and p not in found] == []
    for table in built.tables:
        for span in (*table.notes, *([table.caption] if table.caption else [])):
            assert table.span.contains(span)
        covered: set[tuple[int, int]] = set()
        for cell in table.cells:
            assert cell.span is None or (table.span.contains(cell.span) and cell.span.of(built.text) == cell.text)
            assert all(cell.span is not None and cell.span.contains(mark) for mark in cell.raised)
            places = {
                (r, c)
                for r in range(cell.row, cell.row + cell.rows)
                for c in range(cell.column, cell.column + cell.columns)
            }
            assert not places & covered, "two cells in one place"
            covered |= places
        assert all(r < table.height and c < table.width for r, c in covered)


@given(tables)
def test_a_row_is_a_line_with_its_cells_in_order(raw: RawTable) -> None:
    built = _built("", [("table", raw, None)])
    for table in built.tables:
        lines = table.span.of(built.text).split("\n")
        for row in {c.row for c in table.cells if c.text}:
            line = SEPARATOR.join(c.text for c in table.cells if c.row == row)
            assert line.strip() in (one.strip() for one in lines)


def test_raised_digits_are_no_digits_of_the_number_before_them() -> None:
    row = [
        RawCell([("0.04", False), ("2", True)]),
        RawCell([("3 × 10", False), ("9", True), ("/L", False)]),
        RawCell([("12", False), ("a", True)]),
        RawCell([("5", False), ("1, 2", True)]),
    ]
    built = _built("", [("table", RawTable([row]), None)])
    (table,) = built.tables
    assert [c.text for c in table.cells] == ["0.04²", "3 × 10⁹/L", "12a", "5¹, ²"]
    assert [[m.of(built.text) for m in c.raised] for c in table.cells] == [["²"], [], ["a"], ["¹, ²"]]


@pytest.mark.parametrize(
    "rows",
    [
        [[RawCell([("1", False)])] * 200] * (MAX_CELLS // 200 + 1),
        [[RawCell([("1", False)], rows=1000, columns=1000)]] * 120,
    ],
    ids=["cells", "places"],
)
def test_a_table_too_large_keeps_its_caption_and_says_why_it_has_no_cells(rows: list[list[RawCell]]) -> None:
    built = _built("", [("table", RawTable(rows, "Table 1", "All values", ["A note"]), None)])
    assert built.text == "Table 1. All values\nA note\n"
    assert [(t.cells, t.note) for t in built.tables] == [((), f"more than {MAX_CELLS:,} cells")]


def test_headings_within_a_section_tell_what_it_is_about_and_not_what_it_is_for() -> None:
    told: list[tuple[str, object, object]] = [
        ("heading", "Methods", 1),
        ("heading", "Primary outcome", 2),
        ("paragraph", "Death.", None),
        ("heading", "Results", 1),
        ("heading", "Interventions", 2),
        ("paragraph", "5 of 50.", None),
        ("heading", "Conclusions", 2),
        ("paragraph", "Good.", None),
        ("end", "", 2),
        ("paragraph", "6 of 50.", None),
    ]
    built = _built("", told)
    kinds = {s.span.of(built.text): (s.kind, s.name) for s in built.sections if s.kind is not SectionKind.FURNITURE}
    assert kinds == {
        "Death.": (SectionKind.METHODS, "Primary outcome"),
        "5 of 50.": (SectionKind.RESULTS, "Interventions"),
        "Good.": (SectionKind.CONCLUSION, "Conclusions"),
        "6 of 50.": (SectionKind.RESULTS, "Results"),
    }
    assert kind_of_heading("4 Discussion") is SectionKind.DISCUSSION
    assert kind_of_heading("IV. RESULTS") is SectionKind.RESULTS


@given(words)
def test_clean_words_have_no_controls_and_single_blanks(raw: str) -> None:
    clean = clean_words(raw)
    assert clean == " ".join(clean.split())
    assert not any(c in clean for c in "\x00\x1f\ufeff\ud800")
    assert clean_words(clean) == clean
