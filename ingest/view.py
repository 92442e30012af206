"""A view of a text in which markup is blank: as long as the text, so that every offset holds in both."""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"""(?P<image>!\[[^\]\n]{0,400}\]\([^)\n]{0,400}\))               # ![alt](address): nothing of it is prose
      | \[(?P<link>[^\]\n]{0,400})\]\([^)\n]{0,400}\)                   # [words](address): the words are
      | (?P<tag></?[A-Za-z][^<>\n]{0,200}>)                 # HTML
      | (?P<marks>(?<!\w)\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?!\w)|(?<!\w)_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w))
      | ^(?P<lead>[ \t]{0,3}(?:\#{1,6}[ ]|>[ ]|[-*+][ ])+)  # headings, quotations, bullets
    """,
    re.VERBOSE | re.MULTILINE,
)


_ENDLESS = re.compile(r"\S{400,}")
"""No word is that long; a tokenizer takes quadratic time over what is."""


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

    return _MARKUP.sub(blank, _ENDLESS.sub(lambda m: " " * len(m[0]), text))
