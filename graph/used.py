"""Which concepts claims and decisions use. Pure, but for the queries of ``in_store``."""

from __future__ import annotations

import re
from collections.abc import Callable

from graph.model import Decision, JsonValue
from graph.store import Row
from graph.terms import JSON
from ingest.claim import Mention
from ingest.curies import expand

_SLOT = re.compile(r"(?:intervention|comparator|outcome|population)(?:\.concepts?)?")


def of_mention(mention: Mention) -> set[str]:
    """Concepts that a mention names."""
    return {*mention.concepts, *(() if mention.concept is None else (mention.concept,))}


def of_decision(decision: Decision) -> set[str]:
    """Concepts that a decision sets, or replaces."""
    return {iri for c in decision.changes for value in (c.old, c.new) for iri in of_value(c.field, value)}


def of_value(field: str, value: JsonValue) -> set[str]:
    """Concepts in one value of a decision's change.

    >>> sorted(of_value("outcome.concepts", ["urn:a", "urn:b"])), of_value("outcome.text", "urn:a")
    (['urn:a', 'urn:b'], set())
    """
    if not _SLOT.fullmatch(field):
        return set()
    parts = [value.get("concept"), value.get("concepts")] if isinstance(value, dict) else [value]
    listed = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    return {expand(one) for one in listed if isinstance(one, str)}


def in_store(rows: Callable[[str], list[Row]]) -> set[str]:
    """Concepts that the claims and the decisions of a store use; ``rows`` gives those of a query by its name."""
    found = {concept.value for (concept,) in rows("used_concepts") if concept is not None}
    for field, value in rows("decided_values"):
        if field is not None and value is not None:
            found |= of_value(field.value, JSON.decode(value))
    return found
