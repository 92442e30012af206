"""Sentence boundaries that survive what clinical prose puts after a full stop."""

from __future__ import annotations

import re

from ingest.article import Span

_END = re.compile(
    r"""(?P<stop>[.!?])(?P<close>["'”’)\]]*)
        (?P<refs>(?:(?<!\d[.!?])\d{1,3}(?:[,–-]\d{1,3})*)?)   # reference digits right behind the stop
        (?=\s+["'“‘(\[]*[A-Z0-9≥≤<>]|\s*\n\s*\n|\s*$)""",
    re.VERBOSE,
)
_NOT_END = re.compile(
    r"""(?:\b(?:vs|[eE]\.g|[iI]\.e|et[ ]al|[dD]r|[mM]rs?|[mM]s|[pP]rof|[sS]t|[fF]igs?|[nN]o|[aA]pprox|[cC]f|[vV]ol
        |[jJ]r|[sS]r|[iI]nc|[lL]td|[cC]o|[eE]tc|[sS]upp?l|[rR]ef|[aA]dj|[mM]o|[yY]r|[dD]ept|[eE]d|[pP]p?|[dD]rs|resp)
        |\b(?:[A-Z]\.)*[A-Z]|\bM\.?B|\bCh|\bPh)$""",
    re.VERBOSE,
)
_NAMED_BY_LETTER = re.compile(
    r"\b(?:[Gg]roup|[Aa]rm|[Tt]ype|[Cc]ohort|[Cc]lass|[Vv]itamin|[Hh]epatitis|[Ss]tage)\s[A-Z]$"
)
"""A capital that is no initial: "in group B. The others ..."."""
_NEW_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•]|\d{1,2}[.)])\s)|\r\n[ \t]*\r\n")
MAX_SENTENCE = 4000
"""A run without a boundary is cut here: a hostile text shall not make one endless sentence."""


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Sentences of ``text[start:end]`` without the blanks around them, in order; offsets are those of ``text``.

    >>> [s.of("PFS rose vs. MPT (P = .03). It did.") for s in split_sentences("PFS rose vs. MPT (P = .03). It did.")]
    ['PFS rose vs. MPT (P = .03).', 'It did.']
    """
    stop = len(text) if end is None else end
    cuts = {m.end() for m in _NEW_BLOCK.finditer(text, start, stop)}
    for m in _END.finditer(text, start, stop):
        before = text[max(start, m.start() - 14) : m.start()]
        abbreviated = _NOT_END.search(before) and not _NAMED_BY_LETTER.search(before)
        if m["stop"] == "." and abbreviated and not text[m.end() : m.end() + 2].count("\n"):
            continue
        cuts.add(m.end())
    spans: list[Span] = []
    last = start
    for cut in sorted(cuts | {stop}):
        while cut > last:
            piece_end = min(cut, last + MAX_SENTENCE)
            piece = text[last:piece_end]
            if piece.strip():
                left = last + len(piece) - len(piece.lstrip())
                spans.append(Span(left, left + len(piece.strip())))
            last = piece_end
    return spans
