"""What an article's names of groups stand for: "group P received placebo", and lists of short forms below tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ingest.fill.spelling import plain
from ingest.short_forms import align
from ingest.study_sizes import PEOPLE

GROUP = "group "
"""Begins the keys of names of groups, so that the "D" of group D is not that of vitamin D."""
_LONGEST = 120
_NAME = r"(?P<name>[A-Z][A-Za-z]{0,3}\d{0,2}(?:/[A-Z]\d?)?|\d|I{1,3}|IV)"
_GIVEN = r"(?:(?:patients\s+)?(?:who\s+)?(?:received|receiving|was\s+given|were\s+given|treated\s+with|underwent))"
_REST = (
    rf"(?P<gloss>[^;.()\[\]:]{{2,{_LONGEST}}}?)(?=\s*(?:[;.()\[\]:]|,?\s+(?:and\s+)?(?:in\s+)?(?:the\s+)?[Gg]roup\b|$))"
)
_GROUPS = (
    # "group P received placebo, group E received zelotrexin 120 mg", "group N, normal saline; group L, lidocaine"
    re.compile(rf"\b[Gg]roups?\s*[(\[]?{_NAME}[)\]]?\s*(?:[:=(]\s*|\s{_GIVEN}\s+){_REST}"),
    re.compile(rf"[(;]\s*[Gg]roups?\s+{_NAME},\s*{_REST}"),
    # "the Z group received zelotrexin"
    re.compile(rf"(?<![\w-]){_NAME}\s+group\s+{_GIVEN}\s+{_REST}"),
    # "normal saline (group N), 30 mg of lidocaine (group L)", "the placebo (P) group"
    re.compile(
        rf"(?:^|[,;:.()]|\b(?:and|or|to|either|with|received?|the|into)\s)\s*(?P<gloss>[^,;:.()]{{2,{_LONGEST}}}?)\s*"
        rf"\((?:the\s+)?(?:[Gg]roup\s+{_NAME}|(?P<name2>[A-Z][\w/]{{0,3}})\s+group)[,;)]"
    ),
    re.compile(r"\b(?P<gloss>[A-Za-z-]{4,30}(?:\s+[a-z-]{3,20})?)\s+\((?P<name>[A-Z][A-Za-z]{0,3})\)\s+groups?\b"),
    re.compile(r"\b(?P<gloss>[A-Za-z-]{4,30})\s+group\s+\((?P<name>[A-Z][A-Za-z]{0,3})\s+group\)"),
    # "a basic (advice by letter; n=456), a plus (advice and visits; n=459) and a control group"
    re.compile(r"\b(?P<name>[A-Za-z][\w+-]{1,20})\s+\((?P<gloss>[^()]{4,200}?)[;,]\s*[nN]\s*=\s*\d+\)"),
)
_NO_GLOSS = re.compile(
    r"\b(?:was|were|had|has|than|show\w*|improv\w*|reduc\w*|significan\w*|higher|lower|differen\w*|mean|scores?|[nNpP]\s*[=<>]"
    r"|these|none|did|among|interval|patients\s+in|of\s+the\s+\d+)(?!\w)"
)
_GIVEN_BEFORE = re.compile(r"\b(?:given|received|receiving|either|underwent|treated\s+with|assigned\s+to)\s+")
_PEOPLE = re.compile(PEOPLE, re.I)
_LISTED = re.compile(
    r"(?<![\w-])(?P<short>[A-Z0-9][\w/+-]{1,14})\s*(?:[,:=]|\s[–—-]\s)\s*(?P<long>[^;,.:=()\[\]|]{4,100})"
)
_DEAREST = 12
"""Price per letter up to which an entry of a list of short forms is believed, see ``short_forms``."""


def glosses(sentences: Iterable[str], notes: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """``known`` short forms, those that ``notes`` of tables list, and names of groups with what they were given.

    Keys of groups are "group P", in small letters where the name is a word: "group basic". The first gloss wins.
    """
    out = dict(known)
    for words in notes:
        for m in _LISTED.finditer(words[:4000]):
            short, long = m["short"], m["long"].strip()
            fit = align(short, long) if any(c.isupper() for c in short) else None
            if fit is not None and fit.cost <= _DEAREST * fit.letters and short not in out:
                out[short] = long[fit.start :]
    for words in sentences:
        if "roup" in words or "n=" in words or "n =" in words:
            for pattern in _GROUPS:
                for m in pattern.finditer(words[:2000]):
                    name = m["name"] or (m.groupdict().get("name2") or "")
                    gloss = _GIVEN_BEFORE.split(re.split(r",?\s+and\s+the\b", m["gloss"])[0])[-1].strip(" ,")
                    if (
                        name
                        and not _PEOPLE.fullmatch(name)
                        and any(c.isalpha() for c in gloss)
                        and not _NO_GLOSS.search(gloss)
                    ):
                        out.setdefault(key_of_group(name), gloss)
    return out


def key_of_group(name: str) -> str:
    """The key of a group's name in the glosses: letters as printed, words in small letters."""
    return GROUP + (name if len(name) <= 3 else name.casefold())


def gloss_of(name: str, short_forms: Mapping[str, str]) -> str | None:
    """What the name of an arm stands for as a whole: "Group (P)", "P group", "Plus"; None where it is not glossed."""
    bare = re.sub(r"\b(?:groups?|arms?)\b", " ", plain(name), flags=re.I)
    bare = re.sub(r"^[\s(\[]+|[\s)\].,:;]+$", "", bare)
    return short_forms.get(key_of_group(bare)) if bare else None
