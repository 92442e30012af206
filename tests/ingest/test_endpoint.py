"""Whether a trial met its primary endpoint: what decides, what changes the answer, and when there is none."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from ingest.abbreviations import find_definitions, resolve
from ingest.article import SectionKind
from ingest.endpoint import SIGNS, EndpointVerdict, chance, read_endpoint
from ingest.endpoint_clauses import clauses
from ingest.endpoint_features import FEATURES
from ingest.endpoint_named import Named, endpoint_of
from ingest.endpoint_parts import Part
from ingest.endpoint_signs import signs_of
from ingest.endpoint_words import one_way
from ingest.nlp import parse
from ingest.readers.text import read_text
from ingest.view import plain_view

TITLE = "Zelotrexin versus placebo for relapsed sarcoma: a randomised trial"
METHODS = (
    "METHODS: Patients were randomly assigned to zelotrexin or placebo. The primary end point was overall survival."
)
BETTER = "RESULTS: Median overall survival was 14 months with zelotrexin and 9 months with placebo (HR, 0.70; P = .01)."
CONCLUDES = "CONCLUSION: Zelotrexin prolonged survival."


def verdict(text: str) -> EndpointVerdict | None:
    """The verdict on a text, as ``picograph read`` reaches it."""
    article = read_text(text.encode(), "text")
    view = plain_view(article.text)
    parsed = parse(view, [s.span for s in article.sections if s.kind is not SectionKind.FURNITURE])
    short_forms = resolve(view, parsed.abbreviations, find_definitions(view))
    return read_endpoint(article, view, parsed.sentences, short_forms)


def met(*parts: str) -> bool | None:
    found = verdict(f"{TITLE}\n\n{' '.join(parts)}")
    return None if found is None else found.met


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_a_trial_that_did_better_met_its_endpoint_whatever_parts_its_title(gap: str) -> None:
    found = verdict(f"{TITLE}.{gap}{METHODS} {BETTER} {CONCLUDES}")
    assert found is not None
    assert found.met
    assert found.score > 0.9


def test_the_verdict_rests_on_a_sentence_of_the_article() -> None:
    text = f"{TITLE}\n\n{METHODS} {BETTER} {CONCLUDES}"
    found = verdict(text)
    assert found is not None
    assert found.span.of(text) == BETTER.removeprefix("RESULTS: ")
    assert found.reason == SIGNS["result_p"].favours


@pytest.mark.parametrize(
    ("results", "concludes", "expected"),
    [
        (BETTER, CONCLUDES, True),
        (BETTER.replace(".01", ".21"), "CONCLUSION: Zelotrexin did not prolong survival.", False),
        (BETTER.replace(".01", ".21"), CONCLUDES, False),
        (BETTER.replace("; P = .01", "; 95% CI, 0.55 to 0.89"), CONCLUDES, True),
        (BETTER.replace("; P = .01", "; 95% CI, 0.55 to 1.19"), "CONCLUSION: Survival was similar.", False),
        (BETTER, "CONCLUSION: The study did not meet its primary end point.", False),
        (BETTER.replace(".01", ".06"), "CONCLUSION: The trial met its primary endpoint.", True),
        ("RESULTS: The trial was stopped for futility.", "CONCLUSION: Zelotrexin did not improve survival.", False),
        ("RESULTS: Overall survival was worse with zelotrexin (P = .01).", "CONCLUSION: It should not be used.", False),
        (
            "RESULTS: Survival did not differ (P = .6), but response rates were higher with zelotrexin (P < .001).",
            "CONCLUSION: Zelotrexin did not improve survival but was active.",
            False,
        ),
        (
            "RESULTS: Overall survival was longer with zelotrexin (P = .004), but quality of life was not (P = .6).",
            "CONCLUSION: Zelotrexin improved survival without improving quality of life.",
            True,
        ),
    ],
)
def test_words_and_numbers_decide_together(results: str, concludes: str, expected: bool) -> None:
    assert met(METHODS, results, concludes) is expected


def test_the_level_that_a_trial_sets_for_itself_is_the_one_it_is_held_to() -> None:
    results = BETTER.replace("P = .01", "P = .15")
    assert met(METHODS, results, CONCLUDES) is False
    assert met(METHODS, "The significance level was .20.", results, CONCLUDES) is True


@pytest.mark.parametrize(
    ("concludes", "expected"),
    [
        ("CONCLUSION: Zelotrexin was noninferior to doxorubicin.", True),
        ("CONCLUSION: Non-inferiority of zelotrexin could not be shown.", False),
        ("CONCLUSION: Survival was similar with zelotrexin and doxorubicin.", True),
    ],
)
def test_in_a_noninferiority_trial_no_difference_is_no_failure(concludes: str, expected: bool) -> None:
    methods = METHODS.replace("The primary", "In this non-inferiority trial the primary")
    results = "RESULTS: Median overall survival was 14 v 13 months (HR, 0.95; 95% CI, 0.80 to 1.13; P = .55)."
    assert met(methods, results, concludes) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Sarcoma: a review\n\nSeveral trials have compared zelotrexin with placebo. Survival was longer (P = .01).",
        "Zelotrexin in sarcoma: study protocol for a randomised trial\n\nMETHODS: Patients will be randomly assigned. "
        "The primary outcome is overall survival. CONCLUSION: Zelotrexin could improve survival.",
        "Zelotrexin in sarcoma: a meta-analysis\n\nMETHODS: We searched MEDLINE for randomised trials. RESULTS: "
        "Overall survival was improved (HR 0.8; P = .01). CONCLUSION: Zelotrexin improves survival.",
        "Outcomes of sarcoma at one centre\n\nMETHODS: We followed 210 patients. RESULTS: Survival was longer in women "
        "(P = .01). CONCLUSION: Women with sarcoma live longer.",
        "A cohort of 90 patients with sarcoma\n\nMedian survival was 14 months.",
        "Zelotrexin in sarcoma: a phase 2 study\n\nMETHODS: The primary end point was response rate. RESULTS: The "
        "response rate was 31%. CONCLUSION: Zelotrexin is active in sarcoma.",
    ],
    ids=["review", "protocol", "meta-analysis", "cohort", "no comparison", "single arm"],
)
def test_what_reports_no_randomised_comparison_gets_no_answer(text: str) -> None:
    assert verdict(text) is None


def test_a_single_arm_trial_that_says_so_gets_an_answer() -> None:
    text = "Zelotrexin in sarcoma: a phase 2 study\n\nRESULTS: The response rate was 31%; the primary endpoint was met."
    found = verdict(text)
    assert found is not None
    assert found.met
    assert found.reason == SIGNS["said"].favours


def test_a_news_page_that_tells_the_verdict_is_believed() -> None:
    text = (
        "# Zelotrexin fails in sarcoma\n\nThe randomised trial ZELOT missed its primary endpoint.\n\n"
        "Overall survival was 14 months with zelotrexin and 13 months with placebo.\n"
    )
    found = verdict(text)
    assert found is not None
    assert not found.met


def test_even_signs_are_no_answer() -> None:
    results = "RESULTS: Overall survival was longer with zelotrexin than with placebo."
    assert met(METHODS, results, "CONCLUSION: The benefit does not justify the use of zelotrexin.") is None


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        ("The primary endpoint was PFS, and the secondary endpoint was OS.", {"progressionfreesurvival"}),
        ("Disease-free survival was the primary end point.", {"diseasefreesurvival"}),
        ("The co-primary outcomes were pain at rest and function.", {"pain", "rest", "functi"}),
        ("Our primary aim was to test whether exercise reduces fatigue.", {"fatigu"}),
        ("The trial had 80% power to detect a reduction in mortality.", {"overallsurvival"}),
        ("Progression-free and overall survival were primary and secondary endpoints.", {"progressionfreesurvival"}),
    ],
)
def test_the_primary_endpoint_is_found_as_it_is_stated(words: str, stems: set[str]) -> None:
    named = endpoint_of([(Part.METHODS, one_way(words, {}))])
    assert named == Named(frozenset(stems), stated=True)


def test_what_an_although_grants_is_a_clause_of_its_own() -> None:
    assert clauses("although stroke was similar, infarction was rarer (p = .01; hr 0.3), and safe") == [
        "although stroke was similar",
        "infarction was rarer (p = .01; hr 0.3), and safe",
    ]


@pytest.mark.parametrize(
    ("clause", "p"),
    [("p = .03", 1), ("p=0.05", -1), ("p<0.0001", 1), ("p > .5", -1), ("p for interaction = .01", 0), ("p = ns", -1),
     ("one-sided p = .055", -1), ("p < .5", 0)],
)  # fmt: skip
def test_a_p_value_is_held_to_the_level(clause: str, p: int) -> None:
    assert signs_of(f"progressionfreesurvival ({clause})", 0.05).p == p


def test_every_feature_has_a_weight_and_none_more() -> None:
    assert set(FEATURES) == set(SIGNS)
    assert chance(dict.fromkeys(FEATURES, 0)) == 0.5


@pytest.mark.parametrize(
    "words",
    ["neither ", "primary ", "RESULTS: ", "( ", "0.1 ( 0.1 , ", "hr 1.0 ", "a-free and ", "although, ", "was ", "p "],
)
def test_no_text_takes_long(words: str) -> None:
    text = f"{TITLE}\n\n{METHODS} {words * (60_000 // len(words))}"
    started = time.perf_counter()
    verdict(text)
    assert time.perf_counter() - started < 8


def test_labelled_abstracts_of_trials(shared: Path) -> None:
    rows = (shared / "corpora/oncology-primary-endpoint/train.jsonl").read_text("utf-8").splitlines()
    abstracts = [json.loads(row) for row in rows if row]
    told = [verdict(f"{a['title']}\n\n{a['abstract']}") for a in abstracts]
    right = sum(v is not None and v.met == (a["label"] == "Positive") for a, v in zip(abstracts, told, strict=True))
    assert right / len(abstracts) >= 0.95
