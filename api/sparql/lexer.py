"""SPARQL text cut into tokens, without a parser: linear in time, no recursion.

Whether ``<`` begins an IRI or compares two values is known to a parser only: in ``?a<?b&&?c>?d`` it compares. A token
that is an IRI here may therefore have another reading, see ``either_way``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_NAME = r"\w\-\u00b7\u0300-\u036f\u203f\u2040"
_PIECE = rf"[{_NAME}:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<space>   [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<iri>     <(?:[^\x00-\x20<>"{{}}|^`\\] | \\u[0-9A-Fa-f]{{4}} | \\U[0-9A-Fa-f]{{8}})*+> )
    | (?P<string>  \"\"\"(?:\"{{0,2}}+(?:[^"\\]|\\[\s\S]))*+\"\"\" | '''(?:'{{0,2}}+(?:[^'\\]|\\[\s\S]))*+'''
                 | "(?:[^"\\\r\n]|\\[^\r\n])*+" | '(?:[^'\\\r\n]|\\[^\r\n])*+' )
    | (?P<tag>     @[A-Za-z]++(?:-[A-Za-z0-9]++)*+ )
    | (?P<var>     [?$][\w\u00b7\u0300-\u036f\u203f\u2040]++ )
    | (?P<name>    (?:(?P<prefix>[^\W\d_](?:[{_NAME}.]{{0,200}}[{_NAME}])?|_)?):
                   (?:(?:[\w:]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])(?:{_PIECE.replace("#", chr(92) + "#")}
                   |\.++(?={_PIECE.replace("#", chr(92) + "#")}))*+)?+ )
    | (?P<word>    [^\W\d]\w*+ )
    | (?P<number>  \d++ )
    | (?P<mark>    << | >> | [\s\S] )
    """,
    re.VERBOSE,
)
_HAS_AUTHORITY = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


class Kind(StrEnum):
    """What a token is. A ``word`` is a keyword or the name of a function, a ``mark`` one character, << or >>."""

    SPACE = "space"
    IRI = "iri"
    STRING = "string"
    TAG = "tag"
    VAR = "var"
    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """``text[start:end]`` of the query; ``prefix`` is what stands before the colon of a name, else empty."""

    kind: Kind
    text: str
    start: int
    end: int
    prefix: str = ""


def token_at(query: str, start: int) -> Token:
    """The token that begins at ``start``, which is before the end of ``query``."""
    found = _TOKEN.match(query, start)
    assert found is not None
    assert found.lastgroup is not None
    return Token(Kind(found.lastgroup), found[0], start, found.end(), found["prefix"] or "")


def tokens(query: str) -> Iterator[Token]:
    """The tokens of ``query``, white space and comments left out; whatever can be an IRI is one."""
    place = 0
    while place < len(query):
        token = token_at(query, place)
        place = token.end
        if token.kind is not Kind.SPACE:
            yield token


def either_way(token: Token) -> bool:
    """True where a parser may take the ``<`` alone, as less-than. Nothing can be less than ``http://``."""
    return token.text == "<<" or (token.kind is Kind.IRI and _HAS_AUTHORITY.match(token.text) is None)
