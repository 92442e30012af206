"""Study facts: name, phase, design, people enrolled and randomised, arms with their sizes, follow-up."""

from __future__ import annotations

import time

import pytest

from ingest.claim import Study
from ingest.pipeline import Pipeline
from ingest.readers.text import read_text
from ingest.sentences import MAX_SENTENCE
from ingest.study_arms import arms_of
from ingest.study_names import study_name
from ingest.study_sizes import sizes_of

TITLE = "Zelotrexin or placebo for relapsed sarcoma"


def study(pipeline: Pipeline, text: str, title: str = TITLE) -> Study:
    found = pipeline.read(read_text(f"{title}\n\n{text}".encode(), "text")).study
    return found if found is not None else Study()


def arms(found: Study) -> dict[str, int | None]:
    return {arm.name: arm.size for arm in found.arms}


TWO: dict[str, int | None] = {"zelotrexin": 120, "placebo": 118}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We randomly assigned 238 patients to zelotrexin (n=120) or placebo (n=118).", TWO),
        (
            "They were randomly assigned to zelotrexin plus rituximab (120 patients) or placebo plus rituximab (118).",
            {"zelotrexin plus rituximab": 120, "placebo plus rituximab": 118},
        ),
        ("Of 238 patients, 120 patients received zelotrexin and 118 placebo.", TWO),
        ("A total of 238 patients received zelotrexin (n = 120) or placebo (n = 118).", TWO),
        ("238 patients were randomised (120 to zelotrexin and 118 to placebo).", TWO),
        (
            "We enrolled 238 patients: 120 in the zelotrexin group and 118 in the placebo group.",
            TWO,
        ),
        (
            "238 patients were enrolled (zelotrexin, n = 120; placebo, n = 118).",
            TWO,
        ),
        (
            "They were randomised to zelotrexin 10 mg (69 patients), zelotrexin 5 mg (69) or placebo (67).",
            {"zelotrexin 10 mg": 69, "zelotrexin 5 mg": 69, "placebo": 67},
        ),
        (
            "133 patients were randomised (66 to zelotrexin; 67 to placebo); 64 received zelotrexin, 65 placebo.",
            {"zelotrexin": 66, "placebo": 67},
        ),
        (
            "335 were randomly assigned to zelotrexin and docetaxel and 337 were assigned to docetaxel.",
            {"zelotrexin and docetaxel": 335, "docetaxel": 337},
        ),
    ],
)  # fmt: skip
def test_arms_and_sizes_in_many_wordings(pipeline: Pipeline, sentence: str, expected: dict[str, int | None]) -> None:
    assert arms(study(pipeline, sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Serious adverse events occurred with zelotrexin (n = 31) and placebo (n = 20).",
        "Fewer treatment failures were seen with zelotrexin (n = 10) than with placebo (n = 21; P = .04).",
        "Patients received cisplatin 75 mg/m(2) plus doxorubicin 25 mg/m(2) every 3 weeks (AUC 6).",
    ],
)
def test_events_and_doses_are_no_arm_sizes(pipeline: Pipeline, sentence: str) -> None:
    assert arms(study(pipeline, sentence)) == {}


