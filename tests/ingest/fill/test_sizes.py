"""How many people an article counts in each arm, and which of these numbers answers a question."""

from __future__ import annotations

import pytest

from ingest.article import Article, Section, SectionKind, Span
from ingest.fill.glosses import gloss_of, glosses
from ingest.fill.match import match_arms
from ingest.fill.model import Question
from ingest.fill.prepared import Prepared
from ingest.fill.size_division import divided_in
from ingest.fill.size_model import EVERY_ARM, SizeKind
from ingest.fill.size_tables import table_sizes
from ingest.fill.size_words import sizes_in
from ingest.fill.sizes import group_sizes, sizes_for
from ingest.pipeline import Reading
from ingest.readers.building import TextBuilder
from ingest.readers.raw_tables import RawCell, RawTable


def told(words: str) -> list[tuple[str, int]]:
    return [(s.name, s.size) for s in sizes_in(words, 0)]


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("The exercise group (n = 35) had four sessions.", [("exercise", 35)]),
        ("They received zelotrexin (n = 31) or placebo (n=30).", [("zelotrexin", 31), ("placebo", 30)]),
        ("All were analysed (zelotrexin, n = 115; placebo, n = 112).", [("zelotrexin", 115), ("placebo", 112)]),
        ("NBT: n = 37; CBT: n = 35.", [("NBT", 37), ("CBT", 35)]),
        (
            "In all, 41 in the zelotrexin group and 38 in the saline group were analysed.",
            [("zelotrexin", 41), ("saline", 38)],
        ),
        ("Of these, 231 patients were assigned to the booklet group.", [("booklet", 231)]),
        (
            "In all, 21, 19, and 20 volunteers in groups Z0, Z1, and Z2, respectively, took part.",
            [("Z0", 21), ("Z1", 19), ("Z2", 20)],
        ),
        (
            "In the EP and CA groups, 19 and 24 students were enrolled.",
            [("EP", 19), ("CA", 24)],
        ),
        ("The rest was analysed (31 subjects and 24 controls).", [("treatment group", 31), ("control group", 24)]),
        (
            "All women were randomised to zelotrexin (59 patients) or saline (61 patients).",
            [("zelotrexin", 59), ("saline", 61)],
        ),
        ("They were treated (n = 35, zelotrexin; n = 29, placebo).", [("zelotrexin", 35), ("placebo", 29)]),
        (
            "A total of 120 women were randomised to zelotrexin (n = 59) or saline (n = 61).",
            [("zelotrexin", 59), ("saline", 61)],
        ),
        ("In all, 120 women were randomised to zelotrexin or saline.", []),
        ("Ninety-five people were randomised (47 ZLX, 48 PBO).", [("ZLX", 47), ("PBO", 48)]),
        ("They were assigned to day 1 (early group = 40) or day 9 (late group = 37).", [("early", 40), ("late", 37)]),
        ("They were randomised in clusters (12 schools).", []),
        ("They were randomised (in 1990, 48 hours after birth).", []),
        ("They were split into four groups of 30 patients.", [(EVERY_ARM, 30)]),
        ("Thirty people took part, with 15 patients in each treatment group.", [(EVERY_ARM, 15)]),
        ("For each group, 22 subjects were analysed.", [(EVERY_ARM, 22)]),
        ("Pain was felt by 8 of the 32 patients (25%) in group L.", [("group L", 32)]),
    ],
)
def test_sentences_that_give_sizes(words: str, sizes: list[tuple[str, int]]) -> None:
    assert told(words) == sizes


@pytest.mark.parametrize(
    "words",
    [
        "Mortality rose to 13.5% (n = 60) in unit A.",
        "In the zelotrexin group 12 patients died.",
        "Infections occurred in 12 patients in the placebo group.",
        "It was 20% in the placebo group.",
        "We planned to randomise 72 patients to zelotrexin.",
        "The median number of flushes was 4 in the zelotrexin group and 5 in the placebo group.",
        "Relapses occurred in 2 women in the zelotrexin group and 3 women in the placebo group.",
        "The study ran from 2004 to 2010 in unit A.",
        "Scores were 3.5 in the placebo group.",
    ],
)
def test_events_shares_and_years_are_no_sizes(words: str) -> None:
    assert told(words) == []


