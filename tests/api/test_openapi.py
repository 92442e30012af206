"""The interface description: valid, with examples that fit, and claims in the shape of the claim schema."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest

from api.claim_schemas import ClaimOut
from api.concept_schemas import ConceptDetailOut
from api.examples import CLAIM, CONCEPT, DECISION, EVIDENCE, PROBLEM
from api.schemas import DecisionIn, EvidenceOut, Problem

PATHS = {
    "/api/v1/evidence": {"get"},
    "/api/v1/facets": {"get"},
    "/api/v1/explain": {"get"},
    "/api/v1/claims/{claim_id}": {"get"},
    "/api/v1/claims/{claim_id}/jsonld": {"get"},
    "/api/v1/claims/{claim_id}/nanopub": {"get"},
    "/api/v1/claims/{claim_id}/history": {"get"},
    "/api/v1/claims/{claim_id}/decisions": {"post"},
    "/api/v1/articles": {"post"},
    "/api/v1/articles/{article_id}": {"get"},
    "/api/v1/concepts": {"get"},
    "/api/v1/concepts/{concept_id}": {"get"},
    "/api/v1/analyses/map": {"get"},
    "/api/v1/analyses/network": {"get"},
    "/api/v1/analyses/conflicts": {"get"},
    "/api/v1/analyses/similar": {"get"},
    "/api/v1/analyses/path": {"get"},
    "/api/v1/health": {"get"},
    "/api/v1/store/backup": {"post"},
    "/api/v1/store/stats": {"get"},
    "/api/v1/orphans": {"get"},
    "/api/v1/export": {"get"},
}


@pytest.fixture
def description(http: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = http.get("/api/v1/openapi.json").json()
    return found


def test_the_description_names_every_path(description: dict[str, Any]) -> None:
    assert {path: set(methods) for path, methods in description["paths"].items()} == PATHS
    assert description["openapi"].startswith("3.1")


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [r for child in node.values() for r in references(child)]
        return [r for child in node for r in references(child)] if isinstance(node, list) else []

    found = references(description)
    assert found
    for reference in found:
        node: Any = description
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_every_schema_is_one_and_its_examples_fit(description: dict[str, Any]) -> None:
    examples = 0
    for name, schema in description["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        for example in schema.get("examples", ()):
            whole = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
            jsonschema.Draft202012Validator(whole).validate(example)
            examples += 1
    assert examples >= 4


@pytest.mark.parametrize(
    ("model", "example"),
    [
        (ClaimOut, CLAIM),
        (EvidenceOut, EVIDENCE),
        (ConceptDetailOut, CONCEPT),
        (DecisionIn, DECISION),
        (Problem, PROBLEM),
    ],
)
def test_an_example_fits_its_model(model: type[ClaimOut], example: dict[str, Any]) -> None:
    model.model_validate(example)


def test_the_example_is_a_claim(claim_schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(claim_schema).validate(CLAIM)


def test_what_the_service_gives_are_claims(http: httpx.Client, claim_schema: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(claim_schema)
    page = http.get("/api/v1/evidence", params={"q": "lenalidomide -> second primary malignancies"}).json()
    assert len(page["claims"]) == 2
    for claim in page["claims"]:
        validator.validate(claim)
        validator.validate(http.get(f"/api/v1/claims/{claim['id'].rsplit('/', 1)[1]}").json())


def test_decisions_need_a_revision_in_the_description(description: dict[str, Any]) -> None:
    operation = description["paths"]["/api/v1/claims/{claim_id}/decisions"]["post"]
    assert "if-match" in [p["name"].lower() for p in operation["parameters"]]
    assert {"201", "404", "412", "422", "428"} <= set(operation["responses"])
    for status in ("404", "412", "422", "428"):
        assert set(operation["responses"][status]["content"]) == {"application/problem+json"}
