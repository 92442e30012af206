"""What a writer would put into the table: the words of an exposure or an outcome without what leads to them."""

from __future__ import annotations

import re

from ingest.article import Span

ANYBODY = r"patients?|participants?|adults|people|persons|subjects?|individuals|those|cases"
PEOPLE = (
    rf"(?:{ANYBODY}|women|men|children|infants|adolescents|mothers|girls|boys|smokers|workers|survivors|carriers"
    r"|recipients|couples|countries|students)"
)
MORE = (
    r"(?:higher|lower|lesser|greater|increas(?:ed|ing|es?)|decreas(?:ed|ing|es?)|reduc(?:ed|ing|tions?)"
    r"|elevated|elevation|raised|excess"
    r"|less|more|fewer|shorter|longer|better|worse|poorer|poor|improved|superior|inferior|prolonged|worsened|enhanced"
    r"|smaller|larger|favou?rable|unfavou?rable|reduced|two-?fold|three-?fold|\d+(?:\.\d+)?-?fold"
    r"|\d+(?:\.\d+)?\s?%)"
)
RISK = r"(?:(?:risks?|odds|hazards?)(?!\s+ratios?\b)|likelihoods?|probabilit(?:y|ies)|chances?|trend)"
_ADVERB = (
    r"(?:significantly|independently|strongly|respectively|especially|particularly|notably|interestingly|specifically"
    r"|statistically|consistently|finally|importantly|namely|also|still|both|either|only"
    r"|the\s+only|much|even|up\s+to)"
)
_LEAD = re.compile(
    rf"[\s,;:)\]\x02]*(?:(?:\(\s*(?:[ivx]{{1,4}}|\d|[a-h])\s*\)|and|or|but|nor|neither|however,|while|whereas|although|as\s+well\s+as|including"
    rf"|namely|i\.e\.|e\.g\.|that"
    rf"|{_ADVERB}|the|an?|their|its|been|who|favou?r\s+of|these|those|this|to|be|for|of|in|on|among|by|with|between|from)\s+)*",
    re.I,
)
_BEING = re.compile(
    rf"(?:(?:being|having|presence\s+of|the\s+presence\s+of|(?:{ANYBODY}|women|men|children|infants"
    rf"|countries)\s+(?:(?:in|with|on|of|requiring|receiving"
    rf"|undergoing|having)|(?:who|that)\s+(?:had|were|have|are|received|underwent|used))"
    rf"|following\s+parameters)\s+(?:(?:the|an?)\s+)?)+",
    re.I,
)
_HAPPENING = re.compile(
    rf"(?:(?:(?:statistically\s+)?significant(?:ly)?|{MORE}|{RISK}|toward|[\d.]+\s?%(?:\s?/\s?[\d.]+\s?%)*|of"
    rf"|for|in|to|the|an?|be|have|having|being|get|getting|develop|developing|contracting|experienc(?:e|ing)"
    rf"|suffer(?:ing)?(?:\s+from)?"
    rf"|undergo(?:ing)?|any|no|not|high(?=\s+risk)|low(?=\s+risk)|with|their|outcomes?\s+of|occurrence\s+of"
    rf"|independent(?:ly)?|subsequent|positive"
    rf"|negative|inverse|strongly|and)\s+)+",
    re.I,
)
_STOP = re.compile(
    rf"\s*(?:[;:]|\x02|\x01|,(?=\s)|\b(?:independent(?:ly)?\s+of|after\s+(?:adjust|control|correct|account"
    rf"|taking)\w*|adjust(?:ed|ing)\s+for|compared|comparing|relative\s+to"
    rf"|versus|vs\.?|than|when|whereas|while|but|which|according\s+to|regardless|of\s+(?:half|twice|[\d.]+)"
    rf"|even|only\s+in|by\s+[\d.]+\s?%"
    rf"|in\s+(?:the\s+)?(?:both\s+|all\s+|our\s+|this\s+|multi\w+|uni\w+|adjusted|fully|crude)|on\s+(?:multi|uni)\w+"
    rf"|(?:was|were|had|is|are|has|have|did)\b|(?:in|among|for|of)\s+(?:(?:the|all|these"
    rf"|our)\s+)?(?:[\w/-]+\s+){{0,2}}?{PEOPLE}\b)(?![\w-]))",
    re.I,
)
_END = re.compile(
    r"(?:\s*\((?:tables?|fig)[^()]{0,20}\)|[\s,;:.(\[\x02]|\b(?:however|also|still|not|was|were|is|are|had|has"
    r"|have|been|being|be|did|and|or|of"
    r"|for|with|in|to|the|an?|independently|significantly|strongly|statistically|remained|both|respectively|per"
    r"|as|who|that|could|may|might|can|which|by|favou?ring|found|shown|identified))+\Z",
    re.I,
)
_RISK_OF = re.compile(rf"(?:{MORE}\s+)?{RISK}\s+(?:of|for)\b|(?:found|noted|showed|reported|observed)\b", re.I)
_NO_EXPOSURE = re.compile(
    r"\b(?:study|studies|trials?|analys[ie]s|meta-analys[ie]s|registry|series|variables?|parameters?"
    r"|(?<!risk\s)factors?|predictors?|difference)\Z",
    re.I,
)
"""What ends the name of an investigation, or of a finding, and of no exposure."""
_TAIL = 60
"""Code points at the end of a phrase among which words are looked for that lead on to something else."""
MAX_WORDS = 16


