"""Facets of an answer are what SPARQL counts over the same claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.library import Library
from graph.model import Facet
from graph.opening import MEMORY
from graph.vocab import PREFIXES
from tests.graph.asked import SUITE, fill
from tests.graph.small import TERMINOLOGY
from tests.graph.test_asking import answered

PATTERNS = {
    "drug": "?claim ev:intervention ?m . OPTIONAL { ?m ev:bestConcept ?best } "
    "{ SELECT ?m (MIN(?k) AS ?key) WHERE { ?m ev:key ?k } GROUP BY ?m }",
    "outcome": "?claim ev:outcome ?m . OPTIONAL { ?m ev:bestConcept ?best } "
    "{ SELECT ?m (MIN(?k) AS ?key) WHERE { ?m ev:key ?k } GROUP BY ?m }",
    "comparator": "?claim ev:comparator ?m . OPTIONAL { ?m ev:bestConcept ?best } "
    "{ SELECT ?m (MIN(?k) AS ?key) WHERE { ?m ev:key ?k } GROUP BY ?m }",
    "population": "?claim ev:population ?m . OPTIONAL { ?m ev:bestConcept ?best } "
    "{ SELECT ?m (MIN(?k) AS ?key) WHERE { ?m ev:key ?k } GROUP BY ?m }",
    "measure": "?claim ev:effect ?e . ?e ev:measure ?value",
    "direction": "OPTIONAL { ?claim ev:direction ?value }",
    "significance": "OPTIONAL { ?claim ev:significance ?value }",
    "kind": "?claim ev:kind ?value",
    "status": "?claim ev:status ?value",
    "design": "OPTIONAL { ?claim ev:studyReport ?r . ?r ev:design ?value }",
    "phase": "OPTIONAL { ?claim ev:studyReport ?r . ?r ev:phase ?value }",
    "year": '?claim ev:article ?a . OPTIONAL { ?a dcterms:issued ?d FILTER(REGEX(?d, "^[0-9]{4}(-[0-9]{2}){0,2}$")) } '
    "BIND(SUBSTR(?d, 1, 4) AS ?value)",
}


@pytest.fixture(scope="module")
def filled() -> Iterator[Library]:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        fill(library)
        yield library


def counted(library: Library, claims: list[str], facet: str) -> list[int]:
    """How many claims there are of each value, the most first, by SPARQL."""
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    by = "COALESCE(STR(?best), ?key)" if facet in ("drug", "outcome", "comparator", "population") else "?value"
    given = " ".join(f"<{claim}>" for claim in claims)
    query = f"""{prefixes}
    SELECT (COUNT(DISTINCT ?claim) AS ?number) WHERE {{
      VALUES ?claim {{ {given} }} {PATTERNS[facet]} BIND({by} AS ?said)
    }} GROUP BY ?said ORDER BY DESC(?number)"""
    return [int(row[0].value) for row in library._access.store.select(query) if row[0] is not None]


@pytest.mark.parametrize("question", [q for q, names in SUITE.items() if names])
def test_facets_count_what_sparql_counts(filled: Library, question: str) -> None:
    claims, found = answered(filled, question), filled.facets(question, limit=1000)
    assert found.total == len(claims)
    assert {name: [value.claims for value in facet.values] for name, facet in found.facets.items()} == {
        name: counted(filled, claims, name) for name in PATTERNS
    }


def by_value(facet: Facet) -> dict[str, tuple[int, int]]:
    return {value.value: (value.claims, value.studies) for value in facet.values}


def test_values_are_named_and_studies_counted_once(filled: Library) -> None:
    found = filled.facets("? -> ? status:any kind:any retracted:any")
    assert by_value(found.facets["direction"])["lower"] == (2, 2)
    assert by_value(found.facets["design"])["cohort study"] == (1, 1)
    assert by_value(found.facets["measure"])["odds ratio"] == (1, 1)
    assert by_value(found.facets["year"])["2015"] == (2, 2)
    assert found.facets["drug"].values[0].concept is not None
    assert "newmab" in by_value(found.facets["drug"])
    assert sum(value.claims for value in found.facets["status"].values) == found.total


def test_a_facet_names_the_largest_values_and_counts_the_others(filled: Library) -> None:
    whole, one = filled.facets("? -> ?", limit=1000), filled.facets("? -> ?", limit=1)
    for name, facet in one.facets.items():
        assert facet.values == whole.facets[name].values[:1]
        assert facet.distinct == len(whole.facets[name].values)
    with pytest.raises(ValueError, match="1 to 1000"):
        filled.facets("? -> ?", limit=0)


def test_an_empty_answer_has_empty_facets(filled: Library) -> None:
    found = filled.facets('"no such drug" -> ?')
    assert found.total == 0
    assert all(facet == Facet((), 0) for facet in found.facets.values())


@pytest.mark.parametrize(
    "question", ["? -> ?", "lenalidomide -> ? status:any kind:any", "not thalidomide -> SPM n>=99"]
)
def test_a_narrowed_question_finds_what_its_value_counts(filled: Library, question: str) -> None:
    found = filled.facets(question)
    for name, facet in found.facets.items():
        for value in facet.values:
            if value.narrowed is None:
                assert name in ("design", "phase") or value.value == "unknown", (name, value)
                continue
            counted = filled.evidence(value.narrowed).total
            broader = name in ("drug", "outcome", "comparator", "population")
            assert counted >= value.claims if broader else counted == value.claims, value.narrowed
