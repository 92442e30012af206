"""Which arms and which outcome of an article a question asks for."""

from __future__ import annotations

import pytest

from ingest.fill.match import match_arms, match_outcome
from ingest.fill.roles import control, no_arm, only_active, only_control
from ingest.fill.spelling import tokens_of, written_out
from ingest.fill.times import same_time, times_in, without_times

SHORT = {"ZLX": "zelotrexin", "MTX": "methotrexate", "PT": "physical therapy", "PBO": "placebo"}


@pytest.mark.parametrize(
    ("intervention", "comparator", "names", "places"),
    [
        ("zelotrexin", "placebo", ["Zelotrexin (n = 31)", "Placebo (n = 30)", "P value"], (0, 1)),
        ("zelotrexin", "placebo", ["Total", "Placebo", "Zelotrexin", "Difference (95% CI)"], (2, 1)),
        # doses tell arms of one drug apart; short forms of the article are written out
        ("Zelotrexin 200 mg", "Control", ["ZLX 200 mg + MTX", "ZLX 400 mg + MTX", "PBO + MTX"], (0, 2)),
        ("Zelotrexin 400 mg", "Control", ["ZLX 200 mg + MTX", "ZLX 400 mg + MTX", "PBO + MTX"], (1, 2)),
        ("zelotrexin", "placebo", ["ZLX 200 mg", "ZLX 400 mg", "PBO"], (None, 2)),
        # a combination against its parts
        ("zelotrexin + methotrexate", "methotrexate", ["ZLX + MTX", "MTX", "ZLX"], (0, 1)),
        ("traffic light group", "no label group", ["No label", "Traffic light", "Traffic light + calories"], (1, 0)),
        (
            "traffic light + calorie group",
            "no label",
            ["No label", "Traffic light", "Traffic light + calories"],
            (2, 0),
        ),
        # letters and numbers of groups
        ("D/E group", "P group", ["Group (P)", "Group (E)", "Group (D)", "Group (D/E)"], (3, 0)),
        ("zelotrexin 1 mg (group Z1)", "saline (Z0)", ["Group Z0 (n = 50)", "Group Z1 (n = 49)", "Group Z2"], (1, 0)),
        # names that only say the part in the study
        ("peer-led education", "conventional care alone", ["Total", "Intervention group", "Control group"], (1, 2)),
        ("very early physical therapy (PT)", "control", ["Training group", "Control group", "p"], (0, 1)),
        (
            "intervention group, i.e. a booklet",
            "control group, which had usual care",
            ["Intervention", "No Intervention"],
            (0, 1),
        ),
        ("stented patients", "stentless cases", ["With stent", "Without stent"], (0, 1)),
        ("the after-yoga state", "pre-yoga", ["Before", "After"], (1, 0)),
        # of two arms the one that is left is the other's opponent
        ("care at home (CoHome)", "full course in the hospital", ["CoHome", "IPAT", "P"], (0, 1)),
        # a contrast is no arm
        ("exercise", "usual sport", ["Intervention", "Control", "Intervention–Control"], (0, 1)),
        # nothing fits, or nothing is surely left
        ("zelotrexin", "placebo", ["Aspirin", "Warfarin", "Heparin"], (None, None)),
        ("zelotrexin", "placebo", [], (None, None)),
        ("zelotrexin", "placebo", ["P value", "Total"], (None, None)),
        ("", "", ["Zelotrexin", "Placebo"], (None, None)),
    ],
)
def test_arms_are_found_by_their_words_doses_letters_and_part(
    intervention: str, comparator: str, names: list[str], places: tuple[int | None, int | None]
) -> None:
    assert match_arms(intervention, comparator, names, SHORT) == places


def test_two_arms_that_fit_as_well_are_none() -> None:
    assert match_arms("zelotrexin", "placebo", ["Zelotrexin, men", "Zelotrexin, women", "Placebo"], {}) == (None, 2)


def test_a_name_that_stands_twice_has_its_first_place() -> None:
    assert match_arms("zelotrexin", "placebo", ["Zelotrexin", "Placebo", "Zelotrexin", "Placebo"], {}) == (0, 1)


