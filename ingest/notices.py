"""What publishers later said of an article: that it is withdrawn, in doubt, or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """Closed set; the first two take an article out of the evidence unless asked for."""

    RETRACTION = "retraction"
    CONCERN = "expression of concern"
    CORRECTION = "correction"
    REPUBLICATION = "corrected and republished"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """One notice. ``source`` is the notice's id (``pmid:...``, ``doi:...``) or citation as given; None if unknown.

    ``of_other`` is True where this article is itself the notice, and ``source`` names the article it is about.
    """

    kind: NoticeKind
    source: str | None = None
    of_other: bool = False
