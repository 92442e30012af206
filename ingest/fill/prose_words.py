"""The words by which sentences name the arms of a question: its own, and those of the article's names for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ingest.article import Span
from ingest.fill.glosses import GROUP, gloss_of
from ingest.fill.likeness import name_of
from ingest.fill.match import match_arms
from ingest.fill.model import Question
from ingest.fill.prose_arms import LETTER, ArmWords, Mark
from ingest.fill.roles import control, no_arm, only_active, only_control
from ingest.fill.size_model import EVERY_ARM, ArmSize, SizeKind
from ingest.fill.spelling import WITHOUT, plain, stem, tokens_of, written_out

LONGEST_NAME = 7
"""Words of an arm's name in the article's own words; longer ones are no names."""
MOST_NAMES = 8
"""A longer list of names is no list of arms."""
_USUAL = (
    "group arm patient participant day daily week month year once twice per first second dose time only received alone"
    " combined intervention treatment therapeutic therapy care standard session program"
    " based after before female male mg ml kg"
)
_COMMON = frozenset(stem(w) for w in _USUAL.split())
"""Words that many arms have, whichever they are."""


def arm_words(question: Question, sizes: Sequence[ArmSize], short_forms: Mapping[str, str]) -> ArmWords:
    """What tells the arms of a question apart in sentences: words of the question and of the article's own names.

    Words that the outcome has too are none of them.
    """
    intervention, comparator = question.intervention, question.comparator
    own: tuple[set[str], set[str]] = ({intervention}, {comparator})
    others: set[str] = set()
    for names, sure in _name_lists(sizes, short_forms):
        one, two = match_arms(intervention, comparator, names, short_forms, by_elimination=sure)
        if one is not None and two is not None:
            own[0].add(names[one])
            own[1].add(names[two])
            others |= {n for i, n in enumerate(names) if i not in (one, two) and not no_arm(n)}
    others -= own[0] | own[1]
    letters: dict[str, tuple[Mark, str]] = {}
    for mark, group in ((Mark.INTERVENTION, own[0]), (Mark.COMPARATOR, own[1])):
        letters |= {letter: (mark, "") for name in group for letter in _letters(name)}
    letters |= {letter: (Mark.OTHER, letter) for name in others for letter in _letters(name) if letter not in letters}
    sides = [frozenset(t for name in names for t in _tokens(name, short_forms)) for names in own]
    of_others = {name: frozenset(_tokens(name, short_forms)) for name in others}
    words: dict[str, tuple[Mark, str]] = {}
    for name, tokens in of_others.items():
        words |= {t: (Mark.OTHER, name) for t in tokens if t not in words}
    everywhere = frozenset(tokens_of(written_out(question.outcome, short_forms))) | (sides[0] & sides[1])
    for mark, mine in ((Mark.INTERVENTION, sides[0]), (Mark.COMPARATOR, sides[1])):
        words |= {t: (mark, "") for t in mine if t not in words}
    words = {t: of for t, of in words.items() if t not in everywhere}
    for tokens in of_others.values():
        if len(tokens - sides[0] - sides[1]) < len(tokens):  # "A + B" beside "A": what they share tells nothing
            words = {t: of for t, of in words.items() if t not in tokens or t not in (sides[0] | sides[1])}
    named = " ".join((*own[0], *own[1], *others))
    doses = frozenset(float(n) for n in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?=\s*(?:[a-zµμ%]|$))", named))
    plain_pair = not others and not control(intervention) and bool(control(comparator) or _named(own[1], only_control))
    return ArmWords(words, letters, plain_pair or _named(own[0], only_active), not others, doses, short_forms)


def _named(names: Iterable[str], test: Callable[[str], bool]) -> bool:
    return any(test(n) for n in names)


def _name_lists(sizes: Sequence[ArmSize], short_forms: Mapping[str, str]) -> list[tuple[list[str], bool]]:
    """Names that stand together, and whether they are surely arms all: in a table or sentence, or glossed."""
    by_source: dict[Span, list[ArmSize]] = {}
    for size in sizes:
        if size.name != EVERY_ARM and size.kind <= SizeKind.STATED and _may_name(size.name):
            by_source.setdefault(size.source, []).append(size)
    out = [
        (list(dict.fromkeys(plain(s.name) for s in told)), all(s.kind <= SizeKind.RANDOMISED for s in told))
        for told in by_source.values()
    ]
    out.append(([f"Group {key.removeprefix(GROUP)}" for key in short_forms if key.startswith(GROUP)], False))
    return [(names, sure) for names, sure in out if 2 <= len(names) <= MOST_NAMES]


def _may_name(name: str) -> bool:
    return not no_arm(name) and len(name.split()) <= LONGEST_NAME and not re.search(r"\d\.\d|=", name)


def _letters(name: str) -> set[str]:
    bare = re.sub(r"\b[Gg]roups?\b|\b[Aa]rms?\b", " ", plain(name))
    lettered = bare.strip(" ()") != plain(name).strip(" ()")
    return set(re.findall(rf"(?<![\w/]){LETTER}(?![\w/%])", bare)) if lettered or len(bare.strip(" ()")) <= 3 else set()


def _tokens(name: str, short_forms: Mapping[str, str]) -> Iterable[str]:
    gloss = gloss_of(name, short_forms)
    parts = [tokens for tokens, _ in name_of(name, short_forms).parts]
    parts += [tokens_of(gloss)] if gloss else []
    for tokens in parts:
        yield from (t for t in tokens if t not in _COMMON and t != WITHOUT and len(t) > 1 and not t.isdigit())
