"""What a file says of itself: title, authors, date, kind, source, identity; front matter wins over the page."""

from __future__ import annotations

import pytest

from ingest.article import ArticleKind, SectionKind
from ingest.readers.dates import read_date
from ingest.readers.errors import ReadError
from ingest.readers.table import read_bytes
from tests.ingest.test_text_reader import CATALOGUE, PAGE, PROSE


def with_front(yaml: str) -> bytes:
    return f"---\n{yaml}\n---\n\n{PROSE}\n".encode()


def test_a_news_page_names_its_title_writer_and_day() -> None:
    article = read_bytes(PAGE.encode(), "page.txt")
    assert article.title == "Less Relapse With Drug A in the Second Year"
    assert article.authors == ("Carla Q. Writer",)
    assert article.published == "2020-03-02"
    assert article.kind is ArticleKind.NEWS


def test_a_catalogue_page_names_its_journal_year_and_authors() -> None:
    article = read_bytes(CATALOGUE.encode(), "page.txt")
    assert (article.journal, article.published, article.kind) == ("Journal of Samples", "2016", ArticleKind.ABSTRACT)
    assert article.title == "Drug A and relapse: a study of 120 people"


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (
            "Drug A works, according to research results in eClinical Medicine (open-access journal).",
            "eClinical Medicine",
        ),
        ("The trial was published in The Lancet Oncology, and it is long.", "The Lancet Oncology"),
        ("It was reported in the *New England Journal of Medicine*.", "New England Journal of Medicine"),
        ("See https://pubmed.ncbi.nlm.nih.gov/27935580 for the trial.", "pmid:27935580"),
    ],
)
def test_a_news_page_names_the_publication_it_reports_on(words: str, source: str) -> None:
    article = read_bytes(f"By: A. Writer\n\n{words} {PROSE}".encode(), "page.txt")
    assert article.kind is ArticleKind.NEWS
    assert article.primary_source == source


def test_an_abstract_has_no_primary_source() -> None:
    assert read_bytes(f"Abstract\n\n{PROSE}".encode(), "a.txt").primary_source is None


def test_front_matter_is_read_kept_and_no_content() -> None:
    data = with_front(
        "title: A trial\nauthors: [Ada Sample, Ben Example]\njournal: Samples\npublished: 2020-03-02\nkind: full text\n"
        'doi: 10.1000/ABC\npmid: "123"\nprimary_source: doi:10.1000/x\nretracted: true\nlanguage: en\nlicence: CC BY'
    )
    article = read_bytes(data, "a.md")
    assert article.text == data.decode()
    assert (article.title, article.journal, article.published) == ("A trial", "Samples", "2020-03-02")
    assert article.authors == ("Ada Sample", "Ben Example")
    assert (article.kind, article.retracted, article.primary_source) == (ArticleKind.FULL_TEXT, True, "doi:10.1000/x")
    assert (article.language, article.licence, article.pmid) == ("en", "CC BY", "123")
    assert article.sections[0].kind is SectionKind.FURNITURE
    assert [s.span.of(article.text) for s in article.sections[1:]] == [PROSE]


def test_front_matter_wins_over_the_page() -> None:
    article = read_bytes(b"---\ntitle: Given\npublished: 2001\n---\n" + PAGE.encode(), "a.md")
    assert (article.title, article.published) == ("Given", "2001")


def test_one_author_may_be_given_alone() -> None:
    assert read_bytes(with_front("author: Ada Sample"), "a.md").authors == ("Ada Sample",)


@pytest.mark.parametrize(
    "yaml", ["title: [open", "a: b: c", "key: !!python/object/apply:os.system ['true']", "- &a [*a", "\tkey: x"]
)
def test_front_matter_that_is_no_plain_yaml_is_refused_with_its_line(yaml: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.md: line \d+: the front matter is not valid YAML$"):
        read_bytes(with_front(yaml), "a.md")


def test_the_line_is_the_line_of_the_file() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(with_front("title: fine\njournal: fine\nyear: [1"), "a.md")
    assert caught.value.place == "line 5"


@pytest.mark.parametrize("yaml", ["- one\n- two", "just words", "42", "null"])
def test_front_matter_that_is_no_mapping_says_nothing(yaml: str) -> None:
    article = read_bytes(with_front(yaml), "a.md")
    assert (article.journal, article.authors) == (None, ())


def test_a_rule_further_down_is_no_front_matter() -> None:
    article = read_bytes(f"{PROSE}\n\n---\ntitle: Not it\n---\n".encode(), "a.md")
    assert article.title is None


IDS = {"doi": "10.1000/ABC", "pmcid": "pmc123", "pmid": "456", "id": "mine one"}


@pytest.mark.parametrize(
    ("absent", "iri"),
    [
        ((), "https://doi.org/10.1000/abc"),
        (("doi",), "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123/"),
        (("doi", "pmcid"), "https://pubmed.ncbi.nlm.nih.gov/456/"),
        (("doi", "pmcid", "pmid"), "urn:picograph:article:mine%20one"),
    ],
)
def test_identity_is_the_best_identifier_there_is(absent: tuple[str, ...], iri: str) -> None:
    yaml = "\n".join(f'{k}: "{v}"' for k, v in IDS.items() if k not in absent)
    assert read_bytes(with_front(yaml), "a.md").id == iri


def test_an_id_the_user_gives_wins_over_the_one_in_the_file_and_not_over_a_doi() -> None:
    assert read_bytes(with_front("id: inside"), "a.md", given_id="given").id == "urn:picograph:article:given"
    assert read_bytes(with_front("doi: 10.1000/x"), "a.md", given_id="given").id == "https://doi.org/10.1000/x"


def test_without_any_identifier_the_text_is_its_own() -> None:
    one, two = read_bytes(PROSE.encode(), "a.txt"), read_bytes(b"\xef\xbb\xbf" + PROSE.encode(), "other.txt")
    assert one.id == two.id == f"urn:picograph:text:{one.text_sha256}"
    assert read_bytes(PROSE.encode() + b".", "a.txt").id != one.id


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Posted: Friday, October 6, 2023", "2023-10-06"), ("6 October 2023", "2023-10-06"), ("Oct. 6 2023",
            "2023-10-06"),
        ("2023-10-06", "2023-10-06"), ("2023-10", "2023-10"), ("published in May 2019", "2019-05"), ("Year: 2016",
            "2016"),
        ("soon", None), ("12345", None), ("room 20160", None),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_printed(words: str, date: str | None) -> None:
    assert read_date(words) == date
