"""Which column of a reviewer's table is which: by its heading, in the words that people use."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.commands.failures import CommandError

SYNONYMS: dict[str, tuple[str, ...]] = {
    "id": ("id", "row id", "question id", "prompt id", "row", "no", "nr", "number", "#"),
    "article": ("article", "path", "file", "file name", "article file", "article path", "paper", "pdf", "full text",
                "document", "source", "source file"),
    "intervention": ("intervention", "intervention arm", "intervention group", "experimental", "experimental arm",
                     "experimental group", "treatment", "treatment arm", "treatment group", "exposure", "i"),
    "comparator": ("comparator", "comparator arm", "comparator group", "comparison", "comparison arm",
                   "comparison group", "control", "control arm", "control group", "reference", "c"),
    "outcome": ("outcome", "outcome name", "outcome measure", "endpoint", "end point", "o"),
    "outcome_type": ("outcome type", "type of outcome", "data type", "type"),
}  # fmt: skip
"""What is asked, by the headings it may have, the best first."""

ASKED = ("intervention", "comparator", "outcome")
"""Without these there is no question."""

NUMBERS = (
    "intervention_events", "intervention_group_size", "intervention_mean", "intervention_standard_deviation",
    "comparator_events", "comparator_group_size", "comparator_mean", "comparator_standard_deviation",
)  # fmt: skip
"""The number fields of the contract, in its order."""

FILLED = (*NUMBERS, "direction_label", "claims", "text_sha256")
"""What is filled in for each row, each in a column of this name."""

TYPES = {
    "binary": "binary", "dichotomous": "binary", "dichotomic": "binary", "event": "binary", "events": "binary",
    "continuous": "continuous", "mean": "continuous", "means": "continuous",
}  # fmt: skip
"""Words for the type of an outcome."""


def plain(heading: str) -> str:
    """A heading as it is compared: small letters and digits, words apart by one blank.

    >>> plain(" Intervention_Events "), plain("End-point:")
    ('intervention events', 'end point')
    """
    return " ".join(re.findall(r"[^\W_]+|#", heading.casefold()))


def find_columns(headings: Sequence[str], *, needs_article: bool, name: str) -> dict[str, int]:
    """The place of each column: those asked (see ``SYNONYMS``) and those filled that are already there.

    Raises CommandError naming the columns that are missing or named twice, and the headings there are.
    """
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        places.setdefault(plain(heading), []).append(place)
    found: dict[str, int] = {}
    for column, words in SYNONYMS.items():
        at = next((places[w] for w in words if w in places), None)
        if at is not None and len(at) > 1:
            raise CommandError(f"{name}: {len(at)} columns are named {headings[at[0]]!r}; which is the {column}?")
        if at is not None:
            found[column] = at[0]
    missing = [c for c in (*ASKED, *(("article",) if needs_article else ())) if c not in found]
    if missing:
        lines = [f"no column for the {c} (a heading such as {', '.join(map(repr, SYNONYMS[c][:3]))})" for c in missing]
        there = ", ".join(repr(h) for h in headings if h.strip()) or "none"
        hint = "; or give one article for all rows with --article FILE" if "article" in missing else ""
        raise CommandError(f"{name}: {'; '.join(lines)}; the headings are: {there}{hint}")
    for column in FILLED:
        if len(places.get(plain(column), [])) == 1:
            found[column] = places[plain(column)][0]
    return found


def type_of(words: str) -> str | None:
    """``binary`` or ``continuous``; None where nothing is said. Raises ValueError for other words."""
    if not words.strip():
        return None
    known = TYPES.get(plain(words).removesuffix(" outcome").removesuffix(" data"))
    if known is None:
        raise ValueError(f"outcome type {words.strip()!r} is neither binary nor continuous")
    return known
