"""BioC, PubTator and the annotation formats around them: many documents, bad ones named, nothing hostile followed."""

from __future__ import annotations

import io
import json
from itertools import islice
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.readers.source import HEAD, Source
from ingest.readers.table import format_of, read_source
from tests.ingest.read_golden import GOLDEN, items_of, places_hold, the_article, the_reason

COLLECTION = "<collection><source>PubMed</source>{}</collection>"
DOCUMENT = "<document><id>{}</id><passage><infon key='type'>title</infon><text>{}</text></passage></document>"


def xml(*documents: str) -> bytes:
    return COLLECTION.format("".join(documents)).encode()


def test_documents_are_read_one_by_one_and_not_all_at_once() -> None:
    class Endless(io.BytesIO):
        number = 0

        def read(self, size: int | None = -1) -> bytes:
            self.number += 1
            head = b"<collection><source>PubMed</source>" if self.number == 1 else b""
            return head + DOCUMENT.format(10_000 + self.number, "Drug A").encode()

    head = xml(DOCUMENT.format(1, "x"))[:HEAD]
    found = list(islice(read_source(Source("endless.xml", Endless(), head)), 50))
    assert len({item.pmid for item in found if isinstance(item, Article)}) == 50


def test_a_file_that_breaks_off_gives_what_came_before_and_an_error_with_its_line() -> None:
    whole = xml(DOCUMENT.format(11111, "Drug A"), DOCUMENT.format(22222, "Drug B"))
    first, second, error = items_of(whole[: whole.index(b"</collection>")], "cut.xml")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert "line 1" in str(error)
    assert "behind document 2" in str(error)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = (
        b'<!DOCTYPE collection [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        + xml(DOCUMENT.format(11111, "Drug A &c;&f; against placebo"))
    )
    article = the_article(bomb, "bomb.xml")
    assert "aaaa" not in article.text
    assert article.text.endswith("against placebo\n")  # and what stands behind them is not lost
    assert "root:" not in article.text


def test_nesting_without_end_is_an_error_and_not_a_crash() -> None:
    deep = b"<collection><document><id>1</id>" + b"<passage>" * 100_000
    assert "not well-formed" in the_reason(deep, "deep.xml")
    nested = b'{"documents": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}"
    assert "nested too deep" in the_reason(nested, "deep.json")


def test_a_table_of_too_many_cells_keeps_its_caption_and_says_so() -> None:
    row = "<tr>" + "<td>1</td>" * 200 + "</tr>"
    infon = ("<table>" + row * 1000 + "</table>").replace("<", "&lt;")
    passages = (
        "<passage><infon key='type'>title</infon><text>Drug A</text></passage>"
        "<passage><infon key='type'>table_caption</infon><infon key='id'>T1</infon><text>Table 1. All</text></passage>"
        f"<passage><infon key='type'>table</infon><infon key='id'>T1</infon><infon key='xml'>{infon}</infon>"
        "<text>1</text></passage>"
    )
    (table,) = the_article(xml(f"<document><id>11111</id>{passages}</document>"), "large.xml").tables
    assert (table.label, table.cells) == ("Table 1", ())
    assert "cells" in str(table.note)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"documents": [{"id": "1", "passages": [}', "not valid JSON"),
        (b'{"documents": []}', "without documents"),
        (b"<collection><source/></collection><document/>", "not well-formed"),
        ('{"documents": [{"passages": []}], "é": 1}'.encode("utf-16"), "no words"),
        (b'{"documents": [{"passages": [{"text": "\xff\x9d\x81"}]}]}', "neither UTF-8 nor Western"),
    ],
)
def test_what_is_no_collection_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "bad.json")


def test_one_document_a_line_is_read_and_a_bad_line_is_named() -> None:
    line = json.dumps({"id": "30000001", "passages": [{"infons": {"type": "title"}, "text": "Drug A"}]})
    first, bad, last = items_of(f"{line}\n{line[:40]}\n{line}\n".encode(), "lines.jsonl")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "line 2" in str(bad)


def test_a_number_is_a_pmid_only_where_the_collection_says_what_its_ids_are_or_holds_abstracts() -> None:
    told = the_article(xml(DOCUMENT.format(123, "Drug A")), "a.xml")
    assert told.pmid == "123"
    untold = the_article(xml(DOCUMENT.format(123, "Drug A")).replace(b"PubMed", b"mine"), "a.xml")
    assert untold.pmid is None


def test_pubtator_names_a_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.pubtator.MAX_LINE", 1000)
    assert "line 2: longer than 1,000 bytes" in the_reason(b"1|t|Drug A\n1|a|" + b"x" * 2000, "long.txt")[:60]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"T1\tDrug 0 6\tDrug A\nR1\tCID A:T1 B:T2\n", "brat annotations without the text"),
        (b"#1\tAnnotatorNotes T1\tsure\nT1\tDrug 0 2;4 6\tDrug A\n", "brat annotations without the text"),
        (b'{"src": "MED", "id": "1", "anns": []}\n', "without the text of the article (MED 1)"),
    ],
)
def test_annotations_without_a_text_are_refused(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "some.ann")


SAMPLES = ("bioc_json_", "bioc_xml_", "pubtator_", "everything.json", "brat_", "europepmc_")


@pytest.mark.parametrize("start", SAMPLES)
def test_the_samples_are_read_or_refused_with_a_reason(shared: Path, start: str) -> None:
    files = sorted((shared / "samples" / "bioc_and_annot").glob(f"{start}*"))
    assert files
    for path in files:
        items = items_of(path.read_bytes(), path.name)
        if start in ("brat_", "europepmc_"):
            assert all("without the text" in str(item) for item in items), path
            continue
        assert len(items) == {"NCBI": 9, "ever": 2}.get(path.stem.removeprefix(start)[:4] or "ever", 1)
        for item in items:
            assert isinstance(item, Article), item
            places_hold(item)


@pytest.mark.parametrize(
    ("path", "name"),
    [("bioc/full.xml", "bioc-xml"), ("bioc/export.json", "bioc-json"), ("pubtator/two.txt", "pubtator")],
)
def test_formats_are_told_by_their_content(path: str, name: str) -> None:
    data = (GOLDEN / path).read_bytes()
    assert format_of(Source("unnamed", io.BytesIO(data), data[:HEAD])).name == name
