"""Which tables report results, which describe the people at the start, and which do neither."""

from __future__ import annotations

import re

from ingest.tables.grid import Grid

_BASELINE = re.compile(
    r"\bbase-?line\b|\bdemographics?\b|\bsocio-?(?:demographic|economic)|\bcharacteristics\s+of\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:patients|participants"
    r"|subjects|sample|population|study|groups?|women|men|children|cases|cohort)|\b(?:patients?|participants?|subjects?|clinical|background|general"
    r"|sample|study|population|group|maternal|preoperative)['’]?\s+(?:and\s+\w+\s+)?characteristics\b|\bpatients?\s+details\b|^characteristics\b",
    re.I,
)
_FROM_BASELINE = re.compile(
    r"\b(?:from|to|vs\.?|versus|than|over|since|after|for|and|at)\s+(?:the\s+)?base-?line|base-?line\s+(?:and|to|vs|through|values?\s+and)"
    r"|\b(?:follow|post|week|month|after|change|outcome|end)\b",
    re.I,
)
_NO_RESULT = re.compile(
    r"\b(?:search\s+strateg|inclusion|exclusion|eligib|definitions?|abbreviations?|glossary|schedule|timetable|dosage|dosing|dose\s+(?:level|modif|adjust)"
    r"|questionnaires?\s+items?|interview|composition|ingredients?|nutrient\s+content|primers?|sequences?|protocol|flow\s+of|search\s+terms|quality\s+assessment"
    r"|risk\s+of\s+bias|included\s+studies|characteristics\s+of\s+(?:the\s+)?(?:included\s+)?(?:studies|trials)|summary\s+of\s+(?:studies|trials)|sample\s+size"
    r"|recommendations?|guidelines?|levels?\s+of\s+evidence|content\s+of\s+the|description\s+of|components\s+of|sessions?\s+of|overview\s+of)\b",
    re.I,
)
_MODEL = re.compile(
    r"\b(?:regression|multi-?variate?|multi-?variable|uni-?variate?|predictors?|risk\s+factors?|determinants?|correlations?|correlates|associations?|factors\s+associated"
    r"|cox|logistic|mixed\s+model|ancova|anova|sub-?groups?|stratified|interaction|sensitivity\s+and\s+specificity|diagnostic\s+accuracy|meta-?analysis)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"^(?:mean\s+|median\s+)?(?:age|sex|gender|male|female|men|women|race|ethnicity|bmi|body\s+mass)\b", re.I
)


def is_baseline(caption: str, grid: Grid) -> bool:
    """True for a table that describes the people at the start.

    By its caption; else where at least two of its rows say what only such tables say, and few rows say anything else.
    """
    if _BASELINE.search(caption) and not _FROM_BASELINE.search(caption):
        return True
    firsts = {line.path[0].text for line in grid.lines if line.path}
    people = {words for words in firsts if _PEOPLE.search(words)}
    return len(people) >= 2 and len(people) >= 0.15 * len(firsts)


def why_no_result(caption: str) -> str | None:
    """Why nothing is read from a table, by its caption; None where it is read."""
    if _NO_RESULT.search(caption):
        return "a table of no results, by its caption"
    if _MODEL.search(caption):
        return "a table of a model or of subgroups, whose rows are no outcomes"
    return None
