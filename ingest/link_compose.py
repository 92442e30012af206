"""Mentions made of a name and words that narrow it: "newly diagnosed transplant-ineligible multiple myeloma"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_WORDS = 12
_LONGEST_MODIFIER = 4
_PLAIN = re.compile(
    r"""mg | mcg | g | kg | ml | dose | standard | full | half | continuous | fixed | duration | oral | intravenous
    | iv | subcutaneous | topical | inhaled | daily | weekly | monthly | once | twice | day | week | month
    | year | maintenance | induction | consolidation | therapy | treatment | monotherapy | single | agent | based
    | alone | add | on | group | arm | patient | participant | people | person | adult | men | women | child
    | receiving | given | regimen | tablet | capsule | injection | grade | stage | or | and | of | with | the | a
    | an | for | in | to | from | severe | serious | mild | moderate | any | median | mean | overall | total
    | new | confirmed | rate | risk | incidence | cumulative | frequency | number | proportion | percentage
    | cohort | occurrence | development | case""",
    re.VERBOSE,
)
"""Words that say how, how much or how often, and leave the name what it is."""
_AMOUNT = re.compile(r"\d[\d.,]*|low|high|reduced")
_OF_AMOUNT = re.compile(r"mg|mcg|g|kg|ml|day|week|month|year|dose|grade|stage|line|or|\d[\d.,]*")
"""A number, "low" or "high" leaves the name what it is beside one of these alone: high-dose dexamethasone, not high
cholesterol; grade 3 neutropenia, not type 3 diabetes."""

_SMALL = frozenset(["a", "an", "and", "for", "from", "in", "of", "or", "the", "to", "with"])


@dataclass(frozen=True, slots=True)
class Composed:
    """The key of the name in a mention and the modifiers (IRIs) around it, in the order of the mention."""

    head: str
    modifiers: tuple[str, ...]


Modifier = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Words:
    """What the terminology knows of words: whether a key is a name, the concept of a key that narrows another (None for
    any other key), and all single words of such keys."""

    is_name: Callable[[str], bool]
    modifier: Modifier
    of_modifiers: frozenset[str]


def compose(key: str, known: Words, *, plain: bool = True) -> Composed | None:
    """A part of ``key`` that is a name and whose other words are all modifiers or plain words.

    Of several parts the longest, unless that is itself a shorter name with modifiers. Without ``plain`` the other words
    must all be modifiers. None where there is no such part, or where it is the whole key.
    """
    words = key.split(" ")
    if not 2 <= len(words) <= MAX_WORDS:
        return None
    plainly = [plain and _is_plain(words, i) for i in range(len(words))]
    of_the_name = [i for i, word in enumerate(words) if not plainly[i] and word not in known.of_modifiers]
    first, last = (of_the_name[0], of_the_name[-1]) if of_the_name else (len(words), -1)
    for size in range(len(words) - 1, 0, -1):
        for start in range(min(first, len(words) - size), max(last - size, -1), -1):
            edges = {words[start], words[start + size - 1]}
            head = " ".join(words[start : start + size])
            if edges & _SMALL or (size == 1 and plainly[start]) or not known.is_name(head):
                continue
            before = _modifiers(words[:start], known.modifier, plainly[:start])
            behind = _modifiers(words[start + size :], known.modifier, plainly[start + size :])
            if before is not None and behind is not None:
                inner = compose(head, known, plain=False)
                head, between = (inner.head, inner.modifiers) if inner else (head, ())
                return Composed(head, tuple(dict.fromkeys((*before, *between, *behind))))
    return None


def _is_plain(words: list[str], i: int) -> bool:
    """True for a word that says how much or how, where it stands."""
    if _AMOUNT.fullmatch(words[i]):
        return any(_OF_AMOUNT.fullmatch(word) for word in (*words[max(i - 1, 0) : i], *words[i + 1 : i + 2]))
    return _PLAIN.fullmatch(words[i]) is not None


def _modifiers(words: list[str], modifier: Modifier, plainly: list[bool]) -> list[str] | None:
    """The modifiers that ``words`` are made of, leaving plain words out; None where a word is neither."""
    out, i = list[str](), 0
    while i < len(words):
        for j in range(min(len(words), i + _LONGEST_MODIFIER), i, -1):
            concept = modifier(" ".join(words[i:j]))
            if concept is not None:
                out.append(concept)
                i = j
                break
        else:
            if not plainly[i]:
                return None
            i += 1
    return out
