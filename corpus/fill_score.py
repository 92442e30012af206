"""How well filled rows agree with an evidence table: all numbers right, a wrong one, none; and directions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = {
    "binary": ("intervention_events", "intervention_group_size", "comparator_events", "comparator_group_size"),
    "continuous": ("intervention_mean", "intervention_standard_deviation", "intervention_group_size",
                   "comparator_mean", "comparator_standard_deviation", "comparator_group_size"),
}  # fmt: skip
"""The fields that count for each type of outcome."""
LABELS = ("significantly increased", "significantly decreased", "no significant difference")
LEVEL = 0.95
"""Of the intervals."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``total``, with the exact binomial (Clopper–Pearson) interval; None over nothing."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its bounds at ``LEVEL``.

        >>> tuple(round(b, 3) for b in Share(5, 10).interval)
        (0.187, 0.813)
        """
        if not self.total:
            return None
        from scipy.stats import binomtest

        bounds = binomtest(self.count, self.total).proportion_ci(LEVEL, method="exact")
        return float(bounds.low), float(bounds.high)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row. ``wrong``: a number is given that is not the table's; ``empty``: none is given."""

    right: bool
    wrong: bool
    empty: bool
    fields_right: int
    fields: int
    answerable: bool


def number_of(value: object) -> float | str | None:
    """A value as it is compared: a number to six decimals; None for what is not given; other words as they are.

    >>> number_of("1,200"), number_of("−2·5"), number_of(""), number_of("x")
    (1200.0, -2.5, None, None)
    """
    if value in ("", None, "x", "unknown"):
        return None
    words = str(value).replace(",", "").replace("\u2212", "-").replace("\u00b7", ".")
    try:
        return round(float(words), _DIGITS)
    except ValueError:
        return str(value).strip()


def judge(gold: Mapping[str, Any], given: Mapping[str, Any]) -> Verdict:
    """One row under the type of outcome that the table names."""
    pairs = [(number_of(gold[f]), number_of(given.get(f))) for f in FIELDS[gold["outcome_type"]]]
    return Verdict(
        right=all(a == b for a, b in pairs),
        wrong=any(b is not None and a != b for a, b in pairs),
        empty=all(b is None for _, b in pairs),
        fields_right=sum(a == b for a, b in pairs),
        fields=len(pairs),
        answerable=any(a is not None for a, _ in pairs),
    )


def shares(verdicts: Iterable[Verdict]) -> dict[str, Share]:
    """Of the rows: all fields right, a wrong number, left empty; and of the fields, right."""
    rows = list(verdicts)
    return {
        "all fields right": Share(sum(v.right for v in rows), len(rows)),
        "a wrong number": Share(sum(v.wrong for v in rows), len(rows)),
        "left empty": Share(sum(v.empty for v in rows), len(rows)),
        "fields right": Share(sum(v.fields_right for v in rows), sum(v.fields for v in rows)),
    }


def direction_of(label: object) -> str | None:
    """The label as it is compared; None for one that does not count. A few rows leave the last letter off."""
    words = "significantly increased" if label == "significantly increase" else label
    return str(words) if words in LABELS else None


def macro_f(pairs: Sequence[tuple[str, str | None]]) -> float:
    """The mean F1 of the three labels over (gold, given)."""
    scores = []
    for label in LABELS:
        hit = sum(a == b == label for a, b in pairs)
        both = sum(b == label for _, b in pairs) + sum(a == label for a, _ in pairs)
        scores.append(2 * hit / both if both else 0.0)
    return sum(scores) / len(LABELS)
