"""Sizes of arms as sentences tell them: "X (n = 59)", "40 in the X group", "50 and 49 in A and B, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.fill.size_brackets import bracketed, listed_in_brackets
from ingest.fill.size_division import BEING, LONGEST, divided_in
from ingest.fill.size_model import EVERY_ARM, ArmSize, SizeKind
from ingest.fill.size_names import clean_name
from ingest.study_sizes import COUNT, count_of

FEWEST, MOST = 2, 2_000_000

_N = rf"(?<![\w.,·/=<>±–-])(?P<n>{COUNT})(?![.·,]\d|\s?%|\s?[-–]\s?\d|\s*/)"
_SHARE = r"(?:\s*[(\[]\d[\d.·]*\s?%[)\]])?"
_OWN_SIZE = re.compile(
    rf"\s*(?:\(\d\))?\s*(?:groups?|arms?)?\s*[(\[][^()\[\]]{{0,60}}?(?:\b[nN]\s*=|\d\s+{BEING})", re.I
)
_PLANNED = re.compile(
    r"\b(?:plann\w+|samples?\s+size|required?|needed|to\s+detect|target|power|aim\w*)\b[^.;]{0,80}$", re.I
)
_MEASURED = re.compile(r"\b(?:medians?|means?|scores?|rates?|ratios?|number\s+of|times?)\b[^.;]{0,80}$", re.I)
_COUNTED = re.compile(
    rf"\b{BEING}\b|\b(?:assigned|allocated|randomi[sz]ed|enroll?ed|treated|included|hospitali[sz]ed|analy[sz]ed)\b",
    re.I,
)
_WHO = rf"(?:\s+(?:[a-z-]+\s+){{0,2}}?{BEING})?"
_VERB = (
    r"(?:\s+(?:were|was|had\s+been|being))?(?:\s+(?:randomly|then|equally))?"
    r"(?:\s+(?:assigned|allocated|randomi[sz]ed|hospitali[sz]ed|enroll?ed|treated|included|entered|placed|analy[sz]ed))?"
)
_NAME_END = (
    rf"(?=\s*(?:\b(?:groups?|arms?)\b|[,.;:()\[\]]|$)|\s+(?:and|while|whereas|or)\s+(?:the\s+)?(?:(?:other|remaining)\s+)?"
    rf"(?:another\s+)?{COUNT}\b|\s+(?:as|at|after|during|until|completed|were|was|had)\b)"
)
_BEFORE_NAME = re.compile(
    rf"{_N}{_SHARE}{_WHO}{_VERB}\s+(?:to|in(?:to)?|for|from|received|receiving|underwent|took|were\s+given|given|on)\s+"
    rf"(?:the\s+|an?\s+|receive\s+|be\s+given\s+|undergo\s+|their\s+)*(?P<name>[^.,;:()\[\]]{{1,80}}?){_NAME_END}",
    re.I,
)
_SUBJECTS_AND_CONTROLS = re.compile(
    rf"{_N}\s+(?P<name>(?:[a-z]+\s+)?(?:subjects|patients|cases|participants))\s+and\s+(?P<n2>{COUNT})\s+(?P<name2>(?:healthy\s+)?"
    r"controls)\b",
    re.I,
)
_LIST = rf"(?P<counts>{COUNT}(?:,\s+{COUNT})*,?\s+and\s+{COUNT})(?!\s?%|[.·]\d)"
_RESPECTIVELY = re.compile(
    rf"{_LIST}\s+(?:[a-z-]+\s+){{0,2}}?{BEING}(?P<rest>[^.;]{{0,60}}?\b(?:in|to|received|receiving|into)\s+)"
    r"(?:either\s+)?(?:the\s+)?(?:groups?\s+|arms?\s+)?(?P<names>[^.;]{2,200}?)(?:\s+(?:groups?|arms?))?,?\s+respectively",
    re.I,
)
_GROUPS_FIRST = re.compile(
    rf"\b[Ii]n\s+(?:the\s+)?(?:groups?\s+)?(?P<names>[^.;()]{{3,120}}?)(?:\s+(?:groups?|arms?))?,\s+{_LIST}\s+{BEING}\s+"
    r"(?P<rest>[^.;]{0,80})"
)
_EVERY = (
    re.compile(rf"\bgroups?\s+of\s+{_N}(?:\s+{BEING}|\s*[.,;:])", re.I),
    re.compile(rf"{_N}{_WHO}\s+(?:in|into|to|per|for)\s+(?:each|every|both)\s+(?:\w+\s+)?(?:groups?|arms?)\b", re.I),
    re.compile(rf"\b(?:for|in|to)\s+(?:each|every)\s+(?:\w+\s+)?(?:group|arm),?\s+{_N}{_WHO}", re.I),
    re.compile(rf"{_N}{_WHO}\s+per\s+(?:group|arm)\b", re.I),
    re.compile(
        r"\b(?:each|every|both)\s+(?:\w+\s+)?(?:groups?|arms?)?\s*[(\[]\s*[nN]\s*=\s*(?P<n>\d+)\s*[)\],;]", re.I
    ),
    re.compile(
        r"[(\[]\s*[nN]\s*=\s*(?P<n>\d+)\s*(?:,\s*)?(?:(?:in|for|per)\s+)?(?:each|both|every)?\s*(?:per\s+)?(?:group|arm)s?"
    ),
    re.compile(
        rf"\b(?:each|every|either)\s+(?:group|arm)\s*(?:,|consist\w*\s+of|includ\w+|compris\w+|contain\w+|had)\s+{_N}",
        re.I,
    ),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SENSES = (
    (
        SizeKind.COMPLETED,
        re.compile(r"\b(?:complet\w+|finish\w+|remain\w+|attend\w+|follow(?:ed)?[\s-]up|dropp\w+|retention)\b", re.I),
    ),
    (
        SizeKind.ANALYSED,
        re.compile(r"\b(?:analy[sz]\w+|evaluable|intention|intent|ITT|safety\s+population|assessed)\b", re.I),
    ),
    (SizeKind.RANDOMISED, re.compile(r"\b(?:random\w*|assign\w*|allocat\w*|divided|enroll?\w*|recruit\w*)\b", re.I)),
)
_ALLOTS = re.compile(
    r"\b(?:random|assign|allocat|divid|enroll?|recruit|receiv|includ|stud(?:y|ied)|complet|analy[sz]|evaluable|given|underwent"
    r"|treated|participa|hospitali[sz]|group|arm)",
    re.I,
)
_EVENTS = re.compile(
    r"\b(?:died|deaths?|adverse|discontinu\w+|withdrew|withdrawn|exclu\w+|serious|relaps\w+|recurr\w+|failures?|respon\w+|lost\s+to"
    r"|grade|occurr\w+|developed|experienc\w+|reported|had|showed|improv\w+|event\w*|infect\w+|symptoms?|dropped|refused|declined"
    r"|suffer\w+|complain\w+|observed|missing|not|reduc\w+|achiev\w+|rated|satisf\w+|continued|used|required)\b",
    re.I,
)
_OF_PEOPLE = re.compile(
    rf"\b\d+\s+of\s+(?:the\s+)?(?P<n>{COUNT})\s+{BEING}{_SHARE}\s+in\s+(?:the\s+)?"
    r"(?P<name>(?:group\s+\w+|[\w+/ -]{1,40}?(?=\s+group)))"
)


def sizes_in(words: str, at: int) -> Iterator[ArmSize]:
    """What one sentence says of the sizes of arms; ``at`` is where it begins in the text.

    Numbers of people to whom something happened, and shares, are none. ``name`` is as printed, without "group".
    """
    if len(words) > LONGEST or not (any(c.isdigit() for c in words) or "groups" in words):
        return
    seen: set[Span] = set()
    for size in _sizes_in(words, at):
        if size.span not in seen:
            seen.add(size.span)
            yield size


def _sizes_in(words: str, at: int) -> Iterator[ArmSize]:
    source = Span(at, at + len(words))

    def made(name: str, printed: str, start: int, kind: SizeKind) -> Iterator[ArmSize]:
        size = count_of(printed)
        if size is not None and FEWEST <= size <= MOST and _YEAR.fullmatch(printed) is None:
            yield ArmSize(name, size, kind, Span(at + start, at + start + len(printed)), source)

    senses = sorted((m.start(), kind) for kind, pattern in _SENSES for m in pattern.finditer(words))

    def sense(start: int) -> SizeKind:
        """That of the last telling word before the number, else of the first behind it."""
        before = [kind for place, kind in senses if place < start]
        return before[-1] if before else next((kind for _, kind in senses), SizeKind.STATED)

    for name, printed, start in (*bracketed(words), *listed_in_brackets(words)):
        yield from made(name, printed, start, sense(start))
    for pattern in _EVERY:
        for m in pattern.finditer(words):
            if not _EVENTS.search(words[m.end() : m.end() + 30]) and not _PLANNED.search(words[: m.start()]):
                yield from made(EVERY_ARM, m["n"], m.start("n"), sense(m.start("n")))
    yield from divided_in(words, at)
    if not _ALLOTS.search(words):
        return
    for name, printed, start in _listed(words):
        yield from made(name, printed, start, sense(start))
    for m in _SUBJECTS_AND_CONTROLS.finditer(words):
        yield from made("treatment group", m["n"], m.start("n"), sense(m.start("n")))
        yield from made("control group", m["n2"], m.start("n2"), sense(m.start("n2")))
    told = False
    for m in _BEFORE_NAME.finditer(words):
        named = clean_name(m["name"])
        kind = sense(m.start("n"))
        quiet = _EVENTS.search(words[: m.start()]) is None
        told = kind is not SizeKind.STATED or (quiet and (told or _COUNTED.search(m[0]) is not None))
        if named and told and _of_one_arm(words, m):
            yield from made(named, m["n"], m.start("n"), kind)
    for m in _OF_PEOPLE.finditer(words):
        named = clean_name(m["name"])
        yield from made(named, m["n"], m.start("n"), SizeKind.DENOMINATOR) if named else ()


def _of_one_arm(words: str, m: re.Match[str]) -> bool:
    """False for people to whom something happened, those planned, and all who were put to one of several arms."""
    before, behind = words[: m.start()], words[m.end() :]
    if _MEASURED.search(before) or re.search(r"\beither\b", m[0]):
        return False
    if _EVENTS.search(words[m.start() : m.end() + 25]) or _EVENTS.search(before[-40:]) or _PLANNED.search(before):
        return False
    rest = re.split(rf"[.;]\s|{COUNT}", behind, maxsplit=1)[0]
    return _OWN_SIZE.match(behind) is None and not re.search(r"\b(?:or|versus|vs)\b", m["name"] + rest)


def _listed(words: str) -> Iterator[tuple[str, str, int]]:
    """Name, number and place of lists that "respectively" ties together, or that groups named first do."""
    for pattern in (_RESPECTIVELY, _GROUPS_FIRST):
        for m in pattern.finditer(words):
            if _EVENTS.search(m["rest"]):
                continue
            names = [
                clean_name(n) for n in re.split(r",\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+", m["names"]) if n.strip()
            ]
            counts = list(re.finditer(COUNT, m["counts"]))
            if len(names) == len(counts) and all(names):
                for name, count in zip(names, counts, strict=True):
                    yield name, count[0], m.start("counts") + count.start()
