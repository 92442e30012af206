"""What a name alone tells of an arm's part in a study: a control, simply "the intervention", or no arm at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.fill.spelling import plain

_SURE = re.compile(
    r"""\b(?:controls?|placebos?|pbo|sham|usual\s+(?:care|treatment|practice|activit\w+|pe)|(?:treatment|care)\s+as\s+usual
    |tau|waiting|wait-?list(?:ed)?|untreated|vehicle|dummy|comparators?|(?:no|without)\s+(?:\w+\s+)?(?:treatment|therapy
    |intervention|contact|drug)|non-?(?:treated|intervention))\b""",
    re.I | re.X,
)
_LIKELY = re.compile(
    r"""\b(?:usual|standard|conventional|routine|saline|without|minimal|generic|regular|ordinary|no|alone|attention
    |nothing|normal\s+diet)\b|\w{4}less\b""",
    re.I | re.X,
)
_OF_PEOPLE = r"\s+(?:groups?|arms?|conditions?|treatment|patients|subjects|participants|drug|intervention)"
_PLAIN_ACTIVE = re.compile(
    rf"""(?:the\s+)?(?:(?:intervention|treatment|treated|experimental|active|verum)s?(?:{_OF_PEOPLE})?
    |(?:study|training|test|experiment|index|drug|case|exercise|program(?:me)?|supplement(?:ation|ed))s?{_OF_PEOPLE})""",
    re.I | re.X,
)
_PLAIN_CONTROL = re.compile(
    r"(?:the\s+)?(?:controls?|comparators?|comparison)(?:\s+(?:group|arm|condition|treatment|patients|subjects|participants"
    r"|intervention|conditions))?s?",
    re.I,
)
_NO_ARM = re.compile(
    r"""(?:adjusted\s+|mean\s+|between[\s-]group\s+)*
    (?:p|p\W*values?|total|overall|all(?:\s+(?:patients|participants|subjects))?|differences?\b.*|effect\b.*
    |treatment\s+(?:effect|difference)\b.*|chances|sign(?:ificance)?\.?|n|both(?:\s+groups)?|95\s*%.*|ci|t|f|[zχ]\W*2?
    |(?:odds|risk|hazard|rate)\s+ratios?\b.*|characteristics?|variables?|parameters?|outcomes?|items?|measures?|statistics?)
    (?:\s+[a-e])?""",
    re.I | re.X,
)
SURE, LIKELY = 1.0, 0.6


def control(name: str) -> float:
    """How surely the name is one of a control: 1 for "placebo" or "usual care", 0.6 for "standard ...", else 0."""
    words = plain(name)
    return SURE if _SURE.search(words) else LIKELY if _LIKELY.search(words) else 0.0


def only_control(name: str) -> bool:
    """True for "the control group" and the like, which do not say what people were given."""
    return _PLAIN_CONTROL.fullmatch(_bare(name)) is not None


def abbreviates_control(name: str, names: Iterable[str]) -> bool:
    """True for "C", "CG" and "CON" where the other names are no A and B, which only count the groups."""
    letters = {_bare(re.sub(r"\b(?:groups?|arms?)\b", " ", plain(n), flags=re.I)) for n in names}
    own = _bare(re.sub(r"\b(?:groups?|arms?)\b", " ", plain(name), flags=re.I))
    return own in ("C", "CG", "CON", "CTRL", "CTL", "Ctrl", "Con") and not letters & {"A", "B"}


def only_active(name: str) -> bool:
    """True for "intervention group" and the like, which do not say what people were given."""
    return _PLAIN_ACTIVE.fullmatch(_bare(name)) is not None


def no_arm(name: str) -> bool:
    """True for heads of columns that are no arm: "Total", "P value", "Difference", nothing."""
    words = _bare(name)
    return not words or _NO_ARM.fullmatch(words) is not None


def _bare(name: str) -> str:
    return plain(name).strip(" .,:;()[]\t")
