"""OBO 1.2 and 1.4, line by line, so that whatever is wrong has its line.

The libraries for it did not fit: one ends the process's work on some malformed lines and brings LGPL code along, the
other has no lines and takes a ``!`` within quotation marks for a comment.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.vocabularies.ids import compact_obo
from ingest.vocabularies.intake import Intake, Term

_STANZA = re.compile(r"\[\s*([A-Za-z]+)\s*\]\s*(?:!.*)?")
_TAG = re.compile(r"([A-Za-z][\w-]*)\s*:\s*(.*)", re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"\s*(\S*)', re.DOTALL)
_COMMENT = re.compile(r"(?:^|\s)!.*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "W": " "}
_RELATION = re.compile(r'source="MONDO:([A-Za-z]+)"')
_EQUIVALENT = frozenset({"equivalentTo"})
_PROPERTIES = {"exactmatch": "same", "closematch": "close", "conceptkind": "kind", "kind": "kind"}
LONGEST = 20_000
"""Characters of a line that is looked into; definitions and comments, which are not, may be longer."""
_READ = frozenset(
    ("id", "name", "synonym", "exact_synonym", "is_a", "xref", "equivalent_to", "property_value", "is_obsolete",
     "is_anonymous")
)  # fmt: skip


@dataclass
class _Stanza:
    line: int
    values: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def first(self, tag: str) -> str:
        return _plain(self.values[tag][0][1]) if tag in self.values else ""

    def is_true(self, tag: str) -> bool:
        return self.first(tag).lower() == "true"


def read_obo(text: str, intake: Intake) -> None:
    """Hand over the terms of an OBO file: names and EXACT synonyms, ``is_a`` parents, cross references as ``same``."""
    spaces: dict[str, str] = {}
    stanza: _Stanza | None = None
    header = True
    for number, line in _lines(text):
        opened = _STANZA.fullmatch(line)
        if opened:
            if stanza is not None:
                _take(stanza, spaces, intake)
            header, stanza = False, _Stanza(number) if opened[1] == "Term" else None
            continue
        tag = _TAG.fullmatch(line)
        if tag is None:
            intake.problem(number, f"{line[:60]!r} is no line of OBO; write `tag: value`")
            if header:
                return
        elif len(tag[2]) > LONGEST and tag[1] in _READ:
            intake.problem(number, f"a line of {len(line):,} characters; {LONGEST:,} are the most")
        elif header and tag[1] == "idspace" and len(tag[2].split()) > 1:
            spaces[tag[2].split()[0]] = tag[2].split()[1]
        elif stanza is not None and tag[1] in _READ:
            stanza.values.setdefault(tag[1], []).append((number, tag[2]))
    if stanza is not None:
        _take(stanza, spaces, intake)
    if header:
        intake.problem(None, "the file has no [Term]; is it OBO?")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that says something, with its number; a line that ends in a backslash goes on in the next."""
    begun, first = "", 0
    for number, raw in enumerate(io.StringIO(text, newline=None), start=1):
        line = begun + raw.rstrip("\n")
        first = first if begun else number
        if (len(line) - len(line.rstrip("\\"))) % 2 and len(line) <= LONGEST:
            begun = line[:-1] or " "
            continue
        begun = ""
        if line.strip() and not line.lstrip().startswith("!"):
            yield first, line.strip()
    if begun.strip():
        yield first, begun.strip()


def _take(stanza: _Stanza, spaces: dict[str, str], intake: Intake) -> None:
    for tag in ("id", "name"):
        for line, _ in stanza.values.get(tag, [])[1:]:
            intake.problem(line, f"a second {tag} in the [Term] of line {stanza.line}; leave one")
    ident = compact_obo(stanza.first("id"), spaces)
    if ident is None:
        told = (
            f"{stanza.first('id')[:80]!r} is no id with a prefix" if "id" in stanza.values else "the [Term] has no id"
        )
        intake.problem(stanza.line, f"{told}; write one such as `id: EX:0000001`")
        return
    if stanza.is_true("is_obsolete"):
        intake.obsolete.add(ident)
        return
    if stanza.is_true("is_anonymous"):
        return
    parents = [_ident(*value, spaces, intake) for value in stanza.values.get("is_a", [])]
    found: dict[str, list[str]] = {"same": [], "close": [], "kind": []}
    for tag in ("xref", "equivalent_to"):
        found["same"] += [_word(v) for _, v in stanza.values.get(tag, []) if _is_equivalent(v)]
    for _, value in stanza.values.get("property_value", []):
        _property(value, found)
    names = [stanza.first("name"), *_synonyms(stanza, intake)]
    ids = {key: tuple(i for v in found[key] if (i := compact_obo(v, spaces))) for key in ("same", "close")}
    kind = found["kind"][0] if found["kind"] else None
    kept = tuple(p for p in parents if p is not None)
    line = stanza.values["id"][0][0]
    intake.add(Term(line, ident, tuple(dict.fromkeys(names)), kind, kept, ids["same"], ids["close"]))


def _synonyms(stanza: _Stanza, intake: Intake) -> Iterator[str]:
    for tag in ("synonym", "exact_synonym"):
        for line, value in stanza.values.get(tag, []):
            quoted = _QUOTED.match(value)
            if quoted is None:
                intake.problem(line, f'{value[:60]!r} is no synonym; write `synonym: "name" EXACT []`')
            elif (tag == "exact_synonym" or quoted[2] == "EXACT") and (name := _unescaped(quoted[1]).strip()):
                yield name


def _ident(line: int, value: str, spaces: dict[str, str], intake: Intake) -> str | None:
    found = compact_obo(_word(value), spaces)
    if found is None:
        intake.problem(line, f"{value[:60]!r} is no id with a prefix; write one such as `is_a: EX:0000001`")
    return found


def _is_equivalent(value: str) -> bool:
    """Whether a cross reference is to the same concept: MONDO says of some that they are only related."""
    said = set(_RELATION.findall(value))
    return not said or bool(said & _EQUIVALENT)


def _property(value: str, found: dict[str, list[str]]) -> None:
    relation, _, rest = value.partition(" ")
    what = _PROPERTIES.get(re.split(r"[:#/]", relation)[-1].lower())
    if what:
        quoted = _QUOTED.match(rest.strip())
        found[what].append(_unescaped(quoted[1]) if quoted else _word(rest))


def _word(value: str) -> str:
    return _unescaped((value.split() or [""])[0])


def _plain(value: str) -> str:
    """The value without the comment and the ``{source="..."}`` behind it."""
    value = _COMMENT.sub("", value).rstrip()
    at = value.rfind("{") if value.endswith("}") else -1
    if at >= 0 and "=" in value[at:] and not value[:at].endswith("\\"):
        value = value[:at]
    return _unescaped(value).strip()


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), value)
