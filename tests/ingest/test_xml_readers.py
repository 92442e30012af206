"""Hostile, broken and odd XML: a bounded answer or a named error, and what came before it is kept."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ingest.article import Article, SectionKind
from ingest.readers.building import MAX_CELLS
from ingest.readers.errors import ReadError
from ingest.readers.files import read_paths
from ingest.readers.xml_input import first_tag
from tests.ingest.read_golden import grid, items_of, places_hold, the_article, the_reason


def _jats(body: str, front: str = "", head: str = "") -> bytes:
    title = f"<title-group><article-title>A title</article-title></title-group>{front}"
    return f"{head}<article><front><article-meta>{title}</article-meta></front><body>{body}</body></article>".encode()


def _pubmed(*records: str, head: str = "") -> bytes:
    inside = "".join(f"<PubmedArticle><MedlineCitation>{r}</MedlineCitation></PubmedArticle>" for r in records)
    return f"{head}<PubmedArticleSet>{inside}</PubmedArticleSet>".encode()


def _record(pmid: int) -> str:
    return f"<PMID>{pmid}</PMID><Article><ArticleTitle>Title {pmid}</ArticleTitle></Article>"


BOMB = (
    '<!DOCTYPE article [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("bcdefghi", "cdefghij", strict=True))
    + "]>"
)


def test_an_entity_bomb_does_not_go_off() -> None:
    assert "entity amplification" in the_reason(_jats("<p>It was &j; 5%.</p>", head=BOMB), "bomb.xml")
    title = "<PMID>1</PMID><Article><ArticleTitle>&j;</ArticleTitle></Article>"
    assert "entity amplification" in the_reason(_pubmed(title, head=BOMB), "bomb.xml")


def test_an_entity_of_the_document_itself_stays_a_name() -> None:
    article = the_article(_jats("<p>It was &x; 5%.</p>", head='<!DOCTYPE article [<!ENTITY x "not">]>'), "own.xml")
    assert article.text == "A title\n\nIt was &x; 5%.\n"


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    head = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert the_article(_jats("<p>It says &x; here.</p>", head=head), "x.xml").text == "A title\n\nIt says &x; here.\n"


def test_named_entities_need_no_dtd() -> None:
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "JATS-archivearticle1.dtd">'
    for head in ("", doctype):
        article = the_article(_jats("<p>TNF-&alpha; &ge; 5 &plusmn; 2 &lt; &NotLess; &#x3b2;</p>", head=head), "n.xml")
        assert article.text.endswith("TNF-α ≥ 5 ± 2 < ≮ β\n")


@pytest.mark.parametrize("tag", ["sec", "list", "p", "sup", "boxed-text", "fig", "table-wrap"])
@pytest.mark.parametrize("deep", [200, 5_000])
def test_deep_nesting_ends(tag: str, deep: int) -> None:
    data = _jats(f"<{tag}>" * deep + "<p>5%</p>" + f"</{tag}>" * deep)
    if deep > 256:
        assert "depth" in the_reason(data, "deep.xml").lower()
    else:
        assert "A title" in the_article(data, "deep.xml").text
    fragment = b"<sec><p>5%</p></sec>" + f"<{tag}>".encode() * deep
    for item in items_of(fragment, "deep.xml"):
        assert isinstance(item, Article | ReadError)


def test_a_table_of_two_million_cells_keeps_its_caption_and_says_why_it_has_no_cells() -> None:
    row = "<tr>" + "<td>1</td>" * 200 + "</tr>"
    table = f"<table-wrap><label>Table 1</label><caption><p>All</p></caption><table>{row * 10_000}</table></table-wrap>"
    article = the_article(_jats(f"<p>Before.</p>{table}<p>Behind.</p>"), "wide.xml")
    assert [(t.cells, t.note) for t in article.tables] == [((), f"more than {MAX_CELLS:,} cells")]
    assert article.text == "A title\n\nBefore.\n\nTable 1. All\n\nBehind.\n"


def test_a_truncated_file_gives_the_records_before_the_break_and_says_where_it_is() -> None:
    whole = _pubmed(*map(_record, range(1, 6)))
    cut = whole[: whole.index(b"Title 4")]
    *read, error = items_of(cut, "cut.xml")
    assert [item.pmid for item in read if isinstance(item, Article)] == ["1", "2", "3"]
    assert isinstance(error, ReadError)
    assert error.place == "line 1, behind record 3 (PMID 3)"
    assert "not well-formed" in error.reason
    *read, error = items_of(gzip.compress(whole)[:-20], "cut.xml.gz")
    assert isinstance(error, ReadError)


def test_a_bad_record_is_an_error_of_its_own() -> None:
    data = _pubmed(_record(1), "<PMID>2</PMID><Article/>", "<Article><ArticleTitle>No number</ArticleTitle></Article>")
    first, second, third = items_of(data, "some.xml")
    assert isinstance(first, Article)
    assert isinstance(second, ReadError)
    assert (second.place, second.reason) == ("record 2 (PMID 2)", "neither a title nor an abstract")
    assert isinstance(third, Article)
    assert third.pmid is None


@pytest.mark.parametrize(
    "data", [b"<PubmedArticleSet></PubmedArticleSet>", b"<pmc-articleset><!-- none --></pmc-articleset>"]
)
def test_a_set_of_nothing_is_refused(data: bytes) -> None:
    assert the_reason(data, "none.xml").startswith("whole file: it holds no")


def test_other_encodings_are_read_and_wrong_ones_refused_by_line() -> None:
    plain = _jats("<p>Café 5 µg ± 2</p>").decode()
    wanted = the_article(plain.encode(), "a.xml").text
    for encoding in ("utf-16", "utf-8-sig"):
        assert the_article(plain.encode(encoding), "a.xml").text == wanted
    declared = '<?xml version="1.0" encoding="{}"?>\n'
    assert the_article((declared.format("iso-8859-1") + plain).encode("latin-1"), "a.xml").text == wanted
    assert the_article((declared.format("UTF-16") + plain).encode("utf-16"), "a.xml").text == wanted
    assert the_reason((declared.format("UTF-8") + plain).encode("latin-1"), "a.xml").startswith(
        "line 2: not well-formed"
    )


def test_what_stands_before_the_first_element_does_not_hide_it() -> None:
    for before in (
        "\n \n",
        "<!-- <html> -->",
        '<?xml-stylesheet href="a.css"?>',
        "<!DOCTYPE article [<!ENTITY a 'it>s'>]>",
    ):
        assert the_article(_jats("<p>5%</p>", head=before), "a.xml").text == "A title\n\n5%\n"
    assert first_tag(b"<!DOCTYPE a [" + b"<!-- " * 5_000) is None


def test_fragments_are_balanced_and_nothing_of_them_is_lost() -> None:
    body = "<sec><title>Results</title><p>First <b>bold</sec></p></floats-group><sec><p>Second &lt; 5 & x<y"
    article = the_article(f"<abstract><p>Aims: One.</p></abstract>{body}".encode(), "part.xml")
    assert [(s.kind, s.span.of(article.text)) for s in article.sections if s.kind is not SectionKind.FURNITURE] == [
        (SectionKind.BACKGROUND, "One."),
        (SectionKind.RESULTS, "First bold"),
        (SectionKind.BODY, "Second < 5 & x"),
    ]


def test_rows_that_are_printed_into_one_by_breaks_are_rows_and_a_value_over_two_lines_is_one() -> None:
    def rows(*cells: str) -> list[list[str]]:
        row = "".join(f"<td>{cell}</td>" for cell in cells)
        article = the_article(
            _jats(f"<table-wrap><label>T</label><table><tbody><tr>{row}</tr></tbody></table></table-wrap>"), "t.xml"
        )
        return grid(article.tables[0])

    assert rows("A<break/>B", "1<break/>2", "3<break/>4") == [["A", "1", "3"], ["B", "2", "4"]]
    assert rows("<p>A</p><p>B</p>", "<p>1</p> <p>2</p>") == [["A", "1"], ["B", "2"]]
    assert rows("Age<break/>years", "54<break/>(3.1)", "55<break/>(3.2)") == [["Age years", "54 (3.1)", "55 (3.2)"]]
    assert rows("PFS<break/>months", "28 (20,<break/>47)", "23 (5,<break/>42)") == [
        ["PFS months", "28 (20, 47)", "23 (5, 42)"]
    ]
    assert rows("Drugs", "A<break/>B") == [["Drugs", "A B"]]


def test_tables_of_the_cals_model_and_tables_without_a_wrap_are_read() -> None:
    cals = """<table-wrap><table><tgroup cols="3"><colspec colname="a"/><colspec colname="b"/><colspec colname="c"/>
      <thead><row><entry morerows="1">Outcome</entry><entry namest="b" nameend="c">Group</entry></row>
      <row><entry>A</entry><entry>B</entry></row></thead>
      <tbody><row><entry>Death</entry><entry>5</entry><entry>10<table><tr><td>x</td><td>y</td></tr></table></entry></row></tbody>
      </tgroup></table></table-wrap>"""
    bare = "<p>Here: <table><tr><td>1</td></tr></table> and there.</p>"
    article = the_article(_jats(cals + bare), "cals.xml")
    assert [(grid(t), t.head_rows) for t in article.tables] == [
        ([["Outcome", "Group", "Group"], ["Outcome", "A", "B"], ["Death", "5", "10 x y"]], 2),
        ([["1"]], 0),
    ]
    assert article.text.endswith("Here:\n\n1\n\nand there.\n")


def test_every_sample_is_read_or_refused_with_a_reason(shared: Path) -> None:
    found: dict[str, tuple[int, int]] = {}
    for folder in ("jats", "pubmed_xml", "nbib", "ris"):
        items = list(read_paths([shared / "samples" / folder]))
        for item in items:
            if isinstance(item, Article):
                places_hold(item)
        errors = [str(item) for item in items if isinstance(item, ReadError)]
        found[folder] = (len(items) - len(errors), len(errors))
        assert all("it holds no record" in e or "neither a title nor an abstract" in e for e in errors), errors
    assert found == {"jats": (22, 0), "pubmed_xml": (431, 1), "nbib": (12, 0), "ris": (104, 1)}


def test_the_parts_of_articles_in_the_corpus_are_read_in_full(shared: Path) -> None:
    tables = 0
    for part in ("train", "dev"):
        with gzip.open(
            shared / "corpora" / "llm-meta-analysis" / f"articles_{part}.jsonl.gz", "rt", encoding="utf-8"
        ) as lines:
            for line in lines:
                told = json.loads(line)
                article = the_article(told["xml"].encode(), str(told["pmcid"]))
                places_hold(article)
                assert any(s.kind is SectionKind.RESULTS for s in article.sections)
                assert len(article.tables) >= told["xml"].count("<table-wrap ")
                tables += len(article.tables)
    assert tables == 121
