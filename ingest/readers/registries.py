"""Numbers under which trials are registered, as articles print them."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"""(?<![A-Za-z0-9])(?:
        (?P<nct>NCT)[\s:-]?(?P<nct_n>\d{8})
      | (?P<isrctn>ISRCTN)[\s:-]?(?P<isrctn_n>\d{8})
      | EudraCT(?:\s+(?:no|number|nr)\b)?[\s.:#-]{0,4}(?P<eudract>(?:19|20)\d{2}-\d{6}-\d{2})
      | (?:EU\s?CT|CTIS)(?:\s+(?:no|number)\b)?[\s.:#-]{0,4}(?P<euct>20\d{2}-5\d{5}-\d{2}-\d{2})
      | (?P<other>ACTRN\d{14}|ChiCTR[A-Za-z0-9-]{8,20}|DRKS\d{8}|UMIN\d{9}|jRCT[a-z]?\d{9,10}|JapicCTI-?\d{6}
          |CTRI/\d{4}/\d{2,3}/\d{6}|KCT\d{7}|TCTR\d{11}|IRCT\d{8,16}N\d{1,3}|PACTR\d{15,16}|NTR\d{2,5}|NL-OMON\d{4,5}
          |RBR-[0-9a-z]{6,8}|SLCTR/\d{4}/\d{3}|LBCTR\d{10}|CRD\d{8,14})
    )(?![A-Za-z0-9])""",
    re.VERBOSE,
)
_SIGN = re.compile("CT|CRD|DRKS|UMIN|NTR|OMON|RBR-")
"""One of them is in every number: looking for them first takes a tenth of the time."""
_BARE_EUDRACT = re.compile(r"(?:19|20)\d{2}-\d{6}-\d{2}")


def registry_ids(words: str) -> tuple[str, ...]:
    """Each registry number in ``words`` once, in order, written as its registry writes it.

    >>> registry_ids("ClinicalTrials.gov NCT 01234567; EudraCT number 2005-001234-11, NCT01234567.")
    ('NCT01234567', 'EudraCT 2005-001234-11')
    """
    if _SIGN.search(words) is None:
        return ()
    return tuple(dict.fromkeys(_written(m) for m in _NUMBER.finditer(words)))


def registry_id(words: str) -> str | None:
    """The one number that a field for registry numbers holds; None where it is of no registry we know.

    >>> registry_id("2005-001234-11"), registry_id("GSE1234")
    ('EudraCT 2005-001234-11', None)
    """
    bare = words.strip()
    if _BARE_EUDRACT.fullmatch(bare):
        return f"EudraCT {bare}"
    found = registry_ids(bare)
    return found[0] if found else None


def _written(m: re.Match[str]) -> str:
    if m["nct"]:
        return f"NCT{m['nct_n']}"
    if m["isrctn"]:
        return f"ISRCTN{m['isrctn_n']}"
    if m["eudract"]:
        return f"EudraCT {m['eudract']}"
    return f"EUCT {m['euct']}" if m["euct"] else m["other"]