def test_each_size_stands_where_its_span_says() -> None:
    words = "People were randomised to zelotrexin (n = 1,131) or placebo (n=30)."
    for size in sizes_in(words, 100):
        assert int(words[size.span.start - 100 : size.span.end - 100].replace(",", "")) == size.size
        assert size.kind is SizeKind.RANDOMISED


def test_completers_are_told_from_those_randomised() -> None:
    words = "Of all, 79 were assigned to zelotrexin and 86 to placebo; 70 in the zelotrexin group completed the study."
    assert [(s.size, s.kind) for s in sizes_in(words, 0)][-1] == (70, SizeKind.RANDOMISED)
    later = "The study was completed by 70 in the zelotrexin group."
    assert [s.kind for s in sizes_in(later, 0)] == [SizeKind.COMPLETED]


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("Sixty women were randomized into two groups to receive zelotrexin or saline.", [30]),
        ("In all, 120 patients were enrolled. Patients were allocated into 4 groups.", [30]),
        ("Sixty-one women were randomized into two groups.", []),
        ("Sixty women were randomized 2:1 into two groups.", []),
        ("Sixty women were seen.", []),
    ],
)
def test_equal_groups_are_computed_and_marked(words: str, sizes: list[int]) -> None:
    found = list(divided_in(words, 0))
    assert [s.size for s in found] == sizes
    assert all(s.kind is SizeKind.DIVIDED for s in found)


def article(*sentences: str, tables: tuple[RawTable, ...] = ()) -> Prepared:
    builder = TextBuilder()
    for words in sentences:
        builder.paragraph(words, SectionKind.RESULTS)
    for table in tables:
        builder.table(table)
    built = builder.finish()
    sections = built.sections or (Section(Span(0, len(built.text)), SectionKind.BODY),)
    made = Article("urn:x:1", built.text, sections=sections, tables=built.tables)
    return Prepared(made, lambda a: Reading(a, None, ()))


def grid(*rows: tuple[str, ...], caption: str = "Results") -> RawTable:
    return RawTable([[RawCell([(w, False)]) for w in row] for row in rows], "Table 1", caption, head_rows=1)


def answer(prepared: Prepared, intervention: str, comparator: str, outcome: str = "pain") -> tuple[float | None, ...]:
    sizes = group_sizes(prepared)
    found = sizes_for(Question("1", intervention, comparator, outcome), prepared, sizes, {})
    for number in found:
        assert number is None or not number.derived or number.note
    return tuple(None if n is None else n.value for n in found)


@pytest.mark.parametrize(
    "rows",
    [
        (("Item", "Zelotrexin (n = 31)", "Placebo (N = 30)"), ("Age", "50", "51")),
        (("Item", "Zelotrexin", "Placebo"), ("", "(n = 31)", "(n = 30)"), ("Age", "50", "51")),
        (("Item", "Zelotrexin", "Placebo"), ("Number of patients", "31", "30"), ("Age", "50", "51")),
        (("Arm", "Age"), ("Zelotrexin (n = 31)", "50"), ("Placebo (n = 30)", "51")),
    ],
)
def test_tables_give_sizes_in_heads_below_them_and_in_stubs(rows: tuple[tuple[str, ...], ...]) -> None:
    prepared = article("Pain was less.", tables=(grid(*rows),))
    assert answer(prepared, "zelotrexin", "placebo") == (31, 30)
    for size in table_sizes(prepared.tables[0], prepared.view):
        assert size.span.of(prepared.text) == str(size.size)


def test_a_caption_gives_sizes() -> None:
    table = grid(("Item", "I", "C"), ("Pain", "2", "3"), caption="Zelotrexin (I; n=104) and placebo (C; n=114)")
    assert answer(article("Pain was less.", tables=(table,)), "zelotrexin", "placebo") == (104, 114)


