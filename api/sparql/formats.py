"""Media types of answers, and which one a request gets."""

from __future__ import annotations

from dataclasses import dataclass

from api.sparql.errors import NotAcceptable
from api.sparql.wire import GRAPH_FORMATS, ROW_FORMATS

PAGE = "html"
_MEDIA = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv; charset=utf-8",),
    "tsv": ("text/tab-separated-values; charset=utf-8",),
    "turtle": ("text/turtle; charset=utf-8", "application/x-turtle"),
    "ntriples": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    PAGE: ("text/html; charset=utf-8", "application/xhtml+xml"),
}
"""For each format the media type of answers, and others that ask for it where they are named themselves."""


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an Accept header: a media type, ``type/*`` or ``*/*``, and its quality from 0 to 1."""

    kind: str
    subtype: str
    quality: float

    def covers(self, media: str) -> int:
        """How exactly ``media`` is meant: 3 by its name, 2 by its type, 1 by anything, 0 not at all."""
        kind, _, subtype = media.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 2 if self.subtype == "*" else 3 * (self.subtype == subtype)


def media_type(form: str) -> str:
    """The media type of answers in the format ``form``."""
    return _MEDIA[form][0]


def formats_of(form: str) -> tuple[str, ...]:
    """The formats of the answers to queries of the form ``select``, ``ask``, ``construct`` or ``describe``."""
    return ROW_FORMATS if form in ("select", "ask") else GRAPH_FORMATS


def ranges(accept: str) -> list[Range]:
    """The entries of an Accept header; what cannot be read is left out."""
    found = []
    for entry in accept.split(","):
        media, *parameters = (part.strip().lower() for part in entry.split(";"))
        kind, _, subtype = media.partition("/")
        if not kind or not subtype or (kind == "*" and subtype != "*"):
            continue
        given = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            quality = float(given)
        except ValueError:
            continue
        if 0.0 <= quality <= 1.0:
            found.append(Range(kind, subtype, quality))
    return found


def choose(accept: str | None, offered: tuple[str, ...]) -> str:
    """The format of ``offered`` that an Accept header likes best; of equals the one that it names most exactly, then
    the first offered. Raises NotAcceptable.
    """
    if accept is None or not accept.strip():
        return offered[0]
    wanted = ranges(accept)
    best, score = None, (0.0, 0)
    for form in offered:
        for number, media in enumerate(_MEDIA[form]):
            meant = [(r.covers(media.partition(";")[0]), r.quality) for r in wanted]
            exactness, quality = max(meant, default=(0, 0.0))
            if exactness > 2 * (number > 0) and quality and (quality, exactness) > score:
                best, score = form, (quality, exactness)
    if best is None:
        told = ", ".join(media_type(form).partition(";")[0] for form in offered)
        raise NotAcceptable(f"the answer can be {told}")
    return best


def answer_type(accept: str | None, form: str) -> str:
    """The media type to send an answer with: ``application/json`` and the like where only that was asked for."""
    names = [media.partition(";")[0] for media in _MEDIA[form]]
    asked = [f"{r.kind}/{r.subtype}" for r in ranges(accept or "") if r.quality]
    other = next((name for name in names[1:] if name in asked), None)
    return media_type(form) if other is None or names[0] in asked or "*/*" in asked else other
