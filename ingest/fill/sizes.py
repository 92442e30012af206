"""How many people an article counts in each arm, and which of these numbers answers a question. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.article import Span
from ingest.fill.match import match_arms
from ingest.fill.model import Number, Question, Side, Statistic
from ingest.fill.passages import PassageKind
from ingest.fill.size_division import divided_in
from ingest.fill.size_model import EVERY_ARM, ArmSize, SizeKind
from ingest.fill.size_tables import table_sizes
from ingest.fill.size_words import sizes_in
from ingest.fill.spelling import stem, tokens_of
from ingest.study_sizes import COUNT, FEWEST, PEOPLE, count_of

if TYPE_CHECKING:  # a prepared article keeps its sizes
    from ingest.fill.prepared import Prepared

SIDES = (Side.INTERVENTION, Side.COMPARATOR)

MUCH = 1.1
"""Tables are believed before sentences, unless a sentence counts a tenth more people: then the table is of a part."""
_PART = re.compile(
    r"\b(?:(?P<sex>females?|males?|women|men|girls|boys)\b|sub-?groups?|(?:aged?|years?)\s+(?:or\s+)?(?:younger|older|under|over)"
    r"|(?:younger|older)\s+than|adolescents\b|children\b)",
    re.I,
)
_BEFORE, _AFTER = stem("before"), stem("after")
_WHOLE = re.compile(rf"(?<![\w.,·/=-])(?P<n>{COUNT})\s+(?:[a-z-]+\s+){{0,3}}?(?:{PEOPLE}|males|females)\b", re.I)


def group_sizes(prepared: Prepared) -> tuple[ArmSize, ...]:
    """Every statement of the article that gives an arm's size, sentences first, then tables, each in its order."""
    sentences = [p.span for p in prepared.passages if p.kind is PassageKind.SENTENCE]
    out: list[ArmSize] = []
    for i, span in enumerate(sentences):
        out += sizes_in(span.of(prepared.view), span.start)
        if i and span.start - sentences[i - 1].end < 3:
            out += divided_in(prepared.view[sentences[i - 1].start : span.end], sentences[i - 1].start)
    for table in prepared.tables:
        out += table_sizes(table, prepared.view)
    return tuple(out)


def sizes_for(
    question: Question, prepared: Prepared, sizes: Sequence[ArmSize], short_forms: Mapping[str, str]
) -> tuple[Number | None, Number | None]:
    """The sizes of the two arms that a question names, whatever its outcome; None where the article does not give them.

    ``sizes`` are ``group_sizes`` of the article. A question about some of the people only (women, the older ones) has
    none. A size that is nowhere printed, because equal groups were made of all, is marked as derived. The two times of
    people who were their own control have the size of the whole study.
    """
    if about_a_part(question, prepared):
        return None, None
    if _own_control(question.intervention, question.comparator):
        whole = _whole(prepared)
        return (None, None) if whole is None else (as_number(whole, SIDES[0]), as_number(whole, SIDES[1]))
    one, two = sizes_of(question.intervention, question.comparator, sizes, short_forms)
    return (as_number(one, SIDES[0]) if one else None), (as_number(two, SIDES[1]) if two else None)


def sizes_of(
    intervention: str, comparator: str, sizes: Sequence[ArmSize], short_forms: Mapping[str, str]
) -> tuple[ArmSize | None, ArmSize | None]:
    """The statements that say how large the two arms asked for are: of the nearest sense, and of these the most told.

    A size that holds for every arm counts where no other is as near. None where two are told as often.
    """
    found: tuple[list[ArmSize], list[ArmSize]] = ([], [])
    for told in _by_source(sizes):
        for side, size in enumerate(_of_source(intervention, comparator, told, short_forms)):
            if size is not None:
                found[side].append(size)
    every = [s for s in sizes if s.name == EVERY_ARM]
    divided = {s.size for s in every if s.kind is SizeKind.DIVIDED}
    every += [replace(s, name=EVERY_ARM) for s in sizes if s.kind is SizeKind.DENOMINATOR and s.size in divided]
    return _best(found[0], every), _best(found[1], every)


