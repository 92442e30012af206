"""A sentence about results, cut into what speaks for itself."""

from __future__ import annotations

import re

_CUT = re.compile(
    r""";\s | :\s
      | ,\s(?=(?:but(?!\ssignificantly,)
               |whereas|while|although|though|however|yet|nevertheless|and\s(?:did|does|was|were|is|no|not|had)\b))
      | \s(?=but\s(?!significantly,)|whereas\s|although\s|without\s)
      | ,?\s(?=(?:and|with|had)\s(?:an?\s)?(?:\w+\s){0,2}(?:similar|comparable|acceptable|manageable|favou?rable)\s
            (?:\w+\s){0,2}(?:safety|toxic|tolerab|side|adverse))""",
    re.VERBOSE,
)
"""The last: "prolonged survival, with a similar safety profile" is not of similar survival."""
_GRANTS = re.compile(r"(?:^|,\s|:\s)(?:although|while|whereas|despite|though|even\sthough)\s")
_OF_A_LIST = re.compile(r",\s(?:and|or)\s|,\s\w+,\s(?:and|or)\s")
"""What an "although" grants ends at the next comma, unless that is the comma of a list."""
_GOES_ON = re.compile(
    r"(?:the\s)?(?:(?:stratified\s|adjusted\s|estimated\s)?hazard\sratio|hr\b|95%|p\s?[<=>]|median|log-?rank|\(?p\s)"
)


def clauses(words: str) -> list[str]:
    """Parts of a sentence (written one way) that speak for themselves; what stands in brackets is never cut.

    >>> clauses("pfs was longer (hr, 0.5; p < .01), but os was not; p = .4")
    ['pfs was longer (hr, 0.5; p < .01)', 'but os was not; p = .4']
    """
    depth, last = 0, 0
    out: list[str] = []
    cuts = {m.start(): m.end() for m in _CUT.finditer(words)}
    grants = [m.end() for m in _GRANTS.finditer(words)]
    for i, c in enumerate(words):
        depth += (c in "([") - (c in ")]" and depth > 0)
        if depth:
            continue
        if i in cuts and not _GOES_ON.match(words, cuts[i]):
            out.append(words[last:i])
            last = cuts[i]
        elif c == "," and grants and grants[0] < i and not _OF_A_LIST.match(words, i):
            del grants[0]
            out.append(words[last:i])
            last = i
    out.append(words[last:])
    return [part for o in out if (part := o.strip(" ,;:"))]
