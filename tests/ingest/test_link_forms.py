"""The forms of a mention: written out, shortened, taken apart, composed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.link_compose import Composed, Words, compose
from ingest.link_forms import full_form, keys_of, parts_of, shorter

SHORT = {"SPM": "second primary malignancy", "MM": "multiple myeloma", "TNF": "tumour necrosis factor (TNF)"}


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("SPM", "second primary malignancy"),
        ("SPMs", "second primary malignancy"),
        ("refractory MM", "refractory multiple myeloma"),
        ("MM/SPM", "multiple myeloma/second primary malignancy"),
        ("multiple myeloma", None),
        ("multiple myeloma (MM)", None),
        ("MMR", None),
        ("", None),
    ],
)
def test_short_forms_are_written_out_as_the_article_says(text: str, long: str | None) -> None:
    assert full_form(text, SHORT) == long
    assert full_form(text, {}) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Second primary malignancies", ("second primary malignancy",)),
        ("glucose-6-phosphate dehydrogenase (G6PD) deficiency",
         ("glucose 6 phosphate dehydrogenase g6pd deficiency", "glucose 6 phosphate dehydrogenase deficiency")),
        ("BN 52021", ("bn 52021", "bn52021")),
        ("KF17837", ("kf17837", "kf 17837")),
        ("thrombo-embolism,", ("thrombo embolism", "thromboembolism")),
        ("", ()),
        ("()", ()),
        ("β-blocker", ("beta blocker",)),
    ],
)  # fmt: skip
def test_keys_are_of_the_whole_mention(text: str, keys: tuple[str, ...]) -> None:
    assert keys_of(text) == keys


def test_shorter_forms_are_the_longer_first() -> None:
    assert shorter("a b c") == ["b c", "a b", "c", "a"]
    assert shorter("a") == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("breast and ovarian cancer", [("breast cancer", "ovarian cancer"), ("breast", "ovarian cancer")]),
        ("hepatitis B and C", [("hepatitis B", "hepatitis C"), ("hepatitis B", "C")]),
        ("VAL/HCTZ", [("VAL", "HCTZ")]),
        ("lenalidomide", []),
        (" and ", []),
        ("a, b, c, d, e, f, g and h", []),
    ],
)
def test_a_list_can_be_read_in_a_few_ways(text: str, readings: list[tuple[str, ...]]) -> None:
    assert parts_of(text) == readings


NAMES = {"multiple myeloma", "myeloma", "overall survival", "survival", "transplant ineligible multiple myeloma"}
TRAITS = {"newly diagnosed": "N", "transplant ineligible": "T"}
KNOWN = Words(NAMES.__contains__, TRAITS.get, frozenset(word for trait in TRAITS for word in trait.split()))


@pytest.mark.parametrize(
    ("key", "made"),
    [
        ("newly diagnosed multiple myeloma", Composed("multiple myeloma", ("N",))),
        ("newly diagnosed transplant ineligible multiple myeloma", Composed("multiple myeloma", ("N", "T"))),
        ("multiple myeloma newly diagnosed", Composed("multiple myeloma", ("N",))),
        ("median overall survival", Composed("overall survival", ())),
        ("rate of overall survival", Composed("overall survival", ())),
        ("smouldering multiple myeloma", None),
        ("multiple myeloma", None),
        ("dose of", None),
        ("", None),
    ],
)
def test_a_mention_is_a_name_with_modifiers_and_plain_words_or_nothing(key: str, made: Composed | None) -> None:
    assert compose(key, KNOWN) == made


@given(st.text(max_size=80))
def test_any_text_has_forms(text: str) -> None:
    for key in keys_of(text):
        assert key
        assert key == " ".join(key.split())
        shorter(key)
        compose(key, KNOWN)
    assert all(len(items) > 1 for items in parts_of(text))
