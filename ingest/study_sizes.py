"""How many people a study enrolled and randomised, as its article says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.numbers import PLAIN, TENS, WORDS, parse_count

PEOPLE = (
    r"(?:patients|women|men|participants|people|adults|children|subjects|individuals|volunteers|persons|infants"
    r"|smokers|girls|boys|adolescents|newborns|neonates|outpatients|inpatients|students|families|couples)"
)
_ONES = "|".join(w for w, n in WORDS.items() if n)
_TENS = "|".join(TENS)
_SMALL = rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|(?:{_ONES}))"
COUNT = rf"(?:{PLAIN}|(?i:\b(?:{_SMALL})(?:[\s-]+(?:and\s+)?(?:hundred|thousand|{_SMALL})){{0,6}}\b))"
"""A whole number in digits, or in words up to thousands: "Nine hundred twenty-eight"."""


def count_of(printed: str) -> int | None:
    """The value of a printed whole number, in digits or words; None where it is none.

    >>> count_of("1,368"), count_of("Nine hundred twenty-eight"), count_of("two thousand and four"), count_of("3.5")
    (1368, 928, 2004, None)
    """
    if printed[:1].isdigit():
        return parse_count(printed)
    total = part = 0
    for word in re.findall(r"[a-z]+", printed.casefold()):
        if word == "hundred":
            part = max(part, 1) * 100
        elif word == "thousand":
            total, part = total + max(part, 1) * 1000, 0
        elif word in WORDS or word in TENS:
            part += WORDS.get(word, TENS.get(word, 0))
        elif word != "and":
            return None
    return total + part or None


@dataclass(frozen=True, slots=True)
class Sizes:
    """People enrolled and people randomised; None where the article does not say."""

    enrolled: int | None = None
    randomised: int | None = None


_N = rf"(?<![\w.,·/-])(?P<n>{COUNT})"
_NO_KIND = (
    r"of|and|in|to|or|years?|months?|weeks?|days?|hours?|sites?|cent(?:re|er)s?|countries|hospitals|units|arms|groups|cycles"
    r"|older|mg|ml|kg|who|were|was|had|at|with|from|for|trials?|studies|events?|deaths?|practices|clinics|times?"
)
_KIND = rf"(?:(?!(?:{_NO_KIND})\b)[A-Za-z][\w–/+-]*,?\s+){{0,6}}?"
_WHO = rf"\s+{_KIND}{PEOPLE}\b"
_RANDOMLY = (
    r"(?:randomly\s+(?:assigned|allocated|divided|selected\s+to)|randomi[sz]ed|allocated\s+(?:at\s+random|randomly))"
)
_ENTERED = r"(?:enroll?ed|recruited|included|registered|accrued|entered)"
_NEARBY = (
    rf"(?:(?!\b{PEOPLE}\b)[^.;:0-9]|\([^()]{{0,60}}\)|\d+[·.]\d|(?<=[a-z-])\d|\s\d{{1,3}}(?=\s(?:years|sites|cent))"
    r"|\s\d{4}\b){0,140}?"
)
"""What may stand between people and what is said of them: no other count of people."""
_MAY_COUNT = (re.compile(rf"\d|\b(?:{_SMALL})\b", re.I), re.compile(rf"\b{PEOPLE}\b|random|N\s*=", re.I))
"""A sentence without a number, or without people, tells no size."""
_COUNTED = re.compile(rf"{_N}{_WHO}", re.I)
_RANDOMISED = (
    re.compile(rf"\b(?:of|among)\s+(?:the\s+)?{_N}\s+{_RANDOMLY}\s+{PEOPLE}", re.I),
    re.compile(rf"\b{_RANDOMLY}\s+(?:a\s+total\s+of\s+)?{_N}{_WHO}", re.I),
    re.compile(
        rf"{_N}(?:{_WHO}{_NEARBY}|\s+)\b(?:were|was|underwent|have\s+been)\s+(?:\w+\s+and\s+|then\s+)?{_RANDOMLY}", re.I
    ),
    re.compile(rf"{_N}{_WHO}{_NEARBY}\bunderwent\s+randomi[sz]ation", re.I),
    re.compile(rf"{_N}\s+of\s+whom\s+were\s+{_RANDOMLY}", re.I),
    re.compile(rf"\bof\s+whom\s+{_N}\s+were\s+{_RANDOMLY}", re.I),
    re.compile(rf"{_N}\s+(?:[\w-]+\s+){{0,2}}{_RANDOMLY}\s+{PEOPLE}", re.I),
)
_ENROLLED = (
    re.compile(rf"\b{_ENTERED}\s+(?:a\s+total\s+of\s+|about\s+)?{_N}{_WHO}", re.I),
    re.compile(rf"\b(?:enroll?ing|took\s+in|gathered|followed|traced|covered|studied|analy[sz]ed)\s+{_N}{_WHO}", re.I),
    re.compile(rf"{_N}{_WHO}{_NEARBY}\b(?:were|was|are|being)\s+(?:\w+\s+and\s+)?{_ENTERED}", re.I),
    re.compile(rf"{_N}{_WHO}\s+(?:\w+\s+){{0,2}}{_ENTERED}", re.I),
    re.compile(rf"{_N}\s+(?:enrolled|registered|recruited)\s+{PEOPLE}", re.I),
    re.compile(
        rf"\b(?:malignancies|events|pooled|retrospect)\b[^.;:]{{0,60}}?(?:arose\s+in\s+|\(){_N}\s+{PEOPLE}", re.I
    ),
    re.compile(rf"\b(?:analysis|data|cohort|total)\s+of\s+{_N}{_WHO}", re.I),
    re.compile(rf"\bof\s+{_N}\s+trial\s+{PEOPLE}", re.I),
    re.compile(rf"\bN\s*=\s*(?P<n>{PLAIN})"),
    re.compile(rf"(?:^|\.\s)(?:All|[Ii]ts)\s+{_N}{_WHO}"),
    re.compile(
        rf"(?:^|\.\s)Of\s+(?:the\s+)?{_N}\s+{PEOPLE}(?!\s+(?:given|who\s+received|on|assigned|treated|receiving))"
    ),
    re.compile(rf"\b(?:trials?|studies|data)\s*,?\s+(?:with|on|in|of)\s+{_N}\s+{PEOPLE}", re.I),
    re.compile(rf"{_N}{_WHO}{_NEARBY}\b(?:were|was)\s+(?:assigned|allocated)\b", re.I),
)
_INEXACT = re.compile(
    r"\b(?:more\s+than|nearly|over|about|almost|approximately|around|at\s+least|some|another|other|additional|planned|up\s+to"
    r"|fewer\s+than|per|every|target\s+of|aimed\s+to\s+(?:enroll?|recruit))\s+$",
    re.I,
)
_OF_PART = re.compile(rf"^(?:\s*\([^)]{{1,20}}\))?\s+(?:\(\d[^)]{{0,12}}\)\s+)?of\s+(?:the\s+)?{COUNT}\b", re.I)
_SCREENED = re.compile(
    r"\b(?:screened|assessed\s+for\s+eligibility|identified|approached|invited|eligible\s+for\s+screening|excluded|withdrew"
    r"|per-protocol|discontinued|died|analy[sz]ed\s+for|not\s+randomi[sz]ed|subset|subgroup|will\s+be|evaluable|assessable)\b",
    re.I,
)
_IN_ONE_ARM = re.compile(r"^[^.;,(]{0,60}?\bin\s+the\s+(?:[\w+/-]+\s+){1,5}?(?:group|arm)\b", re.I)
_TO_ARM = r"(?:to\b|received|underwent|in\b|were\s+(?:randomly\s+)?(?:assigned|given|allocated|randomi))"
_ANOTHER_ARM = re.compile(
    rf"""^[^.;:0-9]{{0,220}}?\b(?:to|received|underwent)\s(?:[^.;:]|\.\d){{0,160}}?(?:\band\s+|\bwhile\s+|,\s*|;\s*)
         (?:another\s+|the\s+(?:other|remaining)\s+)?{COUNT}\s+(?:{PEOPLE}\s+)?{_TO_ARM}""",
    re.IGNORECASE | re.VERBOSE,
)
"""Behind a number that is one arm's, the other arm's follows; brackets are taken out first."""
_AFTER_AN_ARM = re.compile(
    rf"{COUNT}\s[^.;]{{0,60}}\bto\s[^.;]{{1,160}}\b(?:and|while)\s+(?:the\s+(?:other|remaining)\s+)?$", re.I
)
_THEY_WERE = re.compile(
    rf"(?:They|All(?:\s+of\s+them)?|Each(?:\s+of\s+them)?|These\s+{PEOPLE})\s+(?:were|was)\s+"
    rf"(?:then\s+)?(?:{_RANDOMLY}|assigned|allocated)\b"
)
_BRACKETS = re.compile(r"\([^()]{0,120}\)")
FEWEST = 4
"""People: a smaller number is a dose, a schedule or an age."""


def sizes_of(sentences: Sequence[str], *, randomised_trial: bool) -> Sizes:
    """What the sentences say; people randomised also count as enrolled where no other number does.

    Where a sentence behind the people enrolled says that "they were randomised", all of them were.
    """
    counting = [words for words in sentences if all(may.search(words) for may in _MAY_COUNT)]
    every = list(_fitting(_RANDOMISED, counting))
    randomised, enrolled = (every[0] if every else None), next(_fitting(_ENROLLED, counting), None)
    if randomised is None and randomised_trial and enrolled is not None and _all_of_them(sentences, enrolled):
        randomised = enrolled
    if enrolled is None or (randomised is not None and enrolled < randomised):
        enrolled = max(every, default=randomised)  # a trial may randomise some of its people a second time
    return Sizes(enrolled, randomised)


def with_arms(sizes: Sizes, arms: Sequence[int], sentences: Sequence[str], *, randomised_trial: bool) -> Sizes:
    """What the sizes of two or more arms add: nothing that is not printed.

    Where they add up to a number of people that is printed, and no other is, that is who enrolled; where they add up to
    the people enrolled in a randomised trial, all of them were randomised.
    """
    total = sum(arms)
    enrolled, randomised = sizes.enrolled, sizes.randomised
    if len(arms) < 2:
        return sizes
    if enrolled is None and any(_people(words, total) for words in sentences):
        enrolled = total
    if randomised is None and randomised_trial and total == enrolled:
        randomised = enrolled
    return Sizes(enrolled, randomised)


def _all_of_them(sentences: Sequence[str], count: int) -> bool:
    """True where a sentence or two behind that with the count say that they were all assigned."""
    for i, words in enumerate(sentences):
        if _people(words, count):
            return any(_THEY_WERE.match(later) for later in sentences[i + 1 : i + 3])
    return False


def _people(words: str, count: int) -> bool:
    return any(count_of(m["n"]) == count for m in _COUNTED.finditer(words))


def _fitting(patterns: Sequence[re.Pattern[str]], sentences: Sequence[str]) -> Iterator[int]:
    """Counts in the order of the patterns, each over all sentences."""
    for pattern in patterns:
        for words in sentences:
            for m in pattern.finditer(words):
                count = _fit(words, m)
                if count is not None:
                    yield count


def _fit(words: str, m: re.Match[str]) -> int | None:
    """The count of a match, None where it is inexact, a year, a part, one arm's, or of people merely looked at."""
    before, behind = words[: m.start("n")], words[m.end("n") :]
    count = count_of(m["n"])
    if (
        count is None
        or count < 2
        or (1900 <= count <= 2100 and "," not in m["n"] and m["n"].isdigit() and "N" not in m[0])
    ):
        return None
    inside = m[0][m.end("n") - m.start() :]
    if _INEXACT.search(before) or _OF_PART.search(behind) or _AFTER_AN_ARM.search(before):
        return None
    if _ANOTHER_ARM.search(_BRACKETS.sub("", behind)):
        return None
    if _SCREENED.search(inside) or re.match(rf"\s+{PEOPLE}\s+(?:were\s+)?(?:{_SCREENED.pattern})", behind, re.I):
        return None
    if _IN_ONE_ARM.search(behind) or re.search(r"\b(?:per-protocol|safety)\b[^.;]{0,40}$", before, re.I):
        return None
    return count
