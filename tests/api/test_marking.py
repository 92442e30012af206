"""Cutting a text for marking loses nothing, and what a form changed is found."""

from __future__ import annotations

import pytest

from api.claim_schemas import ClaimOut
from api.corrections import changed, number_fields
from api.marking import pieces
from api.present import claim_out
from tests.api import samples


@pytest.fixture
def claims() -> tuple[ClaimOut, ...]:
    home = samples.article()
    return tuple(claim_out(c, home) for c in samples.claims(home))


def test_pieces_join_to_the_text(claims: tuple[ClaimOut, ...]) -> None:
    assert "".join(p.text for p in pieces(samples.TEXT, claims)) == samples.TEXT
    assert "".join(p.text for p in pieces(samples.TEXT, claims, 10, 90)) == samples.TEXT[10:90]


def test_marked_pieces_are_the_quotes_and_the_numbers(claims: tuple[ClaimOut, ...]) -> None:
    cut = pieces(samples.TEXT, claims)
    for claim in claims:
        assert "".join(p.text for p in cut if claim in p.claims) == claim.quote.exact
        (first,) = (p for p in cut if claim in p.starts)
        assert claim.quote.exact.startswith(first.text)
    assert [p.text for p in cut if p.number] == ["17.3%", "6.5%", "P=0.049", "1.85 (95% CI 1.10 to 3.12)"]


def test_overlapping_quotes_share_pieces(claims: tuple[ClaimOut, ...]) -> None:
    twice = (claims[0], claims[0].model_copy(update={"id": "other"}))
    assert all(len(p.claims) in (0, 2) for p in pieces(samples.TEXT, twice))


def test_the_form_offers_the_numbers_that_there_are(claims: tuple[ClaimOut, ...]) -> None:
    assert [[f.path for f in fields] for fields in number_fields(claims[0])] == [
        ["effects[0].value"],
        ["effects[1].value"],
        ["effects[2].p.value"],
    ]
    assert [(f.label, f.value) for f in number_fields(claims[1])[0]] == [
        ("value", "1.85"),
        ("interval low", "1.1"),
        ("interval high", "3.12"),
    ]


def test_only_what_differs_is_a_change(claims: tuple[ClaimOut, ...]) -> None:
    form = {
        "effects[0].value": "16.6",
        "effects[1].value": "6.5",
        "effects[2].p.value": " 0.049 ",
        "effects[9].value": "1",
    }
    assert [(c.field, c.value) for c in changed(claims[0], form)] == [("effects[0].value", 16.6)]
    assert [(c.field, c.value) for c in changed(claims[0], {"effects[0].value": ""})] == [("effects[0].value", None)]


@pytest.mark.parametrize("given", ["x", "NaN", "Infinity", "true", '"1"', "1,5", "[1]"])
def test_what_is_no_number_is_refused(claims: tuple[ClaimOut, ...], given: str) -> None:
    with pytest.raises(ValueError, match=r"value: .* is not a number"):
        changed(claims[0], {"effects[0].value": given})


def test_furniture_is_cut_out_and_nothing_is_lost(claims: tuple[ClaimOut, ...]) -> None:
    cut = pieces(samples.TEXT, claims, furniture=[(0, 14)])
    assert "".join(p.text for p in cut) == samples.TEXT
    assert [p.text for p in cut if p.furniture] == [samples.TEXT[:14]]
