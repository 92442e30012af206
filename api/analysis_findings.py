"""From conflicts, likeness and paths to what goes out, with the words of the claims that are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.analysis_schemas import (
    ConflictOut,
    ConflictsOut,
    LikenessOut,
    PathOut,
    PathsOut,
    ProfileOut,
    SharedOut,
    SideOut,
    SimilarOut,
    StepOut,
    StudyClaimsOut,
    TermOut,
)
from api.present import claim_out
from graph.analyses.conflicts import Conflict, Conflicts
from graph.analyses.facts import Term
from graph.analyses.narrowing import narrowed
from graph.analyses.paths import End, Path, Paths
from graph.analyses.similarity import Likeness, Profile, Similar
from graph.question import Question
from ingest.article import Article
from ingest.claim import Claim

Shown = Mapping[str, tuple[Claim, Article]]


def term_out(term: Term | End) -> TermOut:
    """A term by id and name."""
    return TermOut(id=term.id, label=term.label)


def conflicts_out(result: Conflicts, asked: Question, shown: Shown, about: dict[str, Any], limit: int) -> ConflictsOut:
    """The first conflicts; ``about`` says where they come from."""
    found = tuple(_conflict(one, asked, shown) for one in result.conflicts[:limit])
    number = len(result.conflicts)
    return ConflictsOut(**about, conflicts=found, all_conflicts=number, undecided=result.undecided)


def paths_out(result: Paths, shown: Shown, about: dict[str, Any]) -> PathsOut:
    """The paths, each step with the claim that shows it."""
    paths = tuple(_path(path, shown) for path in result.paths)
    return PathsOut(**about, paths=paths, why=result.why, near=tuple(map(term_out, result.near)))


def _maybe(term: Term | None) -> TermOut | None:
    return None if term is None else term_out(term)


def _conflict(found: Conflict, asked: Question, shown: Shown) -> ConflictOut:
    sides = []
    for side in found.sides:
        studies = (
            StudyClaimsOut(study=study, claims=some, shown=claim_out(*shown[some[0]]) if some[0] in shown else None)
            for study, some in zip(side.studies, side.claims, strict=True)
        )
        sides.append(SideOut(result=side.result.value, studies=tuple(studies)))
    return ConflictOut(
        grade=found.grade.value,
        drug=term_out(found.drug),
        outcome=term_out(found.outcome),
        comparator=_maybe(found.context.comparator),
        population=_maybe(found.context.population),
        measures=found.context.family,
        question=narrowed(asked, found.drug.id, found.outcome.id),
        sides=tuple(sides),
        torn=found.torn,
        unsure=found.unsure,
    )


def similar_out(result: Similar, about: dict[str, Any], limit: int) -> SimilarOut:
    """The pairs that are most alike."""
    return SimilarOut(
        **about,
        pairs=tuple(_likeness(pair) for pair in result.pairs[:limit]),
        all_pairs=len(result.pairs),
        drugs=result.drugs,
        all_drugs=result.all_drugs,
        undirected=result.undirected,
    )


def _likeness(pair: Likeness) -> LikenessOut:
    shared = (
        SharedOut(outcome=term_out(s.one.outcome), share=s.share, one=_profile(s.one), other=_profile(s.other))
        for s in pair.shared
    )
    ends = {"one": term_out(pair.one), "other": term_out(pair.other)}
    return LikenessOut(**ends, cosine=pair.cosine, jaccard=pair.jaccard, shared=tuple(shared))


def _profile(one: Profile) -> ProfileOut:
    return ProfileOut(higher=one.higher, lower=one.lower, no_difference=one.no_difference, claims=one.claims)


def _path(path: Path, shown: Shown) -> PathOut:
    steps = (
        StepOut(
            one=term_out(step.one),
            other=term_out(step.other),
            roles=step.roles,
            studies=step.studies,
            claims=step.claims,
            shown=claim_out(*shown[step.claims[0]]),
        )
        for step in path.steps
    )
    return PathOut(steps=tuple(steps))
