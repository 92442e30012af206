"""Words that tell which value is whose: classes of words, forms of values, names of arms; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CLASSES = (
    ("versus", "vs v versus against"),
    ("compared", "compared comparison comparing relative"),
    ("than", "than"),
    ("and", "and & plus"),
    ("or", "or nor"),
    ("in", "in among within"),
    ("with", "with"),
    ("for", "for"),
    ("of", "of"),
    ("at", "at after during"),
    ("from", "from"),
    ("to", "to"),
    ("by", "by"),
    ("was", "was were is are had has have been"),
    ("but", "but while whereas although however"),
    ("respectively", "respectively"),
    ("group", "group groups arm arms"),
    ("received", "received receiving treated taking given assigned randomized randomised using"),
    ("patients", "patients patient subjects participants eyes women men children pts"),
    ("the", "the a an"),
    ("both", "both either each all"),
    ("baseline", "baseline before preoperative pre initial initially"),
    ("who", "who which that whose"),
    ("comma", ","),
    ("semicolon", "; ."),
    ("colon", ": ="),
    ("opens", "( ["),
    ("closes", ") ]"),
)
WORD_CLASSES: tuple[str, ...] = ("number", *(name for name, _ in _CLASSES))
"""Names of the classes, in the order of the numbers that ``word_class`` gives, which start at 1."""
_CLASS_OF = {word: n for n, (_, words) in enumerate(_CLASSES, start=2) for word in words.split()}

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,·]\d+)*|\S")
_TIME = re.compile(
    r"\b(?:(?:hour|day|week|month|year|minute|min|yr|wk|mo|hr|h|d)s?|baseline|follow-?up|visits?|end ?point|washout"
    r"|postoperative(?:ly)?|discharge|admission|midnight|noon|[ap]\.?m)\b",
    re.IGNORECASE,
)
_PLACEBO = re.compile(
    r"\b(?:placebo|controls?|sham|usual|standard|conventional|vehicle|alone|no|non\w*|without|untreated|observation|saline)\b",
    re.IGNORECASE,
)
_VALUE_FORMS = (
    r"%|\bper ?cent",
    r"±|\+ ?/ ?-|\+-|\bS[DE]M?\b",
    r"\bCI\b|\d ?(?:-|–|to) ?-?\d|\brange\b",
    r"\bp ?[<=>]",
    r"\d ?/ ?\d|\d of (?:the )?\d|\bof (?:the )?\d",
    r"\bn ?=",
    r"\bfrom\b",
    r"\d",
)
_FORMS = [re.compile(form, re.IGNORECASE) for form in _VALUE_FORMS]
VALUE_FORMS = ("percent", "deviation", "interval", "p", "fraction", "n", "from", "digit", "change")
"""What ``value_form`` says of a value, in its order."""
_CHANGE = re.compile(
    r"\b(?:increas|decreas|reduc|improv|lower|higher|declin|gain|loss|chang|rise|fall|fell|rose)", re.IGNORECASE
)
_TELLS_NOTHING = (
    "the a an of in with for and or patients patient subjects group groups arm arms treated treatment therapy women men"
    " eyes only alone plus - / + , ( )"
)
_EMPTY = frozenset(_TELLS_NOTHING.split())


def words_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, lower-case word) of each word, number or sign in ``text[start:end]``; offsets in ``text``."""
    return [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text, start, end)]


def word_class(word: str) -> int:
    """0 for a word of no class, 1 for a number, else a place in ``WORD_CLASSES`` (counted from 1)."""
    return 1 if word[0].isdigit() else _CLASS_OF.get(word, 0)


def is_time(words: str) -> bool:
    """Whether an outcome names a point in time: "6 months", "baseline"."""
    return _TIME.search(words) is not None


def is_control(words: str) -> bool:
    """Whether an arm reads as the one compared against: "placebo", "usual care"."""
    return _PLACEBO.search(words) is not None


def value_form(words: str) -> tuple[bool, ...]:
    """One flag for each of ``VALUE_FORMS``."""
    return (*(form.search(words) is not None for form in _FORMS), _CHANGE.search(words) is not None)


def name_ids(names: Sequence[str]) -> list[int]:
    """A number per name, from 0 in order of first mention; names of one arm share it.

    Two names are of one arm when their telling words agree, or when one is made of the first letters of the other.

    >>> name_ids(["alpha beta", "placebo", "AB group", "the placebo arm"])
    [0, 1, 0, 1]
    """
    known: list[tuple[frozenset[str], str]] = []
    ids = []
    for name in names:
        words = [w for _, _, w in words_in(name, 0, len(name)) if w not in _EMPTY]
        telling = frozenset(words) or frozenset([name.lower()])
        initials = "".join(w[0] for w in words)
        whole = "".join(words)
        for n, (other, other_initials) in enumerate(known):
            other_whole = "".join(sorted(other)) if len(other) == 1 else ""
            same = telling == other or (len(other) > 1 and whole == other_initials)
            if same or (len(words) > 1 and len(initials) > 1 and initials == other_whole):
                ids.append(n)
                break
        else:
            ids.append(len(known))
            known.append((telling, initials))
    return ids
