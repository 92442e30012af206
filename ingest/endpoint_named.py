"""What a trial says its primary endpoint is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.endpoint_parts import Part
from ingest.endpoint_words import stems


@dataclass(frozen=True, slots=True)
class Named:
    """The endpoint as its statement names it.

    ``stems`` are empty where none is named; ``stated`` is False where only the aim tells what was hoped for.
    ``alpha`` is the level of significance that the article sets for it, two-sided or one-sided as printed.
    """

    stems: frozenset[str] = frozenset()
    stated: bool = False
    noninferiority: bool = False
    alpha: float = 0.05


PRIMARY = (
    r"(?:co-?)?primary(?:\s(?:efficacy|study|outcome|composite|analysis|noninferiority|clinical|safety|trial|and|or"
    r"|secondary|key))*\s(?:endpoints?|outcomes?(?:\s(?:measures?|variables?|parameters?))?"
    r"|(?:efficacy\s)?(?:measures?|variables?|parameters?)|objectives?|aims?|goals?|assessments?|hypothes[ie]s|purpose)"
)
"""The name of the primary endpoint itself, for verbose and other patterns over words written one way."""
_IS = r"(?:was|were|is|are|included?|comprised)"
_ASKS = r"to\s\w+\s(?:whether|if)"
_STOP = r"""(?:[;:] | ,\s(?!and\s(?:\w+\s){0,3}(?:was|were)\b) | \.\s | \s\((?!\w+freesurvival)
  | \s(?:defined|assessed|analy[sz]ed|according|as\s(?:determined|measured|assessed|defined)
      |in\s(?:the\s(?:intent\w*|itt|overall|full|per|modified|two|whole|total)|all|patients)|among|between|within
      |measured|evaluated|which|secondary|while|whereas|with\ssecondary|compared|by|at\s\d|from\s(?:the|date|random)
      |until)\b | $)"""
_STATEMENTS = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        r"(?P<x>\b\w[\w\ -]{2,120}?)\sand\s[\w\ -]{2,80}\s(?:was|were)\s(?:the\s)?primary\sand\s(?:key\s)?secondary\s",
        rf"{PRIMARY}(?:\s(?:of|for|in)\s[^.;:]{{1,80}}?)?\s(?:{_IS}\s(?:{_ASKS}\s)?|{_ASKS}\s)(?P<x>.{{3,300}}?){_STOP}",
        rf"{PRIMARY}\s?[:-]\s?(?P<x>.{{3,160}}?){_STOP}",
        rf"(?P<x>\b\w[\w\ ()-]{{2,120}}?)\s(?:was|were|is|as|being|served\sas)\s(?:the|our|a|its)?\s?{PRIMARY}",
        rf"""{PRIMARY}\sof\s(?!this\b|the\s(?:trial|study)\b|our\b)(?P<x>[\w\ -]{{3,80}}?)
             (?:\s(?:was|were|at|in|with|for|by|compared|between|did)\b|[,.;()])""",
        r"\bsought\sprimarily\sto\s(?P<x>.{3,160}?)(?:\.|,|$)",
        rf"""(?:main|principal)\s(?:outcomes?|endpoints?)(?:\s(?:measures?|variables?))?\s(?:was|were|is|:)\s
             (?P<x>.{{3,160}}?){_STOP}""",
        r"\bpower(?:ed)?\b.{0,40}?\bto\s(?:detect|show|demonstrate)\s(?P<x>.{3,160}?)(?:\.\s|;|,|\swith\s|$)",
    )
)
"""On words written one way. "The primary end point was PFS"; "PFS was the primary end point"; "the primary end point of
noninferiority in OS was met"; "designed with 80% power to detect a 10% difference in PFS"."""
_MAY_STATE = re.compile(r"primar|main |principal |power")
_HOPED = re.compile(
    r"""\b(?:hypothesi[sz]ed|postulated|whether|(?:aim|objective|purpose|hypothesis)s?\s(?:was|is|were|of)|aimed
         |to\s(?:determine|test|assess|compare|evaluate|investigate)|designed|sought)\b(?P<x>.{5,400})""",
    re.VERBOSE,
)
_VERB = re.compile(
    r"""\b(?:improv\w+|prolong\w*|reduc\w+(?:\sin)?|increas\w+|decreas\w+|prevent\w*|delay\w*|lower\w*|enhanc\w+
         |in\sterms\sof|with\srespect\sto|with\sregard\sto|regarding|effects?\son|on)\s
       (?P<x>.{3,100}?)(?:\sin\s|\samong\s|\scompared|\sover\s|\sin$|[.;,(]|$)""",
    re.VERBOSE,
)
_FAMILY = re.compile(
    r"\b(?:\w+freesurvival|overallsurvival|objectiveresponse|pathologiccompleteresponse|timetoprogression)\b"
)
_LEVEL = re.compile(
    r"""(?:significance|alpha|α|type\si\serror)(?:\s(?:level|rate|error))?(?:\s\([^)]{1,10}\))?\s?
        (?:of|was|=|at|:|set\sat)?\s?(?:was\s)?(?:set\s)?(?:at\s)?(?:of\s)?(?P<n>0?\.\d{1,3}|\d{1,2}%)
      | (?P<n2>0?\.\d{1,3}|\d{1,2}%)\s(?:one|two)-sided\s(?:significance|alpha|type)""",
    re.VERBOSE,
)
LARGEST_ALPHA = 0.25
_NONINFERIOR = re.compile(
    r"\bnoninferior|\bnot\s(?:be\s)?(?:considered\s)?inferior|\bequivalence\s(?:trial|study|margin|design)"
)


def endpoint_of(told: Sequence[tuple[Part, str]]) -> Named:
    """The endpoint that sentences, written one way, name; the first statement counts, the aim only without one."""
    alpha = _alpha(told)
    noninferiority = any(
        _NONINFERIOR.search(words)
        for part, words in told
        if part is not Part.AIM or "objective" in words or "whether" in words
    )
    stating = [words for part, words in told if part is not Part.TITLE and _MAY_STATE.search(words)]
    for pattern in _STATEMENTS:
        for words in stating:
            m = pattern.search(words)
            if m is not None and (named := _core(m["x"]) or _core(words[m.start("x") : m.start("x") + 150])):
                return Named(named, True, noninferiority, alpha)
    hoped = next(_aims(told), frozenset())
    return Named(hoped, False, noninferiority, alpha)


def _core(words: str) -> frozenset[str]:
    """The names of outcome families where there are any, else what follows a verb of effect, else all words."""
    families = _FAMILY.findall(words)
    if families:
        return frozenset(families[:1])
    m = _VERB.search(words)
    weak = m is not None and m[0].startswith("on ")
    return stems(words) if m is None or weak else stems(m["x"]) or stems(words)


def _aims(told: Sequence[tuple[Part, str]]) -> Iterator[frozenset[str]]:
    for part, words in told:
        if part in (Part.AIM, Part.METHODS, Part.BODY):
            for m in _HOPED.finditer(words):
                family, verb = _FAMILY.search(m["x"]), _VERB.search(m["x"])
                first = verb["x"].split(" and ")[0] if verb is not None else ""
                if family is not None and (verb is None or family.start() < verb.start("x") + len(first)):
                    named = frozenset((family[0],))
                else:
                    named = stems(first)
                if named:
                    yield named


def _alpha(told: Sequence[tuple[Part, str]]) -> float:
    """The level that the aim or the methods set, or that a result calls set beforehand; else 0.05."""
    for part, words in told:
        planned = part in (Part.AIM, Part.METHODS, Part.BODY) or re.search(r"\bpre(?:defined|specified)\b", words)
        m = _LEVEL.search(words) if planned else None
        if m is not None:
            printed = m["n"] or m["n2"]
            value = float(printed[:-1]) / 100 if printed.endswith("%") else float(printed)
            if 0.0 < value <= LARGEST_ALPHA:
                return value
    return 0.05
