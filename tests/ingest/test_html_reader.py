"""Pages: the article and nothing around it, what the page says of itself, tables, and pages made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.article import Article, ArticleKind, SectionKind
from tests.ingest.read_golden import grid, items_of, places_hold, the_article, the_reason

P = (
    "Patients who took drug A had a relapse less often than patients who took placebo, as the trial of one year found, "
    "and the ones who led it said that this was what they had hoped for, since it was not seen in the trials before."
)


LD = "<script type='application/ld+json'>"


def page(body: str, head: str = "", lang: str = "en") -> bytes:
    return f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode()


def prose(article: Article) -> str:
    return "\n".join(s.span.of(article.text) for s in article.sections if s.kind is not SectionKind.FURNITURE)


def test_scripts_menus_comments_and_cookie_notices_are_no_part_of_the_article() -> None:
    html = page(
        f"<nav><a href='/'>Home of drugs</a></nav><div class='cookies'><p>We use cookies on this site; accept all "
        f"cookies?</p></div><main><h1>Drug A</h1><p onclick='alert(1)'>{P}<script>steal('99%')</script></p>"
        f"<p>{P.replace('drug A', 'drug B')}</p></main><div id='comments'><p>I had a relapse myself.</p></div>"
        "<footer><p>All rights reserved.</p></footer>"
    )
    text = prose(the_article(html, "a.html"))
    assert P in text
    for word in ("Home", "cookies", "steal", "alert", "I had", "rights"):
        assert word not in text


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name='citation_doi' content='https://doi.org/10.1000/AB.1'>", "doi", "10.1000/AB.1"),
        ("<meta name='DC.Identifier' content='doi:10.1000/x'>", "doi", "10.1000/x"),
        ("<meta property='article:published_time' content='2021-02-03T23:59:00Z'>", "published", "2021-02-03"),
        ("<meta name='citation_date' content='2021/02'>", "published", "2021-02"),
        (f"{LD}{{\"@type\": \"NewsArticle\", \"author\": \"A B\"}}</script>", "authors", ("A B",)),
        (f"{LD}[[[[{{bad</script><meta name='author' content='By C D'>", "authors", ("C D",)),
        ("<meta property='og:title' content='T &amp; U'>", "title", "T & U"),
        ("<title>Drug A works - Sample Site</title><meta property='og:site_name' content='Sample Site'>", "title",
         "Drug A works"),
        ("<meta property='og:title' content='RETRACTED: Drug A'>", "retracted", True),
        ("<meta name='citation_journal_title' content='J S'>", "journal", "J S"),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself(head: str, field: str, value: object) -> None:
    assert getattr(the_article(page(f"<p>{P}</p><p>{P[::-1]}</p>", head), "a.html"), field) == value


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("<meta property='og:type' content='article'>", ArticleKind.NEWS),
        ("<meta property='og:type' content='article'><meta name='citation_doi' content='10.1000/x'>",
         ArticleKind.ABSTRACT),
        ("<script type='application/ld+json'>{\"@type\": [\"NewsArticle\"]}</script>", ArticleKind.NEWS),
        ("", ArticleKind.OTHER),
    ],
)  # fmt: skip
def test_news_is_told_from_the_page_of_a_journal(head: str, kind: ArticleKind) -> None:
    assert the_article(page(f"<p>{P}</p>", head), "a.html").kind is kind


def test_the_text_tells_its_language_where_a_template_tells_another() -> None:
    german = (
        "Die Patienten, die das Mittel nahmen, hatten nicht so oft einen Rückfall wie die, die es nicht nahmen, und "
        "das ist auch von den anderen Studien bekannt, die mit dem Mittel gemacht wurden."
    )
    article = the_article(page(f"<h1>Mittel</h1><p>{german}</p><p>{german[::-1]}</p>"), "a.html")
    assert article.language == "de"
    assert "de" in str(article.no_evidence)


def test_the_registration_is_read_where_the_page_names_one() -> None:
    one = the_article(page(f"<h1>Drug A</h1><p>{P}</p><p>{P[:-1]} (NCT01234567).</p>"), "a.html")
    assert (one.registration, one.registrations) == ("NCT01234567", ("NCT01234567",))
    two = the_article(page(f"<h1>Drug A</h1><p>{P}</p><p>{P[:-1]} (NCT01234567, NCT01234568).</p>"), "a.html")
    assert (two.registration, len(two.registrations)) == (None, 2)


def test_a_table_that_lays_out_a_page_is_none() -> None:
    layout = f"<table role='presentation'><tr><td>Menu</td><td><h1>Drug A</h1><p>{P}</p><p>{P}</p></td></tr></table>"
    article = the_article(page(layout), "a.html")
    assert article.tables == ()
    assert P in prose(article)


TABLE = "<tr><th>Outcome</th><th>Drug A</th><th>Placebo</th></tr><tr><td>Relapse</td><td>12%</td><td>30%</td></tr>"


@pytest.mark.parametrize(
    "around",
    [
        "<table><caption>Table 3. Relapse</caption>{}</table>",
        "<figure><figcaption>Table 3. Relapse</figcaption><table>{}</table></figure>",
        "<p>Table 3. Relapse</p><table>{}</table>",
        "<div><p><b>Table 3:</b> Relapse</p><div><table>{}</table></div></div>",
    ],
)
def test_a_caption_is_found_where_pages_put_it(around: str) -> None:
    article = the_article(
        page(f"<article><h1>Drug A</h1><p>{P}</p>{around.format(TABLE)}<p>{P}</p></article>"), "a.html"
    )
    places_hold(article)
    (table,) = article.tables
    assert table.caption is not None
    assert (table.label, table.caption.of(article.text)) == ("Table 3", "Relapse")
    assert grid(table) == [["Outcome", "Drug A", "Placebo"], ["Relapse", "12%", "30%"]]
    assert article.text.count("Relapse") == 2


def test_spans_that_are_made_to_fill_the_memory_are_bounded() -> None:
    cell = "<td colspan=1000000 rowspan=1000000>1</td>"
    rows = f"<tr>{cell * 30}</tr>" * 300
    (table,) = the_article(
        page(f"<p>{P}</p><p>{P}</p><table><caption>Table 1. All</caption>{rows}</table><p>{P}</p>"), "a.html"
    ).tables
    assert table.cells == ()
    assert "cells" in str(table.note)


def test_a_table_of_ten_thousand_rows_is_left_out_and_said_so() -> None:
    rows = ("<tr>" + "<td>1" * 200) * 10_000
    article = the_article(
        page(f"<h1>Drug A</h1><p>{P}</p><p>{P}</p><table><caption>Table 1. All</caption>{rows}</table>"), "a.html"
    )
    assert P in article.text
    assert [t.note for t in article.tables] == ["more than 40,000 cells"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (page("<div>" * 50_000 + P), "nested too deep"),
        (page("<nav><a href='/'>Home</a></nav>"), "no article in it"),
        (b"<html>", "no article in it"),
        (page("<p>x</p>" * 100_001), "more than 100,000 elements"),
        (b"<html><head><meta charset='utf-8'></head><body><p>" + b"\xff\xfe\x80" * 400, "not in the encoding"),
    ],
)
def test_pages_without_an_article_or_made_to_do_harm_are_refused(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "bad.html")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_accents_are_read_in_the_encoding_of_the_page(encoding: str) -> None:
    html = f"<html><head><meta charset='{encoding}'></head><body><h1>Drug A</h1><p>Ménière – {P}</p><p>{P}</p>"
    assert f"Ménière – {P}" in the_article(html.encode(encoding), "a.html").text


def test_a_page_that_breaks_off_gives_what_is_there() -> None:
    whole = page(f"<main><h1>Drug A</h1><p>{P}</p><p>{P}</p><p>The end is not")
    assert P in the_article(whole[: whole.index(b"The end")], "a.html").text


def test_the_samples_are_read_whole_and_without_what_is_around_them(shared: Path) -> None:
    ends = {
        "breakingbelizenews": ("Posted: Thursday", "to save lives.”"),
        "jobsnhire": ("CVS Health is all about", "customers around the world."),
        "medicalnewstoday": ("Neuroscience tells us", "the human mind."),
        "spektrum": ("Stand des Artikels", "das Influenzavirus wechselwirkt."),
    }
    for path in sorted((shared / "samples" / "html").iterdir()):
        (article,) = items_of(path.read_bytes(), path.name)
        assert isinstance(article, Article), article
        places_hold(article)
        text = "\n".join(s.span.of(article.text) for s in article.sections)
        start, end = ends[path.name.split(".")[0]]
        assert start in text[: 200 + len(article.title or "")]
        assert end in " ".join(text.split())
        for word in ("cookie", "Newsletter", "Advertisement", "Share on"):
            assert word not in prose(article), (path.name, word)
        assert article.language == ("de" if path.name.startswith("spektrum") else "en")
        assert (article.no_evidence is None) == (article.language == "en")