def as_number(size: ArmSize, side: Side) -> Number:
    """The size as the number that fills the side's field."""
    divided = size.kind is SizeKind.DIVIDED
    note = "all people of the study, divided into equal groups" if divided else None
    return Number(side, Statistic.GROUP_SIZE, float(size.size), size.span, derived=divided, note=note)


def _by_source(sizes: Iterable[ArmSize]) -> list[list[ArmSize]]:
    out: dict[Span, list[ArmSize]] = {}
    for size in sizes:
        if size.name != EVERY_ARM:
            out.setdefault(size.source, []).append(size)
    return list(out.values())


def _of_source(
    intervention: str, comparator: str, told: Sequence[ArmSize], short_forms: Mapping[str, str]
) -> list[ArmSize | None]:
    """The sizes that one source gives the two arms; of several for one name the largest, of equals the first."""
    names = [s.name for s in told]
    out: list[ArmSize | None] = []
    all_arms = all(s.kind <= SizeKind.RANDOMISED for s in told)
    for at in match_arms(intervention, comparator, names, short_forms, by_elimination=all_arms):
        same = [s for s in told if at is not None and s.name == names[at]]
        out.append(max(same, key=lambda s: s.size, default=None))
    return out


def _best(found: Sequence[ArmSize], every: Sequence[ArmSize]) -> ArmSize | None:
    in_tables = _most_told([s for s in found if s.kind is SizeKind.TABLE], [*found, *every])
    counted = [s for s in found if SizeKind.TABLE < s.kind <= SizeKind.STATED]
    counted += [s for s in every if s.kind <= SizeKind.STATED]
    in_words = _nearest(counted)
    if in_tables is not None and (in_words is None or in_words.size <= MUCH * in_tables.size):
        return in_tables
    if in_words is not None:
        return in_words
    return _nearest([s for s in (*found, *every) if s.kind > SizeKind.STATED])


def _nearest(found: Sequence[ArmSize]) -> ArmSize | None:
    """The most told of the nearest sense that any has."""
    kind = min((s.kind for s in found), default=None)
    return _most_told([s for s in found if s.kind is kind], found)


def _most_told(of_kind: Sequence[ArmSize], found: Sequence[ArmSize]) -> ArmSize | None:
    """The size that most of one sense tell; of two told as often, the one that statements of other senses have too."""
    votes = Counter(s.size for s in of_kind)
    others = Counter(s.size for s in found if s not in of_kind and s.kind is not SizeKind.DIVIDED)
    ranked = sorted(votes, key=lambda n: (-votes[n], -others[n]))
    if not ranked or (
        len(ranked) > 1 and (votes[ranked[0]], others[ranked[0]]) == (votes[ranked[1]], others[ranked[1]])
    ):
        return None
    return next(s for s in of_kind if s.size == ranked[0])


def about_a_part(question: Question, prepared: Prepared) -> bool:
    """True for a question about some of the people only: one sex of two, an age, a subgroup."""
    words = (question.intervention, question.comparator, question.outcome)
    return any(_of_a_part(w, prepared.view) for w in words)


def _of_a_part(words: str, view: str) -> bool:
    """True where words ask for some of the people; of one sex only where the article has people of the other too."""
    for m in _PART.finditer(words):
        both = re.search(r"\b(?:female|women|girl)", view, re.I) and re.search(r"\b(?:male|men|boy)", view, re.I)
        if m["sex"] is None or both:
            return True
    return False


def _own_control(intervention: str, comparator: str) -> bool:
    """True for "after X" against "before X"."""
    one, two = set(tokens_of(intervention)), set(tokens_of(comparator))
    return _AFTER in one and _BEFORE in two and one - {_AFTER} == two - {_BEFORE}


def _whole(prepared: Prepared) -> ArmSize | None:
    """The first number of people that a sentence gives, as the size of an only arm."""
    for passage in prepared.passages:
        words = passage.span.of(prepared.view)
        for m in _WHOLE.finditer(words) if passage.kind is PassageKind.SENTENCE else ():
            size = count_of(m["n"])
            if size is not None and size >= FEWEST:
                start = passage.span.start + m.start("n")
                return ArmSize(EVERY_ARM, size, SizeKind.STATED, Span(start, start + len(m["n"])), passage.span)
    return None
