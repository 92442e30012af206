"""Which way an outcome went, told from articles of our own making."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fill.asked import phrase_of
from ingest.fill.direction import direction_for
from ingest.fill.direction_candidates import CANDIDATES, asked_of, candidates
from ingest.fill.direction_marks import Mark, marks_of, slots_of
from ingest.fill.direction_model import load_direction_model, model_of
from ingest.fill.direction_signs import signs, swapped
from ingest.fill.direction_words import signal_of
from ingest.fill.model import DirectionLabel, Question
from ingest.fill.prepared import Prepared
from ingest.pipeline import Reading
from ingest.readers.table import read_bytes

UP, DOWN, NONE = DirectionLabel.INCREASED, DirectionLabel.DECREASED, DirectionLabel.NO_DIFFERENCE
ARTICLE = """Ginger tea against warm water in travellers

BACKGROUND: Whether ginger tea reduces seasickness in adults is not known. Previous studies found more heartburn [3].

METHODS: We randomly assigned 120 adults to ginger tea or warm water. Seasickness was measured on a ten-point scale.

RESULTS: Seasickness was significantly lower with ginger tea than with warm water (3.1 ± 1.0 vs 5.2 ± 1.1, P < 0.001).
Appetite was significantly higher in the ginger tea group than in the warm water group (P = 0.01). There was no
significant difference between the groups in sleep quality (P = 0.44). Heartburn was reported by 12 of 60 travellers
with ginger tea and by 2 of 60 with warm water (P = 0.004).
"""


def _prepared(text: str) -> Prepared:
    return Prepared(read_bytes(text.encode(), "x.txt"), lambda article: Reading(article, None, ()))


def _asked(outcome: str, first: str = "ginger tea", second: str = "warm water") -> Question:
    return Question("q", first, second, outcome)


@pytest.mark.parametrize(
    ("outcome", "label", "words"),
    [
        ("seasickness", DOWN, "significantly lower with ginger"),
        ("appetite", UP, "Appetite was"),
        ("sleep quality", NONE, "no\nsignificant difference"),
        ("heartburn", UP, "reported by 12 of 60"),
    ],
)
def test_the_way_and_the_passage_that_says_so(outcome: str, label: DirectionLabel, words: str) -> None:
    prepared = _prepared(ARTICLE)
    found = direction_for(prepared, _asked(outcome))
    assert found is not None
    assert found.label is label
    assert words in found.span.of(ARTICLE)


@pytest.mark.parametrize(("outcome", "label"), [("seasickness", UP), ("appetite", DOWN), ("sleep quality", NONE)])
def test_the_other_way_round_when_the_arms_are_exchanged(outcome: str, label: DirectionLabel) -> None:
    found = direction_for(_prepared(ARTICLE), _asked(outcome, "warm water", "ginger tea"))
    assert found is not None
    assert found.label is label


def test_nothing_where_no_passage_has_a_word_of_the_outcome() -> None:
    assert direction_for(_prepared(ARTICLE), _asked("survival")) is None


def test_short_forms_of_the_article_are_the_words_they_stand_for() -> None:
    text = ARTICLE.replace("Appetite was", "The visual food desire (VFD) was rated daily. VFD was")
    found = direction_for(_prepared(text), _asked("visual food desire"))
    assert found is not None
    assert found.label is UP


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("(P < 0.05)", "PSIG"),
        ("p=0.04", "PSIG"),
        ("P = .051", "PNS"),
        ("P > 0.05", "PNS"),
        ("p-value of 0·3", "PNS"),
        ("P = NS", "PNS"),
        ("hazard ratio 0.8 (95% CI 0.6–0.9)", "CIDOWN"),
        ("hazard ratio 1.2 (95% CI 0.9 to 1.4)", "CINULL"),
        ("difference 2.0 (95% CI 0.5 to 3.5)", "CINULL"),
        ("mean difference 4.0 (95% CI 2.5 to 5.5)", "CIUP"),
        ("mean difference −1.2, 95% confidence interval −2.0, −0.4", "CIDOWN"),
        ("less", "DOWN"),
        ("ginger", "INT"),
        ("water", "COM"),
        ("mood", "OUT"),
    ],
)
def test_what_a_passage_is_made_of(words: str, name: str) -> None:
    slots = slots_of(*(phrase_of(w, {}) for w in ("mood", "ginger tea", "water")))
    assert name in {m.signal for m in marks_of(words, slots)}


def test_words_of_control_stand_for_the_arm_that_is_one() -> None:
    slots = slots_of(*(phrase_of(w, {}) for w in ("mood", "ginger tea", "placebo tea")))
    assert [m.signal for m in marks_of("intervention control tea", slots)] == ["INT", "COM", None]


@pytest.mark.parametrize(("word", "signal"), [("didn't", "NOT"), ("Fewer", "DOWN"), ("versus", "THAN"), ("tea", None)])
def test_what_a_word_tells(word: str, signal: str | None) -> None:
    assert signal_of(word) == signal


_MARKS = st.lists(
    st.sampled_from(["INT", "COM", "OUT", "UP", "DOWN", "BETTER", "WORSE", "THAN", "NOT", "BUT", "PSIG", "PNS",
                     "SIGNIF", "NUM", "(", ")", "±", "and", "CIUP"]),
    max_size=40,
)  # fmt: skip


@given(_MARKS, st.booleans())
def test_exchanging_the_arms_turns_every_sign_round_and_changes_nothing_else(names: list[str], unwanted: bool) -> None:
    plain = {"NUM", "(", ")", "±", "and"}
    marks = [
        Mark(n, None if n in plain else n, value=float(i % 7) if n == "NUM" else None) for i, n in enumerate(names)
    ]
    odd, even = signs(marks, unwanted)
    turned, same = signs(swapped(marks), unwanted)
    assert turned == tuple(-o for o in odd)
    assert same == even


@given(st.text(alphabet="ginger water lower (P<0.5).;±1\n", max_size=400))
def test_any_text_has_an_answer_or_none_within_it(text: str) -> None:
    article = f"Falls were\n\n{text} falls."
    prepared = _prepared(article)
    found = direction_for(prepared, _asked("falls", "ginger", "water"))
    assert found is None or found.span.end <= len(prepared.text)
    asked = asked_of(_asked("falls", "ginger", "water"), {})
    assert len(candidates(prepared, asked)) <= CANDIDATES


def test_the_model_is_the_same_after_it_was_written() -> None:
    model = load_direction_model()
    again = model_of(model.arrays())
    prepared = _prepared(ARTICLE)
    found = candidates(prepared, asked_of(_asked("seasickness"), {}))
    for one, two in zip(model.judge(found, ["seasick"], True), again.judge(found, ["seasick"], True), strict=True):
        assert np.allclose(one, two, atol=1e-6)


def test_chances_add_up_to_one_for_every_passage() -> None:
    prepared = _prepared(ARTICLE)
    found = candidates(prepared, asked_of(_asked("appetite"), {}))
    chances, votes = load_direction_model().judge(found, ["appetit"], False)
    assert chances.shape == (len(found), 3)
    assert np.allclose(chances.sum(axis=1), 1)
    assert (votes > 0).all()


def test_a_model_whose_weights_do_not_fit_its_names_is_refused() -> None:
    arrays = load_direction_model().arrays()
    arrays["weights"] = arrays["weights"][1:]
    with pytest.raises(ValueError, match="names have weights"):
        model_of(arrays)
