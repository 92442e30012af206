"""The effects grammar, row by row: a printed text and the results that are read from it."""

from __future__ import annotations

import pytest

from ingest.attach import attach
from ingest.effects import PATTERNS, read_figures
from ingest.figures import Figure, FigureKind


def told(figure: Figure) -> str:
    """A figure in words: measure, numbers, unit, interval, p."""
    parts = [str(figure.measure or "value")]
    if figure.value is not None:
        parts.append(f"{figure.value:g}")
    if figure.unit is not None:
        parts.append(figure.unit)
    if figure.events is not None:
        parts.append(f"{figure.events} of {figure.total if figure.total is not None else '?'}")
    if figure.standard_deviation is not None:
        parts.append(f"SD {figure.standard_deviation:g}")
    if figure.standard_error is not None:
        parts.append(f"SE {figure.standard_error:g}")
    if (i := figure.interval) is not None:
        low, high = ("open" if bound is None else f"{bound:g}" for bound in (i.low, i.high))
        level = "" if i.level is None else f" {i.level:g}"
        parts.append(f"{i.kind}{level}: {low} to {high}")
    if figure.p is not None:
        parts.append(f"p {figure.p.operator} {figure.p.value:g}")
    if figure.change_from_baseline:
        parts.append("change")
    return " ".join(parts)


def results(text: str) -> list[str]:
    """Values and p values of ``text``, in words."""
    return [told(f) for f in attach(text, read_figures(text)) if f.kind in (FigureKind.VALUE, FigureKind.P)]


