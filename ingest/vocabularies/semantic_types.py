"""Semantic types of UMLS and the kinds of concept that they are."""

from __future__ import annotations

from collections.abc import Collection

_KINDS = {
    "disease": (
        "T019", "T020", "T037", "T046", "T047", "T048", "T049", "T184", "T190", "T191",
    ),
    "drug": (
        "T103", "T104", "T109", "T114", "T116", "T120", "T121", "T123", "T125", "T127", "T129", "T130", "T131", "T195",
        "T196", "T197", "T200",
    ),
    "procedure": ("T060", "T061"),
    "outcome": ("T033", "T034", "T059", "T201"),
    "population": ("T098", "T099", "T100", "T101"),
}  # fmt: skip
"""Disorders with signs and symptoms; chemicals and drugs; procedures; findings, laboratory procedures and results,
clinical attributes; groups of people."""


def kind_of(types: Collection[str]) -> str | None:
    """The kind of a concept with these types; where they tell several, the first of the table. None for all others.

    >>> kind_of(["T121", "T109"]), kind_of(["T033", "T047"]), kind_of(["T007"])
    ('drug', 'disease', None)
    """
    return next((kind for kind, those in _KINDS.items() if not set(those).isdisjoint(types)), None)
