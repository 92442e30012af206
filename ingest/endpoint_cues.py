"""Words by which a clause, written one way, says how a comparison came out."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EFFECT = (
    r"(?:difference|improvement|benefit|advantage|increase|reduction|decrease|effect|evidence|prolongation|superiority"
    r"|gain|impact|change|efficacy|\w+survival|prevention|association)"
)
_VERBS = (
    "improv prolong reduc increas decreas differ meet achiev reach show demonstrat result lead provide confer offer"
    " prevent affect chang alter lower delay enhanc significan superior associated effective better support recommend"
    " justif extend translat yield produc detect warrant benefi more longer fewer less influenc appear seem find found"
    " protect declin observ seen obtain evident deriv confirm corroborat exist"
)
_DOES = rf"(?:{'|'.join(_VERBS.split())}|met\b|add\b|be\sfurther)"
_NONE = re.compile(
    rf"""\bno\s(?:(?:statistically|clinically|overall|apparent|clear|additional|further|significant|significantly
          |meaningful|relevant|important|discernible|detectable|demonstrable|such|efficacy|survival|\w+survival
          |therapeutic)\s){{0,3}}{_EFFECT}
      | \b(?:did|does|do|could|was|were|is|are|has|have|had|can|should)(?:\snot|n[’']t|\sneither)\s
        (?:be\s|been\s|appear\sto\s)?(?:\w+ly\s)?{_DOES}
      | \b(?:cannot|can\snot)\sbe\s(?:justified|recommended)
      | \bnot\s(?:statistically\s|significantly\s)?(?:significan|different|superior|better|improved?|effective
          |associated|more|recommended|justified|supported|longer|higher|lower|prolong|reduced?|increased?|affect
          |appear)
      | \bfail(?:ed|s|ure)?\sto\b | \bnon-?\s?(?:statistically\s)?significant | \bstatistically\sinsignificant
      | \bineffective | \bno\s(?:better|more\seffective|longer)\b | \bunlikely\sto | \breconsidered\b
      | \bwithout\s(?:any\s)?(?:significant(?:ly)?\s)?(?:improv|benefi|effect)
      | \black\sof\s(?:efficacy|benefit|effect|difference) | \bnegative\s(?:trial|result|stud)
      | \bneither\b[^;]{{1,200}}\bnor\b | \bnot\sto\s(?:improve|reduce|prolong)\w* | ^(?:but|and)\snot\b
      | \blittle\s(?:evidence|effect|difference|benefit) | \b(?:relatively\s)?few\s(?:significant\s)?differences""",
    re.VERBOSE,
)
_SAME = re.compile(
    r"""\bsimilar(?:ly)?\b(?!\s(?:to\sthose|significant)) | \bcomparable\b | \bequivalent\b | \bidentical\b
      | \bthe\ssame\b | \bno\s(?:\w+\s){0,3}differen | \bnot\s(?:\w+\s){0,2}differ | \bequal(?:ly)?\b
      | \bas\s(?:effective|safe|well)\s(?:and\s\w+\s)?as\b | \bpreserv\w+""",
    re.VERBOSE,
)
_WORSE = re.compile(
    r"""(?<!non-)(?<!not\s)(?<!considered\s)(?<!not\sbe\s)\binferior\b | \bworse\b | \bdetriment\w*
      | \bharm(?:ful|ed|s)?\b | \bshorter\b | \bincreased\s(?:the\s)?risk\b | \btoo\stoxic\b | \bpreferable\b
      | \bremains?\sthe\s(?:standard|treatment\sof\schoice) | \bunfavou?rable\b | \bcaution\b""",
    re.VERBOSE,
)
_BETTER = re.compile(
    r"""\bsignificant(?:ly)?\b | \bimprov(?:ed|es|ing|ement|ements)\b | \bprolong(?:ed|s|ation)?\b | \blonger\b
      | \bsuperior(?:ity)?\b | \b(?:higher|greater|lower|fewer|less|better)\b | \breduc(?:ed|es|tion|ing)\b
      | \bdecreas(?:ed|es|e|ing)\b | \bincreas(?:ed|es|ing)\b | \bprevent(?:s|ed)?\b | \bdelay(?:ed|s)\b
      | \bbenefi(?:t|ts|cial)\b | \beffective(?:ly)?\b | \befficacious\b | \bextend(?:ed|s)\b | \bstrong\sevidence\b
      | \bfavou?r(?:s|ed|ing|able)?\b | \boutperform | \badvantage | \bvalidates\b | \bpromising\b | \bactive\b
      | \b(?:new|important|valid)\s(?:[\w-]+\s){0,3}(?:option|standard) | \benhanc(?:ed|es)\b | \bhalved\b
      | \b(?:high|improved|clinical|demonstrated)\s(?:efficacy|activity|benefit)\b | \bshould\sbe\sconsidered""",
    re.VERBOSE,
)
_NEARLY = re.compile(r"\bnon\s?significant|\bborderline\b|\btrend(?:ed|s)?\b")


@dataclass(frozen=True, slots=True)
class Cues:
    """Which way the words go: 1 better, -1 not better, 0 nothing; ``same``: as good, ``worse``: worse."""

    words: int
    same: bool
    worse: bool


def cues_of(clause: str) -> Cues:
    """The cues of a clause; a denial outweighs every praise beside it.

    >>> cues_of("s-1 did not improve overallsurvival").words, cues_of("progressionfreesurvival was longer").words
    (-1, 1)
    """
    same, worse = _SAME.search(clause) is not None, _WORSE.search(clause) is not None
    if same or worse or _NONE.search(clause) is not None:
        return Cues(-1, same, worse)
    if _BETTER.search(clause) is None:
        return Cues(0, same, worse)
    return Cues(-1 if _NEARLY.search(clause) else 1, same, worse)
