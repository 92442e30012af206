"""Word files: styles, tables with merged cells, changes, and files that are damaged or made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, SectionKind
from tests.ingest.read_golden import grid, items_of, places_hold, the_article, the_reason

PROSE = "Relapse was seen in 12% of patients on drug A and in 30% on placebo."


def word(fill: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    document.core_properties.author = "python-docx"
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(fill: Callable[[Any], object]) -> Article:
    article = the_article(word(fill), "a.docx")
    places_hold(article)
    return article


def prose(article: Article) -> list[str]:
    apart = (SectionKind.FURNITURE, SectionKind.TITLE, SectionKind.TABLE)
    return [s.span.of(article.text) for s in article.sections if s.kind not in apart]


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info)
            new.writestr(info.filename, change(body) if info.filename == part else body)
    return out.getvalue()


def test_styles_make_title_sections_and_paragraphs() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Drug A against placebo", style="Title")
        document.add_heading("Methods", 1)
        document.add_heading("Study 1", 2)
        document.add_paragraph("We gave drug A to 100 people.")
        document.add_heading("Results", 1)
        document.add_paragraph(PROSE)
        document.add_paragraph("First item", style="List Bullet")

    article = read(fill)
    assert article.title == "Drug A against placebo"
    found = [(s.kind, s.name, s.span.of(article.text)) for s in article.sections]
    assert found == [
        (SectionKind.TITLE, None, "Drug A against placebo"),
        (SectionKind.FURNITURE, "Methods", "Methods"),
        (SectionKind.FURNITURE, "Study 1", "Study 1"),
        (SectionKind.METHODS, "Study 1", "We gave drug A to 100 people."),
        (SectionKind.FURNITURE, "Results", "Results"),
        (SectionKind.RESULTS, "Results", PROSE),
        (SectionKind.RESULTS, "Results", "First item"),
    ]


def test_bold_lines_are_headings_where_no_styles_are_used() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Drug A against placebo in relapse")
        for heading, words in (
            ("Methods", "We gave drug A."),
            ("Outcomes", "We looked at relapse."),
            ("Results", PROSE),
        ):
            document.add_paragraph().add_run(heading).bold = True
            document.add_paragraph(words)

    article = read(fill)
    assert article.title == "Drug A against placebo in relapse"
    found = [(s.kind.value, s.name) for s in article.sections if s.span.of(article.text) in prose(article)]
    assert found == [("methods", "Methods"), ("methods", "Outcomes"), ("results", "Results")]


def table_of(fill: Callable[[Any], object]) -> tuple[Article, Any]:
    def around(document: Any) -> None:
        document.add_paragraph("A title of this article")
        document.add_paragraph("Table 1. Relapse", style="Caption")
        fill(document)
        document.add_paragraph("a As seen by the patients.")
        document.add_paragraph(PROSE)

    article = read(around)
    (table,) = article.tables
    return article, table


def test_merged_cells_cover_what_they_cover_and_caption_and_notes_go_with_the_table() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(4, 3)
        words = ["Outcome", "Arm", "", "", "Drug A", "Placebo", "Relapse", "12%", "30%", "Rash", "4", "5"]
        for cell, text in zip(table._cells, words, strict=True):
            cell.text = text
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Outcome"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Arm"
        for row in table.rows[:2]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        run = table.cell(2, 0).paragraphs[0].add_run("a")
        run.font.superscript = True

    article, table = table_of(fill)
    assert grid(table) == [
        ["Outcome", "Arm", "Arm"],
        ["Outcome", "Drug A", "Placebo"],
        ["Relapsea", "12%", "30%"],
        ["Rash", "4", "5"],
    ]
    assert (table.label, table.head_rows) == ("Table 1", 2)
    assert table.caption.of(article.text) == "Relapse"
    assert [n.of(article.text) for n in table.notes] == ["a As seen by the patients."]
    assert [m.of(article.text) for c in table.cells for m in c.raised] == ["a"]
    assert prose(article) == [PROSE]


def test_a_merged_cell_whose_start_is_missing_shifts_nothing() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 3)
        for cell, text in zip(table._cells, ["a", "b", "c", "d", "e", "f"], strict=True):
            cell.text = text
        table.cell(1, 0)._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))

    _, table = table_of(fill)
    assert grid(table) == [["a", "b", "c"], ["d", "e", "f"]]


def test_changes_are_read_as_accepted_and_exponents_are_no_digits() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("A title of this article")
        paragraph = document.add_paragraph("Relapse was seen in ")
        for tag, text, inner in (("del", "21", "delText"), ("ins", "12", "t")):
            paragraph._p.append(
                parse_xml(f'<w:{tag} w:id="1" {nsdecls("w")}><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>')
            )
        paragraph.add_run(" of 100 patients with platelets of 10")
        paragraph.add_run("9").font.superscript = True
        paragraph.add_run("/L, as found before")
        paragraph.add_run("3,4").font.superscript = True
        paragraph.add_run(".")

    assert prose(read(fill)) == ["Relapse was seen in 12 of 100 patients with platelets of 10⁹/L, as found before."]


def test_words_in_content_controls_and_text_boxes_are_kept_once() -> None:
    box = (
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        "<mc:AlternateContent><mc:Choice Requires='x'><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Around the box.</w:t></w:r></w:p>"
    )
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>In control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"

    def fill(document: Any) -> None:
        document.add_paragraph("A title of this article")
        body = document.element.body
        body.insert(1, parse_xml(box))
        body.insert(2, parse_xml(control))

    assert prose(read(fill)) == ["Around the box.", "In the box.", "In control."]


def test_a_table_of_too_many_cells_says_so() -> None:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 200 + "</w:tr>"

    def fill(document: Any) -> None:
        document.add_paragraph("Table 1. All")
        document.add_paragraph(PROSE)
        document.element.body.insert(1, parse_xml(f"<w:tbl {nsdecls('w')}>{row * 300}</w:tbl>"))

    (table,) = read(fill).tables
    assert (table.cells, table.note) == ((), "more than 40,000 cells")


def simple() -> bytes:
    return word(lambda d: (d.add_paragraph("A title of this article"), d.add_paragraph(PROSE)))


def test_entities_of_a_part_are_neither_expanded_nor_fetched() -> None:
    def bomb(body: bytes) -> bytes:
        head, rest = body.split(b"?>", 1)
        types = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        return head + b"?>" + types + rest.replace(b"Relapse", b"Relapse &a;&f;")

    items = items_of(changed(simple(), "word/document.xml", bomb), "bomb.docx")
    assert all("aaaa" not in getattr(i, "text", "") and "root:" not in getattr(i, "text", "") for i in items)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (simple()[:2000], "cut off"),
        (changed(simple(), "word/document.xml", lambda body: b" " * 60_000_000), "unpacks to too much"),
        (changed(simple(), "word/document.xml", lambda body: body[:500]), "damaged"),
        (changed(simple(), "word/document.xml", lambda body: b"<w:p>" * 100_000), "damaged"),
        (changed(simple(), "[Content_Types].xml", lambda body: body.replace(b".wordprocessingml.document.main+xml",
                                                                        b".macroEnabled.main+xml")), "with macros"),
        (word(lambda d: None), "no words in it"),
    ],
)  # fmt: skip
def test_what_is_broken_or_made_to_do_harm_is_refused(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "bad.docx")


def test_a_workbook_is_no_article() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "none of Word" in the_reason(out.getvalue(), "a.xlsx")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=20))
def test_damage_anywhere_is_an_article_or_a_reason(place: int, noise: bytes) -> None:
    whole = bytearray(SIMPLE)
    place %= len(whole)
    whole[place : place + len(noise)] = noise
    for item in items_of(bytes(whole), "noise.docx"):
        assert not isinstance(item, Article) or item.text
        assert "the reader failed on it" not in str(item)


SIMPLE = simple()
