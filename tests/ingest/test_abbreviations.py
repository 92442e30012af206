"""Short forms that an article defines."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from ingest.abbreviations import find_definitions, resolve
from ingest.article import Span
from ingest.nlp import Abbreviation
from tests.ingest.printed import any_text


def defined(text: str) -> list[tuple[str, str]]:
    return [(d.short, d.long_span.of(text)) for d in find_definitions(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The risk of second primary malignancy (SPM) is low.", "SPM", "second primary malignancy"),
        ("of second primary malignancies (SPMs) was 3.62", "SPMs", "second primary malignancies"),
        ("the incidence rate (IR, events per 100 patient-years) of", "IR", "incidence rate"),
        ("melphalan, prednisone, and thalidomide (MPT; 72 weeks)", "MPT", "melphalan, prednisone, and thalidomide"),
        ("95% confidence interval [CI], 0.4-1.0", "CI", "confidence interval"),
        ("Overall survival (OS) was longer.", "OS", "Overall survival"),
        ("progression-free survival (PFS; primary comparison)", "PFS", "progression-free survival"),
        ("newly diagnosed multiple myeloma (NDMM)", "NDMM", "newly diagnosed multiple myeloma"),
        ("the quality of life (QoL) fell", "QoL", "quality of life"),
        ("and relative lenalidomide dose (rLD) rose", "rLD", "relative lenalidomide dose"),
        ("levels of lenalidomide (Len) were", "Len", "lenalidomide"),
        ("their thromboembolism (TE) rate", "TE", "thromboembolism"),
        ("with 2,4-dimethoxypyrazole (DMP) as", "DMP", "2,4-dimethoxypyrazole"),
        ("shown by four-arm (4A) trials", "4A", "four-arm"),
        ("coagulation factor IX (F9) was", "F9", "factor IX"),
        ("time of gamma-globulin (G-gamma) use", "G-gamma", "gamma-globulin"),
        ("the forced vital capacity in 3 seconds (FVC(3)) of", "FVC(3)", "forced vital capacity in 3 seconds"),
        ('a "minimal residual disease" (MRD) test', "MRD", "minimal residual disease"),
        ("either melphalan (M, n = 20) or", "M", "melphalan"),
        ("the response to MRD (minimal residual disease) tests", "MRD", "minimal residual disease"),
        ("an alkylator (busulfan plus melphalan, BuMel) and", "BuMel", "busulfan plus melphalan"),
        ("of heat shock factor (EC 2.7.11; HSF) in", "HSF", "heat shock factor"),
        ("in castrated and adrenalectomized (ADX) rats", "ADX", "adrenalectomized"),
        ("with the TNF-α converting enzyme (TACE) bound", "TACE", "TNF-α converting enzyme"),
    ],
)
def test_a_definition_gives_short_and_long_form(text: str, short: str, long: str) -> None:
    assert defined(text) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "in men (A) only",
        "it fell (see below)",
        "was seen (P = .03)",
        "in patients (P=.03) and",
        "by Ada Sample (UK)",
        "(ABC) is new",
        "among pneumonia patients (two patients) and",
        "the carbon of [14C]methyl groups",
        "as Sample et al. (Sample) found",
        "the compound (2c) melts",
        "of 9(E),11(Z)-acid",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert defined(text) == []


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "event-free survival (EFS) and overall survival (OS)",
            [("EFS", "event-free survival"), ("OS", "overall survival")],
        ),
        (
            "(adjusted hazard ratio [AHR] 1.2; risk ratio [RR] 2)",
            [("AHR", "adjusted hazard ratio"), ("RR", "risk ratio")],
        ),
        ("growth factor (GF) receptor kinase (RK)", [("GF", "growth factor"), ("RK", "receptor kinase")]),
    ],
)
def test_each_bracket_is_read_with_the_words_of_its_own(text: str, pairs: list[tuple[str, str]]) -> None:
    assert defined(text) == pairs


def test_a_long_form_does_not_reach_over_a_sentence_end() -> None:
    assert defined("It was seen in second. Primary malignancies (SPM) were") == []


def test_the_short_form_has_the_place_where_it_is_defined() -> None:
    text = "OS is known; OS here is overall survival (OS)."
    (found,) = find_definitions(text)
    assert (found.short_span, found.long_span) == (Span(42, 44), Span(24, 40))


def test_the_whole_article_has_one_long_form_for_a_short_one_without_its_plural() -> None:
    text = "Second primary malignancies (SPMs) are rare. Overall survival (OS) rose."
    assert resolve(text, [], find_definitions(text)) == {"SPM": "Second primary malignancies", "OS": "Overall survival"}


def test_one_letter_or_small_letters_stand_for_nothing_elsewhere() -> None:
    text = "in either melphalan (M, n = 20) or median daily dose (mdd)"
    assert [short for short, _ in defined(text)] == ["M", "mdd"]
    assert resolve(text, [], find_definitions(text)) == {}


def test_what_the_detector_found_is_added_and_a_better_fit_wins() -> None:
    def detected(short: str, long: str) -> Abbreviation:
        return Abbreviation(short, long, Span(0, len(short)), Span(0, len(long)))

    text = "Overall survival (OS) rose."
    others = [detected("OS", "other survival of some"), detected("R2", "lenalidomide plus\nrituximab")]
    table = resolve(text, others, find_definitions(text))
    assert table == {"OS": "Overall survival", "R2": "lenalidomide plus rituximab"}


@settings(max_examples=200, deadline=None)
@given(any_text.map(lambda t: f"{t} (AB) {t}") | any_text.map(lambda t: f"AB ({t})") | any_text)
def test_whatever_the_text_both_forms_are_verbatim_and_apart(text: str) -> None:
    for found in find_definitions(text):
        assert found.short_span.of(text) == found.short
        assert len(found.long_span) > len(found.short)
        assert found.long_span.end <= len(text)
        assert not found.long_span.overlaps(found.short_span)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "xa(AB)" * 300_000,
        "(" * 500_000 + "AB" + ")" * 500_000,
        "(" * 1_000_000,
        " " * 1_000_000 + "(AB)",
        "".join(f"abc dabc-dabcd aabb dcba ddccbbaa (ABCDABCD{n}) " for n in range(3_000)),
        ("ABCD (" + "abcd " * 40 + ") ") * 3_000,
        (")" * 170 + " (AB) ") * 3_000,
    ],
    ids=lambda text: text[:8].strip() or "blanks",
)
def test_hostile_text_takes_seconds_at_most(text: str) -> None:
    start = time.process_time()
    find_definitions(text)
    assert time.process_time() - start < 20
