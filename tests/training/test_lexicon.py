"""The dictionary of training mentions: words that are annotated nearly wherever they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.aids import MAX_WORDS
from training.examples import Sentence
from training.lexicon import lexicon_of


def sentence(text: str, *mentions: tuple[str, str]) -> Sentence:
    """Words between blanks; each mention where its words first stand."""
    words, spans = tuple(text.split()), []
    for named, label in mentions:
        parts = tuple(named.split())
        at = next(i for i in range(len(words)) if words[i : i + len(parts)] == parts)
        spans.append((at, at + len(parts), label))
    ends, at = [], 0
    for word in words:
        at += len(word) + 1
        ends.append(at - 1)
    starts = tuple(end - len(word) for end, word in zip(ends, words, strict=True))
    return Sentence("1", words, starts, tuple(ends), tuple(spans))


def test_words_that_are_always_annotated_are_kept_in_small_letters() -> None:
    made = lexicon_of(
        [sentence("Lithium helps bipolar disorder", ("Lithium", "DRUG"), ("bipolar disorder", "DISEASE"))]
    )
    assert made == {("lithium",): "DRUG", ("bipolar", "disorder"): "DISEASE"}


def test_words_that_often_stand_without_annotation_are_not() -> None:
    some = [sentence("zinc helps", ("zinc", "DRUG"))] * 2 + [sentence("Zinc fell")]
    assert lexicon_of(some) == {}
    assert lexicon_of(some, precision=0.6) == {("zinc",): "DRUG"}


def test_short_words_are_not_kept() -> None:
    some = [sentence("MTX helps", ("MTX", "DRUG"))]
    assert lexicon_of(some) == {}
    assert lexicon_of(some, letters=3) == {("mtx",): "DRUG"}


def test_a_place_inside_a_longer_mention_does_not_count_against_a_form() -> None:
    inside = sentence("lithium carbonate helps", ("lithium carbonate", "DRUG"))
    alone = sentence("lithium helps", ("lithium", "DRUG"))
    assert lexicon_of([alone, inside, inside]) == {("lithium",): "DRUG", ("lithium", "carbonate"): "DRUG"}


def test_the_label_given_most_often_is_the_label_and_its_share_decides() -> None:
    drug, disease = sentence("alcohol", ("alcohol", "DRUG")), sentence("alcohol", ("alcohol", "DISEASE"))
    assert lexicon_of([drug, drug, drug, disease]) == {("alcohol",): "DRUG"}
    assert lexicon_of([drug, disease]) == {}


def test_a_mention_of_many_words_is_not_kept() -> None:
    long = " ".join(f"w{n}" for n in range(MAX_WORDS + 1))
    assert lexicon_of([sentence(long, (long, "DISEASE"))]) == {}


words = st.lists(st.sampled_from(["Zinc", "zinc", "oxide", "helps"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(words, st.integers(0, 7), st.integers(1, 3)), max_size=6))
def test_every_form_is_a_mention(parts: list[tuple[list[str], int, int]]) -> None:
    some = []
    for listed, start, length in parts:
        end = min(len(listed), start + length)
        spans = ((start, end, "DRUG"),) if start < end else ()
        some.append(Sentence("1", tuple(listed), (0,) * len(listed), (1,) * len(listed), spans))
    mentioned = {tuple(w.lower() for w in s.words[a:b]) for s in some for a, b, _ in s.spans}
    assert set(lexicon_of(some)) <= mentioned
    everything = lexicon_of(some, precision=0.0, letters=0)
    assert set(everything) == mentioned