SHARES = [
    ("PFS was 60% at last.", "proportion 60 %"),
    ("It fell to 12.5 percent.", "proportion 12.5 %"),
    ("It was 4 per cent in women.", "proportion 4 %"),
    ("It was 16·6% in men.", "proportion 16.6 %"),
    ("It was 16.6 % in men.", "proportion 16.6 %"),
    ("A change of −3·5% was seen.", "value -3.5 % change"),
    ("17/78 (21.8%) had a rash.", "proportion 21.8 % 17 of 78"),
    ("17 of 78 (21.8%) had a rash.", "proportion 21.8 % 17 of 78"),
    ("17 out of 78 patients (21.8%) had a rash.", "proportion 21.8 % 17 of 78"),
    ("17 of 78 patients (21.8 percent) had a rash.", "proportion 21.8 % 17 of 78"),
    ("21.8% (17 of 78) had a rash.", "proportion 21.8 % 17 of 78"),
    ("21.8% (17/78) had a rash.", "proportion 21.8 % 17 of 78"),
    ("21.8% [17 of 78 patients] had a rash.", "proportion 21.8 % 17 of 78"),
    ("95 of 302 patients relapsed.", "count 95 of 302"),
    ("95 of the 302 women relapsed.", "count 95 of 302"),
    ("1,368 of 2,274 patients relapsed.", "count 1368 of 2274"),
    ("12 patients (9%) died.", "proportion 9 % 12 of ?"),
    ("12 (9%) died.", "proportion 9 % 12 of ?"),
    ("In all, six (3%) died.", "proportion 3 % 6 of ?"),
    ("There were two deaths.", "count 2"),
    ("Eleven relapses were found.", "count 11"),
]
RATIOS = [
    ("hazard ratio, 0.78; 95% CI, 0.67-0.92", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("hazard ratio [HR], 0.69; P < .00001", "hazard ratio 0.69 p < 1e-05"),
    ("HR 0.78 (95% CI 0.67 to 0.92)", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("hazard ratio = 1.03 [95% CI, 0.84 to 1.27]", "hazard ratio 1.03 confidence 95: 0.84 to 1.27"),
    ("HR: 0.78, 95% CI: 0.67–0.92, p=0.003", "hazard ratio 0.78 confidence 95: 0.67 to 0.92 p = 0.003"),
    ("HR 0·78 (95% CI 0·67–0·92; p=0·0023)", "hazard ratio 0.78 confidence 95: 0.67 to 0.92 p = 0.0023"),
    ("Hazard ratio 0.78; 90% CI 0.67-0.92", "hazard ratio 0.78 confidence 90: 0.67 to 0.92"),
    ("HR 0.78, 95 percent confidence interval 0.67 to 0.92", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("HR 0.78 (95% confidence interval [CI], 0.67 to 0.92)", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("HR 0.78 (95% CrI 0.67-0.92)", "hazard ratio 0.78 credible 95: 0.67 to 0.92"),
    ("HR 0.78 with a 95% CI of 0.67 to 0.92", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("HR 0.78 (95% CI 0.67, 0.92)", "hazard ratio 0.78 confidence 95: 0.67 to 0.92"),
    ("HR 0.78 (0.67 to 0.92)", "hazard ratio 0.78 confidence: 0.67 to 0.92"),
    ("The hazard ratio for death was 0.69", "hazard ratio 0.69"),
    ("hazard ratio for progression or death, 0.69 (95% CI, 0.6-0.8)", "hazard ratio 0.69 confidence 95: 0.6 to 0.8"),
    ("adjusted hazard ratio was 1.20 (95% CI 1.01–1.44)", "hazard ratio 1.2 confidence 95: 1.01 to 1.44"),
    ("aHR 1.20 (1.01–1.44)", "hazard ratio 1.2 confidence: 1.01 to 1.44"),
    ("odds ratio 2.1 (95% CI 1.2-3.4)", "odds ratio 2.1 confidence 95: 1.2 to 3.4"),
    ("odds ratio (OR) 2.1; 95% CI 1.2 to 3.4", "odds ratio 2.1 confidence 95: 1.2 to 3.4"),
    ("OR, 2.1; P = .03", "odds ratio 2.1 p = 0.03"),
    ("relative risk 0.53 (95% CI 0.35 to 0.80)", "risk ratio 0.53 confidence 95: 0.35 to 0.8"),
    ("risk ratio (RR) 0.53, 95% CI 0.35 to 0.80", "risk ratio 0.53 confidence 95: 0.35 to 0.8"),
    ("RR, 0.53", "risk ratio 0.53"),
    ("rate ratio 1.4 (95% CI 1.1-1.8)", "rate ratio 1.4 confidence 95: 1.1 to 1.8"),
    ("incidence rate ratio (IRR) 1.4", "rate ratio 1.4"),
    ("standardised incidence ratio 2.3 (95% CI 1.0-4.5)", "standardised incidence ratio 2.3 confidence 95: 1 to 4.5"),
    ("SIR 2.3", "standardised incidence ratio 2.3"),
    ("mean difference −3·5 (95% CI −5·0 to −2·0)", "mean difference -3.5 confidence 95: -5 to -2"),
    ("mean difference -3.5 (95% CI -5.0 to -2.0)", "mean difference -3.5 confidence 95: -5 to -2"),
    ("standardized mean difference 0.4", "standardised mean difference 0.4"),
    ("risk difference 4.5% (95% CI 1.0% to 8.0%)", "risk difference 4.5 % confidence 95: 1 to 8"),
    ("number needed to treat was 12", "number needed to treat 12"),
    ("AOR = 3.53; 95% CI 1.52-8.45", "odds ratio 3.53 confidence 95: 1.52 to 8.45"),
    ("(ORadj = 1.38,95%CI:1.02-1.87)", "odds ratio 1.38 confidence 95: 1.02 to 1.87"),
    ("sHR 0.7 (95% confidence limits 0.5, 0.9)", "hazard ratio 0.7 confidence 95: 0.5 to 0.9"),
    ("aIRR 0.97, CI95% 0.91-1.05", "rate ratio 0.97 confidence 95: 0.91 to 1.05"),
    ("OR (95% CI): 1.68 (0.84-3.36)", "odds ratio 1.68 confidence: 0.84 to 3.36"),
    ("OR [95% CI] = 1.20 [1.09-1.32]", "odds ratio 1.2 confidence: 1.09 to 1.32"),
    ("HR per 1 SD, 1.19; 95% CI, 1.12 to 1.27", "hazard ratio 1.19 confidence 95: 1.12 to 1.27"),
    ("HR 0.66; log-rank P = .02", "hazard ratio 0.66 p = 0.02"),
    ("HR 0.66 (two-sided 97.5% CI 0.41 to 1.06)", "hazard ratio 0.66 confidence 97.5: 0.41 to 1.06"),
    ("HR 1.10 (upper bound of the 95% CI, 1.21)", "hazard ratio 1.1 confidence 95: open to 1.21"),
    ("HR 1.10 (95% CI <1.3)", "hazard ratio 1.1 confidence 95: open to 1.3"),
    ("HR 0.8 (95% CrI 0.6; 1.1)", "hazard ratio 0.8 credible 95: 0.6 to 1.1"),
    ("risk difference −2.1 percentage points (95% CI −5.0 to 0.8)", "risk difference -2.1 % confidence 95: -5 to 0.8"),
]
OTHERS = [
    ("P = .011", "p value p = 0.011"),
    ("p<0·001", "p value p < 0.001"),
    ("(P = .34)", "p value p = 0.34"),
    ("a p value of 0.03", "p value p = 0.03"),
    ("P-value = 0.04", "p value p = 0.04"),
    ("P ≤ .05", "p value p <= 0.05"),
    ("P>=0.2", "p value p >= 0.2"),
    ("P for trend = 0.02", "p value p = 0.02"),
    ("Pinteraction = .02", "p value p = 0.02"),
    ("P (interaction) = .02", "p value p = 0.02"),
    ("p-value: 0.04", "p value p = 0.04"),
    ("two-sided P=.04", "p value p = 0.04"),
    ("p ≤0·05", "p value p <= 0.05"),
    ("54.2 ± 3.1 mm Hg", "mean 54.2 mm[Hg] SD 3.1"),
    ("54.2 (SD 3.1) points", "mean 54.2 points SD 3.1"),
    ("54.2 (SD, 3.1)", "mean 54.2 SD 3.1"),
    ("7.2 mmol/L", "value 7.2 mmol/L"),
    ("11.3 g/dl", "value 11.3 g/dL"),
    ("a median of 30.5 months", "value 30.5 mo"),
    ("It lasted 4 years.", "value 4 a"),
    ("It lasted 9 days.", "value 9 d"),
    ("62.3 months (IQR 40 to 70)", "value 62.3 mo interquartile: 40 to 70"),
    ("12 days (interquartile range 8-20)", "value 12 d interquartile: 8 to 20"),
    ("12 months (range, 2-36)", "value 12 mo range: 2 to 36"),
    ("69.5 months (95% CI 61.2 to not reached)", "value 69.5 mo confidence 95: 61.2 to open"),
    ("69.5 months (95% CI 61.2–NR)", "value 69.5 mo confidence 95: 61.2 to open"),
    ("3.1 per 100 patient-years", "rate 3.1 /(100.a)"),
    ("3.1 events per 1,000 person-years", "rate 3.1 /(1000.a)"),
    ("2% per patient-year", "rate 2 /(1.a)"),
    ("3.98 (95% CI, 2.51-6.31)", "value 3.98 confidence 95: 2.51 to 6.31"),
    ("17.3% (95% CI 8.2-26.4%)", "proportion 17.3 % confidence 95: 8.2 to 26.4"),
    ("0.7% (95% confidence interval (CI) 0.4-1.0%)", "proportion 0.7 % confidence 95: 0.4 to 1"),
]


@pytest.mark.parametrize(("text", "result"), [*SHARES, *RATIOS, *OTHERS])
def test_a_printed_result_is_read_as_what_it_is(text: str, result: str) -> None:
    assert results(text) == [result]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16.6% versus 22.6% and 32.7% versus 41.5%", [f"proportion {v} %" for v in (16.6, 22.6, 32.7, 41.5)]),
        ("38 vs 31.6 months; P = .045", ["value 38", "value 31.6 mo", "p value p = 0.045"]),
        (
            "3.98 (95% CI, 2.51-6.31) with A and 1.38 (95% CI, 0.44-4.27) with B",
            ["value 3.98 confidence 95: 2.51 to 6.31", "value 1.38 confidence 95: 0.44 to 4.27"],
        ),
        (
            "58.2 vs 47.3 months; HR, 0.77; 95% CI, 0.66-0.91; P = .0031",
            ["value 58.2", "value 47.3 mo", "hazard ratio 0.77 confidence 95: 0.66 to 0.91 p = 0.0031"],
        ),
        (
            "4.8% (95% CI 2.0-7.6) versus 6.1% (3.2-9.4)",
            ["proportion 4.8 % confidence 95: 2 to 7.6", "proportion 6.1 % confidence: 3.2 to 9.4"],
        ),
        (
            "HRs were 0.50 (95% CI 0.30-0.80) with A and 0.70 (95% CI 0.50-0.90) with B",
            ["hazard ratio 0.5 confidence 95: 0.3 to 0.8", "hazard ratio 0.7 confidence 95: 0.5 to 0.9"],
        ),
        (
            "The HR for death was 0.50; the mean score was 0.70 (95% CI 0.50-0.90)",
            ["hazard ratio 0.5", "value 0.7 confidence 95: 0.5 to 0.9"],
        ),
        ("11% and 13% (P = .34)", ["proportion 11 %", "proportion 13 %", "p value p = 0.34"]),
    ],
)
def test_several_results_in_one_passage_stay_apart(text: str, expected: list[str]) -> None:
    assert results(text) == expected


def test_a_range_in_brackets_is_no_interval_where_nothing_calls_it_one() -> None:
    assert results("It was 6.1% (3.2-9.4)") == ["proportion 6.1 %"]


@pytest.mark.parametrize("text", ["HR 78 beats", "RR was 45%", "odds ratios, 95% CI and P values", "P=NS", "p<0,05"])
def test_what_only_looks_like_a_ratio_or_p_value_is_none(text: str) -> None:
    assert not any(f.rule == "ratio" or f.kind is FigureKind.P for f in read_figures(text))


@pytest.mark.parametrize("text", ["P < 10-4", "p = 2.3 × 10−5", "P<10^-6", "p=1.2E-5"])
def test_a_power_of_ten_is_read_and_kept_out_of_results(text: str) -> None:
    (figure,) = read_figures(text)
    assert figure.kind is FigureKind.IGNORED
    assert figure.p is not None
    assert 0 < figure.p.value < 1.1e-4


@pytest.mark.parametrize("text", ["HR 0.8 (95% CI 0.6-0.9) was", "HR 0.8 [95% CI 0.6-0.9; P = .01] was", "(HR, 0.8)"])
def test_a_figure_has_its_brackets_in_pairs(text: str) -> None:
    for figure in attach(text, read_figures(text)):
        words = figure.span.of(text)
        assert (words.count("("), words.count("[")) == (words.count(")"), words.count("]"))


@pytest.mark.parametrize("text", ["Survival was not reached", "was not yet reached", "The median was not estimable"])
def test_a_median_that_is_not_there_is_a_finding_of_its_own(text: str) -> None:
    assert [f.kind for f in read_figures(text)] == [FigureKind.NOT_REACHED]


def test_every_pattern_finds_the_words_it_was_written_for() -> None:
    ratios = [p for p in PATTERNS if p.example == "HR, 0.78"]
    assert all(p.regex.search(p.example) for p in PATTERNS if p not in ratios)
    assert [p.name for p in ratios if p.regex.search(p.example)] == ["hazard ratio"]
