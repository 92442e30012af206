"""An article's page and its JSON: tables as tables, notices, types, and why it gave no claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from lxml import html

from api.article_view import MAX_PLACES, blocks
from api.present import article_out
from graph.library import Library
from graph.model import ArticleRecord
from ingest.article import Article, Span
from ingest.claim import Arm, Measure
from ingest.notices import Notice, NoticeKind
from ingest.readers.building import TextBuilder
from ingest.readers.raw_tables import RawCell, RawTable
from tests import builders
from tests.api.conftest import serving

ID = "urn:picograph:article:tabled"


def cells(*texts: str, **more: Any) -> list[RawCell]:
    return [RawCell(((text, False),) if text else (), **more) for text in texts]


def tabled(**about: Any) -> Article:
    """An article with a table between two paragraphs, with a head of two rows and hostile words."""
    made = TextBuilder()
    made.paragraph("Before the table.")
    head = [[RawCell((("", False),), rows=2), RawCell((("Arms", False),), columns=2, header=True)],
            cells("Drug", "Placebo", header=True)]  # fmt: skip
    rows = [*head, cells("Death", "12 (5%)", "<b>9</b>"), cells("Pain", "", "3")]
    made.table(RawTable(rows, "Table 1", "Events & <i>more</i>", ("a note",), head_rows=2))
    made.paragraph("Behind the table.")
    built = made.finish()
    return Article(ID, built.text, sections=built.sections, tables=built.tables, **about)


@pytest.fixture
def opened() -> Iterator[Library]:
    with Library.open("memory:") as library:
        yield library


def page_of(library: Library, article: Article, *claims: Any) -> tuple[html.HtmlElement, dict[str, Any]]:
    library.ingest(article, claims, builders.RUN)
    with serving(library) as address, httpx.Client(base_url=address, trust_env=False) as client:
        named = quote(article.id, safe="")
        return html.fromstring(client.get(f"/articles/{named}").text), client.get(f"/api/v1/articles/{named}").json()


def test_a_table_is_a_table_in_its_place_and_everything_in_it_is_escaped(opened: Library) -> None:
    article = tabled()
    number = builders.effect(article.text, "12 (5%)", measure=Measure.COUNT, arm=Arm.INTERVENTION, value=12.0)
    claim = builders.claim(article, "Death | 12 (5%) | <b>9</b>", outcome="Death", effects=(number,))
    page, told = page_of(opened, article, claim)
    (table,) = page.xpath("//article//table")
    rows = [[(c.tag, c.text_content(), c.get("rowspan"), c.get("colspan")) for c in row] for row in table.xpath("tr")]
    assert rows == [
        [("th", "", "2", None), ("th", "Arms", None, "2")],
        [("th", "Drug", None, None), ("th", "Placebo", None, None)],
        [("td", "Death", None, None), ("td", "12 (5%)", None, None), ("td", "<b>9</b>", None, None)],
        [("td", "Pain", None, None), ("td", "", None, None), ("td", "3", None, None)],
    ]
    assert table.xpath("string(caption)") == "Table 1 Events & <i>more</i>"
    assert table.xpath("tr/td/a/@href") == [f"/claims/{claim.id.rsplit('/', 1)[1]}"]
    whole = page.xpath("string(//article)")
    assert whole.index("Before") < whole.index("Arms") < whole.index("a note") < whole.index("Behind")
    (grid,) = told["tables"]
    assert (grid["label"], grid["caption"], grid["notes"], grid["head_rows"]) == (
        "Table 1", "Events & <i>more</i>", ["a note"], 2)  # fmt: skip
    for cell in grid["cells"]:
        assert cell["text"] == (told["text"][cell["start"] : cell["end"]] if cell["text"] else "")


def test_a_page_tells_notices_types_and_why_there_are_no_claims(opened: Library) -> None:
    notices = (
        Notice(NoticeKind.RETRACTION, "pmid:222222"),
        Notice(NoticeKind.CORRECTION, "Lancet <2001>;1:2"),
        Notice(NoticeKind.CONCERN, "doi:10.1000/other", of_other=True),
    )
    article = tabled(types=("Editorial", "Retracted Publication"), notices=notices, no_evidence="editorial")
    page, told = page_of(opened, article)
    said = " ".join(page.xpath("string(//main)").split())
    assert "Editorial, Retracted Publication" in said
    assert "This article has been retracted: pmid:222222" in said
    assert said.count("has been retracted") == 1
    assert "There is a correction of this article: Lancet <2001>;1:2" in said
    assert "This is itself a notice (expression of concern); the article it is about: doi:10.1000/other" in said
    assert "No claims are read from this article: editorial." in said
    assert "https://pubmed.ncbi.nlm.nih.gov/222222/" in page.xpath("//a/@href")
    about = told["article"]
    assert (about["retracted"], about["no_evidence"], about["types"]) == (True, "editorial", list(article.types))
    assert [n["kind"] for n in about["notices"]] == ["retraction", "correction", "expression of concern"]


def test_a_table_too_large_to_draw_stays_text() -> None:
    article = tabled()
    large = replace(article.tables[0].cells[0], rows=MAX_PLACES + 1)
    article = replace(article, tables=(replace(article.tables[0], cells=(large,)),))
    found = article_out(ArticleRecord(article, ("x",), ()))
    (block,) = blocks(found, ())
    assert "".join(piece.text for piece in block.pieces) == article.text


def test_tables_that_overlap_or_have_no_cells_lose_no_text() -> None:
    article = tabled()
    table = article.tables[0]
    later = replace(table, id="again", span=Span(table.span.start + 3, table.span.end))
    bare = replace(table, id="picture", cells=(), span=Span(0, 6))
    found = article_out(ArticleRecord(replace(article, tables=(table, later, bare)), ("x",), ()))
    shown = blocks(found, ())
    assert [block.table is not None for block in shown] == [False, True, False]
    text = "".join(piece.text for block in shown for piece in block.pieces)
    assert re.sub(r"\s+", " ", text) == "Before the table. Behind the table. "
