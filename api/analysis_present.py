"""From results of analyses to what goes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.analysis_findings import conflicts_out, paths_out, similar_out, term_out
from api.analysis_schemas import (
    AnalysisOut,
    AxisOut,
    CellOut,
    ComparisonOut,
    LoopOut,
    MapOut,
    NetworkOut,
    SeveralArmsOut,
    StudyFoundOut,
    TreatmentOut,
)
from graph.analyses.comparisons import Network
from graph.analyses.conflicts import Conflicts
from graph.analyses.evidence_map import Axis, Cell, EvidenceMap
from graph.analyses.feasibility import feasible
from graph.analyses.narrowing import comparing, narrowed
from graph.analyses.of_library import Analysis
from graph.analyses.paths import Paths
from graph.analyses.similarity import Similar
from graph.question import Question


def analysis_out(made: Analysis[Any], asked: Question, limit: int) -> AnalysisOut:
    """The result, with at most ``limit`` conflicts or pairs of drugs; ``asked`` is its question as read."""
    about = {name: getattr(made, name) for name in ("question", "explanation", "total", "counted", "revision")}
    result = made.result
    if isinstance(result, EvidenceMap):
        return _map(result, asked, about)
    if isinstance(result, Network):
        return _network(result, asked, about)
    if isinstance(result, Conflicts):
        return conflicts_out(result, asked, made.shown, about, limit)
    if isinstance(result, Similar):
        return similar_out(result, about, limit)
    assert isinstance(result, Paths)
    return paths_out(result, made.shown, about)


def _named(counts: Iterable[tuple[Any, int]]) -> dict[str, int]:
    return {one.value: number for one, number in counts}


def _map(result: EvidenceMap, asked: Question, about: dict[str, Any]) -> MapOut:
    def axis(one: Axis, question: str | None) -> AxisOut:
        term = one.term
        return AxisOut(id=term.id, label=term.label, studies=one.studies, claims=one.claims, question=question)

    return MapOut(
        **about,
        drugs=tuple(axis(one, narrowed(asked, one.term.id)) for one in result.drugs),
        outcomes=tuple(axis(one, narrowed(asked, None, one.term.id)) for one in result.outcomes),
        cells=tuple(_cell(cell, asked) for cell in result.cells),
        all_drugs=result.all_drugs,
        all_outcomes=result.all_outcomes,
        without_drug=result.without_drug,
        studies=result.studies,
    )


def _cell(cell: Cell, asked: Question) -> CellOut:
    held = cell.tally
    studies = (
        StudyFoundOut(
            study=s.study, found=s.found.value, worth=s.worth.value, significant=s.significant, claims=s.claims
        )
        for s in held.studies
    )
    return CellOut(
        drug=cell.drug,
        outcome=cell.outcome,
        question=narrowed(asked, cell.drug, cell.outcome),
        claims=held.claims,
        studies=tuple(studies),
        claims_found=_named(held.claims_found),
        studies_found=_named(held.studies_found),
        worth=_named(held.worth),
        significant=held.significant,
        latest=held.latest,
        conflict=None if cell.conflict is None else cell.conflict.value,
    )


def _network(result: Network, asked: Question, about: dict[str, Any]) -> NetworkOut:
    verdict = feasible(result)
    treatments = (
        TreatmentOut(
            id=t.term.id,
            label=t.term.label,
            degree=t.degree,
            studies=t.studies,
            cut=t.cut,
            single_study=t.single_study,
        )
        for t in result.treatments
    )
    comparisons = (
        ComparisonOut(
            one=c.one,
            other=c.other,
            question=comparing(asked, c.one, c.other),
            studies=c.studies,
            claims=c.claims,
            measures=tuple(m.value for m in c.measures),
            participants=c.participants,
            sized=c.sized,
            bridge=c.bridge,
        )
        for c in result.comparisons
    )
    return NetworkOut(
        **about,
        possible=verdict.possible,
        connected=result.connected,
        reasons=verdict.reasons,
        warnings=verdict.warnings,
        treatments=tuple(treatments),
        comparisons=tuple(comparisons),
        parts=result.parts,
        loops=tuple(LoopOut(treatments=loop.treatments, checkable=loop.checkable) for loop in result.loops),
        several_arms=tuple(SeveralArmsOut(study=study, treatments=some) for study, some in result.several_arms),
        outcomes=tuple(map(term_out, result.outcomes)),
        populations=tuple(map(term_out, result.populations)),
        without_drug=result.without_drug,
        without_comparator=result.without_comparator,
        same_treatment=result.same_treatment,
    )
