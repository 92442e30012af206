"""The name of an arm, cut out of the words that stand before or behind its size."""

from __future__ import annotations

import re

_NO_NAME = re.compile(
    r"(?:(?:this|these|our|the|present)\s+)*(?:stud(?:y|ies)|trials?|analys[ei]s|research|survey|experiments?|hospitals?"
    r"|treatment|part|place|two|three|our\s.*)|.*\b(?:trial|study)|\d+\s*(?:years?|months?|weeks?|days?)\b.*",
    re.I,
)
_LEAD = re.compile(
    r".*(?:[;:]\s|,\s(?:and|or)\s|,\s|\.\s|\b(?:to|receiv(?:e|ed|ing)|either|into|between|treated\s+with|undergo|underwent|took|versus"
    r"|vs\.?|than|compared)\s)",
    re.S | re.I,
)
_EDGE = re.compile(
    r"^(?:(?:and|or|versus|vs\.?|to|the|an?|either|in|on|of|for|both|then|with|while|whereas|were|was|among|each)\b\s*)+",
    re.I,
)
_TAIL = re.compile(r"(?:\s*\b(?:groups?|arms?|who|were|was|and|or)\b)+$", re.I)


def clean_name(name: str) -> str:
    """The last stretch of words that may be an arm's name, without what leads to it; empty where there is none."""
    words = " ".join(name.split()).strip(" ([,;:.)]")
    lead = _LEAD.match(words)
    words = words[lead.end() :] if lead is not None and len(words) > lead.end() else words
    words = _TAIL.sub("", _EDGE.sub("", words)).strip(" ([,;:.")
    short = " ".join(words.split()[-12:])
    return short if re.search(r"[A-Za-z]", short) and _NO_NAME.fullmatch(short) is None else ""
