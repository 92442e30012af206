"""The arms of a study with their sizes, from the sentence that tells who was assigned to what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.claim import StudyArm
from ingest.study_sizes import COUNT, FEWEST, PEOPLE, count_of

_ALLOCATES = re.compile(r"\brandom|\bassign|\ballocat", re.I)
_ENTERS = re.compile(r"\b(?:received?|enroll?ed|included|recruited|took|treated)\b", re.I)
_NOT_SIZES = re.compile(
    r"\b(?:died|deaths?|adverse|per-protocol|discontinu\w+|withdrew|safety|serious|relaps\w+|recurr\w+|failures?"
    r"|completed|responded|grade|lost\s+to)\b",
    re.I,
)
_IN_BRACKETS = re.compile(
    rf"\(\s*(?:group\s+\w+\s*[:;,]\s*)?(?:[nN]\s*=\s*(?P<n>{COUNT})|(?P<people>{COUNT})(?:\s+{PEOPLE})?)\s*(?:\)|[;,]\s*\D)"
)
_LISTED = re.compile(
    rf"(?:^|[(;,:]|\band\b)\s*(?P<name>[^,;:()=]{{2,60}}?)(?:,|:)?\s+n\s*=\s*(?P<n>{COUNT})(?=\s*[;,)])", re.I
)
_BEFORE = re.compile(
    rf"(?<![\w.,·/-])(?P<n>{COUNT})\s+(?:\(\d+(?:[.·]\d+)?%\)\s+)?(?:{PEOPLE}\s+)?(?:(?:were|was)\s+)?(?:randomly\s+)?"
    r"(?:(?:assigned|allocated|randomi[sz]ed)\s+)?(?:to|received|underwent|took|were\s+given)\s+(?!not\b)"
    rf"(?:be\s+treated\s+with\s+|receive\s+|undergo\s+)?(?P<name>[^.,;:()]{{2,80}}?)"
    rf"(?=\s*(?:[,;:().]|\s(?:and|while|whereas)\s+(?:the\s+(?:other|remaining)\s+)?{COUNT}\b|$))",
    re.I,
)
_IN_GROUP = re.compile(
    rf"(?<![\w.,·/-])(?P<n>{COUNT})\s+(?:{PEOPLE}\s+)?(?:(?:were\s+)?(?:assigned\s+)?to|in(?:to)?)\s+the\s+"
    r"(?P<name>[^.,;:()]{2,60}?)\s+(?:group|arm)\b",
    re.I,
)
_ELLIPTIC = re.compile(
    rf"(?<![\w.,·/-])(?P<n>{COUNT})\s+(?:{PEOPLE}\s+)?(?:received|underwent|took|were\s+assigned\s+to)\s+"
    rf"(?P<name>[^.,;:()]{{2,60}}?),?\s+and\s+(?P<n2>{COUNT})\s+(?!{PEOPLE}\b|to\b|received|were\b|in\b|of\b|had\b)"
    r"(?P<name2>[A-Za-z][^.,;:()]{1,40}?)(?=[.,;(]|$)",
    re.I,
)
"""The second arm without a verb: "120 patients received zelotrexin and 118 placebo"."""
_LEADS_TO_NAME = re.compile(
    r".*(?:\b(?:to|receiv(?:e|ed|ing)|either|into|between|with|undergo|underwent|took)\s|[:;]\s|,\s(?=or\s))",
    re.S | re.I,
)
_EDGES = re.compile(
    r"^(?:(?:[,;:]|\b(?:and|or|versus|vs\.?|to|the|either|an?|receive|received|undergo|with|into|in|on|then|both)\b(?!-))\s*)+",
    re.I,
)
_GIVEN = re.compile(r"\bgroup\s+(?:to\s+receive|that\s+received|receiving)\s")
_TAIL = re.compile(r"\s+(?:group|arm|groups|arms|alone\s+group)$|[\s,;:]+$", re.I)
_NO_NAME = re.compile(
    rf"\b(?:{PEOPLE}|were|was|had|have|who|which|total|ratio|trial|study|respectively|respective|sites|centres"
    r"|centers|randomi[sz]ation|years|months|weeks)\b|%|^\W*\d+\W*$|^treatment$",
    re.I,
)
MOST_WORDS = 12
MOST_ARMS = 8
LONGEST = 1200
"""Code points of a sentence that is looked at: a longer one is a table or a list."""


def arms_of(
    sentences: Sequence[str], learnt: Mapping[str, int], enrolled: int | None, randomised: int | None
) -> tuple[StudyArm, ...]:
    """Arms with sizes in the article's order: of the first sentence that tells two or more that fit, else the learnt.

    Sizes fit when they do not add up to more than the people ``randomised`` (else ``enrolled``); without a word of
    allocation they have to add up to just that, or to another number of the sentence.
    """
    whole = randomised or enrolled
    best: tuple[StudyArm, ...] = ()
    for words in sentences:
        if len(words) > LONGEST or not (_ALLOCATES.search(words) or _ENTERS.search(words)):
            continue
        counts = _counts(words)
        for arms in _readings(words):
            exact = next((some for some in _starts(arms) if sum(a.size or 0 for a in some) in counts | {whole}), None)
            if exact is not None:
                return exact
            fits = _are_arms(arms) and (not whole or sum(a.size or 0 for a in arms) <= whole)
            if not best and fits and _ALLOCATES.search(words) and not _NOT_SIZES.search(words):
                best = arms
    if best:
        return best
    told = [(name, size) for name, size in learnt.items() if any(_tells(words, name, size) for words in sentences)]
    fits = not whole or all(size < whole for _, size in told)
    return tuple(StudyArm(name, size) for name, size in told) if fits else ()


def _are_arms(arms: Sequence[StudyArm]) -> bool:
    return 2 <= len(arms) <= MOST_ARMS and len({a.name.casefold() for a in arms}) == len(arms)


def _starts(arms: Sequence[StudyArm]) -> Iterator[tuple[StudyArm, ...]]:
    """The arms that a sentence begins with, two or more: what comes behind may be who was treated, or who left."""
    for n in range(2, min(len(arms), MOST_ARMS) + 1):
        if _are_arms(arms[:n]):
            yield tuple(arms[:n])


def _tells(words: str, name: str, size: int) -> bool:
    return (
        _ALLOCATES.search(words) is not None
        and _NOT_SIZES.search(words) is None
        and name in words
        and size >= 10
        and size in _counts(words)
    )


def _counts(words: str) -> set[int]:
    return {n for m in re.finditer(rf"(?<![\w.·]){COUNT}(?![\w%·]|\.\d)", words) if (n := count_of(m[0])) is not None}


def _readings(words: str) -> Iterator[tuple[StudyArm, ...]]:
    yield tuple(_bracketed(words))
    for pattern in (_LISTED, _BEFORE, _IN_GROUP):
        yield tuple(_made(m["name"], m["n"]) for m in pattern.finditer(words) if _made(m["name"], m["n"]).name)
    m = _ELLIPTIC.search(words)
    if m is not None:
        yield tuple(a for a in (_made(m["name"], m["n"]), _made(m["name2"], m["n2"])) if a.name)


def _bracketed(words: str) -> Iterator[StudyArm]:
    """ "to A plus B (n = 176) or C (n = 179)": what stands before a bracket, back to the one before it."""
    last = 0
    for m in _IN_BRACKETS.finditer(words):
        stretch = words[last : m.start()]
        if last == 0:
            lead = _LEADS_TO_NAME.match(stretch)
            stretch = stretch[lead.end() :] if lead is not None else ""
        close = words.find(")", m.start())
        last = close + 1 if close > 0 else m.end()
        arm = _made(stretch, m["n"] or m["people"])
        if arm.name:
            yield arm


def _made(name: str, printed: str) -> StudyArm:
    """An arm; without a name where the words are none."""
    told = _GIVEN.split(" ".join(name.split()))[-1]
    words = _TAIL.sub("", _EDGES.sub("", told))
    unfit = _NO_NAME.search(words) is not None or len(words.split()) > MOST_WORDS or not re.search(r"[A-Za-z]", words)
    size = count_of(printed)
    return StudyArm("" if unfit or size is None or size < FEWEST else words, size)
