"""Plain text and Markdown: nothing is lost, and what is not the article is told from what is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest.article import Article, SectionKind
from ingest.readers.errors import ReadError
from ingest.readers.furniture import furniture
from ingest.readers.table import read_bytes

PROSE = "Relapse was seen in 12% of patients on drug A and in 30% on placebo."

PAGE = f"""Site Editors

Ada M. Sample, MD

Ben Example, MD, FACP


Less Relapse With Drug A in the Second Year

By: Carla Q. Writer
Posted: Monday, March 2, 2020

{PROSE}

Disclosure: For full disclosures see example.org.

By continuing to browse this site you agree to our use of cookies. Read our Privacy Policy.
"""

CATALOGUE = f"""Toggle Main Menu Toggle Search

Drug A and relapse: a study of 120 people

Lookup author(s): Professor Dora Sample

{PROSE}

Publication metadata

Author(s): Sample D, Example B

Journal: Journal of Samples

Year: 2016

Volume: 6
"""


def read(text: str) -> Article:
    return read_bytes(text.encode(), "page.md")


def parts(article: Article, kind: SectionKind) -> list[str]:
    return [s.span.of(article.text) for s in article.sections if s.kind is kind]


def content(article: Article) -> str:
    return "\n".join(s.span.of(article.text) for s in article.sections if s.kind is not SectionKind.FURNITURE)


MARKED = st.lists(
    st.sampled_from([PROSE, "# Title", "## Results", "Abstract", "\n", "\n\n", "\r\n\r\n", " ", "By: A. B", "- item",
    "---", "Posted: 2020"])
    | st.text(max_size=20)
).map("".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(MARKED)
def test_every_character_stays_and_sections_stand_in_order_inside_the_text(text: str) -> None:
    assume("\x00" not in text)  # by its NULs, UTF-16 without a mark is known
    encoded = text.encode("utf-8", "replace")
    try:
        article = read_bytes(encoded, "any.txt")
    except ReadError:
        assume(False)
        return
    assert article.text == encoded.decode().removeprefix("\ufeff")
    assert all(s.span.end <= len(article.text) for s in article.sections)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(article.sections))
    covered = {i for s in article.sections for i in range(s.span.start, s.span.end)}
    assert all(c.isspace() for i, c in enumerate(article.text) if i not in covered)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_prose_is_kept_whatever_stands_before_it(noise: str) -> None:
    text = noise.encode("utf-8", "replace").decode().removeprefix("\ufeff").replace("\x00", "") + "\n\n" + PROSE
    try:
        article = read(text)
    except ReadError:
        assume(False)
        return
    assert article.text == text
    assert article.text.endswith(PROSE)


def test_a_news_page_is_its_title_and_its_prose() -> None:
    article = read(PAGE)
    assert parts(article, SectionKind.TITLE) == ["Less Relapse With Drug A in the Second Year"]
    assert parts(article, SectionKind.BODY) == [PROSE]


def test_a_catalogue_page_is_its_title_and_its_prose() -> None:
    article = read(CATALOGUE)
    assert parts(article, SectionKind.TITLE) == ["Drug A and relapse: a study of 120 people"]
    assert parts(article, SectionKind.BODY) == [PROSE]


def test_headings_name_the_sections_below_them() -> None:
    text = (
        f"# A trial of drug A\n\nBackground\n\nIt is old.\n\n## Results\n\n{PROSE}\n\n**Conclusions:**\n\nIt works.\n"
    )
    article = read(text)
    named = [(s.kind, s.name) for s in article.sections if s.kind not in (SectionKind.FURNITURE, SectionKind.TITLE)]
    assert named == [
        (SectionKind.BACKGROUND, "Background"),
        (SectionKind.RESULTS, "Results"),
        (SectionKind.CONCLUSION, "Conclusions:"),
    ]
    assert article.title == "A trial of drug A"


def test_references_are_furniture_to_the_end() -> None:
    article = read(
        f"# Title of it\n\n{PROSE}\n\n## References\n\n1. Sample D. Relapse was 99% with drug Z.\n\n2. More.\n"
    )
    assert "99%" not in content(article)


FURNITURE = [
    "Site Editors", "Section Editor:", "Ada M. Sample, MD, PhD", "By: Carla Q. Writer", "Written by Carla Writer",
    "Posted: Monday, March 2, 2020", "Last updated: 3 May 2021", "Disclosure: see example.org",
    "Funding: the Sample Fund",
    "We use cookies to improve this site.", "Read our Privacy Policy to learn more.", "Toggle Main Menu", "Main menu",
    "Skip to main content", "Sign in", "Open Access", "Share on Facebook", "Subscribe now", "Related articles",
    "DOI: 10.1000/x",
    "Journal: Journal of Samples", "Year: 2016", "PMID: 12345678", "Publication status: Published", "Keywords: a, b",
    "© 2020 Sample Press. All rights reserved.", "This work is licensed under a Creative Commons licence.",
]  # fmt: skip
ARTICLE = [
    PROSE, "The editors of the journal asked for more data.", "Patients stopped by week 12.",
    "Funding for screening lowered mortality.", "Search strategies differed between the reviews.",
    "Years of life gained were 2.",
    "Dates of relapse were known for 95 of 302 patients.", "Drug A, MD Anderson found, works.",
]  # fmt: skip


@pytest.mark.parametrize("block", FURNITURE)
def test_furniture(block: str) -> None:
    assert furniture(block) is not None


@pytest.mark.parametrize("block", ARTICLE)
def test_not_furniture(block: str) -> None:
    assert furniture(block) is None
