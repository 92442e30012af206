"""Results rendered in many spellings are read back to the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.attach import attach
from ingest.claim import IntervalKind, Measure
from ingest.effects import read_figures
from ingest.figures import Figure, FigureKind

NAMES = {
    Measure.HAZARD_RATIO: ("HR", "aHR", "hazard ratio", "hazard ratio [HR]", "Hazard ratio for death", "HR (95% CI)"),
    Measure.ODDS_RATIO: ("OR", "AOR", "odds ratio", "adjusted odds ratio (aOR)", "ORadj"),
    Measure.RISK_RATIO: ("RR", "relative risk", "risk ratio (RR)"),
    Measure.RATE_RATIO: ("IRR", "rate ratio", "incidence rate ratio"),
    Measure.MEAN_DIFFERENCE: ("mean difference", "MD"),
}
IS = (" ", ", ", " = ", "=", ": ", " was ", " of ")
WORDS = ("95% CI ", "95% CI, ", "95%CI: ", "95% confidence interval ", "95% confidence interval [CI], ", "CI95% ")
TO = (" to ", "–", "-", ", ", " − ")
BRACKETS = (" (", ")"), (" [", "]"), ("; ", ""), (", ", "")
CONTEXTS = ("", "Survival was longer with A (", "In all patients, the ")
P_NAMES = ("P", "p", "P value", "p-value", "two-sided P", "log-rank p", "P for trend")


@dataclass(frozen=True)
class Rendered:
    """A printed result and what it says."""

    text: str
    measure: Measure
    value: float
    low: float
    high: float
    p: float | None


@st.composite
def ratios(draw: st.DrawFn) -> Rendered:
    measure = draw(st.sampled_from(list(NAMES)))
    cents = sorted(draw(st.lists(st.integers(5, 995), min_size=3, max_size=3, unique=True)))
    low, value, high = (f"{c / 100:.2f}" for c in cents)
    opening, closing = draw(st.sampled_from(BRACKETS))
    p = draw(st.none() | st.integers(1, 999))
    tail = "" if p is None else f"; {draw(st.sampled_from(P_NAMES))} = {p / 1000:.3f}"
    text = (
        draw(st.sampled_from(CONTEXTS)) + draw(st.sampled_from(NAMES[measure])) + draw(st.sampled_from(IS)) + value
        + opening + draw(st.sampled_from(WORDS)) + low + draw(st.sampled_from(TO)) + high + tail + closing
    )  # fmt: skip
    if draw(st.booleans()):
        text = text.replace(".", "·")
    return Rendered(text, measure, float(value), float(low), float(high), None if p is None else p / 1000)


def values(text: str) -> list[Figure]:
    return [f for f in attach(text, read_figures(text)) if f.kind is FigureKind.VALUE]


@settings(max_examples=400, deadline=None)
@given(ratios())
def test_a_ratio_in_any_spelling_is_read_back(case: Rendered) -> None:
    (figure,) = values(case.text)
    assert (figure.measure, figure.value) == (case.measure, case.value), case.text
    assert figure.interval is not None, case.text
    assert (figure.interval.low, figure.interval.high) == (case.low, case.high)
    assert figure.interval.kind is IntervalKind.CONFIDENCE
    assert (figure.p.value if figure.p else None) == case.p, case.text


@settings(max_examples=200, deadline=None)
@given(st.integers(10, 9999), st.data())
def test_a_fraction_in_any_spelling_is_read_back(total: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, total))
    percent = f"{100 * events / total:.1f}"
    spelling = data.draw(st.sampled_from([
        "{x}/{n} ({p}%)", "{x} of {n} ({p}%)", "{x} of {n} patients ({p} percent)", "{x} out of {n} women ({p}%)",
        "{p}% ({x} of {n})", "{p}% [{x}/{n}]", "({p}%; {x} of {n})"]))  # fmt: skip
    grouped = data.draw(st.booleans())
    text = "It was " + spelling.format(
        x=f"{events:,}" if grouped else events, n=f"{total:,}" if grouped else total, p=percent
    )
    (figure,) = values(text)
    assert (figure.events, figure.total, figure.value) == (events, total, float(percent)), text
    assert (figure.measure, figure.unit) == (Measure.PROPORTION, "%")


@settings(max_examples=200, deadline=None)
@given(st.integers(-9999, 99999), st.integers(0, 9999), st.data())
def test_a_mean_in_any_spelling_is_read_back(tenths: int, spread: int, data: st.DataObject) -> None:
    value, deviation = f"{abs(tenths) / 10:.1f}", f"{spread / 10:.1f}"
    minus = data.draw(st.sampled_from(["-", "−"])) if tenths < 0 else ""
    spelling, error = data.draw(st.sampled_from([
        ("{v} ± {s}", False), ("{v}±{s}", False), ("{v} +/- {s}", False), ("{v} (SD {s})", False),
        ("{v} (SD, {s})", False), ("{v} (SD = {s})", False), ("{v} (± {s})", False), ("{v} (SE {s})", True),
        ("{v} ± {s} (SEM)", True)]))  # fmt: skip
    unit, ucum = data.draw(st.sampled_from([("", None), (" mm Hg", "mm[Hg]"), (" days", "d"), (" mmol/L", "mmol/L")]))
    text = "It was " + spelling.format(v=minus + value, s=deviation) + ("" if "SEM" in spelling else unit) + " in all"
    (figure,) = values(text)
    assert figure.measure is Measure.MEAN
    assert figure.value == (-float(value) if minus else float(value)), text
    assert (figure.standard_error if error else figure.standard_deviation) == float(deviation), text
    assert (figure.standard_deviation if error else figure.standard_error) is None
    assert figure.unit == (None if "SEM" in spelling else ucum), text


@settings(max_examples=100, deadline=None)
@given(
    st.integers(1, 999),
    st.sampled_from(P_NAMES),
    st.sampled_from(["=", "<", ">", "≤", "<="]),
    st.sampled_from([" ", ""]),
)
def test_a_p_value_in_any_spelling_is_read_back(thousandths: int, name: str, sign: str, blank: str) -> None:
    printed = f"{thousandths / 1000:.3f}"
    for number in (printed, printed.removeprefix("0"), printed.replace(".", "·")):
        text = f"(A and B, {name}{blank}{sign}{blank}{number})"
        (figure,) = [f for f in read_figures(text) if f.kind is FigureKind.P]
        assert figure.p is not None
        assert (figure.p.operator, figure.p.value) == ({"≤": "<="}.get(sign, sign), thousandths / 1000), text
