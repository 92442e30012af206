"""A view of a text in which markup is blank: as long as the text, so that every offset holds in both."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"""(?P<image>!\[[^\]\n]*\]\([^)\n]*\))               # ![alt](address): nothing of it is prose
      | \[(?P<link>[^\]\n]*)\]\([^)\n]*\)                   # [words](address): the words are
      | (?P<tag></?[A-Za-z][^<>\n]{0,200}>)                 # HTML
      | (?P<marks>(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w))
      | ^(?P<lead>[ \t]{0,3}(?:\#{1,6}[ ]|>[ ]|[-*+][ ])+)  # headings, quotations, bullets
    """,
    re.VERBOSE | re.MULTILINE,
)


def plain_view(text: str) -> str:
    """``text`` with Markdown and HTML marks replaced by blanks, one for one.

    >>> plain_view("**Results** of [a trial](x)")
    '  Results   of  a trial    '
    """

    def blank(m: re.Match[str]) -> str:
        if m["link"] is None:
            return " " * len(m[0])
        inner = plain_view(m["link"])
        return " " + inner + " " * (len(m[0]) - len(inner) - 1)

    return _MARKUP.sub(blank, text)
