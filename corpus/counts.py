"""Counts of agreement between claims and gold, and the ratios that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole numbers only, so that articles add up; every ratio is derived, and None where there is nothing to divide.

    ``gold`` counts required claims; ``found`` those of them that were paired; ``spurious`` sound claims without a
    partner; ``unsound`` claims whose quotes, mentions or numbers are not in the text. A claim paired with an optional
    gold claim is in none of them. ``wrong_arm``: claims with a gold number under another arm or another comparison.
    The ``same_`` counts are among ``found``.
    """

    gold: int = 0
    claims: int = 0
    found: int = 0
    spurious: int = 0
    unsound: int = 0
    wrong_arm: int = 0
    same_comparator: int = 0
    same_direction: int = 0
    same_assertion: int = 0
    same_significance: int = 0
    study_facts: int = 0
    study_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)})

    @property
    def recall(self) -> float | None:
        """Found among the required gold claims."""
        return _ratio(self.found, self.gold)

    @property
    def precision(self) -> float | None:
        """Found among the claims that count: found, spurious and unsound."""
        return _ratio(self.found, self.found + self.spurious + self.unsound)

    @property
    def comparator(self) -> float | None:
        """Found claims that name gold's comparator, or for which gold names none."""
        return _ratio(self.same_comparator, self.found)

    @property
    def direction(self) -> float | None:
        """Found claims with gold's direction."""
        return _ratio(self.same_direction, self.found)

    @property
    def assertion(self) -> float | None:
        """Found claims with gold's assertion."""
        return _ratio(self.same_assertion, self.found)

    @property
    def significance(self) -> float | None:
        """Found claims with gold's significance, unknown included."""
        return _ratio(self.same_significance, self.found)

    @property
    def study(self) -> float | None:
        """Facts about the study that most claims of the article have right."""
        return _ratio(self.study_right, self.study_facts)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
