"""From text to a question: the grammar's tree as values. ``mistakes`` says what is wrong with what cannot be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import resources

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from graph.errors import QuestionError
from graph.language import names
from graph.language.filters import FilterReader
from graph.language.mistakes import EXAMPLE, check_phrase, explained
from graph.language.model import Question
from graph.language.tree import And, Anything, Expression, Not, Or, Term, joined, terms

LONGEST = 2_000
"""Code points that a question may have."""
DEEPEST = 20
"""So many parentheses and negations may stand inside each other."""
MOST_TERMS = 60
"""Terms that a question may have."""
MOST_FILTERS = 40
"""Filters that a question may have."""
Branch = Tree[Token]


def read(text: str, known: Callable[[str], bool] | None = None) -> Question:
    """Read a question. Raises QuestionError with the place at which reading stopped, and what may be meant.

    ``known`` tells of words whether they are a name as they stand: then an operator word in them is part of the name,
    as in *carcinoma in situ*. None: no name holds operator words.
    """
    check_text(text)
    tree = _parsed(text, text)
    if known is not None:
        hidden = names.hidden(text, _places(tree), known)
        tree = tree if hidden == text else _parsed(hidden, text)
    question = _Reader(text, _places(tree)).question(tree)
    every = sorted(term.place for _, expression in question.slots for term in terms(expression))
    if len(every) > MOST_TERMS:
        raise QuestionError(f"a question has at most {MOST_TERMS} terms", every[MOST_TERMS])
    return question


def check_text(text: str) -> None:
    """Raise QuestionError for what is too long, empty, or no text."""
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters; at most {LONGEST} are read", LONGEST)
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r":
            raise QuestionError(f"the character U+{ord(sign):04X} is not text", place)
    if not text.strip():
        raise QuestionError("the question is empty", 0, (EXAMPLE,))


@cache
def _parser() -> Lark:
    grammar = (resources.files("graph.queries") / "question.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", start="question")


def _parsed(text: str, shown: str) -> Branch:
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        raise explained(error, shown) from error


class _Reader:
    """Makes values of one tree; ``text`` is what was typed, with which the places of the tree agree."""

    def __init__(self, text: str, places: names.Places) -> None:
        self._text = text
        self._slots: dict[str, list[Expression]] = {"population": [], "comparator": []}
        self._filters, self._count = FilterReader(), 0
        self._beside = names.beside(text, places)

    def question(self, tree: Branch) -> Question:
        sides: list[Expression | None] = []
        for part in tree.children:
            assert isinstance(part, Tree)
            if part.data == "choice":
                found = self._expression(part)
                sides.append(None if isinstance(found, Anything) else found)
            elif part.data in ("place", "slot"):
                word, choice = part.children
                assert isinstance(word, Token)
                role = "population" if word.lower().startswith(("in", "population")) else "comparator"
                self._slots[role].append(self._expression(choice))
            else:
                self._filter(part)
                self._count += 1
                if self._count > MOST_FILTERS:
                    raise QuestionError(f"a question has at most {MOST_FILTERS} filters", _start(part))
        return Question(
            self._text,
            intervention=sides[0],
            outcome=sides[1],
            populations=tuple(self._slots["population"]),
            comparators=tuple(self._slots["comparator"]),
            **self._filters.found(),
        )

    def _expression(self, tree: Branch | Token, depth: int = 0) -> Expression:
        assert isinstance(tree, Tree)
        if tree.data == "wildcard":
            return Anything()
        if tree.data == "phrase":
            return self._term(tree)
        if tree.data in ("choice", "no") and (depth := depth + 1) > DEEPEST:
            told = f"at most {DEEPEST} parentheses and negations may stand inside each other"
            raise QuestionError(told, _start(tree))
        if tree.data == "no":
            return Not(self._part(tree.children[1], depth))
        if len(tree.children) == 1:
            return self._expression(tree.children[0], depth)
        return joined(Or if tree.data == "choice" else And, [self._part(part, depth) for part in tree.children])

    def _part(self, tree: Branch | Token, depth: int) -> Expression:
        found = self._expression(tree, depth)
        if isinstance(found, Anything):
            raise QuestionError("? stands for anything, and alone in its place", _start(tree))
        return found

    def _term(self, tree: Branch) -> Term:
        words, place = self.phrase(tree)
        left, right = self._beside.get(place, (None, None))
        return Term(words, place, left, right, whole=any(names.HIDDEN in token for token in _tokens(tree)))

    def _filter(self, tree: Branch) -> None:
        if len(tree.children) == 1:
            (token,) = tree.children
            assert isinstance(token, Token)
            self._filters.size(self._text[token.start_pos : token.end_pos], token.start_pos or 0)
            return
        negation, name, value = tree.children
        assert isinstance(name, Token)
        assert isinstance(value, Tree)
        words, _ = self.phrase(value)
        quoted = _tokens(value)[0].type == "QUOTED"
        self._filters.add(name, words, quoted=quoted, negated=negation is not None)

    def phrase(self, tree: Branch) -> tuple[str, int]:
        """The words of a phrase and where they begin. Raises QuestionError where it has none."""
        tokens = _tokens(tree)
        first = tokens[0]
        place = first.start_pos or 0
        if first.type == "QUOTED":
            inner = first[1:-1]
            words = _unescaped(inner) if first.startswith('"') else inner
        else:
            written = [self._text[t.start_pos : t.end_pos] for t in tokens]
            if tree.data == "phrase":
                check_phrase(written, [t.start_pos or 0 for t in tokens])
            words = " ".join(" ".join(written).split())
        if not any(sign.isalnum() for sign in words):
            raise QuestionError("a term needs a letter or a digit", place)
        return words.strip(), place


def _tokens(tree: Branch) -> list[Token]:
    """The words, or the quotation, of a phrase."""
    return [token for token in tree.children if isinstance(token, Token)]


def _places(tree: Branch) -> names.Places:
    """Where terms without quotation marks stand."""
    words = [tokens for part in tree.find_data("phrase") if (tokens := _tokens(part))[0].type == "WORD"]
    return sorted((tokens[0].start_pos or 0, tokens[-1].end_pos or 0) for tokens in words)


def _start(tree: Branch | Token) -> int:
    token = tree if isinstance(tree, Token) else next(tree.scan_values(lambda value: isinstance(value, Token)))
    return token.start_pos or 0


def _unescaped(inner: str) -> str:
    out, signs = [], iter(inner)
    for sign in signs:
        out.append(next(signs) if sign == "\\" else sign)
    return "".join(out)
