"""Examples of the interface description: one claim of a bundled article, and what is done with it."""

from __future__ import annotations

from typing import Any

CLAIM: dict[str, Any] = {
    "id": "https://w3id.org/picograph/claim/5b0c7d0f6f1e4a0d8c3b2a190817f6e5",
    "content_key": "9d1f6c0c8a4b7e52d3f0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6",
    "revision": 0,
    "article": {
        "id": "urn:picograph:article:corpus/myeloma-xi-spm-2016",
        "text_sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "kind": "news",
        "title": "Second cancers in Myeloma XI cluster among the oldest patients on maintenance",
        "journal": "Blood Cancer Journal",
        "doi": None,
        "pmid": None,
        "pmcid": None,
        "published": "2016-12-01",
        "retracted": False,
        "primary_source": "doi:10.1038/bcj.2016.114",
    },
    "study": {"id": None, "name": "Myeloma XI", "registration": None},
    "intervention": {
        "text": "lenalidomide maintenance",
        "start": 1026,
        "end": 1050,
        "label": "Lenalidomide",
        "concept": "http://id.nlm.nih.gov/mesh/D000077269",
    },
    "comparator": {"text": "observation", "start": 1142, "end": 1153, "label": None, "concept": None},
    "outcome": {
        "text": "SPM",
        "start": 1092,
        "end": 1095,
        "label": "Neoplasms, Second Primary",
        "concept": "http://id.nlm.nih.gov/mesh/D016609",
    },
    "outcome_favours": "lower",
    "population": {"text": "people over 74 years of age", "start": 940, "end": 967},
    "effects": [
        {
            "measure": "proportion",
            "arm": "intervention",
            "text": "17.3%",
            "start": 1052,
            "end": 1057,
            "value": 17.3,
            "value_state": "reported",
            "unit": "%",
            "events": None,
            "total": None,
            "interval": {"kind": "confidence", "level": 95, "low": 8.2, "high": 26.4},
            "p": None,
            "timepoint": "after three years",
        }
    ],
    "direction": "higher",
    "significance": "significant",
    "assertion": "stated",
    "kind": "own result",
    "quote": {
        "exact": "With lenalidomide maintenance, 17.3% of this group had developed an SPM after three years",
        "start": 1021,
        "end": 1110,
        "prefix": "eligible for transplantation. ",
        "suffix": " (95% CI 8.2 to 26.4)",
        "section": None,
    },
    "restatements": [],
    "checks": [{"rule": "interval holds value", "grade": "pass", "message": ""}],
    "status": "unreviewed",
    "confidence": 0.8,
}

CONTEXT = {"before": "… who were not eligible for transplantation. ", "after": " (95% CI 8.2 to 26.4), but with …"}

EVIDENCE: dict[str, Any] = {
    "question": "lenalidomide -> second primary malignancy",
    "explanation": ["lenalidomide: Lenalidomide", "second primary malignancy: Neoplasms, Second Primary, and narrower"],
    "total": 3,
    "studies": 2,
    "claims": [CLAIM],
    "cursor": "MjAwOjE3",
    "revision": 12,
}

CONCEPT: dict[str, Any] = {
    "id": "mesh:D016609",
    "iri": "http://id.nlm.nih.gov/mesh/D016609",
    "name": "second primary malignancy",
    "kind": "disease",
    "names": ["second primary malignancy", "SPM", "Neoplasms, Second Primary"],
    "favours": "lower",
    "same": ["http://purl.obolibrary.org/obo/MONDO_0024882"],
    "parents": [
        {
            "id": "mesh:D009369",
            "iri": "http://id.nlm.nih.gov/mesh/D009369",
            "name": "Neoplasms",
            "kind": "disease",
            "narrower": 34,
        }
    ],
    "children": [],
    "total": 0,
    "cursor": None,
    "used": [{"role": "outcome", "question": "? -> second primary malignancy", "claims": 3}],
}

DECISION: dict[str, Any] = {
    "verdict": "correct",
    "author": "A. Reader",
    "reason": "wrong-number",
    "note": "Table 2 has the figure.",
    "changes": [{"field": "effects[0].value", "value": 16.6}],
}

PROBLEM: dict[str, Any] = {
    "type": "urn:picograph:problem:stale-revision",
    "title": "The claim has changed",
    "status": 412,
    "detail": "You decided on revision 0; the claim is at revision 1.",
    "instance": "/api/v1/claims/5b0c7d0f6f1e4a0d8c3b2a190817f6e5/decisions",
}
