"""Whatever a table holds: no number leaves its cell, none is told under an arm that its heads do not name."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.corrected_effects import printed_numbers
from ingest.claim import Arm, Claim, Effect
from ingest.pipeline import load_pipeline
from tests.ingest.tables.made import Sheet, article

HEADS = st.sampled_from(
    ["Zelotrexin (n = 40)", "Placebo (n = 41)", "Zelotrexin", "Placebo", "P", "Odds ratio (95% CI)", "Week 4", "Total",
     "n (%)", "Mean", "SD", "%", "n", "", "Control group", "Change from baseline", "Zelotrexin vs placebo"]
)  # fmt: skip
STUBS = st.sampled_from(
    ["Nausea", "Pain (mm)", "> Severe", "Mean (SD)", "Week 8", "Placebo", "Zelotrexin", "", "P value", "n"]
)
CELLS = st.sampled_from(
    ["12 (30.0)", "3/40", "4.5 ± 1.2", "0.04", "<0.001", "1.8 (1.1, 2.9)", "7", "–", "", "NA", "62.5%", "(2, 9)", "2A",
     "10 372 9%", "5 (4.5.25)", "<b>1</b>", "4.5 (1.2) [12]", "3 of 4", "−2.1 (−3.0 to −1.2)", "a", "1e9", "٣"]
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any head over any cells, one or two lines of head, any caption."""
    width = draw(st.integers(1, 6))
    head = [draw(HEADS) for _ in range(width)]
    rows = [[draw(STUBS), *(draw(CELLS) for _ in range(width))] for _ in range(draw(st.integers(0, 6)))]
    second = [["", *(draw(HEADS) for _ in range(width))]] if draw(st.booleans()) else []
    lines = [["Outcome", *head], *second, *rows]
    caption = draw(
        st.sampled_from(["Adverse events", "Baseline characteristics", "Change from baseline", "Outcomes, mean (SD)"])
    )
    notes = draw(st.sampled_from([[], ["Values are mean ± SD."], ["Data are n (%)."], ["A: saline, B: drug"]]))
    return Sheet([" | ".join(line) for line in lines], caption, notes, heads=1 + len(second))


def _named(claim: Claim, effect: Effect) -> bool:
    """True where the heads of a number name the arm that it stands under."""
    mention = {Arm.INTERVENTION: claim.intervention, Arm.COMPARATOR: claim.comparator}.get(effect.arm)
    if mention is None:
        return effect.arm in (Arm.CONTRAST, Arm.OVERALL)
    assert effect.table is not None
    return any(mention.text in head for head in (*effect.table.row, *effect.table.column))


@settings(max_examples=120, deadline=None)
@given(sheets())
def test_every_number_stands_in_its_cell_under_its_arm(sheet: Sheet) -> None:
    home = article(sheet)
    for claim in load_pipeline().read(home).claims:
        assert claim.quote.span.of(home.text) == claim.quote.exact
        assert claim.outcome.span is not None
        assert claim.outcome.span.of(home.text) == claim.outcome.text
        for effect in claim.effects:
            if effect.table is None:
                continue
            assert effect.span.of(home.text) == effect.text
            assert home.tables[0].span.contains(effect.span)
            assert _named(claim, effect)
            printed = printed_numbers(effect.text)
            held = [effect.value, effect.events, effect.standard_deviation, effect.standard_error]
            held += [effect.interval.low, effect.interval.high] if effect.interval else []
            held += [effect.p.value] if effect.p else []
            assert all(abs(number) in printed for number in held if number is not None)
            assert effect.events is None or effect.total is None or effect.events <= effect.total
            assert effect.unit != "%" or effect.value is None or 0 <= effect.value <= 100 or effect.change_from_baseline
