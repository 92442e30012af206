"""What a ratio links, as its sentence says it: exposure, comparator, outcome, each in its own words or left out."""

from __future__ import annotations

import time

import pytest

from ingest.article import Span
from ingest.attach import attach
from ingest.effects import read_figures
from ingest.ratio_links import links_in

Told = tuple[float, str | None, str | None, str | None]

SENTENCES: dict[str, list[Told]] = {
    "Daily alcohol intake was associated with a higher risk of oesophageal cancer (HR 2.14; 95% CI 1.40-3.26).": [
        (2.14, "Daily alcohol intake", None, "oesophageal cancer")
    ],
    "Obesity (OR 2.1, 95% CI 1.3-3.4), snoring (OR 1.7, 95% CI 1.1-2.6) and asthma (OR 1.9, 95% CI 1.2-3.0) were "
    "independent risk factors for wheezing.": [
        (2.1, "Obesity", None, "wheezing"),
        (1.7, "snoring", None, "wheezing"),
        (1.9, "asthma", None, "wheezing"),
    ],
    "Night work increased the risk of ulcer (RR 1.5, 95% CI 1.1-2.0) and hypertension (RR 1.2, 95% CI 1.0-1.4).": [
        (1.5, "Night work", None, "ulcer"),
        (1.2, "Night work", None, "hypertension"),
    ],
    "The hazard ratio for dementia was 1.8 (95% CI 1.2-2.7) for boxers and 1.1 (95% CI 0.8-1.5) for rowers.": [
        (1.8, "boxers", None, "dementia"),
        (1.1, "rowers", None, "dementia"),
    ],
    "The risk of fracture increased with age (RR 1.45, 95% CI 1.20-1.75).": [(1.45, "age", None, "fracture")],
    "Risk factors for delirium were age over 80 (OR 3.1, 95% CI 1.9-5.0) and deafness (OR 2.2, 95% CI 1.4-3.5).": [
        (3.1, "age over 80", None, "delirium"),
        (2.2, "deafness", None, "delirium"),
    ],
    "Compared with never smokers, current smokers had a greater hazard of relapse (HR 1.64; 95% CI 1.21-2.22).": [
        (1.64, "current smokers", "never smokers", "relapse")
    ],
    "Living alone vs living together (OR 1.9, 95% CI 1.2-3.0) and deafness vs no deafness (OR 2.2, 95% CI 1.4-3.5) "
    "were associated with falls.": [
        (1.9, "Living alone", "living together", "falls"),
        (2.2, "deafness", "no deafness", "falls"),
    ],
    "Death within 30 days was predicted by sepsis (OR 4.2, 95% CI 2.2-8.0) and shock (OR 6.0, 95% CI 3.0-12.1).": [
        (4.2, "sepsis", None, "Death within 30 days"),
        (6.0, "shock", None, "Death within 30 days"),
    ],
    "Preterm birth was associated with maternal smoking (OR 1.6; 95% CI 1.2-2.1) and short stature (OR 1.4; 95% CI "
    "1.1-1.9).": [
        (1.6, "maternal smoking", None, "Preterm birth"),
        (1.4, "short stature", None, "Preterm birth"),
    ],
    "Use of antacids was linked to pneumonia (adjusted OR, 1.34; 95% CI, 1.14-1.57), but use of laxatives was not "
    "(adjusted OR, 1.02; 95% CI, 0.88-1.18).": [
        (1.34, "Use of antacids", None, "pneumonia"),
        (1.02, "use of laxatives", None, "pneumonia"),
    ],
    "There was no association between statin use and cataract (OR 1.02, 95% CI 0.91-1.15).": [
        (1.02, "statin use", None, "cataract")
    ],
    "Mortality did not differ between men and women (HR 1.05, 95% CI 0.90-1.22).": [
        (1.05, "men", "women", "Mortality")
    ],
    "Patients in the highest quartile of CRP had worse event-free survival than those in the lowest quartile (HR 1.88, "
    "95% CI 1.25-2.83).": [(1.88, "highest quartile of CRP", "lowest quartile", "event-free survival")],
    "On multivariable analysis, tumour grade (grade 2: HR 1.4, 95% CI 1.1-1.8; grade 3: HR 2.6, 95% CI 1.9-3.5) "
    "predicted recurrence.": [(1.4, "grade 2", None, "recurrence"), (2.6, "grade 3", None, "recurrence")],
    "Snoring was associated with stroke (HR 1.6, 95% CI 1.2-2.1), whereas napping was associated with falls (HR 1.3, "
    "95% CI 1.1-1.6).": [(1.6, "Snoring", None, "stroke"), (1.3, "napping", None, "falls")],
    "Thrombosis and bleeding were more frequent in carriers of the variant (HR 1.9, 95% CI 1.3-2.8; and HR 1.2, 95% CI "
    "0.9-1.6, respectively).": [
        (1.9, "carriers of the variant", None, "Thrombosis"),
        (1.2, "carriers of the variant", None, "bleeding"),
    ],
    "Of all habits recorded, only nail biting increased the risk of warts (HR 1.5, 95% CI 1.1-2.1).": [
        (1.5, "nail biting", None, "warts")
    ],
    "In this registry, a Cox model showed that loud music was associated with tinnitus (HR 1.9, 95% CI 1.3-2.8).": [
        (1.9, "loud music", None, "tinnitus")
    ],
    "Chewing or sucking pens was associated with canker sores or cheilitis (OR 1.3, 95% CI 1.1-1.6).": [
        (1.3, "Chewing or sucking pens", None, "canker sores or cheilitis")
    ],
    "Hay fever was more common in flautists (OR 1.4, 95% CI 1.1-1.9), but not in drummers (OR 1.0, 95% CI 0.7-1.4).": [
        (1.4, "flautists", None, "Hay fever"),
        (1.0, "drummers", None, "Hay fever"),
    ],
    "Gargling was associated with a lower risk of colds, sinusitis, or laryngitis (RR 0.8, 95% CI 0.7-0.9).": [
        (0.8, "Gargling", None, "colds, sinusitis, or laryngitis")
    ],
    "Tea (OR 0.9, 95% CI 0.8-1.1) was linked to gout, and cider was also associated (OR 1.4, 95% CI 1.1-1.8).": [
        (0.9, "Tea", None, "gout"),
        (1.4, "cider", None, "gout"),
    ],
    "Independent predictors were age (OR 1.05, 95% CI 1.01-1.09) and sex (OR 1.6, 95% CI 1.1-2.3).": [
        (1.05, "age", None, None),
        (1.6, "sex", None, None),
    ],
}

