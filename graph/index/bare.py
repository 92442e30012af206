"""JSON objects of claims and articles without the names of their members: shorter, and sooner read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """The members of an object in the order of their values.

    ``one`` are members that are objects themselves (or null), ``many`` those that are lists of objects. ``words`` is
    the member that stands at the object's range: the range ends where it does, so no end is kept.
    """

    names: tuple[str, ...]
    one: Mapping[str, Shape] = field(default_factory=dict)
    many: Mapping[str, Shape] = field(default_factory=dict)
    words: str | None = None

    def bare(self, data: JsonObject) -> list[Any]:
        """The values of ``data``. Raises KeyError and ValueError where it is of another shape."""
        if len(data) != len(self.names) + (self.words is not None):
            raise ValueError(f"these are not the members {', '.join(self.names)}: {', '.join(data)}")
        held = {name: data[name] for name in self.names}
        for name, shape in self.one.items():
            held[name] = None if held[name] is None else shape.bare(held[name])
        for name, shape in self.many.items():
            held[name] = [shape.bare(each) for each in held[name]]
        return list(held.values())

    def named(self, values: list[Any]) -> JsonObject:
        """The inverse of ``bare``."""
        data = dict(zip(self.names, values, strict=True))
        for name, shape in self.one.items():
            if data[name] is not None:
                data[name] = shape.named(data[name])
        for name, shape in self.many.items():
            data[name] = [shape.named(each) for each in data[name]]
        if self.words is not None:
            start = data["start"]
            data["end"] = None if start is None else start + len(data[self.words])
        return data


_TABLE = Shape(("id", "label", "row", "column"))
_QUOTE = Shape(("section", "table", "start", "exact", "prefix", "suffix"), one={"table": _TABLE}, words="exact")
_MENTION = Shape(("start", "text", "label", "concept", "concepts"), words="text")
_EFFECT = Shape(
    (
        *("measure", "arm", "value_state", "change_from_baseline", "standard_deviation", "standard_error"),
        *("timepoint", "table", "unit", "events", "total", "value", "interval", "p", "text", "start"),
    ),
    one={
        "table": _TABLE,
        "interval": Shape(("kind", "level", "low", "high")),
        "p": Shape(("operator", "value")),
    },
    words="text",
)
_STUDY = Shape(
    (
        *("id", "name", "registration", "design", "phase", "enrolled", "randomised", "follow_up"),
        *("primary_endpoint_met", "arms"),
    ),
    many={"arms": Shape(("name", "size"))},
)
CLAIM = Shape(
    (
        *("text_sha256", "study", "population", "intervention", "comparator", "assertion", "kind", "status"),
        *("revision", "restatements", "outcome_favours", "outcome", "direction", "direction_basis", "significance"),
        *("significance_basis", "checks", "effects", "quote", "confidence", "content_key"),
    ),
    one={
        **dict.fromkeys(("population", "intervention", "comparator", "outcome"), _MENTION),
        "study": _STUDY,
        "quote": _QUOTE,
    },
    many={"restatements": _QUOTE, "checks": Shape(("rule", "grade", "message")), "effects": _EFFECT},
)
"""A claim of a known article and id. What most claims of one article have in common stands in front."""
ARTICLE = Shape(
    (
        *("kind", "language", "licence", "retracted", "primary_source", "no_evidence", "notices", "publications"),
        *("pmcid", "types", "journal", "published", "id", "doi", "pmid", "registration", "registrations"),
        *("authors", "title", "text_sha256"),
    ),
    many={"notices": Shape(("kind", "source", "of_other"))},
)
"""What is known of an article."""
