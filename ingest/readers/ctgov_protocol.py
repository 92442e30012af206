"""What a registry record says of its study: its protocol as text, and the facts of the study."""

from __future__ import annotations

import re

from ingest.article import SectionKind
from ingest.claim import Study
from ingest.readers.building import TextBuilder
from ingest.readers.ctgov_fields import Fields, count, lines, part, parts, spoken, texts, words
from ingest.readers.ctgov_flow import arms_of

_REGISTRIES = re.compile(
    r"NCT\d{8}|ISRCTN\d{8}|(?:EudraCT:?\s*)?(?:19|20)\d\d-\d{6}-\d\d(?:-\d\d)?|jRCTs?\d{9,10}|UMIN\d{9}|ACTRN\d{14}p?"
    r"|ChiCTR[\w-]{6,20}|CTRI/\d{4}/\d{2,3}/\d{5,6}|DRKS\d{8}|IRCT\w{8,20}|KCT\d{7}|PACTR\d{15,16}|TCTR\d{11}"
)
_STEPS = (
    *(("Status", "statusModule", "overallStatus"), ("Why stopped", "statusModule", "whyStopped")),
    *(("Study type", "designModule", "studyType"),),
)
_DATES = (
    *(("Start", "startDateStruct"), ("Primary completion", "primaryCompletionDateStruct")),
    *(("Completion", "completionDateStruct"), ("First posted", "studyFirstPostDateStruct")),
    *(("Results first posted", "resultsFirstPostDateStruct"), ("Last update posted", "lastUpdatePostDateStruct")),
)
_DESIGN = (
    *(("allocation", "allocation"), ("model", "interventionModel"), ("model", "observationalModel")),
    *(("purpose", "primaryPurpose"), ("time perspective", "timePerspective")),
)


def registrations_of(protocol: Fields) -> tuple[str, ...]:
    """The study's NCT number, its former ones, and numbers of other registries.

    The NCT number of another record among the secondary ids is that of another study.
    """
    module = part(protocol, "identificationModule")
    others = [words(item, "id") for item in parts(module, "secondaryIdInfos")]
    others.append(words(part(module, "orgStudyIdInfo"), "id"))
    known = [o for o in others if _REGISTRIES.fullmatch(o) and not o.upper().startswith("NCT")]
    return tuple(dict.fromkeys((words(module, "nctId").upper(), *texts(module, "nctIdAliases"), *known)))


def study_of(record: Fields) -> Study:
    """The facts of the study. ``enrolled`` is None where the number is an estimate, or nobody says that it is not."""
    protocol = part(record, "protocolSection")
    design = part(protocol, "designModule")
    enrolment = part(design, "enrollmentInfo")
    actual = words(enrolment, "type").upper() == "ACTUAL"
    return Study(
        name=words(part(protocol, "identificationModule"), "acronym") or None,
        registration=words(part(protocol, "identificationModule"), "nctId").upper(),
        design=_design(design),
        phase=_phase(texts(design, "phases")),
        enrolled=count(words(enrolment, "count")) if actual else None,
        arms=arms_of(record),
    )


def write_protocol(builder: TextBuilder, protocol: Fields) -> None:
    """The protocol section as text, the title first."""
    module, status = part(protocol, "identificationModule"), part(protocol, "statusModule")
    title = words(module, "officialTitle") or words(module, "briefTitle")
    builder.title(title)
    builder.heading("Registration", kind=SectionKind.METHODS)
    _facts(builder, [("Registry number", words(module, "nctId"))])
    others = [words(part(module, "orgStudyIdInfo"), "id"), *(words(i, "id") for i in parts(module, "secondaryIdInfos"))]
    brief = words(module, "briefTitle")
    _facts(builder, [("Other ids", "; ".join(dict.fromkeys(o for o in others if o)))])
    _facts(builder, [("Acronym", words(module, "acronym")), ("Brief title", brief if brief != title else "")])
    sponsors = part(protocol, "sponsorCollaboratorsModule")
    helpers = "; ".join(n for c in parts(sponsors, "collaborators") if (n := words(c, "name")))
    _facts(builder, [("Sponsor", words(part(sponsors, "leadSponsor"), "name")), ("Collaborators", helpers)])
    _facts(builder, [(name, spoken(words(part(protocol, a), b))) for name, a, b in _STEPS])
    _facts(builder, [(name, _dated(part(status, key))) for name, key in _DATES])
    _design_text(builder, part(protocol, "designModule"))
    conditions = part(protocol, "conditionsModule")
    _facts(builder, [("Conditions", "; ".join(texts(conditions, "conditions")))])
    _facts(builder, [("Keywords", "; ".join(texts(conditions, "keywords")))])
    for heading, key, kind in _DESCRIPTIONS:
        _long(builder, heading, part(protocol, "descriptionModule"), key, kind)
    _arms(builder, part(protocol, "armsInterventionsModule"))
    _outcomes(builder, part(protocol, "outcomesModule"))
    eligibility = part(protocol, "eligibilityModule")
    if any(words(eligibility, key) for key in ("eligibilityCriteria", "minimumAge", "maximumAge", "sex")):
        builder.heading("Eligibility", kind=SectionKind.METHODS)
    for line in lines(eligibility, "eligibilityCriteria"):
        builder.paragraph(line)
    ages = (words(eligibility, "minimumAge"), words(eligibility, "maximumAge"))
    _facts(builder, [("Minimum age", ages[0]), ("Maximum age", ages[1]), ("Sex", spoken(words(eligibility, "sex")))])


