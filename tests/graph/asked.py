"""A small library in which every part of the query language tells something apart, and questions for it."""

from __future__ import annotations

from typing import Any

from graph.library import Library
from graph.model import Reason, Verdict
from ingest.article import ArticleKind
from ingest.claim import Check, Claim, ClaimKind, Direction, Grade, Measure, Mention, Significance, Study
from tests import builders
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.small import ELIGIBLE, HAEMATOLOGICAL, INELIGIBLE, OS, PLACEBO, SPM, THALIDOMIDE

WHEN = "2026-03-01T12:00:00Z"
_BOTH = Mention("Rd", None, None, LENALIDOMIDE, (LENALIDOMIDE, THALIDOMIDE))
_RCT, _COHORT = "randomised controlled trial", "cohort study"

ROWS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a": ({"published": "2015-03-09"}, {"study": Study(name="One", design=_RCT, phase="III", randomised=450)}),
    "b": ({"published": "2015"}, {"comparator": Mention("thalidomide", None, None, THALIDOMIDE)}),
    "c": ({"published": "2019-11"}, {"comparator": None, "study": Study(name="Two", design=_COHORT, enrolled=1200)}),
    "d": ({}, {"intervention": _BOTH, "outcome": Mention("secondary AML", None, None, HAEMATOLOGICAL)}),
    "e": ({"published": "2020-01-01"}, {"intervention": Mention("thalidomide", None, None, THALIDOMIDE)}),
    "f": ({"published": "in 2020"}, {"population": "non-transplant-eligible patients"}),
    "g": ({}, {"population": Mention("eligible", None, "not yet transplant-eligible", ELIGIBLE)}),
    "h": ({}, {"population": Mention("TNE", None, None, INELIGIBLE), "confidence": 0.3125}),
    "i": ({}, {"population": None, "outcome": Mention("OS", None, None, OS), "confidence": 0.9}),
    "j": ({"retracted": True}, {"direction": Direction.LOWER}),
    "k": ({"kind": ArticleKind.NEWS}, {"direction": Direction.HIGHER, "significance": Significance.SIGNIFICANT}),
    "l": ({"primary_source": "doi:10.1000/zz"}, {"kind": ClaimKind.BACKGROUND, "direction": Direction.NO_DIFFERENCE}),
    "m": ({}, {"effects": (), "significance": Significance.NOT_SIGNIFICANT}),
    "n": ({}, {"checks": (Check("interval", Grade.ERROR), Check("p", Grade.PASS)), "intervention": "no lenalidomide"}),
    "o": ({}, {"checks": (Check("p", Grade.NOTE),), "intervention": "Revlimid maintenance"}),
    "p": ({}, {"intervention": "without prior lenalidomide, then lenalidomide", "comparator": "low-dose placebo"}),
    "q": ({}, {"intervention": None, "comparator": Mention("placebo", None, None, PLACEBO)}),
    "r": ({"doi": "10.1000/r", "pmid": "77", "kind": ArticleKind.FULL_TEXT}, {}),
    "s": ({"pmid": "77", "kind": ArticleKind.ABSTRACT}, {"study": Study(name="Big", phase="2/3", enrolled=99)}),
    "t": ({}, {"intervention": "newmab", "outcome": "deaths from any cause", "kind": ClaimKind.OPINION}),
    "u": ({}, {"study": Study(name="Four", phase="IIb", design="Randomized trial", randomised=99, enrolled=500)}),
}
"""By the name of an article: what it has that others have not, and what its claim has."""
MEASURES = {"a": Measure.HAZARD_RATIO, "b": Measure.ODDS_RATIO, "c": Measure.MEAN_DIFFERENCE}


def fill(library: Library) -> None:
    """Store all of it; three claims are decided on."""
    made = {name: _add(library, name, *row) for name, row in ROWS.items()}
    library.decide(made["b"].id, Verdict.ACCEPT, author="a", made_at=WHEN)
    library.decide(made["e"].id, Verdict.REJECT, reason=Reason.NOT_A_CLAIM, author="a", made_at=WHEN)
    direction = (("direction", "lower"),)
    library.decide(made["c"].id, Verdict.CORRECT, changes=direction, reason=Reason.OTHER, author="a", made_at=WHEN)


def _add(library: Library, name: str, article: dict[str, Any], slots: dict[str, Any]) -> Claim:
    source = builders.article(f"Ärzte {name}: {builders.SENTENCE}", id=f"urn:picograph:article:{name}", **article)
    given = {role: Mention(value) if type(value) is str and role != "kind" else value for role, value in slots.items()}
    effect = builders.effect(source.text, builders.NUMBERS, measure=MEASURES.get(name, Measure.RISK_RATIO), value=1.55)
    base = {"study": None, "outcome": Mention("SPM", None, None, SPM), "effects": (effect,)}
    claim = builders.spm_claim(source, **{**base, **given})
    library.ingest(source, [claim], RUN)
    return claim


