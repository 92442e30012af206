"""What on a page is not the article: who edits the site, who may use cookies, where the menu is."""

from __future__ import annotations

import re

_DEGREE = r"(?:MD|PhD|MSc|BSc|MBChB|MB|FACP|FRCP|FRCPath|MPH|RN|PharmD|DO|MS|MBBS|MRCP|DSc|BS|BA|MA|Ph\.?D\.?|M\.?D\.?)"

FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("site editors", re.compile(r"^(?:site|section|associate|managing)?\s*editors?(?:-in-chief)?:?$", re.I)),
    (
        "a name with degrees",
        re.compile(rf"^[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){{1,4}},\s*{_DEGREE}(?:,\s*{_DEGREE})*\.?$"),
    ),
    (
        "byline",
        re.compile(
            r"^(?:[Bb]y|BY|[Ww]ritten\s+by|[Rr]eported\s+by)(?:\s*:\s*|\s+)(?:(?:our|the)\s+[a-z ]{3,40}"
            r"|[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|de|van|von|der|and|&)){1,7})"
            r"(?:,[^%=]{0,80})?$"
        ),
    ),
    (
        "date line",
        re.compile(
            r"^(?:posted|published|updated|last reviewed|last updated|date|reviewed)\b(?:\s+on)?\s*:.{0,80}$", re.I
        ),
    ),
    ("disclosure", re.compile(r"^(?:disclosures?|conflicts? of interest|funding|financial disclosure)\b\s*:", re.I)),
    (
        "cookies",
        re.compile(
            r"\bcookies?\b.*\b(?:brows|site|consent|agree|privacy|use)|\b(?:accept|we use) (?:all )?cookies\b",
            re.I | re.S,
        ),
    ),
    ("privacy", re.compile(r"^.{0,80}\bprivacy (?:policy|notice|statement)\b.{0,80}$", re.I | re.S)),
    (
        "menu",
        re.compile(
            r"^(?:toggle\b.*|(?:main )?menu|search|skip to (?:main )?content|home|back to top|navigation"
            r"|log ?in|sign (?:in|up).*|open access.{0,40})$",
            re.I,
        ),
    ),
    (
        "sharing",
        re.compile(
            r"^(?:share|tweet|print|e-?mail|facebook|twitter|linkedin|subscribe|advertisement|sponsored"
            r"|related (?:articles|content|stories)|read more|download pdf|get permissions"
            r"|view comments?)(?!\s+of\b)[^.%=\d]{0,40}$",
            re.I,
        ),
    ),
    (
        "licence line",
        re.compile(
            r"^.{0,40}(?:licen[sc]ed under|all rights reserved|copyright|©|creative commons).{0,160}$", re.I | re.S
        ),
    ),
    (
        "catalogue",
        re.compile(
            r"^(?:lookup .{0,40}|publication metadata|author\(s\)|authors?|publication (?:type|status)"
            r"|journal|year|volume|issue|pages?|(?:print |online )?publication date|acceptance date"
            r"|online date|doi|pmid|pmcid|issn|isbn|keywords?|url|citation|correspondence"
            r"|e-?mail)\s*(?::.*)?$",
            re.I | re.S,
        ),
    ),
)
"""Named patterns; each is tried on a block of text without its outer blanks."""


def furniture(block: str) -> str | None:
    """Which kind of furniture ``block`` is; None for the article's own content."""
    words = block.strip()
    if not words:
        return None
    return next((name for name, pattern in FURNITURE if pattern.search(words)), None)
