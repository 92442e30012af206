"""What assembly carries through an article: its text, its names, and what the sentence before was about."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.article import Article, SectionKind, Span
from ingest.figures import Figure
from ingest.grounds import Grounds
from ingest.names import Found
from ingest.phrases import ArmNames, Phrase
from ingest.ranges import Ranges
from ingest.roles import Roles
from ingest.sides import Sides
from ingest.told import Told
from ingest.trace import NO_TRACE, Trace


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with everything that was recognised in it; ``view`` offsets are those of the article's text."""

    span: Span
    section: SectionKind
    section_name: str | None
    figures: tuple[Figure, ...]
    arms: tuple[Phrase, ...]
    outcomes: tuple[Phrase, ...]
    populations: tuple[Phrase, ...]
    this_group: bool


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the same section left to be understood by later ones.

    ``single`` is the one group whose figures the sentence before gave, None where it compared arms or gave none.
    """

    outcome: Phrase | None = None
    roles: Roles = field(default_factory=Roles)
    populations: tuple[Phrase, ...] = ()
    single: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for the whole article. ``grounds`` of claims, by id, are filled in while it is read."""

    article: Article
    view: str
    found: tuple[Found, ...]
    arms: ArmNames
    rate_unit: str | None
    subjects: frozenset[str] = frozenset()
    trace: Trace = NO_TRACE
    told: Told = field(default_factory=Told)
    sides: Sides = field(default_factory=Sides)
    places: Ranges[Found] = field(default_factory=lambda: Ranges(()))
    grounds: dict[str, Grounds] = field(default_factory=dict)