SUITE = {
    "lenalidomide -> SPM": "abcdfghmopruk",
    "Revlimid -> second cancers": "abcdfghmopruk",
    "? -> ?": "abcdfghimnopqruk",
    "? -> ? kind:any": "abcdfghimnopqruklt",
    "thalidomide -> SPM status:any": "de",
    "lenalidomide and thalidomide -> ?": "d",
    "lenalidomide or thalidomide -> SPM status:rejected,accepted": "be",
    "lenalidomide and not thalidomide -> SPM": "abcfghmopruk",
    "not lenalidomide -> SPM": "n",
    "not (lenalidomide or thalidomide) -> ?": "n",
    "not not thalidomide -> ?": "d",
    "imids -> haematological second primary malignancy": "d",
    "? -> SPM and not haematological second primary malignancy": "abcfghmnopqruk",
    "? -> overall survival or haematological second primary malignancy": "di",
    "? -> not SPM": "i",
    "lenalidomide -> SPM in transplant-eligible": "abcdmopruk",
    "lenalidomide -> SPM in non-transplant-eligible": "fh",
    "lenalidomide -> SPM in not transplant-eligible": "fgh",
    "lenalidomide -> SPM in not (transplant-eligible or transplant-ineligible patients)": "g",
    "lenalidomide -> ? in ?": "abcdfghmopruk",
    'lenalidomide -> ? population:"not yet transplant-eligible"': "g",
    "lenalidomide vs placebo -> SPM": "adfghmopruk",
    "lenalidomide vs not placebo -> SPM": "b",
    "? -> ? vs thalidomide or placebo in transplant-eligible": "abdmnopqruk",
    "lenalidomide -> ? vs ? comparator:low-dose": "p",
    "prior lenalidomide -> ?": "",
    "newmab -> death from any cause kind:opinion": "t",
    "lenalidomide -> ? measure:HR": "a",
    "lenalidomide -> ? measure:HR,OR": "ab",
    "lenalidomide -> ? -measure:RR": "abcm",
    "lenalidomide -> ? direction:lower": "c",
    "lenalidomide -> ? direction:lower,higher retracted:any": "cjk",
    "lenalidomide -> ? -direction:unknown kind:any": "ckl",
    "lenalidomide -> SPM -direction:higher significant:unknown -text:h": "abcdfghopru",
    "? -> ? significant:yes": "k",
    "? -> ? significant:no,yes": "mk",
    "? -> ? significant:no or:x": None,
    "? -> ? in foo or bar": None,
    "? -> ? check:error": "n",
    "? -> ? check:error,note": "no",
    "? -> ? check:note -check:error": "o",
    "lenalidomide -> ? n>=100": "ac",
    "lenalidomide -> ? n=99": "u",
    "lenalidomide -> ? n>99 n<1,200": "a",
    "lenalidomide -> ? n<=450 order:largest": "au",
    "lenalidomide -> ? order:largest since:2015": "cab",
    "? -> ? since:2016": "c",
    "? -> ? until:2015": "ab",
    "? -> ? until:2015 order:newest": "ab",
    "? -> ? since:2015 until:2019 -design:rct order:newest": "cb",
    "? -> ? design:RCT": "a",
    "? -> ? design:randomised": "au",
    "? -> ? design:phase 3, cohort": "ac",
    "? -> ? design:phase II trial": "u",
    "? -> ? design:phase 2 randomized": "u",
    "? -> ? -design:phase 3 n>0": "cu",
    'lenalidomide -> ? text:"SECOND  primary" text:1 text:hr since:2015 until:2015': "ab",
    'lenalidomide -> ? text:"more frequent with" since:2019': "c",
    "? -> ? text:frequen": "",
    "? -> ? kind:background,opinion": "lt",
    "? -> ? kind:any -kind:own-result": "lt",
    "? -> ? -status:unreviewed": "bc",
    "? -> ? status:any -status:unreviewed": "bce",
    "? -> ? retracted:yes": "j",
    "? -> ? retracted:any status:corrected,rejected": "ce",
    "? -> ? order:uncertain in transplant-ineligible patients or transplant-eligible until:2015": "ab",
    "? -> overall survival or SPM in ? order:uncertain since:2015": "abc",
    "lenalidomide -> SPM in INELIGIBLE order:uncertain": "",
    "? -> ? order:newest": "cabdfghimnopqruk",
}
"""Questions, and the names of the articles whose claims answer them in order; None where the question is refused."""
