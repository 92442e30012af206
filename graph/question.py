"""The short query language: ``drug -> outcome`` and filters. Parsing only; ``resolving`` finds what the terms name."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypeVar

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from graph.errors import QuestionError
from ingest.claim import ClaimKind, Status

LONGEST = 2_000
"""Code points that a question may have."""
FILTERS = ("population", "comparator", "status", "kind", "retracted", "order")
_EARLY = tuple(f"{name}:" for name in FILTERS)
_EXAMPLE = 'lenalidomide -> "second primary malignancies"'
_M = TypeVar("_M", bound=StrEnum)


class Order(StrEnum):
    """How the claims of an answer are ordered: by their place, or those of the least confidence first."""

    PLACE = "place"
    UNCERTAIN = "uncertain"


class Retracted(StrEnum):
    """Whether articles that are retracted, or of which concern is expressed, are left out, let in, or all there is."""

    NO = "no"
    YES = "yes"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked. A term is the words between the quotation marks; None is the wildcard ``?``.

    ``statuses`` and ``kinds`` are None where the question does not say, and hold every member for ``any``. All of
    ``populations`` must hold, and all of ``comparators``. ``retracted`` is None where the question does not say.
    """

    text: str
    intervention: str | None
    outcome: str | None
    populations: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    statuses: frozenset[Status] | None = None
    kinds: frozenset[ClaimKind] | None = None
    order: Order = Order.PLACE
    retracted: Retracted | None = None


def parse_question(text: str) -> Question:
    """Read a question. Raises QuestionError with the place at which reading stopped, and what may be meant."""
    _check_text(text)
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _explained(error, text) from error
    left, right, *filters = tree.children
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in FILTERS}
    for item in filters:
        assert isinstance(item, Tree)
        name, value = item.children
        assert isinstance(name, Token)
        found[_filter_name(name)].append((_phrase(value), (name.start_pos or 0) + len(name)))
    return Question(
        text,
        _term(left),
        _term(right),
        populations=tuple(words for words, _ in found["population"]),
        comparators=tuple(words for words, _ in found["comparator"]),
        statuses=_members(found["status"], Status),
        kinds=_members(found["kind"], ClaimKind),
        order=_one(found["order"], Order, "an answer has one order") or Order.PLACE,
        retracted=_one(found["retracted"], Retracted, "retracted: may be said once"),
    )


def quoted(words: str) -> str:
    """``words`` as a quoted term of a question.

    >>> quoted('say "no"')
    '"say \\\\"no\\\\""'
    """
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


@cache
def _parser() -> Lark:
    grammar = (resources.files("graph.queries") / "question.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start="question")


def _check_text(text: str) -> None:
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters; at most {LONGEST} are read", LONGEST)
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r":
            raise QuestionError(f"the character U+{ord(sign):04X} is not text", place)
    if not text.strip():
        raise QuestionError("the question is empty", 0, (_EXAMPLE,))


def _term(tree: Tree[Token] | Token) -> str | None:
    assert isinstance(tree, Tree)
    return None if tree.data == "wildcard" else _phrase(tree)


def _phrase(tree: Tree[Token] | Token) -> str:
    """The words of a phrase; QuestionError where it has none."""
    assert isinstance(tree, Tree)
    tokens = [token for token in tree.children if isinstance(token, Token)]
    first = tokens[0]
    if first.type == "QUOTED":
        inner = first[1:-1]
        words = _unescaped(inner) if first.startswith('"') else inner
    else:
        words = " ".join(tokens)
        early = next((t for t in tokens if t.lower().startswith(_EARLY)), None)
        if early is not None:
            raise QuestionError("filters come after the outcome", early.start_pos or 0, (_EXAMPLE,))
    if not any(sign.isalnum() for sign in words):
        raise QuestionError("a term needs a letter or a digit", first.start_pos or 0)
    return words.strip()


def _unescaped(inner: str) -> str:
    out, signs = [], iter(inner)
    for sign in signs:
        out.append(next(signs) if sign == "\\" else sign)
    return "".join(out)


def _filter_name(token: Token) -> str:
    name = token[:-1].lower()
    if name in FILTERS:
        return name
    near = get_close_matches(name, FILTERS, n=1, cutoff=0.8) or get_close_matches(name, FILTERS, n=2, cutoff=0.5)
    hint = [f"{n}:" for n in near or FILTERS]
    raise QuestionError(f"there is no filter {token}", token.start_pos or 0, hint)


def _members(values: list[tuple[str, int]], kind: type[_M]) -> frozenset[_M] | None:
    if not values:
        return None
    found: set[_M] = set()
    for words, position in values:
        for part in words.split(","):
            name = " ".join(part.lower().replace("-", " ").replace("_", " ").split())
            if name == "any":
                found |= set(kind)
                continue
            try:
                found.add(kind(name))
            except ValueError as error:
                allowed = [member.value for member in kind] + ["any"]
                near = get_close_matches(name, allowed, n=1, cutoff=0.6) or allowed
                raise QuestionError(f"{part.strip()!r} is not allowed here", position, near) from error
    return frozenset(found)


def _one(values: list[tuple[str, int]], kind: type[_M], several: str) -> _M | None:
    """The one value that is asked for; None where none is."""
    if len(values) > 1:
        raise QuestionError(several, values[1][1])
    for words, position in values:
        try:
            return kind(words.lower())
        except ValueError as error:
            raise QuestionError(
                f"{words!r} is not allowed here", position, [member.value for member in kind]
            ) from error
    return None


def _explained(error: UnexpectedInput, text: str) -> QuestionError:
    """What went wrong, in the words of someone who has not read the grammar."""
    if isinstance(error, UnexpectedCharacters):
        position = error.pos_in_stream or 0
        return QuestionError("the quotation that begins here is not closed", position, ())
    if isinstance(error, UnexpectedToken):
        token, expected = error.token, error.accepts or error.expected
        position = len(text) if token.type == "$END" else token.start_pos or 0
        if "_ARROW" in expected and token.type in ("$END", "NAME"):
            return QuestionError("an arrow and an outcome are missing", position, (_EXAMPLE,))
        if token.type == "_ARROW" and position == len(text) - len(text.lstrip()):
            return QuestionError("a drug, or ?, is missing before the arrow", position, (_EXAMPLE,))
        if token.type == "_ARROW":
            return QuestionError("a question has one arrow", position, ())
        if token.type == "$END":
            return QuestionError("the question ends too early", position, (_EXAMPLE,))
        if token.type in ("QUOTED", "WILDCARD", "WORD"):
            return QuestionError("a term is either quoted, or words, or ?", position, ())
        return QuestionError(f"{str(token)!r} is not expected here", position, (_EXAMPLE,))
    return QuestionError("the question cannot be read", 0, (_EXAMPLE,))
