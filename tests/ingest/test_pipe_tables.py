"""Tables drawn with pipes: nothing of the text changes, no value slips into another column, and none takes for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, SectionKind
from ingest.readers.pipe_tables import find_pipe_tables
from tests.ingest.read_golden import grid, items_of, places_hold, the_article

HEAD = "| Outcome | Drug A | Placebo |\n| --- | --- | --- |\n"
PROSE = "Relapse was seen in 12% of patients on drug A and in 30% on placebo."


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([
    "|", " a ", "12%", "\n", "\n\n", "| a | b |\n", "|---|---|\n", "| 1 | 2 |\n", "Table 1. T", "**",
    "\r\n", "\\|", "> ", "- ", "&nbsp;", "# ", "```\n", "    ", "Note: n = 3\n", "\xa0",
])).map("".join))  # fmt: skip
def test_the_text_is_kept_and_every_cell_is_a_range_of_it(text: str) -> None:
    for item in items_of(text.encode(), "page.md"):
        if isinstance(item, Article):
            assert item.text == text
            places_hold(item)


def test_a_table_is_no_prose_and_what_stands_around_it_is() -> None:
    article = the_article(f"{PROSE}\n\n## Results\n\n{HEAD}| Relapse | 12% | 30% |\n\n{PROSE}\n".encode(), "a.md")
    prose = [
        s.span.of(article.text) for s in article.sections if s.kind not in (SectionKind.TABLE, SectionKind.FURNITURE)
    ]
    assert prose == [PROSE, PROSE]
    assert grid(article.tables[0]) == [["Outcome", "Drug A", "Placebo"], ["Relapse", "12%", "30%"]]


@pytest.mark.parametrize("row", ["| 12% | 30% |", "| Relapse | 12% | 30% | 5% |", "| 30% |"])
def test_a_row_with_more_or_fewer_cells_than_columns_is_left_out(row: str) -> None:
    (table,) = find_pipe_tables(f"{HEAD}{row}\n| Rash | 4 | 5 |\n")
    assert grid(table)[1:] == [["Rash", "4", "5"]]
    assert "1 rows left out" in str(table.note)


def test_a_row_with_one_cell_of_words_goes_over_all_columns() -> None:
    (table,) = find_pipe_tables(f"{HEAD}| Harms |\n| Rash | 4 | 5 |\n")
    assert grid(table)[1:] == [["Harms"] * 3, ["Rash", "4", "5"]]


@pytest.mark.parametrize(
    ("before", "behind", "label", "caption"),
    [
        ("Table 2. Harms\n\n", "", "Table 2", "Harms"),
        ("**Table 2: Harms**\n", "", "Table 2", "Harms"),
        ("### Table S2\n\n", "", "Table S2", None),
        ("**Harms in both arms**\n\n", "", None, "Harms in both arms"),
        ("", "\nTable 2. Harms\n", "Table 2", "Harms"),
        ("Table 2 shows the harms.\n\n", "", None, None),
        ("Rash was rare.\n\n", "", None, None),
    ],
)
def test_a_caption_stands_before_the_table_or_behind_it(
    before: str, behind: str, label: str | None, caption: str | None
) -> None:
    text = f"{PROSE}\n\n{before}{HEAD}| Rash | 4 | 5 |\n{behind}"
    (table,) = find_pipe_tables(text)
    assert (table.label, table.caption and table.caption.of(text)) == (label, caption)


@pytest.mark.parametrize(
    "text",
    [f"```\n{HEAD}```\n", "a | b\nc | d\n", f"    {HEAD}", "| a | b |\n| --- |\n| 1 | 2 |\n", "---\n", "- | -\n"],
)
def test_what_is_no_table_of_markdown_is_none(text: str) -> None:
    assert find_pipe_tables(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "|-|\n" * 100_000,
        "|a|\n|-|\n\n" * 20_000,
        "-|" * 500_000,
        " " * 500_000 + "|-|",
        "|" + "*" * 100_000 + "|b|\n|-|-|\n",
    ],
)
def test_text_that_is_made_to_take_for_ever_is_bounded(text: str) -> None:
    assert len(find_pipe_tables(text)) <= 1_000


def test_a_table_of_too_many_cells_has_none_and_says_so() -> None:
    width, height = 200, 10_000
    text = "|a" * width + "|\n" + "|-" * width + "|\n" + ("|1" * width + "|\n") * height
    (table,) = find_pipe_tables(text)
    assert (table.cells, table.note) == ((), "more than 40,000 cells")


def test_tables_of_the_samples_are_found(shared: Path) -> None:
    count = 0
    for path in sorted((shared / "samples" / "nci_pdq_hp_md").glob("*.md")):
        article = the_article(path.read_bytes(), path.name)
        places_hold(article)
        assert article.text == path.read_text(encoding="utf-8")
        count += len(article.tables)
        assert all(t.label for t in article.tables), path
    assert count == 31
