"""The closed sets of the claim schema: what a claim, a number or a check can be."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What a reported number measures."""

    COUNT = "count"
    PROPORTION = "proportion"
    MEAN = "mean"
    GEOMETRIC_MEAN = "geometric mean"
    MEDIAN = "median"
    RATE = "rate"
    HAZARD_RATIO = "hazard ratio"
    ODDS_RATIO = "odds ratio"
    RISK_RATIO = "risk ratio"
    RATE_RATIO = "rate ratio"
    STANDARDISED_INCIDENCE_RATIO = "standardised incidence ratio"
    RISK_DIFFERENCE = "risk difference"
    MEAN_DIFFERENCE = "mean difference"
    STANDARDISED_MEAN_DIFFERENCE = "standardised mean difference"
    NUMBER_NEEDED_TO_TREAT = "number needed to treat"
    CORRELATION = "correlation"
    P_VALUE = "p value"
    OTHER = "other"

    @property
    def null_value(self) -> float | None:
        """Value of no effect on the natural (not log) scale; None where the measure compares nothing."""
        if self in _RATIOS:
            return 1.0
        return 0.0 if self in _DIFFERENCES else None

    @property
    def is_ratio(self) -> bool:
        """True for measures that compare two groups by division."""
        return self in _RATIOS

    @property
    def is_contrast(self) -> bool:
        """True for measures that compare two groups, by division or by subtraction."""
        return self in _RATIOS or self in _DIFFERENCES or self is Measure.NUMBER_NEEDED_TO_TREAT


_RATIOS = frozenset(
    {
        Measure.HAZARD_RATIO,
        Measure.ODDS_RATIO,
        Measure.RISK_RATIO,
        Measure.RATE_RATIO,
        Measure.STANDARDISED_INCIDENCE_RATIO,
    }
)
_DIFFERENCES = frozenset(
    {Measure.RISK_DIFFERENCE, Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.CORRELATION}
)


class Arm(StrEnum):
    """Whose number it is: either arm, their contrast, or all participants together."""

    INTERVENTION = "intervention"
    COMPARATOR = "comparator"
    CONTRAST = "contrast"
    OVERALL = "overall"


class ValueState(StrEnum):
    """Whether the article gives the value, or says why it cannot."""

    REPORTED = "reported"
    NOT_REACHED = "not reached"
    NOT_ESTIMABLE = "not estimable"


class IntervalKind(StrEnum):
    """What the two bounds mean."""

    CONFIDENCE = "confidence"
    CREDIBLE = "credible"
    INTERQUARTILE = "interquartile"
    RANGE = "range"


class Direction(StrEnum):
    """Of the outcome under the intervention against the comparator."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "no difference"


class Basis(StrEnum):
    """What a claim's direction rests on: the text's words, an interval, a p value, printed values, or a curator."""

    WORDS = "words"
    INTERVAL = "interval"
    P_VALUE = "p value"
    VALUES = "values"
    CURATOR = "curator"


class Significance(StrEnum):
    """What the article says, or its interval or p value shows, of chance."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not significant"


class Assertion(StrEnum):
    """How the article puts it."""

    STATED = "stated"
    HEDGED = "hedged"
    NEGATED = "negated"


class ClaimKind(StrEnum):
    """Whose result it is, and whether it is one."""

    OWN_RESULT = "own result"
    BACKGROUND = "background"
    OPINION = "opinion"
    BASELINE = "baseline"


class Status(StrEnum):
    """The standing of a claim after all decisions."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Grade(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 (a grade, not a password)
    NOTE = "note"
    ERROR = "error"
    NOT_CHECKABLE = "not checkable"


class Favours(StrEnum):
    """Which direction of an outcome is good for the patient."""

    LOWER = "lower"
    HIGHER = "higher"
