"""Participant flow and baseline characteristics of a registry record as tables."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claim import StudyArm
from ingest.readers.ctgov_fields import Fields, count, part, parts, spoken, words
from ingest.readers.ctgov_groups import Group, groups_of
from ingest.readers.ctgov_sheet import Sheet, head_row, row_of
from ingest.readers.ctgov_values import shown
from ingest.readers.raw_tables import RawCell, RawTable

_STARTED = "STARTED"


def flow_sheets(record: Fields) -> Iterator[Sheet]:
    """A table for each period of the participant flow: who started, completed, and left why."""
    module = part(record, "resultsSection", "participantFlowModule")
    groups = groups_of(module, record)
    notes = [f"{name}: {text}" for name, key in _NOTES if (text := words(module, key))]
    for number, period in enumerate(parts(module, "periods"), 1):
        rows = [head_row("", groups)]
        for milestone in parts(period, "milestones"):
            people = {words(a, "groupId"): _people(a) for a in parts(milestone, "achievements")}
            rows.append(_row(spoken(words(milestone, "type")).capitalize(), people, groups))
        for reason in parts(period, "dropWithdraws"):
            people = {words(r, "groupId"): _people(r) for r in parts(reason, "reasons")}
            rows.append(_row(f"Left: {words(reason, 'type')}", people, groups))
        caption = f"Participant flow, {words(period, 'title') or f'period {number}'}"
        if groups and len(rows) > 1:
            yield Sheet(RawTable(rows, f"Flow {number}", caption, notes if number == 1 else (), 1, f"flow-{number}"))


_NOTES = (("Recruitment", "recruitmentDetails"), ("Before assignment", "preAssignmentDetails"))


def arms_of(record: Fields) -> tuple[StudyArm, ...]:
    """The arms with how many started the first period; where there is no flow, the arms as registered, without size."""
    module = part(record, "resultsSection", "participantFlowModule")
    groups, periods = groups_of(module, record), parts(module, "periods")
    started = [m for m in parts(periods[0], "milestones") if words(m, "type") == _STARTED] if periods else []
    if groups and len(started) == 1:
        people = {words(a, "groupId"): count(words(a, "numSubjects")) for a in parts(started[0], "achievements")}
        return tuple(StudyArm(g.name, people.get(g.id)) for g in groups)
    listed = parts(part(record, "protocolSection", "armsInterventionsModule"), "armGroups")
    return tuple(StudyArm(name) for arm in listed if (name := words(arm, "label")))


def baseline_sheet(record: Fields) -> Sheet | None:
    """The table of baseline characteristics; None where the record has none."""
    module = part(record, "resultsSection", "baselineCharacteristicsModule")
    groups = groups_of(module, record)
    rows: list[list[RawCell]] = [head_row("", groups)]
    for denom in parts(module, "denoms"):
        people = {words(c, "groupId"): words(c, "value") for c in parts(denom, "counts")}
        rows.append(_row(f"{words(denom, 'units') or 'Participants'} analysed", people, groups))
    for measure in parts(module, "measures"):
        about = ", ".join(t for key in _ABOUT if (t := spoken(words(measure, key))) and t.upper() not in ("NA", _NONE))
        title = words(measure, "title") + (f" ({about})" if about else "")
        for group in parts(measure, "classes"):
            for category in parts(group, "categories"):
                name = ": ".join(t for t in (title, words(group, "title"), words(category, "title")) if t)
                values = {words(m, "groupId"): shown(m) for m in parts(category, "measurements")}
                rows.append(_row(name, values, groups))
    if not groups or len(rows) < 2:
        return None
    notes = [text] if (text := words(module, "populationDescription")) else []
    return Sheet(RawTable(rows, "Baseline", "Baseline characteristics", notes, 1, "baseline"))


_ABOUT = ("paramType", "dispersionType", "unitOfMeasure")
_NONE = "NOT APPLICABLE"


def _people(fields: Fields) -> str:
    number, comment = words(fields, "numSubjects"), words(fields, "comment")
    return f"{number}; {comment}" if number and comment else number


def _row(name: str, values: dict[str, str], groups: list[Group]) -> list[RawCell]:
    return row_of([name, *(values.get(g.id, "") for g in groups)])
