"""What is added to the model's drugs and diseases: names, the article's own usage, abbreviations."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ingest.aids import Forms, Tag, add_free, by_abbreviation, by_dictionary, consistent, form_of
from ingest.article import Span
from ingest.nlp import Token

Seen = list[tuple[str, str, str]]


def tokens_of(text: str) -> list[Token]:
    """Words between blanks."""
    out, at = [], 0
    for word in text.split(" "):
        if word:
            out.append(Token(word, at, at + len(word)))
        at += len(word) + 1
    return out


def tag(
    text: str, words: str, label: str = "DRUG", *, nth: int = 0, score: float | None = 0.9, by: str = "model"
) -> Tag:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Tag(Span(at, at + len(words)), label, score, by)


def seen(text: str, tags: Sequence[Tag]) -> Seen:
    return [(t.span.of(text), t.label, t.by) for t in tags]


def test_forms_are_found_where_all_their_words_stand() -> None:
    forms = Forms({("breast", "cancer"): "D", ("cancer",): "d", ("breast", "cancer", "drug"): "X"})
    text = "breast cancer , cancer drug , breast milk"
    assert list(forms.find(text.split(" "))) == [(0, 2, "D"), (1, 2, "d"), (3, 4, "d")]


def test_a_dictionary_finds_names_in_any_capitals() -> None:
    text = "Lithium or LITHIUM carbonate"
    assert form_of(tokens_of(text)) == ("lithium", "or", "lithium", "carbonate")
    names = Forms({("lithium",): "DRUG", ("lithium", "carbonate"): "DRUG"})
    assert seen(text, list(by_dictionary(tokens_of(text), names))) == [
        ("Lithium", "DRUG", "dictionary"),
        ("LITHIUM carbonate", "DRUG", "dictionary"),
        ("LITHIUM", "DRUG", "dictionary"),
    ]


def test_what_is_there_stays_and_of_new_tags_the_longer_goes_first() -> None:
    text = "severe breast cancer pain with lithium carbonate"
    there = [tag(text, "breast cancer", "DISEASE")]
    more = [tag(text, w, "X", by="dictionary") for w in ("lithium", "cancer pain", "lithium carbonate", "severe")]
    assert seen(text, add_free(there, more)) == [
        ("severe", "X", "dictionary"),
        ("breast cancer", "DISEASE", "model"),
        ("lithium carbonate", "X", "dictionary"),
    ]


spans = st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda p: Span(p[0], p[0] + p[1]))
tags = st.lists(st.builds(Tag, spans, st.sampled_from(["DRUG", "DISEASE"])), max_size=12)


@given(there=tags, more=tags)
def test_tags_that_are_added_overlap_none(there: list[Tag], more: list[Tag]) -> None:
    first = add_free([], there)
    both = add_free(first, more)
    assert set(first) <= set(both) <= {*first, *more}
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(both))
    assert all(any(t.span.overlaps(b.span) for b in both) for t in more)


TEXT = "lithium , Lithium , lithium and lithium"


def test_a_form_that_is_nearly_always_tagged_is_tagged_everywhere() -> None:
    three = [tag(TEXT, "ithium", nth=n) for n in (0, 1, 2)]
    three = [Tag(Span(t.span.start - 1, t.span.end), t.label, t.score) for t in three]
    assert seen(TEXT, consistent(tokens_of(TEXT), three)) == [
        ("lithium", "DRUG", "model"),
        ("Lithium", "DRUG", "model"),
        ("lithium", "DRUG", "model"),
        ("lithium", "DRUG", "consistency"),
    ]


def test_a_form_that_is_tagged_as_often_as_not_is_left_as_it_is() -> None:
    two = [tag(TEXT, "lithium"), tag(TEXT, "Lithium")]
    assert consistent(tokens_of(TEXT), two) == two


def test_a_form_that_is_seldom_tagged_loses_its_tag_unless_a_rule_gave_it() -> None:
    assert consistent(tokens_of(TEXT), [tag(TEXT, "lithium")]) == []
    known = tag(TEXT, "lithium", by="dictionary", score=None)
    assert consistent(tokens_of(TEXT), [known]) == [known]


def test_the_shares_can_be_chosen() -> None:
    one = [tag(TEXT, "lithium")]
    assert consistent(tokens_of(TEXT), one, share=0.5, lone=0.25) == one
    assert len(consistent(tokens_of(TEXT), one, share=0.25, lone=0.25)) == 4


def test_the_label_of_most_places_goes_to_the_others() -> None:
    text = "zoster , zoster , zoster , zoster"
    three = [tag(text, "zoster", label, nth=n) for n, label in enumerate(["DISEASE", "DRUG", "DISEASE"])]
    assert seen(text, consistent(tokens_of(text), three))[3:] == [("zoster", "DISEASE", "consistency")]


def test_a_short_form_is_the_same_only_in_the_same_capitals() -> None:
    text = "ALL in all patients with ALL"
    leukaemia = [tag(text, "ALL", "DISEASE")]
    assert seen(text, consistent(tokens_of(text), leukaemia, share=0.5)) == [
        ("ALL", "DISEASE", "model"),
        ("ALL", "DISEASE", "consistency"),
    ]


def test_a_place_inside_a_longer_mention_counts_for_nothing() -> None:
    text = "zoster and zoster vaccine and zoster vaccine"
    found = [tag(text, "zoster", "DISEASE"), *(tag(text, "zoster vaccine", nth=n) for n in (0, 1))]
    assert consistent(tokens_of(text), found) == found


def test_an_article_without_tags_stays_without() -> None:
    assert consistent(tokens_of(TEXT), []) == []
    assert consistent([], []) == []


LONG = "myasthenia gravis (MG) is rare ; MG and MG crises"
PLACES = {"MG": [Span(i, i + 2) for i in (19, 33, 40)]}
PAIR = [(Span(19, 21), Span(0, 17))]


def test_a_short_form_has_the_label_of_its_long_form_at_every_place() -> None:
    found = by_abbreviation([tag(LONG, "gravis", "DISEASE")], PAIR, PLACES, LONG)
    assert seen(LONG, found) == [("gravis", "DISEASE", "model"), *[("MG", "DISEASE", "abbreviation")] * 3]


def test_another_label_of_a_short_form_is_corrected() -> None:
    found = by_abbreviation(
        [tag(LONG, "myasthenia gravis", "DISEASE"), tag(LONG, "MG", "DRUG", nth=1)], PAIR, PLACES, LONG
    )
    assert [(t.span, t.label) for t in found] == [(s, "DISEASE") for s in (Span(0, 17), *PLACES["MG"])]


def test_a_long_form_has_the_label_of_its_short_form_when_the_model_is_sure() -> None:
    sure = by_abbreviation([tag(LONG, "MG", "DISEASE", score=0.51)], PAIR, PLACES, LONG)
    assert seen(LONG, sure)[:2] == [("myasthenia gravis", "DISEASE", "abbreviation"), ("MG", "DISEASE", "model")]
    for score in (0.5, None):
        unsure = [tag(LONG, "MG", "DISEASE", score=score)]
        assert by_abbreviation(unsure, PAIR, PLACES, LONG) == unsure


def test_a_place_inside_a_longer_mention_keeps_that() -> None:
    crises = tag(LONG, "MG crises", "DISEASE")
    found = by_abbreviation([tag(LONG, "gravis", "DRUG"), crises], PAIR, PLACES, LONG)
    assert seen(LONG, found)[1:] == [("MG", "DRUG", "abbreviation")] * 2 + [("MG crises", "DISEASE", "model")]


def test_a_mention_that_only_begins_the_long_form_gives_no_label() -> None:
    begins = [tag(LONG, "myasthenia", "DISEASE")]
    assert by_abbreviation(begins, PAIR, PLACES, LONG) == begins


@given(there=tags, pairs=st.lists(st.tuples(spans, spans), max_size=4), place=spans)
def test_mentions_of_abbreviations_overlap_none(there: list[Tag], pairs: list[tuple[Span, Span]], place: Span) -> None:
    text = "ab" * 20
    found = by_abbreviation(add_free([], there), pairs, {short.of(text): [short, place] for short, _ in pairs}, text)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert {t.span for t in add_free([], there)} <= {t.span for t in found}
