"""The size of groups that a sentence does not print: all people of the study, divided into so many equal groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Span
from ingest.fill.size_model import EVERY_ARM, ArmSize, SizeKind
from ingest.study_sizes import COUNT, PEOPLE, count_of

LONGEST = 1500
"""Characters of a sentence that is looked at: a longer one is a table or a list."""
BEING = rf"(?:{PEOPLE}|rats|mice|goats|animals|females|males|dogs|cases|eyes|samples|players|athletes|nurses|controls)"
"""Those who are counted."""
_DIVIDED = re.compile(
    rf"(?![.·,]\d|\s?%)(?:\s+[\w,-]+){{0,12}}?\s+{BEING}(?=[\s,;])(?:[^.;:]|\.\d){{0,240}}?\b(?:divided|assigned|allocated"
    r"|randomi[sz]ed|separated|placed|split)\b[^.;:]{0,40}?\b(?:in)?to\s+(?:one\s+of\s+)?(?P<groups>two|three|four|five|six|[2-6])"
    r"\s+(?:\w+\s+){0,2}?(?:groups|arms)\b(?!\s+of)",
    re.I,
)
"""Behind a number of people."""
_COUNT = re.compile(rf"(?<![\w.,·/=<>±–-]){COUNT}")
_AHEAD = 500
"""Characters behind a number of people in which they are divided."""


def divided_in(words: str, at: int) -> Iterator[ArmSize]:
    """The size of equal groups that people were divided into, in a sentence or two: "60 women ... into two groups".

    None where the groups do not come out even, or the sentence gives a ratio.
    """
    if len(words) > LONGEST or ("groups" not in words and "arms" not in words) or re.search(r"\d\s*:\s*\d", words):
        return
    plainly = re.sub(r"\.(?=\s)", ",", words)
    for counted in _COUNT.finditer(plainly):
        m = _DIVIDED.match(plainly[counted.end() : counted.end() + _AHEAD])
        total, groups = (count_of(counted[0]), count_of(m["groups"])) if m else (None, None)
        if total and groups and total % groups == 0:
            printed = Span(at + counted.start(), at + counted.end())
            yield ArmSize(EVERY_ARM, total // groups, SizeKind.DIVIDED, printed, Span(at, at + len(words)))