REFUSED = [
    "The hazard ratio was 0.71 (95% CI 0.58-0.88).",
    "Poor sleep and low mood were associated with falls (OR 1.4 and 1.6, respectively).",
    "Poor sleep, low mood and pain were associated with falls (OR 1.4, 95% CI 1.1-1.8; OR 1.6, 95% CI 1.2-2.1).",
    "Figures are given as hazard ratio 1.2 (95% CI 1.1-1.4) throughout.",
]
"""Ratios that no frame governs, and lists whose counts disagree."""


def _links(text: str) -> list[Told]:
    links = links_in(text, Span(0, len(text)), attach(text, read_figures(text)))

    def words(span: Span | None) -> str | None:
        return span.of(text) if span is not None else None

    return [
        (link.figure.value or 0.0, words(link.exposure), words(link.comparator), words(link.outcome)) for link in links
    ]


@pytest.mark.parametrize("text", SENTENCES)
def test_each_ratio_has_the_exposure_and_the_outcome_that_the_sentence_gives_it(text: str) -> None:
    assert _links(text) == SENTENCES[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_told_is_left_out(text: str) -> None:
    assert [link for link in _links(text) if link[1] and link[3]] == []


def test_a_ratio_told_in_passing_is_not_the_main_statements() -> None:
    links = _links("Owning a dog was linked to walking (OR 2.1), with a 5% decrease in odds with each year (OR 0.95).")
    assert [link for link in links if link[1] and link[3]] == [(2.1, "Owning a dog", None, "walking")]


def test_a_negative_comparator_keeps_its_no() -> None:
    links = _links("Daily naps vs no naps (OR 1.7, 95% CI 1.2-2.4) were associated with insomnia.")
    assert [link[2] for link in links] == ["no naps"]


@pytest.mark.parametrize(
    "text",
    [
        "was associated with " * 90 + "(HR 2.0, 95% CI 1.2-3.0)",
        "(HR 2.0, 95% CI 1.2-3.0) and " * 60 + "were predictors of death",
        "the risk of the risk of " * 70 + "death was (HR 2.0)",
        "x, " * 600 + "(HR 2.0)",
        "(" * 900 + "HR 2.0" + ")" * 900,
        " " * 1900 + "(HR 2.0)",
        "compared with " * 120 + "(HR 2.0)",
        "differences in a between b and " * 60 + "(HR 2.0)",
        "in patients with " * 110 + "(HR 2.0)",
        "interaction of a with " * 80 + "(HR 2.0)",
        "significantly " * 130 + "(HR 2.0)",
    ],
)
def test_hostile_sentences_end_in_time(text: str) -> None:
    figures = attach(text, read_figures(text))
    begin = time.perf_counter()
    links_in(text, Span(0, len(text)), figures)
    assert time.perf_counter() - begin < 2
