"""The words in which an article says outright that a trial met its endpoint, or did not."""

from __future__ import annotations

import re

from ingest.endpoint_named import PRIMARY

_GOAL = rf"""(?:(?:its|the|their|this|both|a|any\sof|all\sof\sits)\s)?
             (?:pre-?(?:defined|specified|planned)\s|co-?|statistical\s)*
             (?:{PRIMARY}|(?:main\s)?(?:objectives?|endpoints?)\b)"""
_REACHED = r"(?:met|achieved|reached|attained|fulfilled)"
_MET = re.compile(
    rf"""\b(?:met|meets|meeting|achiev(?:ed|es|ing)|reach(?:ed|es|ing)|attain(?:ed|ing))\s{_GOAL}
      | {PRIMARY}[^.;]{{0,120}}?\s(?:was|were|has\sbeen|is)\s
        (?:therefore\s|thus\s|also\s|successfully\s)?{_REACHED}\b
      | \bsignificantly\s(?:improved|prolonged|increased|reduced)\s(?:the\s)?{PRIMARY}
      | \bcross(?:ed|ing)\sthe\s(?:\w+\s){{0,3}}boundar
      | \bboundary\s[^.;]{{0,60}}(?:for\sa\spositive|was\scrossed)
      | \breached\sthe\s(?:prespecified\s)?(?:significance\slevel|level\sof\s(?:statistical\s)?significance)""",
    re.VERBOSE,
)
_NOT_MET = re.compile(
    rf"""\b(?:(?:did|does|has|have|had|could)\s(?:therefore\s)?not|didn[’']t|failed\sto|failing\sto|fails\sto|without)\s
         (?:meet|met|achiev\w+|reach\w*|attain\w*)\s{_GOAL}
      | {PRIMARY}[^.;]{{0,160}}?\s(?:was|were|is)\s(?:therefore\s|thus\s)?not\s(?:\w+\s)?(?:{_REACHED}|significant)
      | \bmiss(?:ed|es|ing)\s(?:its|the)\s(?:\w+\s)?{PRIMARY}""",
    re.VERBOSE,
)
_MAY_SAY = re.compile(r"primary|endpoint|objective|boundar|significance")
_HYPOTHETICAL = re.compile(r"\b(?:if|whether|would|will|to\s(?:meet|achieve|reach)|until|likely|chance|probability)\b")
_SHOWN = re.compile(
    r"""\bnoninferior(?:ity)?\b[^.;]{0,80}?\b(?:confirmed|shown|established|demonstrated|met|achieved|proven|concluded)\b
      | \b(?:show\w*|demonstrat\w*|confirm\w*|establish\w*|met|achiev\w*|conclud\w*|prov\w+)\b[^.;]{0,60}?\bnoninferior
      | \b(?:is|was|were|are|be|proved|being)\s(?:\w+\s)?(?:at\sleast\s)?noninferior
      | \bnot\s(?:be\s)?(?:considered\s)?inferior\b
      | \bp\s?[<=]\s?0?\.0[0-4]\d*\sfor\snoninferior
      | \bbelow\sthe\s(?:upper\s|prespecified\s|predefined\s)?(?:bound|noninferiority\smargin)""",
    re.VERBOSE,
)
_NOT_SHOWN = re.compile(
    r"""\bnoninferior\w*\b[^.;]{0,80}?\b(?:was|were|is|could|can|has|had)\s?(?:not|n[’']t)\b
      | \b(?:not|failed\sto|nor|unable\sto|cannot)\s(?:\w+\s){0,3}noninferior
      | \bnot\s(?:be\s)?(?:show|demonstrat|establish|confirm|prove|conclud|meet|met)[^.;]{0,40}noninferior
      | \bnot\sreject\b | \b(?:exceed\w+|greater\sthan|above|crossed)\sthe\s(?:\w+\s){0,3}margin
      | \bfailed\s[^.;]{0,40}noninferior | \binconclusive\b""",
    re.VERBOSE,
)
_STOPPED = re.compile(
    r"""\b(?:futility|lack\sof\sefficacy|unfavou?rable\sfor|statistically\sexcluded
         |unlikely\sto\s(?:meet|reach|show|demonstrate|achieve))\b""",
    re.VERBOSE,
)


def said_of_endpoint(words: str) -> int:
    """1 where the words (written one way) say that the endpoint was met, -1 where not, 0 where they do not say.

    >>> said_of_endpoint("the study met its primary endpoint"), said_of_endpoint("the primary endpoint was not met")
    (1, -1)
    """
    if not _MAY_SAY.search(words):
        return 0
    if _NOT_MET.search(words):
        return -1
    met = _MET.search(words)
    if met is None or _HYPOTHETICAL.search(words[: met.end()]):
        return 0
    return -1 if re.search(r"\b(?:neither|nor|no)\b", words[: met.end()]) else 1


def said_of_noninferiority(words: str) -> int:
    """1 where the words say that noninferiority was shown, -1 where not, 0 where they do not say.

    >>> said_of_noninferiority("s-1 was noninferior"), said_of_noninferiority("noninferiority was not met")
    (1, -1)
    """
    return -1 if _NOT_SHOWN.search(words) else int(_SHOWN.search(words) is not None)


def stopped_in_vain(words: str) -> bool:
    """True where the words tell of a trial that was stopped since it would not succeed."""
    return _STOPPED.search(words) is not None
