"""What analyses of the evidence give out, as pydantic models. Every number stands beside the claims that it counts."""

from __future__ import annotations

from pydantic import Field

from api.claim_schemas import ClaimOut, Out


class TermOut(Out):
    """A concept (``id`` is its IRI), a combination (IRIs with plus signs between), or words (``words:``...)."""

    id: str
    label: str


class AnalysisOut(Out):
    """Where a result comes from: ``counted`` of the ``total`` claims of the answer to ``question`` were analysed."""

    question: str
    explanation: tuple[str, ...] = Field(description="how the question was understood, and what was left out")
    total: int = Field(description="claims of the whole answer")
    counted: int = Field(description="claims that were analysed; fewer than total only for a very large answer")
    revision: int = Field(description="of the store when the question was answered")


class AxisOut(TermOut):
    """A drug or an outcome of the map, with what the whole answer has on it."""

    studies: int
    claims: int
    question: str | None = Field(description="asks for the evidence; null where it would be too long")


class StudyFoundOut(Out):
    """What one study found: ``mixed`` where its claims differ."""

    study: str
    found: str
    worth: str = Field(description="benefit or harm for the patient, where that is known of the outcome")
    significant: bool
    claims: tuple[str, ...]


class CellOut(Out):
    """What is known of a drug and an outcome. Members that count nothing are left out."""

    drug: str
    outcome: str
    question: str | None = Field(description="asks for the evidence; null where it would be too long")
    claims: tuple[str, ...]
    studies: tuple[StudyFoundOut, ...] = Field(description="each once")
    claims_found: dict[str, int]
    studies_found: dict[str, int]
    worth: dict[str, int] = Field(description="studies by benefit or harm")
    significant: int = Field(description="studies with a significant result")
    latest: int | None = Field(description="the most recent year of publication")
    conflict: str | None = Field(description="contradiction or inconsistency; null where studies agree")


class MapOut(AnalysisOut):
    """Drugs against outcomes, those with the most studies first; of ``all_drugs`` and ``all_outcomes``."""

    drugs: tuple[AxisOut, ...]
    outcomes: tuple[AxisOut, ...]
    cells: tuple[CellOut, ...]
    all_drugs: int
    all_outcomes: int
    without_drug: int = Field(description="claims that name no drug, and stand in no cell")
    studies: int


class TreatmentOut(TermOut):
    """A treatment of the network."""

    degree: int = Field(description="treatments that it was compared with")
    studies: tuple[str, ...]
    cut: bool = Field(description="the network falls apart without it")
    single_study: bool = Field(description="one study made all its comparisons")


class ComparisonOut(Out):
    """Two treatments that were compared directly."""

    one: str
    other: str
    question: str | None = Field(description="asks for the evidence of the one; the other is named as comparator")
    studies: tuple[str, ...]
    claims: tuple[str, ...]
    measures: tuple[str, ...]
    participants: int | None = Field(description="of whole studies, summed over those that give them")
    sized: int = Field(description="studies that give their number of participants")
    bridge: bool = Field(description="the network falls apart without it")


class LoopOut(Out):
    """Treatments in a circle of comparisons; ``checkable`` where direct and indirect evidence may disagree."""

    treatments: tuple[str, ...]
    checkable: bool


class SeveralArmsOut(Out):
    """A study that compared more than two treatments."""

    study: str
    treatments: tuple[str, ...]


class NetworkOut(AnalysisOut):
    """Compared treatments, and whether their network can carry a network meta-analysis."""

    possible: bool
    connected: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    treatments: tuple[TreatmentOut, ...]
    comparisons: tuple[ComparisonOut, ...]
    parts: tuple[tuple[str, ...], ...]
    loops: tuple[LoopOut, ...]
    several_arms: tuple[SeveralArmsOut, ...]
    outcomes: tuple[TermOut, ...]
    populations: tuple[TermOut, ...]
    without_drug: int
    without_comparator: int
    same_treatment: int


class StudyClaimsOut(Out):
    """A study of a side with its claims; ``shown`` is the first of them whole, null where too many would be shown."""

    study: str
    claims: tuple[str, ...]
    shown: ClaimOut | None


class SideOut(Out):
    """One side of a conflict."""

    result: str
    studies: tuple[StudyClaimsOut, ...]


class ConflictOut(Out):
    """Studies that disagree on a drug and an outcome."""

    grade: str
    drug: TermOut
    outcome: TermOut
    comparator: TermOut | None
    population: TermOut | None
    measures: str | None = Field(description="the kind of measure that was compared")
    question: str | None = Field(description="asks for the evidence; null where it would be too long")
    sides: tuple[SideOut, ...]
    torn: tuple[str, ...] = Field(description="studies with results on opposite sides, which count for neither")
    unsure: tuple[str, ...] = Field(description="what some of the claims leave open")


class ConflictsOut(AnalysisOut):
    """Conflicts, contradictions first; ``conflicts`` are the first of ``all_conflicts``."""

    conflicts: tuple[ConflictOut, ...]
    all_conflicts: int
    undecided: int = Field(description="claims that say too little of chance or direction to take a side")


class ProfileOut(Out):
    """Studies that found an outcome so under one drug."""

    higher: int
    lower: int
    no_difference: int
    claims: tuple[str, ...]


class SharedOut(Out):
    """An outcome of both drugs; ``share`` is its part of the cosine."""

    outcome: TermOut
    share: float
    one: ProfileOut
    other: ProfileOut


class LikenessOut(Out):
    """Two drugs with what makes them alike."""

    one: TermOut
    other: TermOut
    cosine: float | None
    jaccard: float
    shared: tuple[SharedOut, ...]


class SimilarOut(AnalysisOut):
    """Pairs of drugs, the most alike first; ``pairs`` are the first of ``all_pairs``."""

    pairs: tuple[LikenessOut, ...]
    all_pairs: int
    drugs: int
    all_drugs: int
    undirected: int = Field(description="claims without a direction, which say nothing here")


class StepOut(Out):
    """Two ends that claims name together; ``shown`` is the first claim whole."""

    one: TermOut
    other: TermOut
    roles: tuple[str, str]
    studies: tuple[str, ...]
    claims: tuple[str, ...]
    shown: ClaimOut


class PathOut(Out):
    """One way from the one end to the other."""

    steps: tuple[StepOut, ...]


class PathsOut(AnalysisOut):
    """The shortest ways; where there is none, why, and what the evidence reaches instead."""

    paths: tuple[PathOut, ...]
    why: str
    near: tuple[TermOut, ...]
