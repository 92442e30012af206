"""Where a reported value begins and ends: brackets, shares, sizes, and two values on either side of "versus"."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.aids import Tag
from ingest.article import Span
from ingest.measures import mend_measures


def mended(marked: str, others: str = "") -> list[str]:
    """The values in ``marked``, where the model's stand between ``<`` and ``>``, after mending."""
    text, tags, start = "", [], 0
    for c in marked:
        if c == "<":
            start = len(text)
        elif c == ">":
            tags.append(Tag(Span(start, len(text)), "MEASURE", 0.9))
        else:
            text += c
    if others:
        at = text.index(others)
        tags.append(Tag(Span(at, at + len(others)), "OUTCOME", 0.9))
    tags.sort(key=lambda t: t.span)
    return [t.span.of(text) for t in mend_measures(text, tags, [Span(0, len(text))]) if t.label == "MEASURE"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Pain fell ( <12.3 % )> later.", ["12.3 %"]),
        ("Pain fell (<12.3 %)> later.", ["12.3 %"]),
        ("It was <41 s ( 95 % CI 33 to 47 s> ) later.", ["41 s ( 95 % CI 33 to 47 s )"]),
        ("It was <41 s [IQR 33> - 47] later.", ["41 s [IQR 33 - 47]"]),
        ("It was <41 s ( and nothing more>.", ["41 s"]),
        ("It was <8 (of 10)> later.", ["8 (of 10)"]),
    ],
)
def test_a_bracket_closes_in_a_value_or_is_not_of_it(marked: str, expected: list[str]) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("It was <12.3 %> ( 95 % CI 10-15 ) in all.", ["12.3 % ( 95 % CI 10-15 )"]),
        ("It was <12.3 %> [95% confidence interval 10 to 15] in all.", ["12.3 % [95% confidence interval 10 to 15]"]),
        ("It was in <71 patients> (18.4 %) in all.", ["71 patients (18.4 %)"]),
        ("It was in <18 %> (7/38) in all.", ["18 % (7/38)"]),
        ("It was <6.4 mg> (SD 1.2) in all.", ["6.4 mg (SD 1.2)"]),
        ("It was <6.4 mg> (± 1.2) in all.", ["6.4 mg (± 1.2)"]),
        ("It was <6.4 mg> (range 2 to 9) in all.", ["6.4 mg (range 2 to 9)"]),
        ("It was <6.4 mg> (P = 0.03) in all.", ["6.4 mg"]),
        ("It was <6.4 mg> (see the table) in all.", ["6.4 mg"]),
        ("It was <6.4 mg>. (95% CI 2 to 9) in all.", ["6.4 mg"]),
    ],
)
def test_what_qualifies_a_value_in_a_bracket_behind_it_is_of_it(marked: str, expected: list[str]) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Some had pain (<64 of 163>, 39.3 %) then.", ["64 of 163, 39.3 %"]),
        ("Some had pain (<64 of 163 %>, 39.3 %) then.", ["64 of 163 %"]),
        ("Of them <64 of 163>, 39.3 %, had pain.", ["64 of 163"]),
    ],
)
def test_a_share_behind_a_count_is_of_it_in_a_bracket_alone(marked: str, expected: list[str]) -> None:
    assert mended(marked) == expected


@pytest.mark.parametrize("between", [" vs ", " vs. ", " versus ", " v ", " compared with ", "; ", " ; "])
def test_two_values_on_either_side_of_a_contrast_are_two(between: str) -> None:
    assert mended(f"It was <12.3 %{between}8.1 %> then.") == ["12.3 %", "8.1 %"]


@pytest.mark.parametrize(
    "value", ["12.3 % versus placebo", "(12.3 % vs 8.1 %)", "more versus 8.1 %", "12.3 % and 8.1 %", "12.3 %vs 8"]
)
def test_a_contrast_without_a_value_on_each_side_is_left_whole(value: str) -> None:
    assert mended(f"It was <{value}> then.") == [value]


