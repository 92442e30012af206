"""Every file of the samples is an article of its format, or says why not; a selection goes into a store and back."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from api.services.ingestion import store_all
from api.services.reading import ReadArticle, ReadingError, read_articles
from corpus.formats_report import files_of, records_of, rows, tallied
from graph.library import Library
from ingest.article import Article, ArticleKind
from ingest.readers import budget, zipped
from ingest.readers.errors import ReadError
from ingest.readers.picking import ARCHIVES, PACKED
from tests.ingest.conftest import shared as shared
from tests.ingest.read_golden import places_hold

FORMATS = {
    "bioc_and_annot/bioc_json": "bioc-json",
    "bioc_and_annot/everything": "bioc-json",
    "bioc_and_annot/bioc_xml": "bioc-xml",
    "bioc_and_annot/brat": "brat",
    "bioc_and_annot/europepmc": "europepmc-annotations",
    "bioc_and_annot/nxml": "jats",
    "bioc_and_annot/pubtator": "pubtator",
    "bioc_and_annot/pxml": "pubmed",
    "ctgov_v2/": "ctgov",
    "html/": "html",
    "jats/": "jats",
    "nbib/": "nbib",
    "nci_": "text",
    "pdf/": "pdf",
    "pubmed_xml/": "pubmed",
    "ris/": "ris",
}
"""The format of a sample, by how its path begins."""
REFUSED = {
    "bioc_and_annot/brat_BC5CDR-example.ann": "brat annotations without the text they are about",
    "bioc_and_annot/brat_elliptic-coordination.ann": "brat annotations without the text they are about",
    "bioc_and_annot/europepmc_BC5CDR-example.jsonl": "annotations without the text of the article",
    "bioc_and_annot/europepmc_elliptic-coordination.jsonl": "annotations without the text of the article",
    "pubmed_xml/efetch_37909814.xml": "it holds no record",
    "ris/example_custom_list_tags.ris": "neither a title nor an abstract",
}
"""Samples that hold no article, and what they are told to be; there are no others."""
LARGEST, RECORDS, FILES = 60_000, 3, 3
"""Bytes, records and files of each format that the long way takes, so that it takes a minute at most."""


def test_every_sample_is_read_as_its_format_or_refused_with_a_reason(shared: Path) -> None:
    samples = shared / "samples"
    refused: dict[str, str] = {}
    for path in files_of(samples):
        name = str(path.relative_to(samples))
        expected = next(known for start, known in FORMATS.items() if name.startswith(start))
        items = list(records_of(path))
        assert items, name
        for known, item in items:
            assert known == expected, name
            if isinstance(item, ReadError):
                assert "the reader failed" not in item.reason, item
                refused[name] = item.reason
                continue
            places_hold(item)
            assert item.text.strip()
            assert item.no_evidence is None or item.no_evidence.strip()
    told = {name: reason for name, reason in refused.items() if name not in REFUSED}
    assert told == {}
    for name, reason in REFUSED.items():
        assert reason in refused[name], name


def test_a_report_counts_articles_and_reasons(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Relapse was seen in 7 of 302 patients.")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    lines = list(rows(tallied(files_of(tmp_path))))
    assert lines[2].startswith("| - | 1 | 0 | 0 | – | 1 a 7z archive; picograph reads")
    assert lines[3] == "| text | 2 | 1 | 0 | – | 1 empty: there is no text in it |"
    (tmp_path / "MANIFEST.tsv").write_text("file\tsource\na.txt\tours\n")
    assert files_of(tmp_path) == [tmp_path / "a.txt"]


def test_the_manual_has_a_row_for_every_format_and_the_bounds_of_archives() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in set(FORMATS.values()):
        assert f"\n| {name} | " in manual
    bounds = (
        f"{budget.MAX_RATIO} times its own size, and {budget.SLACK // 10**6} MB",
        f"{budget.MAX_MEMBERS:,};",
        f"| {budget.MAX_ARCHIVES} and {budget.MAX_LAYERS} |",
        f"| {zipped.MAX_HELD // 10**6} MB,",
    )
    for told in bounds:
        assert told in manual
    for ending in (*ARCHIVES, *PACKED):
        assert f"`{ending}`" in manual or ending in (".tbz", ".tbz2", ".txz")


def _selection(samples: Path) -> list[Path]:
    """The first small files of each kind of sample."""
    chosen: dict[str, list[Path]] = {}
    for path in files_of(samples):
        name = str(path.relative_to(samples))
        kind = next(start for start in FORMATS if name.startswith(start))
        if path.stat().st_size <= LARGEST and len(chosen.setdefault(kind, [])) < FILES:
            chosen[kind].append(path)
    return [path for paths in chosen.values() for path in paths]


def _read(path: Path) -> list[ReadArticle | ReadingError]:
    with path.open("rb") as stream:
        return list(islice(read_articles(stream, path.name), RECORDS))


@pytest.mark.slow
def test_a_selection_of_each_format_goes_into_a_store_and_back(shared: Path) -> None:
    chosen = _selection(shared / "samples")
    assert len(chosen) > 2 * len(FORMATS) - 5
    held: dict[str, Article] = {}
    with Library.open("memory:") as library:
        for path in chosen:
            items = _read(path)
            assert items, path
            for item, outcome in zip(items, store_all(library, items), strict=True):
                if isinstance(item, ReadArticle):
                    assert not isinstance(outcome, Exception), outcome
                    assert (item.article.no_evidence is None) or not item.claims
                    held.setdefault(outcome.article, item.article)
        assert len(held) > len(FORMATS)
        for name, article in held.items():
            record = library.article(name)
            if record.article.id == article.id and record.article.text == article.text:
                assert (record.article.tables, record.article.sections) == (article.tables, article.sections)
            for claim in record.claims:
                text = record.article.text
                assert claim.quote.span.of(text) == claim.quote.exact
                assert all(effect.span.of(text) == effect.text for effect in claim.effects)
        claims = list(library.claims())
        assert {ArticleKind.ABSTRACT, ArticleKind.FULL_TEXT} <= {article.kind for _, article in claims}
