"""Sizes of arms that a sentence gives beside their names: "X (n = 59)", "(X, n = 59; Y, n = 55)", "(n = 59, X)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.fill.size_division import BEING
from ingest.fill.size_names import clean_name
from ingest.study_sizes import COUNT

_GIVEN_N = re.compile(r"\b[nN]\s*=\s*(?P<n>\d+(?:,\d{3})*)(?!\d|[.·]\d|\s?%)")
_COUNTED_IN_BRACKETS = re.compile(rf"(?<=\()\s*(?P<n>{COUNT})\s+{BEING}\s*(?=[);,])", re.I)
_NAME_BEHIND = re.compile(r"(?:,\s*|\s+)(?P<name>[A-Za-z][^;,()]{1,60}?)(?=\s*[;)]|,\s*[nN]\s*=)")
"""Of "(n = 35, zelotrexin; n = 29, placebo)"."""


_ALLOTS = re.compile(r"random|assign|allocat", re.I)
_BRACKET = re.compile(r"\(([^()]{5,160})\)")
_MEMBER = re.compile(r"(?:[^,;]|,(?=\d{3}\b))+?(?=[,;](?!\d{3}\b)|\s+and\s+\d|$)")
_ONE_OF_LIST = re.compile(
    rf"\s*(?:and\s+)?(?:(?P<n>{COUNT})\s+(?:{BEING}\s+)?(?:(?:in|to)\s+(?:the\s+)?)?(?P<name>[A-Za-z][\w +/-]{{0,50}})"
    r"|(?P<name2>[A-Za-z][\w +/-]{0,40}\b(?:group|arm))\s*=\s*(?P<n2>\d+))\s*",
    re.I,
)


def listed_in_brackets(words: str) -> Iterator[tuple[str, str, int]]:
    """The same for "(47 CT, 48 HT)" and "(early group = 40)" in a sentence that allots people to groups."""
    for bracket in _BRACKET.finditer(words) if _ALLOTS.search(words) else ():
        places = [m.span() for m in _MEMBER.finditer(bracket[1])]
        parts = [_ONE_OF_LIST.fullmatch(bracket[1][a:b].strip(",; ")) for a, b in places]
        if (len(parts) > 1 and not all(parts)) or (len(parts) == 1 and (parts[0] is None or parts[0]["n2"] is None)):
            continue
        for (start, _), m in zip(places, parts, strict=True):
            printed = (m["n"] or m["n2"]) if m is not None else ""
            name = clean_name((m["name"] or m["name2"]) if m is not None else "")
            if name and printed:
                yield name, printed, bracket.start(1) + bracket[1].index(printed, start)


def bracketed(words: str) -> Iterator[tuple[str, str, int]]:
    """Name, number as printed and its place; people in brackets ("(59 patients)") where the sentence allots them."""
    last, turned = 0, None
    counted = _COUNTED_IN_BRACKETS.finditer(words) if _ALLOTS.search(words) else ()
    for m in sorted((*_GIVEN_N.finditer(words), *counted), key=lambda m: m.start()):
        stretch = words[last : m.start()]
        last = m.end()
        begins = re.search(r"[(;]\s*$" if turned is None else r"[(;,]\s*$", stretch)
        turned = _NAME_BEHIND.match(words[m.end() :]) if begins else None
        if turned is not None:
            last += turned.end()
            yield clean_name(turned["name"]), m["n"], m.start("n")
            continue
        if re.search(r"(?:\d\.\d+|%)\s*[(\[,;]*\s*$", stretch):  # "13.5% (n = 60)"
            continue
        inner = stretch.rpartition("(")[2] if stretch.count("(") > stretch.count(")") else stretch
        inner = inner.strip(" ([,;:.")
        if not re.search(r"[A-Za-z]", inner):
            inner = stretch.rpartition("(")[0]
        elif stretch.count("(") > stretch.count(")") and re.fullmatch(r"[A-Z][\w/+-]{0,4}", inner):
            before = clean_name(stretch.rpartition("(")[0])
            inner = f"{before} ({clean_name(inner)})" if before else inner
        name = clean_name(inner)
        if name:
            yield name, m["n"], m.start("n")
