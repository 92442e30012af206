"""PDFs: columns in order, words whole, headers off, tables whose columns are sure, and files made to do harm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, SectionKind
from ingest.readers.errors import ReadError
from ingest.readers.pdf_hyphens import Hyphens
from ingest.readers.pdf_pages import Page, Pdf, Word, read_pages
from ingest.readers.pdf_worker import MAX_WORDS_A_PAGE
from tests.ingest.pdf_files import packed, pdf, rule, words
from tests.ingest.read_golden import grid, items_of, places_hold, the_article, the_reason

LEFT = [
    "Relapse is the most feared of the outcomes that",
    "patients have after treatment, and its sequels are",
    "considerable. Drug A was given in three earlier",
    "investigations, which were stopped too early as",
    "not enough patients could be found to take part",
    "in them, so that the question has remained open.",
    "We therefore compared drug A with placebo in a",
    "large trial with enough patients to find a differ-",
]
RIGHT = [
    "ence that matters. All of the patients had been",
    "treated before and gave their written consent. A",
    "committee that did not know the arms decided on",
    "relapse. In the drug A arm it was seen in 12% and",
    "in the placebo arm in 30% of the patients, and it",
    "was severe in 2% and in 9% of them, respectively,",
    "which is a difference of 7 points. No patient was",
    "lost before the end of the year, and nobody died.",
]


def column(lines: list[str], x: float, y: float, size: float = 10) -> str:
    return words([(x, y + 12 * n, line) for n, line in enumerate(lines)], size)


def read(*pages: str, info: str = "") -> Article:
    article = the_article(pdf(pages, info=info), "a.pdf")
    places_hold(article)
    return article


def prose(article: Article) -> list[str]:
    apart = (SectionKind.FURNITURE, SectionKind.TITLE, SectionKind.TABLE)
    return [s.span.of(article.text) for s in article.sections if s.kind not in apart]


def test_columns_are_read_one_after_the_other_and_words_are_made_whole() -> None:
    title = words([(50, 60, "Drug A against placebo in relapse: a trial")], 18)
    article = read(title + column(LEFT, 50, 100) + column(RIGHT, 310, 100))
    assert article.title == "Drug A against placebo in relapse: a trial"
    assert prose(article) == [" ".join([*LEFT, *RIGHT]).replace("differ- ence", "difference")]


def test_headers_footers_and_page_numbers_are_no_text_and_a_paragraph_goes_on_behind_them() -> None:
    def sheet(number: int, lines: list[str]) -> str:
        edge = words([(200, 30, "Journal of Samples 2021; 7"), (298, 780, str(number))], 8)
        return edge + column(lines, 50, 100)

    article = read(sheet(10, LEFT), sheet(11, RIGHT))
    assert prose(article) == [" ".join([*LEFT, *RIGHT]).replace("differ- ence", "difference")]


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_in_the_margin_are_no_part_of_sentences(step: int) -> None:
    lines = [*LEFT, *RIGHT, *LEFT, *RIGHT] * 2
    count = words([(30, 60 + 11 * n, str(n + 1)) for n in range(len(lines)) if step == 1 or (n + 1) % step == 0], 8)
    article = read(count + words([(60, 60 + 11 * n, line) for n, line in enumerate(lines)], 9))
    assert " ".join(prose(article)).count("difference that matters") == 4
    assert not any(word.isdecimal() for word in " ".join(prose(article)).split() if word not in ("7",))


def test_headings_are_told_by_size_and_weight_and_notes_at_the_foot_are_apart() -> None:
    page = (
        words([(50, 60, "Drug A against placebo in relapse: a trial")], 18)
        + words([(50, 90, "Methods")], 12, bold=True)
        + column(LEFT[:6], 50, 110)
        + words([(50, 200, "Results")], 12, bold=True)
        + column([*RIGHT[1:3], "relapse."], 50, 220)
        + column(["* Now in another place."], 50, 300, 7)
    )
    article = read(page)
    found = [
        (s.kind.value, s.span.of(article.text)[:20]) for s in article.sections if s.kind is not SectionKind.FURNITURE
    ]
    assert found == [("title", "Drug A against place"), ("methods", LEFT[0][:20]), ("results", RIGHT[1][:20])]
    assert "Now in another place" in article.text


def test_raised_marks_are_left_out_and_exponents_are_no_digits() -> None:
    line = [(50.0, 108.0, "The platelets rose to 210 x 10"), (185.6, 108.0, "/L with drug A")]
    high = [(182.5, 104.0, "9"), (252.0, 104.0, "1,2")]
    text = prose(read(column(LEFT[:4], 50, 60) + words(line) + words(high, 5) + column(LEFT[4:6], 50, 120)))
    assert "210 x 10⁹/L with drug A not enough" in " ".join(text)


ROWS = [
    ("Relapse", "12 (12)", "30 (30)", "0.003"),
    ("  Severe", "2 (2)", "9 (9)", "0.03"),
    ("Death from any cause", "1 (1)", "2 (2)", "0.56"),
    ("Rash", "4 (4)", "5 (5)", ""),
]


def table(rows: Sequence[tuple[str, ...]], y: float, x: tuple[float, ...] = (50, 200, 300, 400)) -> str:
    placed = [
        (place + 6 * (len(cell) - len(cell.lstrip())), y + 14 * n, cell.strip())
        for n, row in enumerate(rows)
        for place, cell in zip(x, row, strict=True)
        if cell.strip()
    ]
    return words(placed, 9)


def test_a_ruled_table_is_cut_where_no_row_has_words() -> None:
    page = (
        column(LEFT, 50, 60)
        + words([(50, 180, "Table 2. Outcomes at one year")], 9)
        + rule(50, 186, 440) + words([(262, 198, "Arm")], 9) + rule(195, 202, 345)
        + table([("Outcome", "Drug A", "Placebo", "P")], 212) + rule(50, 218, 440)
        + table(ROWS, 230) + rule(50, 278, 440)
        + words([(50, 288, "a Data are numbers of patients.")], 7)
        + column(RIGHT[1:], 50, 320)
    )  # fmt: skip
    article = read(page)
    (found,) = article.tables
    assert found.caption is not None
    assert (found.label, found.caption.of(article.text)) == ("Table 2", "Outcomes at one year")
    assert grid(found) == [
        ["", "Arm", "Arm", ""],
        ["Outcome", "Drug A", "Placebo", "P"],
        *[[c.strip() for c in row] for row in ROWS],
    ]
    assert found.head_rows == 2
    assert [n.of(article.text) for n in found.notes] == ["a Data are numbers of patients."]
    assert [c.indent > 0 for c in found.cells if c.column == 0 and c.row > 1] == [False, True, False, False]
    text = " ".join(prose(article))
    assert "(12)" not in text
    assert RIGHT[-1] in text


def test_a_table_without_rules_is_found_by_its_caption_and_its_aligned_words() -> None:
    page = (
        words([(50, 60, "Table 1")], 9)
        + table([("Outcome", "Drug A", "Placebo", "P"), *ROWS], 76)
        + column(LEFT + RIGHT, 50, 180)
    )
    (found,) = read(page).tables
    assert grid(found)[1:] == [[c.strip() for c in row] for row in ROWS]


def test_a_table_whose_columns_touch_has_no_cells_and_says_so() -> None:
    page = (
        column(LEFT, 50, 60)
        + words([(50, 180, "Table 2. Outcomes at one year")], 9)
        + rule(50, 186, 440)
        + table([("Outcome", "Drug A", "Placebo", "P")], 198) + rule(50, 202, 440)
        + column(LEFT, 50, 214, 9) + rule(50, 306, 440)
        + column(RIGHT[1:], 50, 340)
    )  # fmt: skip
    (found,) = read(page).tables
    assert (found.cells, found.note) == ((), "its columns could not be told")


def test_two_values_that_fall_into_one_place_give_no_cells() -> None:
    rows = [*ROWS, ("Nausea", "3", "7", "0.1")]
    crossing = words([(215, 244, "99")], 9)
    page = (
        column(LEFT, 50, 60)
        + words([(50, 180, "Table 2. Outcomes at one year")], 9)
        + rule(50, 186, 440) + table([("Outcome", "Drug A", "Placebo", "P")], 198) + rule(50, 204, 440)
        + table(rows, 216, (50, 200, 300, 400)) + crossing + rule(50, 278, 440) + column(RIGHT[1:], 50, 320)
    )  # fmt: skip
    (found,) = read(page).tables
    numbers = [cell for row in grid(found) for cell in row if "99" in cell]
    assert numbers in ([], ["2 (2) 99"], ["2 (2)99"]) or found.cells == ()


@pytest.mark.parametrize(
    ("text", "before", "behind", "joined"),
    [
        (["the treatment"], "the treat-", "ment", "the treatment"),
        (["a double-blind trial"], "double-", "blind", "double-blind"),
        ([], "placebo-", "controlled", "placebo-controlled"),
        ([], "intention-to-", "treat", "intention-to-treat"),
        ([], "for 12-", "month", "for 12-month"),
        ([], "from 12-", "15", "from 12-15"),
        ([], "short-", "and long-term", "short- and long-term"),
        ([], "inter\u00ad", "national", "international"),
        (["of MEDLINE"], "MED-", "LINE", "MEDLINE"),
        ([], "IL-", "A", "IL-A"),
        ([], "was seen.", "It", "was seen. It"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_belongs(
    text: list[str], before: str, behind: str, joined: str
) -> None:
    assert Hyphens(text).join(before, behind) == joined


def test_metadata_of_the_first_page_and_of_the_file() -> None:
    page = (
        words([(50, 40, "doi: 10.1000/sample.5  Published 3 May 2021  PMID: 30000005")], 8)
        + words([(50, 80, "Drug A against placebo in relapse: a trial")], 18)
        + words([(50, 100, "Abstract")], 12, bold=True)
        + column([*LEFT, "ence that matters. Registered as NCT01234567."], 50, 120)
    )
    article = read(page, info="/Author (Ada Sample; Ben Example) /Title (Microsoft Word - final2.doc)")
    assert (article.doi, article.pmid, article.published) == ("10.1000/sample.5", "30000005", "2021-05-03")
    assert article.title == "Drug A against placebo in relapse: a trial"
    assert article.authors == ("Ada Sample", "Ben Example")
    assert article.registrations == ("NCT01234567",)
    assert article.language == "en"


GREY = "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
IMAGE = f"<< /Type /XObject /Subtype /Image {GREY} >>\nstream\n0\nendstream"
ITSELF = "/Resources << /XObject << /X 100 0 R >> >> /Length 5"
LOOP = f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {ITSELF} >>\nstream\n/X Do\nendstream"
LOCKED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >> /ID [(aaaa) (aaaa)]"
WHOLE = pdf([column(LEFT + RIGHT[1:], 50, 60)])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(["q 500 0 0 700 0 0 cm /X Do Q"], extra=IMAGE), "only pictures of text"),
        (pdf([""]), "no words in it"),
        (pdf([column(LEFT, 50, 60)], trailer=LOCKED), "encrypted"),
        (pdf([""] * 501), "501 pages"),
        (b"%PDF-1.7 and nothing else", "damaged PDF"),
        (WHOLE[:300], "damaged PDF"),
        (pdf(["[" * 200_000]), "no words in it"),
        (pdf(["/X Do"], extra=LOOP), "no words in it"),
    ],
)
def test_what_gives_no_article_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "bad.pdf")


def test_a_page_that_takes_for_ever_is_given_up() -> None:
    bomb = pdf([column(LEFT, 50, 60), packed(200_000_000)])
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match="page 2: it takes too much time or memory"):
        read_pages(bomb, "bomb.pdf", seconds=1)


@pytest.mark.parametrize(
    "word",
    [
        lambda n: Word("word", 50 + n % 100 * 5, 20 + n // 100 * 4, 54 + n % 100 * 5, 24 + n // 100 * 4, 5, False),
        lambda n: Word("Table 1.", 50, 20 + n / 10, 90, 24 + n / 10, 5, False),
        lambda n: Word("a", 50, 50, 60, 60, 9, False),
    ],
    ids=["dense", "all captions", "all in one place"],
)
def test_a_page_of_very_many_words_is_bounded(word: Callable[[int], Word], monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple((50.0, n / 8, 550.0) for n in range(5_000))
    page = Page(600.0, 800.0, tuple(word(n) for n in range(MAX_WORDS_A_PAGE)), rules)
    monkeypatch.setattr("ingest.readers.pdf.read_pages", lambda data, name: Pdf((page,), {}))
    assert items_of(b"%PDF-1.4", "many.pdf")


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=12))
def test_damage_anywhere_is_an_article_or_a_reason(place: int, noise: bytes) -> None:
    whole = bytearray(WHOLE)
    place %= len(whole)
    whole[place : place + len(noise)] = noise
    for item in items_of(bytes(whole), "noise.pdf"):
        assert not isinstance(item, Article) or item.text
        assert "the reader failed on it" not in str(item)


def test_the_samples_are_read(shared: Path) -> None:
    folder = shared / "samples" / "pdf"
    paper = the_article((folder / "N18-3011.pdf").read_bytes(), "N18-3011.pdf")
    places_hold(paper)
    assert paper.title == "Construction of the Literature Graph in Semantic Scholar"
    assert [t.label for t in paper.tables] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    assert grid(paper.tables[1])[:3] == [
        ["Approach", "CS", "CS", "Bio", "Bio"],
        ["", "prec.", "yield", "prec.", "yield"],
        ["Statistical", "98.4", "712", "94.4", "928"],
    ]
    text = " ".join(prose(paper))
    for words_there in (
        "published scientific literature into a heterogeneous graph",
        "which can later be used in natural",
    ):
        assert words_there in text
    assert "Proceedings of NAACL" not in text
    assert "of a short text" in the_article((folder / "dehypenisation2.pdf").read_bytes(), "d.pdf").text
    kinds = {s.kind for s in the_article((folder / "two_pages.pdf").read_bytes(), "t.pdf").sections}
    assert {SectionKind.METHODS, SectionKind.RESULTS, SectionKind.CONCLUSION} <= kinds