def test_tables_are_believed_before_sentences_unless_they_are_of_a_part() -> None:
    prose = "Patients were assigned to zelotrexin (n = 103) or placebo (n = 100)."
    near = grid(("Item", "Zelotrexin (n = 101)", "Placebo (n = 100)"))
    part = grid(("Item", "Zelotrexin (n = 50)", "Placebo (n = 49)"))
    assert answer(article(prose, tables=(near,)), "zelotrexin", "placebo") == (101, 100)
    assert answer(article(prose, tables=(part,)), "zelotrexin", "placebo") == (103, 100)


def test_sizes_told_as_often_leave_it_open() -> None:
    tables = (
        grid(("Item", "Zelotrexin (n = 31)", "Placebo (n = 30)")),
        grid(("Item", "Zelotrexin (n = 29)", "Placebo (n = 30)")),
    )
    assert answer(article("Pain was less.", tables=tables), "zelotrexin", "placebo") == (None, 30)


def test_an_article_without_sizes_gives_none() -> None:
    assert answer(article("Pain was less with zelotrexin than with placebo."), "zelotrexin", "placebo") == (None, None)


def test_a_question_about_some_of_the_people_has_no_size_of_all() -> None:
    prepared = article("Men and women received zelotrexin (n = 31) or placebo (n = 30).")
    assert answer(prepared, "zelotrexin - females", "placebo - females") == (None, None)
    assert answer(prepared, "zelotrexin", "placebo", "pain in men") == (None, None)
    assert answer(prepared, "zelotrexin", "placebo", "mental health") == (31, 30)


def test_people_who_were_their_own_control_are_the_whole_study() -> None:
    prepared = article("A trial of 19 males was done.")
    assert answer(prepared, "post-yoga", "pre-yoga") == (19, 19)


def test_equal_groups_answer_as_derived_and_printed_denominators_as_printed() -> None:
    halves = article("Sixty women were randomized into two groups.")
    found = sizes_for(Question("1", "zelotrexin", "placebo", "pain"), halves, group_sizes(halves), {})
    assert [(n.value, n.derived) for n in found if n] == [(30, True)] * 2
    printed = article(
        "A total of 60 patients were enrolled. Patients were allocated into 2 groups.",
        "Pain was felt by 5 of the 30 patients (17%) in group L.",
    )
    found = sizes_for(Question("1", "zelotrexin", "placebo", "pain"), printed, group_sizes(printed), {})
    assert [(n.value, n.derived) for n in found if n] == [(30, False)] * 2


def test_groups_are_known_by_what_they_were_given() -> None:
    known = glosses(
        [
            "Group P received placebo, group E received zelotrexin 120 mg and group D got nothing.",
            "A basic (advice by letter; n=456), a plus (advice and visits; n=459) group.",
            "Saline (group N) or lidocaine (group L) was given.",
            "Group Q had a higher score than group P.",
        ],
        ["ZLX, zelotrexin; VAS: visual analogue scale; P, probability of nothing"],
        {"MTX": "methotrexate"},
    )
    assert known["group P"] == "placebo"
    assert known["group E"].startswith("zelotrexin 120 mg")
    assert (known["group basic"], known["group plus"]) == ("advice by letter", "advice and visits")
    assert (known["group N"], known["group L"]) == ("Saline", "lidocaine")
    assert (known["ZLX"], known["VAS"], known["MTX"]) == ("zelotrexin", "visual analogue scale", "methotrexate")
    assert "group Q" not in known
    assert gloss_of("Group (P)", known) == gloss_of("P group", known) == "placebo"
    assert gloss_of("Plus (n = 459)", known) == "advice and visits"
    assert match_arms("zelotrexin", "placebo", ["Group P", "Group E"], known) == (1, 0)


def test_hostile_sentences_are_read_in_bounded_time() -> None:
    for words in ("n = " * 300, "1 and " * 200, "(" * 1400, "12 patients " * 120, "in the group " * 100 + "(n = 3)"):
        assert len(told(words)) < 500
        assert glosses([words], [words], {}) is not None
