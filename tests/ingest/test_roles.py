"""Intervention and comparator, whichever of them a clause names first."""

from __future__ import annotations

import pytest

from ingest.article import Span
from ingest.phrases import Phrase
from ingest.roles import Roles, roles_in
from tests.builders import find


def roles(text: str, *arms: str) -> Roles:
    """The roles of ``arms``, words of ``text``, in the order of the text."""
    phrases = [Phrase(find(text, words), words) for words in arms]
    return roles_in(text, Span(0, len(text)), sorted(phrases, key=lambda p: p.span))


@pytest.mark.parametrize(
    "text",
    [
        "Relapse was lower with sunitinib than with placebo.",
        "Relapse was lower with sunitinib vs placebo.",
        "Relapse was lower with sunitinib compared with placebo.",
        "Relapse was lower with sunitinib, as compared to placebo.",
        "Compared with placebo, sunitinib lowered relapse.",
        "Relapse was 12% with sunitinib and 19% with placebo.",
        "Relapse was 19% with placebo and 12% with sunitinib.",
        "Relapse was higher with placebo than with sunitinib.",
        "Relapse did not differ between sunitinib and placebo.",
        "Relapse did not differ between placebo and sunitinib.",
        "Relapse with placebo versus sunitinib was 19%.",
        "Patients given sunitinib had fewer relapses relative to those given placebo.",
    ],
)
def test_the_control_is_what_the_other_is_compared_with(text: str) -> None:
    found = roles(text, "sunitinib", "placebo")
    assert found.intervention is not None
    assert found.comparator is not None
    assert (found.intervention.text, found.comparator.text) == ("sunitinib", "placebo")


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Relapse was higher with observation than with lenalidomide.", True),
        ("Relapse was lower with lenalidomide than with observation.", False),
        ("Relapse was 41% versus 28% with observation and lenalidomide.", True),
        ("Compared with observation, lenalidomide lowered relapse.", False),
    ],
)
def test_it_is_told_where_the_text_names_them_the_other_way_round(text: str, swapped: bool) -> None:
    assert roles(text, "lenalidomide", "observation").swapped is swapped


def test_of_two_treatments_the_first_is_the_intervention() -> None:
    found = roles("Relapse was lower with letrozole than with tamoxifen.", "letrozole", "tamoxifen")
    assert (found.intervention, found.comparator) == tuple(found.listed)
    assert [a.text for a in found.listed] == ["letrozole", "tamoxifen"]


def test_all_arms_are_listed_in_their_order() -> None:
    found = roles(
        "It was 4% with aspirin, 3% with clopidogrel and 6% with placebo.", "aspirin", "clopidogrel", "placebo"
    )
    assert [a.text for a in found.listed] == ["aspirin", "clopidogrel", "placebo"]


def test_one_arm_alone_has_nothing_to_be_compared_with() -> None:
    found = roles("Relapse was 12% with sunitinib.", "sunitinib")
    assert (found.intervention is not None, found.comparator) == (True, None)


@pytest.mark.parametrize(
    "text", ["Relapse was 12%.", "Relapse was higher than expected.", "Relapse was lower than 12%."]
)
def test_a_clause_without_arms_has_no_roles(text: str) -> None:
    assert roles(text) == Roles()


def test_more_against_less_of_one_drug_are_two_arms() -> None:
    found = roles("Patients exposed to more versus less lenalidomide relapsed.", "lenalidomide")
    assert found.intervention is not None
    assert found.comparator is not None
    assert (found.intervention.label, found.comparator.text) == ("more lenalidomide", "less lenalidomide")
