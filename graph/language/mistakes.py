"""What is wrong with a question that cannot be read, in the words of someone who has not read the grammar."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from graph.errors import QuestionError

EXAMPLE = 'lenalidomide -> "second primary malignancies"'
FILTERS = (
    *("population", "comparator", "measure", "direction", "significant", "status", "kind", "retracted"),
    *("since", "until", "design", "check", "text", "order"),
)
"""The filters that are written with a colon."""
_MEANT = {
    "phase": 'design:"phase 3"',
    "year": "since:2015",
    "published": "since:2015",
    "date": "since:2015",
    "n": "n>=500",
    "size": "n>=500",
    "in": "in",
    "vs": "vs",
    "quote": "text:",
    "words": "text:",
    "sort": "order:",
    "rct": "design:RCT",
}
"""What someone means who writes another filter."""
_OPERATORS = ("and", "or", "not", "in", "vs", "vs.", "versus")
_LOUD = ("AND", "OR", "NOT")


def check_phrase(words: Sequence[str], places: Sequence[int]) -> None:
    """Raise QuestionError for words that are probably meant as something else than a name."""
    for word, place in zip(words, places, strict=True):
        if word.lower().startswith(tuple(f"{name}:" for name in FILTERS)):
            raise QuestionError("filters come after the outcome", place, (EXAMPLE,))
        if len(words) > 1 and word in _LOUD:
            told = f"{word} is written {word.lower()}; put a name that holds it in quotation marks"
            raise QuestionError(told, place, (word.lower(),))
    if words[0] in _OPERATORS:
        told = f"a term is missing before {words[0]}; put a name that begins so in quotation marks"
        raise QuestionError(told, places[0])


def unknown_filter(token: Token) -> QuestionError:
    """There is no such filter, but perhaps one that is like it."""
    name = token[:-1].lower().removeprefix("-")
    near = get_close_matches(name, FILTERS, n=1, cutoff=0.8) or get_close_matches(name, FILTERS, n=2, cutoff=0.5)
    hint = [_MEANT[name]] if name in _MEANT else [f"{n}:" for n in near or FILTERS]
    return QuestionError(f"there is no filter {token}", token.start_pos or 0, hint)


def explained(error: UnexpectedInput, text: str) -> QuestionError:
    """The mistake at which the grammar stopped; ``text`` is the question."""
    if isinstance(error, UnexpectedCharacters):
        return _sign(text, error.pos_in_stream or 0)
    if not isinstance(error, UnexpectedToken):
        return QuestionError("the question cannot be read", 0, (EXAMPLE,))
    token, expected = error.token, error.accepts or error.expected
    at_end = token.type == "$END"
    position = len(text) if at_end else token.start_pos or 0
    if token.type in ("_OPEN", "_CLOSE"):
        return _sign(text, position)
    before = text[:position].split()
    if "_CLOSE" in expected and (at_end or token.type in ("_ARROW", "NAME", "SLOT", "SIZE")) and "(" in text:
        return QuestionError("a parenthesis is not closed", position)
    if "_ARROW" in expected and (at_end or token.type in ("NAME", "SLOT", "SIZE")):
        return QuestionError("an arrow and an outcome are missing", position, (EXAMPLE,))
    if token.type == "_ARROW" and not before:
        return QuestionError("a drug, or ?, is missing before the arrow", position, (EXAMPLE,))
    if token.type == "NOT" or (before and before[-1] == "not" and token.type in ("WORD", "QUOTED")):
        told = "not is written before a filter, or after and, or, in or vs; put a name that holds it in quotation marks"
        return QuestionError(told, position, ("and not",))
    if "NAME" not in expected and "WORD" in expected and before and before[-1] in _OPERATORS:
        return QuestionError(f"a term is missing behind {before[-1]}", position)
    if token.type == "_ARROW":
        return QuestionError("a question has one arrow", position, ())
    if at_end:
        return QuestionError("the question ends too early", position, (EXAMPLE,))
    if token.type in ("QUOTED", "WILDCARD", "WORD"):
        return QuestionError("a term is either quoted, or words, or ?", position, ())
    shown = text[position : position + len(token)]
    return QuestionError(f"{shown!r} is not expected here", position, (EXAMPLE,))


def _sign(text: str, place: int) -> QuestionError:
    """A sign that begins nothing."""
    if text[place] == ")":
        return QuestionError("there is no parenthesis that this one closes", place)
    if text[place] == "(":
        told = "a parenthesis stands before or behind and, or, not; put a name that holds one in quotation marks"
        return QuestionError(told, place)
    return QuestionError("the quotation that begins here is not closed", place)
