"""Analyses for the terminal: tables and sentences, readable at 80 columns and when piped."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from api.analysis_schemas import AnalysisOut, ConflictsOut, MapOut, NetworkOut, PathsOut, SimilarOut, StudyClaimsOut
from api.claim_schemas import ClaimOut
from api.commands.output import clean
from api.commands.tables import plain_table
from api.wording import counted, excerpt, found_in_words, number_words, short_id, study_name, words


def tables(found: AnalysisOut) -> Iterator[RenderableType]:
    """What to print, one part below the other."""
    if isinstance(found, MapOut):
        yield from _map(found)
    elif isinstance(found, NetworkOut):
        yield from _network(found)
    elif isinstance(found, ConflictsOut):
        yield from _conflicts(found)
    elif isinstance(found, SimilarOut):
        yield from _similar(found)
    elif isinstance(found, PathsOut):
        yield from _paths(found)
    for line in found.explanation:
        yield Text(clean(line), style="dim")


def _map(found: MapOut) -> Iterator[RenderableType]:
    names = {one.id: one.label for one in (*found.drugs, *found.outcomes)}
    rows = [
        (
            names[cell.drug],
            names[cell.outcome],
            f"{len(cell.studies)} ({len(cell.claims)})",
            found_in_words(cell.studies_found),
            found_in_words(cell.worth),
            str(cell.latest or "–"),
            cell.conflict or "",
        )
        for cell in found.cells
    ]
    if rows:
        yield plain_table(rows, "Drug", "Outcome", "Studies (claims)", "Found", "For the patient", "Latest", "Conflict")
    yield f"{counted(found.counted, 'claim')} of {counted(found.studies, 'study')}"
    for shown, every, noun in (
        (len(found.drugs), found.all_drugs, "drug"),
        (len(found.outcomes), found.all_outcomes, "outcome"),
    ):
        if shown < every:
            yield f"The {shown} of {counted(every, noun)} with the most studies are shown (more with --{noun}s)."
    if found.without_drug:
        yield f"In no cell, as no drug is named: {counted(found.without_drug, 'claim')}."


def _network(found: NetworkOut) -> Iterator[RenderableType]:
    names = {one.id: one.label for one in found.treatments}
    rows = [
        (
            names[c.one],
            names[c.other],
            f"{len(c.studies)} ({len(c.claims)})",
            str(c.participants or "–"),
            ", ".join(c.measures) or "–",
        )
        for c in found.comparisons
    ]
    if rows:
        yield plain_table(rows, "Treatment", "Compared with", "Studies (claims)", "Participants", "Measures")
    for line in found.reasons:
        yield Text(clean(line), style="bold")
    for line in found.warnings:
        yield Text(clean(line))
    for loop in found.loops:
        circle = " – ".join(clean(names[id]) for id in (*loop.treatments, loop.treatments[0]))
        yield Text(f"Loop: {circle}" + ("" if loop.checkable else " (within studies)"), style="dim")


def _conflicts(found: ConflictsOut) -> Iterator[RenderableType]:
    for one in found.conflicts:
        versus = "" if one.comparator is None else f" vs {one.comparator.label}"
        among = "" if one.population is None else f" in {one.population.label}"
        yield Text(clean(f"{one.grade}: {one.drug.label}{versus} → {one.outcome.label}{among}"), style="bold")
        for side in one.sides:
            yield Text(f"  {side.result}: {counted(len(side.studies), 'study')}")
            for study in side.studies:
                yield from _study(study)
        for line in one.unsure:
            yield Text(f"  {clean(line)}", style="dim")
    told = counted(found.all_conflicts, "conflict") + f" in {counted(found.counted, 'claim')}"
    if len(found.conflicts) < found.all_conflicts:
        told += f"; {len(found.conflicts)} shown (more with --limit)"
    yield told
    if found.undecided:
        yield f"{counted(found.undecided, 'claim')} say too little of chance or direction to take a side."


def _study(study: StudyClaimsOut) -> Iterator[RenderableType]:
    yield from _words(study.shown) if study.shown is not None else [Text(f"    {clean(study.study)}", style="dim")]


def _words(claim: ClaimOut) -> Iterator[RenderableType]:
    numbers = "; ".join(number_words(claim)) or words(claim.intervention)
    yield Text("    " + clean(f"{study_name(claim)} ({short_id(claim.id)}): {numbers}"))
    yield Text(f"    “{clean(excerpt(claim.quote.exact))}”", style="italic")


def _similar(found: SimilarOut) -> Iterator[RenderableType]:
    rows = [
        (
            pair.one.label,
            pair.other.label,
            "–" if pair.cosine is None else f"{pair.cosine:.2f}",
            f"{pair.jaccard:.2f}",
            ", ".join(f"{s.outcome.label} ({s.share:+.2f})" for s in pair.shared),
        )
        for pair in found.pairs
    ]
    if rows:
        yield plain_table(rows, "Drug", "Other", "Cosine", "Jaccard", "Outcomes (share of the cosine)")
    shown = f"; {len(rows)} shown (more with --limit)" if len(rows) < found.all_pairs else ""
    yield f"{counted(found.all_pairs, 'pair')} among {counted(found.drugs, 'drug')}{shown}"
    if found.undirected:
        yield f"{counted(found.undirected, 'claim')} have no direction, and say nothing here."


def _paths(found: PathsOut) -> Iterator[RenderableType]:
    for path in found.paths:
        ends = [path.steps[0].one, *(step.other for step in path.steps)]
        yield Text(" → ".join(clean(end.label) for end in ends), style="bold")
        for step in path.steps:
            studies = counted(len(step.studies), "study")
            ends_of = f"{step.one.label} ({step.roles[0]}) – {step.other.label} ({step.roles[1]})"
            yield Text("  " + clean(f"{ends_of}: {studies}"))
            yield from _words(step.shown)
    if found.why:
        yield Text(clean(found.why))
    if found.near:
        yield Text(clean(f"Near it in the evidence: {', '.join(end.label for end in found.near)}."))
