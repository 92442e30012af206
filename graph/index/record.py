"""One claim as a record of fixed width: what selects, orders and counts it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.claim import ClaimKind, Direction, Grade, Measure, Significance, Status
from ingest.identity import CLAIM_BASE

ROLES = ("intervention", "comparator", "outcome", "population")
"""The slots of a claim; a record has the number of the mention in each, ``NONE`` where the slot is empty."""
NONE = -1
KINDS, STATUSES, GRADES = tuple(ClaimKind), tuple(Status), tuple(Grade)
MEASURES = tuple(Measure)
DIRECTIONS: tuple[Direction | None, ...] = (None, *Direction)
SIGNIFICANCES: tuple[Significance | None, ...] = (None, *Significance)

RECORD = np.dtype(
    [
        ("high", "<u8"),
        ("low", "<u8"),
        ("start", "<i4"),
        ("confidence", "<u2"),
        ("kind", "u1"),
        ("status", "u1"),
        ("direction", "u1"),
        ("significance", "u1"),
        ("grades", "u1"),
        ("measures", "<u4"),
        ("effects", "<u2"),
        ("design", "<i4"),
        ("phase", "<i4"),
        ("people", "<i8"),
        ("study", "<i4"),
        *((role, "<i4") for role in ROLES),
    ]
)
"""``high`` and ``low`` are the halves of the claim's id; ``confidence`` in thousandths; ``measures`` and ``grades`` a
bit for each member that the claim has; ``design``, ``phase`` and ``study`` numbers of names, ``NONE`` for none;
``people`` who were randomised, else enrolled, ``NONE`` where nobody says."""
Records = NDArray[Any]


def halves(claim_id: str) -> tuple[int, int]:
    """The id of a claim as two numbers.

    >>> halves("https://w3id.org/picograph/claim/0000000000000001000000000000000f")
    (1, 15)
    """
    tail = claim_id[len(CLAIM_BASE) :]
    return int(tail[:16], 16), int(tail[16:], 16)


def whole(high: int, low: int) -> str:
    """The inverse of ``halves``."""
    return f"{CLAIM_BASE}{high:016x}{low:016x}"


def bits(members: Iterable[int]) -> int:
    """A number with these bits set."""
    found = 0
    for member in members:
        found |= 1 << member
    return found