def test_the_sides_are_never_one_arm() -> None:
    one, two = match_arms("control", "control", ["Control", "Zelotrexin"], {})
    assert one != two


@pytest.mark.parametrize(
    ("outcome", "candidates", "best"),
    [
        ("rates of death", ["Any complication", "Mortality", "Readmission"], 1),
        ("myocardial infarction (MI)", ["Death", "MI", "Stroke"], 1),
        ("Lipid profile: HDL-c", ["LDL-c, mg/dL", "HDL-c, mg/dL", "Triglycerides"], 1),
        ("Body mass index", ["Weight (kg)", "BMI (kg/m2)", "Waist (cm)"], 1),
        ("Scores of external regulation", ["Intrinsic motivation", "External Regulation", "Introjected regulation"], 1),
        ("stiffness of C2-C4", ["Stiffness > C4-5", "Stiffness > C2-4", "Range of motion > C2-4"], 1),
        ("pain at 6 months", ["Pain > 3 months", "Pain > 6 months", "Function > 6 months"], 1),
        ("mean weight gain", ["Mean age", "Weight gain", "Mean duration"], 1),
    ],
)
def test_the_outcome_with_the_most_telling_words_comes_first(outcome: str, candidates: list[str], best: int) -> None:
    assert match_outcome(outcome, candidates, {})[0][0] == best


def test_outcomes_that_share_no_telling_word_are_left_out() -> None:
    assert match_outcome("mean pain score", ["Mean age", "Score of function"], {}) == ()


def test_another_time_halves_the_score_and_no_time_leaves_it() -> None:
    scores = dict(match_outcome("pain at week 52", ["pain", "pain at 12 months", "pain at 3 months"], {}))
    assert scores[0] == scores[1] == 2 * scores[2]


def test_scores_lie_between_none_and_one_and_ties_keep_the_order() -> None:
    ranked = match_outcome("pain", ["pain", "pain", "bodily pain", "age"], {})
    assert [i for i, _ in ranked] == [0, 1, 2]
    assert all(0 < score <= 1 for _, score in ranked)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("at 2 years", (730.5,)),
        ("Week 12 and week 24", (84.0, 168.0)),
        ("6-month follow-up", (182.625,)),
        ("12 m", (365.25,)),
        ("three weeks later", (21.0,)),
        ("aged 77 years or younger", ()),
        ("C2-C4", ()),
        ("0.5 mg", ()),
    ],
)
def test_times_are_read_in_days(words: str, days: tuple[float, ...]) -> None:
    assert times_in(words) == pytest.approx(days)


def test_times_that_are_one_and_that_are_not() -> None:
    assert same_time(364.0, 365.25)
    assert not same_time(168.0, 182.625)
    assert without_times("pain after 3 months of follow-up") == "pain of follow-up"


def test_parts_in_the_study() -> None:
    assert (
        control("Usual care") == control("PBO + MTX") == 1.0 > control("standard session") > control("zelotrexin") == 0
    )
    assert [only_control(w) for w in ("Control group (n = 55)", "placebo")] == [True, False]
    assert [only_active(w) for w in ("Intervention", "exercise with weights")] == [True, False]
    assert [no_arm(w) for w in ("P value", "Total", "", "Treatment effect (95% CI)", "Placebo")] == [True] * 4 + [False]


def test_words_are_compared_in_one_spelling() -> None:
    assert tokens_of("BMI") == tokens_of("body-mass index")
    assert tokens_of("Haemorrhages") == tokens_of("hemorrhage")
    assert tokens_of("70 mg") == tokens_of("70mg*") != tokens_of("70 ml")
    assert written_out("ZLXs and MTX-low", SHORT).split()[0] == "zelotrexin"


def test_long_and_odd_names_are_read_in_bounded_time() -> None:
    odd = "(" * 5000 + "A-" * 5000 + "–" * 3000
    assert match_arms(odd, odd[::-1], [odd, "Control"], {}) is not None
    assert match_outcome(odd, [odd, "x" * 100_000], {}) is not None
