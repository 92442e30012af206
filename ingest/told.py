"""What the language model says of an article's results: its arms, what was measured, and whose each number is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.aids import Tag
from ingest.article import Span
from ingest.language import Text
from ingest.numeric_roles import NumericRoles
from ingest.ranges import Ranges
from ingest.relate import RelationModel
from ingest.role_arms import arms_of
from ingest.role_labels import TYPES


@dataclass(frozen=True, slots=True)
class ToldArm:
    """A mention of an arm. ``control`` is the chance that it names the control; mentions of one ``name`` are alike."""

    span: Span
    control: float
    name: int


@dataclass(frozen=True, slots=True)
class ToldNumber:
    """A printed number: the chances that it is a result of an arm (``taken``) and that the arm is the control's.

    ``kind`` is one of ``role_labels.TYPES``, ``sure`` its chance.
    """

    span: Span
    value: float
    taken: float
    kind: str
    sure: float
    control: float


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A reported value with the arm and the outcomes that the relation model gives it."""

    span: Span
    arm: Span | None = None
    outcomes: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything in order of the text; empty where there is no model."""

    arms: Ranges[ToldArm] = field(default_factory=lambda: Ranges(()))
    outcomes: Ranges[Tag] = field(default_factory=lambda: Ranges(()))
    values: Ranges[ToldValue] = field(default_factory=lambda: Ranges(()))
    numbers: Ranges[ToldNumber] = field(default_factory=lambda: Ranges(()))


def told_of(text: Text, layers: Mapping[str, Sequence[Tag]], relations: RelationModel, numeric: NumericRoles) -> Told:
    """What the model says of ``text``, of which ``layers["result"]`` are the mentions."""
    tags = layers.get("result", ())
    arms: list[ToldArm] = []
    numbers: list[ToldNumber] = []
    names = 0
    parsed = text.parsed
    for reading in numeric.readings(text.text, parsed.tokens, parsed.sentences, text.definitions, layers):
        found = arms_of(reading)
        chances = numeric.arms(reading, found)
        spans = [t.span for t in reading.tags("result", "INTERVENTION")]
        arms += [
            ToldArm(span, float(chance), names + arm.name)
            for span, arm, chance in zip(spans, found, chances, strict=False)
        ]
        names += 1 + max((a.name for a in found), default=0)
        if reading.numbers:
            looked = numeric.look_beside(reading, found, chances)
            kinds = looked.types.argmax(axis=1)
            for n, taken, types, kind, control in zip(
                reading.numbers, looked.taken, looked.types, kinds, looked.control, strict=True
            ):
                told = ToldNumber(
                    n.span(False), n.value, float(taken), TYPES[int(kind)], float(types[kind]), float(control)
                )
                numbers.append(told)
    return Told(
        Ranges(a for i, a in enumerate(arms) if i == 0 or not _people_of(text.text, arms[i - 1].span, a.span)),
        Ranges(t for t in tags if t.label == "OUTCOME"),
        Ranges(_values(text, tags, relations)),
        Ranges(numbers),
    )


_IN = re.compile(r"\s+(?:in|among)\s+(?:the\s+)?")
_GROUP = re.compile(r"\b(?:groups?|arms?|cohorts?)\b", re.I)


def _people_of(view: str, arm: Span, span: Span) -> bool:
    """True for those in whom the arm before was tried: "with erlotinib in never-smokers and smokers" has one arm."""
    if arm.end >= span.start or _GROUP.search(span.of(view)):
        return False
    return _IN.fullmatch(view, arm.end, span.start) is not None


def _values(text: Text, tags: Sequence[Tag], relations: RelationModel) -> list[ToldValue]:
    entities = [{"start": t.span.start, "end": t.span.end, "label": t.label, "layer": "result"} for t in tags]
    arm: dict[int, Span] = {}
    outcomes: dict[int, list[Span]] = {}
    for relation in relations.relate(text.text, text.parsed.sentences, entities):
        head = tags[int(relation["head"])].span
        if relation["label"] == "OC_RES":
            outcomes.setdefault(int(relation["tail"]), []).append(head)
        else:
            arm[int(relation["tail"])] = head
    return [
        ToldValue(t.span, arm.get(i), tuple(sorted(outcomes.get(i, ()))))
        for i, t in enumerate(tags)
        if t.label == "MEASURE"
    ]
