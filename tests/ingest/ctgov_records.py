"""Small registry records of our own making, in the shape of ClinicalTrials.gov's API version 2."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ingest.readers.table import read_bytes
from ingest.registry import RegistryArticle

Json = dict[str, Any]
TWO = (("Drug A", "EXPERIMENTAL"), ("Placebo", "PLACEBO_COMPARATOR"))


def groups(names: Sequence[str]) -> list[Json]:
    """Result groups with ids G0, G1, ..."""
    return [{"id": f"G{n}", "title": name} for n, name in enumerate(names)]


def denoms(*sizes: int) -> list[Json]:
    """How many participants of each group were analysed."""
    counts = [{"groupId": f"G{n}", "value": str(size)} for n, size in enumerate(sizes)]
    return [{"units": "Participants", "counts": counts}]


def row(*values: str | Json, title: str = "", sizes: Sequence[int] = ()) -> Json:
    """A class with one category: a value for each group, as text or with its other fields."""
    told = [{"value": v} if isinstance(v, str) else v for v in values]
    category = {"measurements": [{"groupId": f"G{n}", **v} for n, v in enumerate(told)]}
    made: Json = {"categories": [category]}
    if title:
        made["title"] = title
    if sizes:
        made["denoms"] = denoms(*sizes)
    return made


def outcome(*rows: Json, names: Sequence[str] = ("Drug A", "Placebo"), **fields: Any) -> Json:
    """A posted outcome measure."""
    about = {"type": "PRIMARY", "title": "Overall survival", "timeFrame": "24 months", "reportingStatus": "POSTED"}
    about |= {"paramType": "MEDIAN", "unitOfMeasure": "months", "dispersionType": "95% Confidence Interval"}
    sizes = denoms(*[100] * len(names))
    return {**about, "groups": groups(names), "denoms": sizes, "classes": list(rows), **fields}


def hazard(value: str = "0.70", **fields: Any) -> Json:
    """An analysis of the first two groups: a hazard ratio."""
    about = {"groupIds": ["G0", "G1"], "nonInferiorityType": "SUPERIORITY", "paramType": "Hazard Ratio (HR)"}
    limits = {"ciPctValue": "95", "ciNumSides": "TWO_SIDED", "ciLowerLimit": "0.55", "ciUpperLimit": "0.89"}
    return {**about, "paramValue": value, "pValue": "0.004", **limits, **fields}


def record(*outcomes: Json, arms: Sequence[tuple[str, str]] = TWO, nct: str = "NCT09000002", **modules: Any) -> Json:
    """A randomised trial with these outcome measures; ``modules`` replace those of the results or the protocol."""
    protocol: Json = {
        "identificationModule": {"nctId": nct, "briefTitle": "Drug A or placebo"},
        "designModule": {"studyType": "INTERVENTIONAL", "designInfo": {"allocation": "RANDOMIZED"}},
        "armsInterventionsModule": {"armGroups": [{"label": label, "type": kind} for label, kind in arms]},
    }
    results: Json = {"outcomeMeasuresModule": {"outcomeMeasures": list(outcomes)}} if outcomes else {}
    for name, module in modules.items():
        (results if name in ("adverseEventsModule", "participantFlowModule") else protocol)[name] = module
    return {"protocolSection": protocol, **({"resultsSection": results} if results else {})}


def as_bytes(data: Any) -> bytes:
    """The JSON of ``data``."""
    return json.dumps(data).encode()


def read(data: Json) -> RegistryArticle:
    """The article of one record."""
    article = read_bytes(as_bytes(data), "record.json")
    assert isinstance(article, RegistryArticle)
    return article
