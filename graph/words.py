"""Whole-word matching that knows a negated name from the name. Pure; works on keys (``terminology.key_of``)."""

from __future__ import annotations

from collections.abc import Iterable

NEGATORS = frozenset({"non", "no", "not", "without", "never", "neither", "nor", "lacking", "absent"})
BETWEEN = frozenset(
    {"considered", "deemed", "judged", "being", "been", "yet", "currently", "previously", "prior", "previous", "any"}
)


def says(key: str, name: str) -> bool | None:
    """Whether a mention names ``name``: True, False where it does so only negated, None where it does not at all.

    >>> says("transplant eligible patient", "transplant eligible")
    True
    >>> says("non transplant eligible patient", "transplant eligible")
    False
    >>> says("transplant ineligible patient", "transplant eligible") is None
    True
    """
    words, wanted = key.split(), name.split()
    if not wanted:
        return None
    places = [i for i in range(len(words) - len(wanted) + 1) if words[i : i + len(wanted)] == wanted]
    if not places:
        return None
    return not all(_negated(words, place) for place in places)


def says_plainly(keys: Iterable[str], names: Iterable[str]) -> bool | None:
    """``says`` over all keys of a mention (its words, its label) and all names of a concept.

    One negated naming is enough for False: the label completes elided words, and either may hold the negation.
    """
    wanted = list(names)
    found = [answer for key in keys for name in wanted if (answer := says(key, name)) is not None]
    return all(found) if found else None


def negates(key: str) -> bool:
    """True where the key holds a word that may deny a name.

    >>> negates(" non transplant eligible patient "), negates(" transplant eligible patient ")
    (True, False)
    """
    return not NEGATORS.isdisjoint(key.split())


def _negated(words: list[str], place: int) -> bool:
    before = place - 1
    while before >= 0 and words[before] in BETWEEN:
        before -= 1
    return before >= 0 and words[before] in NEGATORS
