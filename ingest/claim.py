"""What an article asserts: mentions, effects, claims. Plain immutable values; the closed sets of the claim schema."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Span


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


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in the text and the concept they name.

    ``span`` is None only where the words stand elsewhere than the claim's passage and their place is not recorded;
    ``label`` is the completed phrase of an elided mention or the concept's name; ``concept`` is an IRI. None: unknown.
    ``concepts`` are all concepts the words name (a combination names several), the best first.
    """

    text: str
    span: Span | None = None
    label: str | None = None
    concept: str | None = None
    concepts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a mention needs words")
        if self.span is not None and len(self.span) != len(self.text):
            raise ValueError(f"mention {self.text!r} is not as long as its range {self.span}")


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds as printed. ``level`` in percent; a bound is None where it is not reached; never both None."""

    kind: IntervalKind
    low: float | None
    high: float | None
    level: float | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("an interval needs a bound")


@dataclass(frozen=True, slots=True)
class PValue:
    """A p value with its operator, one of ``= < > <= >=``; ``value`` between 0 and 1."""

    operator: str
    value: float

    def __post_init__(self) -> None:
        if self.operator not in ("=", "<", ">", "<=", ">="):
            raise ValueError(f"unknown operator {self.operator!r}")
        if not 0 <= self.value <= 1:
            raise ValueError(f"a p value lies between 0 and 1, got {self.value}")


@dataclass(frozen=True, slots=True)
class Effect:
    """One reported number: measure, arm, value, unit, interval, p.

    ``text`` is what stands at ``span``; every number but ``total`` is printed there. ``unit`` is UCUM where there is
    one (``%``, ``mo``, ``a``). ``timepoint`` is verbatim. None means that the article does not say.
    """

    measure: Measure
    arm: Arm
    text: str
    span: Span
    value: float | None = None
    value_state: ValueState = ValueState.REPORTED
    unit: str | None = None
    events: int | None = None
    total: int | None = None
    standard_deviation: float | None = None
    standard_error: float | None = None
    change_from_baseline: bool = False
    interval: Interval | None = None
    p: PValue | None = None
    timepoint: str | None = None

    def __post_init__(self) -> None:
        if len(self.span) != len(self.text):
            raise ValueError(f"effect {self.text!r} is not as long as its range {self.span}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim passage with its place, and the words around it so that it can be found again."""

    exact: str
    span: Span
    prefix: str = ""
    suffix: str = ""
    section: str | None = None

    def __post_init__(self) -> None:
        if len(self.span) != len(self.exact):
            raise ValueError("a quote is as long as its range")


@dataclass(frozen=True, slots=True)
class Check:
    """What recomputing one rule from the printed numbers found. Never changes a number."""

    rule: str
    grade: Grade
    message: str = ""


@dataclass(frozen=True, slots=True)
class StudyArm:
    """An arm as the article names it; ``size`` None where it gives none."""

    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """What the article says of its study; None wherever it says nothing. ``follow_up`` is verbatim."""

    id: str | None = None
    name: str | None = None
    registration: str | None = None
    design: str | None = None
    phase: str | None = None
    enrolled: int | None = None
    randomised: int | None = None
    arms: tuple[StudyArm, ...] = ()
    follow_up: str | None = None
    primary_endpoint_met: bool | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One result that an article asserts, with the words that show it. See the claim schema for every field.

    ``article`` and ``text_sha256`` name the article and the version of its text that all offsets refer to. ``id`` and
    ``content_key`` come from ``ingest.identity``; no decision changes them. ``revision`` counts decisions.
    """

    id: str
    content_key: str
    article: str
    text_sha256: str
    outcome: Mention
    quote: Quote
    intervention: Mention | None = None
    comparator: Mention | None = None
    population: Mention | None = None
    effects: tuple[Effect, ...] = ()
    outcome_favours: Favours | None = None
    direction: Direction | None = None
    direction_basis: Basis | None = None
    significance: Significance | None = None
    significance_basis: Basis | None = None
    assertion: Assertion = Assertion.STATED
    kind: ClaimKind = ClaimKind.OWN_RESULT
    restatements: tuple[Quote, ...] = ()
    checks: tuple[Check, ...] = ()
    status: Status = Status.UNREVIEWED
    confidence: float = 0.5
    revision: int = 0
    study: Study | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence lies between 0 and 1, got {self.confidence}")
        if self.revision < 0:
            raise ValueError(f"a revision is never negative, got {self.revision}")
