"""One way to write an endpoint, so that its statement and its report can be told to be of the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_RULES = (
    ("point", r"\bend[\s-]points?\b", "endpoint"),
    ("inferior", r"\bnon[\s-]?inferior", "noninferior"),
    (
        "free",
        r"\b([a-z]+)[\s-]free(?:,| and| or)(?: [a-z]+[\s-]free,? and)? (overall survival)\b",
        r"\1-free survival and \2",
    ),
    ("free", r"\b([a-z]+)[\s-]free and ([a-z]+)[\s-]free survival\b", r"\1-free survival and \2-free survival"),
    ("free", r"\b([a-z]+)[\s-]free survival(?: time| rate| duration| interval)?s?\b", r"\1freesurvival"),
    ("progression", r"\b(?:disease )?progression,? or (?:any[ -]cause )?death\b", "progressionfreesurvival"),
    ("recurrence", r"\b(?:disease )?recurrence,? or (?:any[ -]cause )?death\b", "recurrencefreesurvival"),
    ("progression", r"\bdeath or (?:disease )?progression\b", "progressionfreesurvival"),
    ("progression", r"\btime to (?:disease |tumou?r )?progression\b", "timetoprogression"),
    (
        "patholog",
        r"\bpatholog\w+(?: \w+)? complete (?:response|remission)s?(?: rates?)?\b",
        "pathologiccompleteresponse",
    ),
    (
        "re",
        r"\b(?:objective|overall|tumou?r|best overall) (?:tumou?r )?(?:response|remission)s?(?: rates?)?\b",
        "objectiveresponse",
    ),
    ("response", r"\bresponse rates?\b", "objectiveresponse"),
    ("al", r"\b(?:overall survival|all[ -]cause mortality)(?: time| rate| duration)?s?\b", "overallsurvival"),
    (
        "death",
        r"\b(?:(?:risk|rate|hazard|ratio) of |for |all-cause )death(?! (?:due|or|related))(?: from any cause)?\b",
        "overallsurvival",
    ),
    ("mortality", r"\bmortality\b", "overallsurvival"),
    ("survival", r"\bsurvival\b(?! functions?| analys)", "overallsurvival"),
)
"""Letters without which a rule cannot apply, the rule, and the name that it gives."""
_FAMILIES = tuple((letters, re.compile(pattern), name) for letters, pattern, name in _RULES)
"""Written for lower-case words: every way to say an outcome of cancer trials becomes one word."""

_COMMON = {
    "OS": "overall survival", "PFS": "progression-free survival", "DFS": "disease-free survival",
    "EFS": "event-free survival", "RFS": "relapse-free survival", "ORR": "objective response rate",
    "pCR": "pathologic complete response", "TTP": "time to progression",
}  # fmt: skip
"""Short forms that abstracts use without a definition."""

_PLAIN_WORDS = """rate rates time median mean number numbers proportion percentage percent incidence occurrence patients
    patient participants women men children adults study trial group groups arm arms treatment change changes difference
    differences baseline week weeks month months year years day days hours after before from with without within into
    between among the and for was were are has have had that this their which who whose all any each both defined
    determined measured assessed analysed analyzed analysis using based cumulative composite efficacy score scores
    level levels investigator independent central blinded review committee population intention-to-treat
    intent-to-treat per-protocol primary endpoint endpoints outcome outcomes objective whether compared comparison
    versus than end point length duration improvement reduction increase decrease effect achieving achieved showing
    developing having requiring undergoing receiving remaining reporting during occurring free first one two three five
    least most more less new event events clinical frequency
    compare comparing evaluate assess determine test measure impact over taken"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_WORD = re.compile(r"[a-z][a-z0-9]+(?:[-'][a-z0-9]+)*")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s)$")
STEM = 6
"""Letters that two forms of a word share."""
DOTS = str.maketrans(
    {"·": ".", "−": "-", "–": "-", "‐": "-", "‑": "-", "≤": "<", "⩽": "<", "\u2009": " ", "\u202f": " "}
)


def one_way(words: str, short_forms: Mapping[str, str]) -> str:
    """``words`` in lower case, short forms written out, every outcome family under one name.

    >>> one_way("PFS was the primary end point", {})
    'progressionfreesurvival was the primary endpoint'
    """
    known = {**_COMMON, **short_forms}

    def long(m: re.Match[str]) -> str:
        meant = known.get(m[0])
        return m[0] if meant is None or len(meant) > 80 else meant

    out = re.sub(r"(?<![\w-])[A-Za-z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*(?![\w])", long, words).translate(DOTS).lower()
    for letters, pattern, name in _FAMILIES:
        if letters in out:
            out = pattern.sub(name, out)
    return re.sub(r"\b(\w+) \(\1\)", r"\1", out)


def stems(words: str) -> frozenset[str]:
    """What names an outcome in words already written one way: the beginnings of the words that mean something."""
    return frozenset(
        w if w.endswith(("survival", "progression", "response")) else _ENDING.sub("", w)[:STEM]
        for w in _WORD.findall(words)
        if len(w) > 2 and w not in _PLAIN
    )


def shared(named: frozenset[str], words: str) -> float:
    """The share of an endpoint's words that ``words`` has; 0 for an endpoint without words."""
    if not named:
        return 0.0
    return len(named & stems(words)) / len(named)
