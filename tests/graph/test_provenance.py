"""Who and when, as it was recorded, in a form that other programs can read."""

from __future__ import annotations

import doctest

import pytest

from api import negotiation
from graph.model import Run
from graph.ontology import base, claim_model, provenance, trusty
from graph.ontology.provenance import curator_iri, moment, reader_iri
from graph.vocab import BASE


@pytest.mark.parametrize("module", [base, claim_model, provenance, trusty, negotiation])
def test_examples_are_right(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize("text", ["2026-03-01", "2026-03-01T12:00:00", "soon", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_names_no_moment_stays_as_it_was_recorded(text: str) -> None:
    assert moment(text).value == text
    assert "dateTime" not in str(moment(text))


def test_an_orcid_is_the_curator_and_a_name_gets_an_iri() -> None:
    assert curator_iri("https://orcid.org/0000-0001-2345-6789").value == "https://orcid.org/0000-0001-2345-6789"
    for name in ("Ann", "https://a b", "https://\u00e9", "http://x/?<>", "javascript:alert(1)"):
        assert curator_iri(name).value.startswith(BASE + "agent/")
    assert curator_iri("Ann") != curator_iri("Bob")


def test_each_version_of_the_reader_is_an_agent() -> None:
    runs = [
        None,
        *(Run("r", version, "2026-01-01T00:00:00Z") for version in ("picograph 0.1.0", "picograph 0.2.0", "???")),
    ]
    assert len({reader_iri(run) for run in runs}) == len(runs)
