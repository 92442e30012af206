"""A question with what its names mean in a terminology; refuses what may be meant in two ways. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.errors import QuestionError
from graph.language.model import Question
from graph.language.rendering import quoted
from graph.language.tree import Expression, Term, terms, wanted
from graph.resolving import Resolved, resolve
from ingest.terminology import Terminology


@dataclass(frozen=True, slots=True)
class Slot:
    """What is asked of one slot: an expression, and what its terms mean there, by their words."""

    role: str
    expression: Expression
    meanings: Mapping[str, Resolved]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its meaning. ``said`` tells it in sentences."""

    question: Question
    slots: tuple[Slot, ...]
    said: tuple[str, ...]

    @property
    def terms(self) -> tuple[tuple[str, Resolved], ...]:
        """Every term with its slot, those that are negated included."""
        return tuple((s.role, s.meanings[term.words]) for s in self.slots for term in terms(s.expression))

    @property
    def wanted(self) -> tuple[tuple[str, Resolved], ...]:
        """The terms that speak for a claim, with their slots."""
        return tuple((s.role, s.meanings[term.words]) for s in self.slots for term in wanted(s.expression))


def known_to(terminology: Terminology) -> Callable[[str], bool]:
    """Tells whether words are a name in the terminology as they stand."""
    return lambda words: bool(terminology.find(words))


def understand(question: Question, terminology: Terminology) -> Understood:
    """What the names of the question mean.

    Raises QuestionError where an operator word joins what may as well be one name: what stands before ``in`` or ``vs``
    is unknown, or what stands on both sides of ``and`` or ``or``.
    """
    slots, said = list[Slot](), list[str]()
    for role, expression in question.slots:
        meanings = {t.words: resolve(t.words, role, terminology) for t in terms(expression)}
        slots.append(Slot(role, expression, meanings))
        said += [f"{role.capitalize()}: {meaning.said}" for meaning in meanings.values()]
    _refuse_doubtful(slots)
    every = [term for slot in slots for term in terms(slot.expression)]
    said += [_whole(term) for term in every if term.whole]
    return Understood(question, tuple(slots), tuple(dict.fromkeys(said)))


def _refuse_doubtful(slots: list[Slot]) -> None:
    """Terms in the order of the text, with True for those that name a concept."""
    held = [(t, bool(s.meanings[t.words].targets)) for s in slots for t in terms(s.expression)]
    for (left, left_known), (right, right_known) in pairwise(sorted(held, key=lambda pair: pair[0].place)):
        word = left.right
        if word is None or word != right.left:
            continue
        if left_known or (word in ("and", "or") and right_known):
            continue
        unknown = f"{quoted(left.words)} is no known name" if word not in ("and", "or") else "neither name is known"
        told = f"{unknown}, so that {word} may be part of a longer one: put names in quotation marks"
        whole = quoted(f"{left.words} {word} {right.words}")
        raise QuestionError(told, left.place, (whole, f"{quoted(left.words)} {word} {quoted(right.words)}"))


def _whole(term: Term) -> str:
    return f"{quoted(term.words)} is one name; with its parts in quotation marks they are asked for one by one."