def exposure(view: str, start: int, end: int) -> Span | None:
    """The exposure that a range of the text names; None where it names none."""
    start = _after(_LEAD, view, start, end)
    start = _after(_BEING, view, start, end)
    start = _after(_LEAD, view, start, end)
    found = None if _RISK_OF.match(view, start, end) else _phrase(view, start, end)
    return None if found is None or _NO_EXPOSURE.search(view, max(found.start, found.end - 20), found.end) else found


def outcome(view: str, start: int, end: int) -> Span | None:
    """The outcome that a range of the text names, up to where it tells in whom or against what; None without one."""
    start = _after(_LEAD, view, start, end)
    start = _after(_HAPPENING, view, start, end)
    stop = _STOP.search(view, start, end)
    while stop is not None and stop.start() <= start and stop.end() > start and stop[0].strip() in (",", ""):
        start = stop.end()
        stop = _STOP.search(view, start, end)
    return _phrase(view, start, stop.start() if stop else end)


def _after(pattern: re.Pattern[str], view: str, start: int, end: int) -> int:
    lead = pattern.match(view, start, end)
    return lead.end() if lead else start


def _phrase(view: str, start: int, end: int) -> Span | None:
    tail = max(start, end - _TAIL)
    words = view[start:tail] + _END.sub("", view[tail:end])
    if words.count("(") != words.count(")"):
        words = words[: words.rfind("(" if words.count("(") > words.count(")") else ")")].rstrip(" ,")
    if not re.search(r"[A-Za-z]{2}", words) or len(words.split()) > MAX_WORDS or len(words) > 140:
        return None
    if _NOBODY.fullmatch(words) or _SENTENCE.search(words):
        return None
    return Span(start, start + len(words))


_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|did|does|fail(?:ed|s)?|reported|concluded|noted|amount(?:s|ed)|correspond\w*"
    r"|showed|reached|remained|observed|demonstrated|produced|suggested|identified|confirmed|revealed|we"
    r"|hazard\s+ratios?|odds\s+ratios?"
    r"|risk\s+ratios?|relative\s+risks?|(?-i:HRs?|ORs?|RRs?|CI)|confidence|respectively|p\s*[<=>])\b|\d\s?%\s*(?:vs"
    r"|versus|and|to)\b",
    re.I,
)
"""Words that no name of an exposure or an outcome has: a verb, or a statistic."""
_NOBODY = re.compile(
    rf"(?:it|they|this|these|that|which|both|results?|{ANYBODY}|(?:with|without)|others|analys[ie]s|models?"
    rf"|there|we|risk|odds"
    rf"|association|relationship"
    r"|this\s+association|too|also|reductions?|increases?|improvements?|(?:one|two|three|most)\s+stud(?:y|ies)|total|overall|any|all|respective|factors?|parameters?|variables?|respectively|study|trial"
    r"|outcomes?|groups?|ratios?)",
    re.I,
)