_DESCRIPTIONS = (
    ("Brief summary", "briefSummary", SectionKind.BACKGROUND),
    ("Detailed description", "detailedDescription", SectionKind.METHODS),
)


def write_references(builder: TextBuilder, protocol: Fields) -> None:
    """The publications that the record lists, each with its type and PMID."""
    found = parts(part(protocol, "referencesModule"), "references")
    if found:
        builder.heading("References", kind=SectionKind.FURNITURE)
    for reference in found:
        pmid = words(reference, "pmid")
        told = [spoken(words(reference, "type")), f"PMID {pmid}" if pmid else "", words(reference, "citation")]
        builder.paragraph(". ".join(t for t in told if t))


def publications_of(protocol: Fields) -> tuple[str, ...]:
    """Publications of the study's results, as ``pmid:...``; what only mentions the study is not among them."""
    found = parts(part(protocol, "referencesModule"), "references")
    results = [words(r, "pmid") for r in found if words(r, "type").upper() == "RESULT"]
    return tuple(dict.fromkeys(f"pmid:{pmid}" for pmid in results if re.fullmatch(r"[1-9]\d{0,8}", pmid)))


def _facts(builder: TextBuilder, facts: list[tuple[str, str]]) -> None:
    for name, value in facts:
        if value:
            builder.paragraph(f"{name}: {value}")


def _dated(struct: Fields) -> str:
    date, kind = words(struct, "date"), spoken(words(struct, "type"))
    return f"{date} ({kind})" if date and kind else date


def _design_text(builder: TextBuilder, design: Fields) -> None:
    _facts(builder, [("Phase", _phase(texts(design, "phases")) or "")])
    info = part(design, "designInfo")
    told = [f"{name} {spoken(words(info, key))}" for name, key in _DESIGN if words(info, key)]
    masking = part(info, "maskingInfo")
    masked = ", ".join(spoken(w) for w in texts(masking, "whoMasked"))
    if words(masking, "masking"):
        told.append(f"masking {spoken(words(masking, 'masking'))}" + (f" ({masked})" if masked else ""))
    enrolment = part(design, "enrollmentInfo")
    people, kind = words(enrolment, "count"), spoken(words(enrolment, "type"))
    _facts(builder, [("Design", "; ".join(told)), ("Enrolment", f"{people} ({kind})" if people and kind else people)])


def _long(builder: TextBuilder, heading: str, module: Fields, key: str, kind: SectionKind) -> None:
    found = list(lines(module, key))
    if found:
        builder.heading(heading, kind=kind)
        for line in found:
            builder.paragraph(line)


def _arms(builder: TextBuilder, module: Fields) -> None:
    arms, given = parts(module, "armGroups"), parts(module, "interventions")
    if arms or given:
        builder.heading("Arms and interventions", kind=SectionKind.METHODS)
    for arm in arms:
        told = [spoken(words(arm, "type")).capitalize(), words(arm, "label")]
        text = words(arm, "description")
        _facts(builder, [("Arm", ": ".join(t for t in told if t) + (f". {text}" if text else ""))])
    for item in given:
        name, also = words(item, "name"), "; ".join(texts(item, "otherNames"))
        told = [spoken(words(item, "type")).capitalize(), name + (f" (also {also})" if also else "")]
        text = words(item, "description")
        _facts(builder, [("Intervention", ": ".join(t for t in told if t) + (f". {text}" if text else ""))])


def _outcomes(builder: TextBuilder, module: Fields) -> None:
    wanted = [(n, o) for n, key in _OUTCOMES for o in parts(module, key)]
    if wanted:
        builder.heading("Outcome measures as registered", kind=SectionKind.METHODS)
    for name, outcome in wanted:
        time, text = words(outcome, "timeFrame"), words(outcome, "description")
        told = words(outcome, "measure") + (f" [{time}]" if time else "") + (f". {text}" if text else "")
        _facts(builder, [(name, told)])


_OUTCOMES = (("Primary", "primaryOutcomes"), ("Secondary", "secondaryOutcomes"), ("Other", "otherOutcomes"))


def _phase(codes: list[str]) -> str | None:
    found = [m[0] for code in codes if (m := re.search(r"\d", code))]
    return ("early " if "EARLY_PHASE1" in codes else "") + "/".join(found) if found else None


def _design(design: Fields) -> str | None:
    info = part(design, "designInfo")
    if words(info, "allocation") == "RANDOMIZED":
        return "randomised controlled trial"
    if words(info, "interventionModel") == "SINGLE_GROUP":
        return "single-arm trial"
    if design.get("patientRegistry") is True:
        return "registry"
    return "cohort study" if words(info, "observationalModel") == "COHORT" else None
