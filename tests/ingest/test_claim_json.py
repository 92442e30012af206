"""Claims as JSON: both ways without loss, and valid against the published schema."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ingest.article import Article
from ingest.claim import Claim
from ingest.claim_json import from_json, to_json
from tests import builders, strategies

SOURCE = builders.article()
CLAIM = builders.spm_claim(SOURCE)


@st.composite
def sources_with_claim(draw: st.DrawFn) -> tuple[Article, Claim]:
    source = draw(strategies.articles())
    return source, draw(strategies.claims(source))


@settings(max_examples=100, deadline=None)
@given(sources_with_claim())
def test_any_claim_comes_back_exactly_through_a_line_of_text(case: tuple[Article, Claim]) -> None:
    source, claim = case
    line = json.dumps(to_json(claim, source), ensure_ascii=False)
    assert from_json(json.loads(line)) == claim


@settings(max_examples=60, deadline=None)
@given(case=sources_with_claim())
def test_any_claim_is_valid_against_the_schema(claim_schema: dict[str, Any], case: tuple[Article, Claim]) -> None:
    source, claim = case
    Draft202012Validator(claim_schema).validate(to_json(claim, source))


def test_every_field_of_the_schema_is_written(claim_schema: dict[str, Any]) -> None:
    written = to_json(CLAIM, SOURCE)
    assert set(claim_schema["properties"]) <= set(written)
    for member in ("article", "study", "quote"):
        shape = claim_schema["$defs"].get(member) or claim_schema["properties"][member]
        assert set(shape["properties"]) <= set(written[member])
    assert set(claim_schema["$defs"]["effect"]["properties"]) <= set(written["effects"][0])
    assert set(claim_schema["$defs"]["mention"]["properties"]) <= set(written["outcome"])


def test_a_claim_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        to_json(CLAIM, builders.article(builders.SENTENCE + " More."))


@pytest.mark.parametrize("member", ["id", "content_key", "article", "outcome", "effects", "quote", "status", "kind"])
def test_a_line_without_what_a_claim_needs_is_refused(member: str) -> None:
    line = {k: v for k, v in to_json(CLAIM, SOURCE).items() if k != member}
    with pytest.raises(KeyError):
        from_json(line)


@pytest.mark.parametrize(
    "change",
    [{"outcome": None}, {"direction": "up"}, {"status": "fine"}, {"confidence": 2}, {"revision": -1}, {"kind": "own"}],
    ids=str,
)
def test_a_value_outside_its_set_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json({**to_json(CLAIM, SOURCE), **change})


def test_members_that_an_older_line_lacks_are_unknown() -> None:
    line = to_json(replace(CLAIM, study=None), SOURCE)
    for member in ("direction_basis", "significance_basis", "study", "outcome_favours", "population"):
        del line[member]
    back = from_json(line)
    assert (back.direction_basis, back.study, back.population) == (None, None, None)


def test_a_member_that_a_newer_study_has_is_let_be() -> None:
    line = to_json(CLAIM, SOURCE)
    line["study"]["sponsor"] = "nobody"
    assert from_json(line).study == CLAIM.study
