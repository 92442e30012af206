"""The groups of a results table, which of them is the control, and which are set against which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.ctgov_fields import Fields, part, parts, texts, words

_CONTROLS = ("PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION")
_ACTIVE = "ACTIVE_COMPARATOR"
_ALL = re.compile(
    r"(?:total|overall|all (?:participants|patients|subjects|treated \w+|groups|arms)|entire study)\b.*", re.I
)
_INERT = re.compile(
    r"(?:placebo|sham|no (?:treatment|intervention)|untreated|usual care|standard(?: of)? care|control)\b",
    re.I,
)
_THEN = re.compile(r"\b(?:then|followed by|switch\w*|cross\w*|to)\b|→|->|>|/", re.I)
"""Words of a group that was given one thing after another: no control, whatever came first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a results table: its id there, its name, and whether it is the control (None: nobody says)."""

    id: str
    name: str
    control: bool | None = None

    @property
    def everyone(self) -> bool:
        """True for all participants together."""
        return _ALL.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups that are compared, or one group alone (``second`` None).

    ``sided`` is False where it is not known that ``second`` is the control.
    """

    first: Group
    second: Group | None = None
    sided: bool = True


def groups_of(module: Fields, record: Fields, *, name: str = "groups") -> list[Group]:
    """The groups of a table in their order, each with its part as the arms of the record tell it."""
    listed = [(words(g, "id"), words(g, "title")) for g in parts(module, name)]
    known = [(i, t) for i, t in listed if i and t]
    arms = [(words(a, "label"), words(a, "type")) for a in parts(part(record, *_ARMS), "armGroups")]
    kinds = [_kind_of(title, arms) for _, title in known]
    inert = [_is_inert(title) for _, title in known]
    strict = any(kind in _CONTROLS for kind in kinds)
    out = []
    for (ident, title), kind, bare in zip(known, kinds, inert, strict=True):
        control: bool | None = None
        if kind in _CONTROLS or (kind == _ACTIVE and not strict):
            control = True
        elif kind is not None and kind != "OTHER":
            control = False
        elif bare and sum(inert) == 1:
            control = True
        out.append(Group(ident, title, control))
    return out


_ARMS = ("protocolSection", "armsInterventionsModule")


def pairs_of(groups: Sequence[Group], compared: Sequence[Pair] = ()) -> list[Pair]:
    """Which groups a table sets against each other; ``compared`` are the pairs of its analyses.

    Each group against the one control; else those that an analysis compares; two groups of which none or both are one,
    against each other but not sided; otherwise every group alone. All participants together are never compared.
    """
    arms = [g for g in groups if not g.everyone]
    alone = [Pair(g) for g in groups if g.everyone]
    controls = [g for g in arms if g.control]
    if len(arms) == 1:
        return [Pair(arms[0]), *alone]
    if len(controls) == 1:
        return [*(Pair(g, controls[0]) for g in arms if g is not controls[0]), *alone]
    told = [p for p in dict.fromkeys(compared) if p.second is not None and not (p.first.everyone or p.second.everyone)]
    if told:
        inside = {g for p in told for g in (p.first, p.second)}
        return [*told, *(Pair(g) for g in arms if g not in inside), *alone]
    if len(arms) == 2:
        return [Pair(arms[0], arms[1], sided=False), *alone]
    return [*(Pair(g) for g in arms), *alone]


def compared_in(groups: Sequence[Group], analyses: Sequence[Fields]) -> list[Pair]:
    """The pairs of groups that analyses compare, in their order."""
    named = [[g for i in texts(fields, "groupIds") for g in groups if g.id == i] for fields in analyses]
    pairs = [pair_of(each) for each, fields in zip(named, analyses, strict=True) if len(each) == _asked(fields)]
    return [pair for pair in pairs if pair is not None]


def _asked(fields: Fields) -> int:
    return len(texts(fields, "groupIds"))


def pair_of(groups: Sequence[Group]) -> Pair | None:
    """The comparison of the groups that an analysis names; None where they are more than two, or none."""
    if len(groups) == 1:
        return Pair(groups[0], None, sided=False)
    if len(groups) != 2:
        return None
    one, two = groups
    if one.control and not two.control:
        return Pair(two, one)
    return Pair(one, two, sided=bool(two.control and not one.control))


def _kind_of(title: str, arms: Sequence[tuple[str, str]]) -> str | None:
    """The type of the arm with the group's name; else of the only one whose name holds it or stands in it."""
    key = _key(title)
    same = {kind for label, kind in arms if _key(label) == key}
    if not same:
        near = [(label, kind) for label, kind in arms if _within(_key(label), key) or _within(key, _key(label))]
        same = {near[0][1]} if len(near) == 1 else set()
    return same.pop() or None if len(same) == 1 else None


def _key(name: str) -> str:
    return (
        re.sub(r"\W+", " ", re.sub(r"^(?:arm|group|cohort)\s+\w{1,3}\s*[:.)-]\s*", "", name, flags=re.I))
        .strip()
        .lower()
    )


def _within(part_: str, whole: str) -> bool:
    return len(part_) > 3 and re.search(rf"(?<!\w){re.escape(part_)}(?!\w)", whole) is not None


def _is_inert(title: str) -> bool:
    return _INERT.search(title) is not None and not _THEN.search(title)
