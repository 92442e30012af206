"""What a title says of the article's fate: that it is withdrawn, or that it is a notice on another one."""

from __future__ import annotations

import re

from ingest.notices import Notice, NoticeKind

_WITHDRAWN = re.compile(
    r"\s*\[?\s*(?:retracted|withdrawn)(?:\s+(?:article|paper|publication))?\s*(?:[:\]–—]|-\s)", re.I
)
_ON_ANOTHER = re.compile(
    r"\s*\[?\s*(?:notice of\s+)?(?:(?P<retraction>retraction)|(?P<concern>(?:editorial\s+)?expression of concern)"
    r"|(?P<correction>correction|corrigendum|erratum|corrigenda|errata))"
    r"(?:\s+(?:note|notice))?(?:\s*[:.\]–—]|\s+(?:to|for|of|on|regarding)\b)",
    re.I,
)


def title_notices(title: str | None) -> tuple[Notice, ...]:
    """The notice that a title begins with, if any.

    >>> title_notices("RETRACTED: Drug A in sleep")[0].of_other, title_notices("Erratum to: Drug A")[0].of_other
    (False, True)
    >>> title_notices("Correction of anaemia with drug A"), title_notices("Drug A")
    ((), ())
    """
    if _WITHDRAWN.match(title or ""):
        return (Notice(NoticeKind.RETRACTION),)
    m = _ON_ANOTHER.match(title or "")
    if m is None or (m["correction"] and re.match(r"\s*correction\s+(?:of|for|on)\b", title or "", re.I)):
        return ()
    kind = NoticeKind.RETRACTION if m["retraction"] else NoticeKind.CONCERN if m["concern"] else NoticeKind.CORRECTION
    return (Notice(kind, of_other=True),)