@pytest.mark.parametrize(
    ("sentence", "enrolled", "randomised"),
    [
        ("Between 2010 and 2012, 254 patients were randomly assigned.", 254, 254),
        ("Two hundred two patients with follicular lymphoma were randomly assigned.", 202, 202),
        ("Nine hundred and twenty-eight women underwent randomization.", 928, 928),
        ("We enrolled 297 patients, of whom 174 were randomised.", 297, 174),
        ("Of 1386 enrolled patients, 690 were randomly assigned to zelotrexin and 696 to placebo.", 1386, 1386),
        ("Of the 733 patients screened, 250 were randomly assigned to zelotrexin (187) or placebo (63).", 250, 250),
        ("All 205 participants had sarcoma. They were randomised to zelotrexin or placebo.", 205, 205),
        ("Patients aged 18 years or older with sarcoma were randomly assigned.", None, None),
        ("110 men were randomly assigned to zelotrexin, and 107 were randomly assigned to placebo.", None, None),
        ("A total of 128 of 212 patients in the placebo group later received zelotrexin.", None, None),
        ("The per-protocol analysis included 654 patients in the zelotrexin group.", None, None),
        ("More than 300 patients were enrolled.", None, None),
        ("A total of 52 patients will be enrolled.", None, None),
        ("To prevent one death, 9 of every 1000 men who underwent randomization have to be screened.", None, None),
    ],
)
def test_people_enrolled_and_randomised(
    pipeline: Pipeline, sentence: str, enrolled: int | None, randomised: int | None
) -> None:
    found = study(pipeline, sentence)
    assert (found.enrolled, found.randomised) == (enrolled, randomised)


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Zelotrexin in relapsed sarcoma (coZELO): a randomised, phase 3 trial", "Patients were treated.", "coZELO"),
        ("Zelotrexin for sarcoma (LUX-Sarc 1): an open-label trial", "Patients were treated.", "LUX-Sarc 1"),
        ("ZELAR: A Randomized, Phase III Study of Zelotrexin", "Patients were treated.", "ZELAR"),
        (TITLE, "It helped. (Funded by the state; ZELMATE 026 ClinicalTrials.gov number, NCT02041533.)", "ZELMATE 026"),
        (TITLE, "This is the ZELIST trial. A subsequent trial (ZELIST-II) is planned.", "ZELIST"),
        (TITLE, "A randomised controlled trial (RCT) of zelotrexin in HER2-positive sarcoma.", None),
    ],
)
def test_the_name_of_a_study(pipeline: Pipeline, title: str, text: str, name: str | None) -> None:
    assert study(pipeline, text, title).name == name


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        ("phase III trial", "III"),
        ("phase 2b/3 trial", "2b/3"),
        ("phase 2-3 trial", "2/3"),
        ("many phase 2 trials", None),
    ],
)
def test_the_phase_with_both_of_its_numbers(pipeline: Pipeline, words: str, phase: str | None) -> None:
    assert study(pipeline, f"Zelotrexin was compared with placebo in {words}.").phase == phase


@pytest.mark.parametrize(
    ("words", "follow_up"),
    [
        ("The median follow-up was 19·1 months.", "19·1 months"),
        ("The median follow-up is now 45 months.", "45 months"),
        ("After a follow-up of 39 months, survival was longer.", "39 months"),
        ("The median length of follow-up was 11.3 years.", "11.3 years"),
        ("End points are reported for up to 10 years of follow-up.", None),
        ("Quality of life through 1 year of follow-up did not differ.", None),
    ],
)
def test_the_follow_up_as_printed(pipeline: Pipeline, words: str, follow_up: str | None) -> None:
    assert study(pipeline, words).follow_up == follow_up


def test_a_word_on_a_meta_analysis_does_not_make_a_trial_one(pipeline: Pipeline) -> None:
    text = "A meta-analysis had suggested a benefit. We randomly assigned 80 patients to zelotrexin or placebo."
    assert study(pipeline, text).design == "randomised controlled trial"
    assert study(pipeline, text, "Zelotrexin in sarcoma: a meta-analysis").design == "meta-analysis"


@pytest.mark.parametrize(
    "words", ["9 patients ", "one hundred ", "(n = 9) ", "to receive 12 ", "A1 B2 ", "and 9 to a "]
)
def test_no_sentence_takes_long(words: str) -> None:
    sentences = ["Patients were randomly assigned " + words * (MAX_SENTENCE // len(words))] * 5
    started = time.perf_counter()
    sizes_of(sentences, randomised_trial=True)
    arms_of(sentences, {}, None, None)
    study_name("\n".join(sentences), None, {})
    assert time.perf_counter() - started < 4