def test_negative_values_and_limits_are_values_too() -> None:
    assert mended("It fell by <-2.5 mg vs −1.5 mg versus <0.5 mg>.".replace("<0", "\u200b0")) == [
        "-2.5 mg",
        "−1.5 mg versus \u200b0.5 mg",
    ]
    assert mended("It was <3; 4; 5> then.") == ["3", "4", "5"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Some had pain (n = <64>).", ["n = 64"]),
        ("Some had pain (n=<64>).", ["n=64"]),
        ("Some had pain (N = <64>).", ["N = 64"]),
        ("Some had pain, in = <64>.", ["64"]),
        ("Some had pain, n = <many>.", ["many"]),
    ],
)
def test_the_sign_of_a_size_is_of_it(marked: str, expected: list[str]) -> None:
    assert mended(marked) == expected


def test_a_value_does_not_reach_into_another_mention_or_sentence() -> None:
    assert mended("It was <12.3 %> (18 % relapse) then.") == ["12.3 % (18 % relapse)"]
    assert mended("It was <12.3 %> (18 % relapse) then.", others="relapse") == ["12.3 %"]
    text = "It was 12.3 %. (18 %) was odd."
    tags = [Tag(Span(7, 14), "MEASURE")]
    ends = [Span(0, 14), Span(15, len(text))]
    assert [t.span.of(text) for t in mend_measures(text, tags, ends)] == ["12.3 %."]


def test_other_mentions_lose_a_bracket_that_is_not_theirs_and_keep_their_own() -> None:
    text = "overall survival) and survival (OS) and pain (NRS and nothing"
    tags = [Tag(Span(0, 17), "OUTCOME"), Tag(Span(22, 34), "OUTCOME"), Tag(Span(40, 49), "OUTCOME")]
    found = [t.span.of(text) for t in mend_measures(text, tags, [Span(0, len(text))])]
    assert found == ["overall survival", "survival (OS)", "pain"]


def test_the_bracket_of_a_mention_does_not_run_over_the_next() -> None:
    text = "relapse (early 12 %) later"
    tags = [Tag(Span(0, 14), "OUTCOME"), Tag(Span(15, 19), "MEASURE")]
    assert [t.span.of(text) for t in mend_measures(text, tags, [Span(0, len(text))])] == ["relapse", "12 %"]
    alone = mend_measures(text, tags[:1], [Span(0, len(text))])
    assert [t.span.of(text) for t in alone] == ["relapse (early 12 %)"]


def test_label_score_and_maker_stay() -> None:
    (found,) = mend_measures("(12 %)", [Tag(Span(1, 6), "MEASURE", 0.7, "model")], [Span(0, 6)])
    assert found == Tag(Span(1, 5), "MEASURE", 0.7, "model")
    assert mend_measures("", [], []) == []


pieces = st.lists(
    st.sampled_from([
        "(", ")", "[", "]", " ", "12", ".", "%", " vs ", "; ", "95% CI", "n = ", ",", "±", "1/2", "x", "SD", "relapse",
    ])
    | st.characters(),
    min_size=1, max_size=25,
).map("".join)  # fmt: skip


@st.composite
def tagged(draw: st.DrawFn, *, apart: bool) -> tuple[str, list[Tag], list[Span]]:
    text = draw(pieces)
    cuts = sorted(
        draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=10) if len(text) > 1 else st.just({0, 1}))
    )
    pairs = itertools.pairwise(cuts) if apart else draw(st.permutations(list(itertools.combinations(cuts, 2))))
    label = st.sampled_from(["MEASURE", "MEASURE", "OUTCOME", "INTERVENTION"])
    tags = [Tag(Span(a, b), draw(label), draw(st.none() | st.just(0.5))) for a, b in pairs if draw(st.booleans())]
    ends = sorted(draw(st.sets(st.integers(1, len(text)), max_size=3)) | {len(text)})
    return text, tags, [Span(a, b) for a, b in itertools.pairwise([0, *ends])]


@settings(deadline=None)
@given(tagged(apart=False))
def test_whatever_the_tags_nothing_leaves_the_text_and_order_is_kept(case: tuple[str, list[Tag], list[Span]]) -> None:
    text, tags, sentences = case
    found = mend_measures(text, tags, sentences)
    assert all(t.span.end <= len(text) for t in found)
    assert [t.span for t in found] == sorted(t.span for t in found)
    assert sum(t.label != "MEASURE" for t in found) == sum(t.label != "MEASURE" for t in tags)


@settings(deadline=None, max_examples=300)
@given(tagged(apart=True))
def test_mentions_that_are_apart_stay_apart(case: tuple[str, list[Tag], list[Span]]) -> None:
    text, tags, sentences = case
    found = mend_measures(text, tags, sentences)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
