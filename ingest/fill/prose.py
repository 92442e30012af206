"""Numbers for a question from sentences: values of its two arms in one sentence that is about its outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.article import SectionKind, Span
from ingest.fill.model import Number, OutcomeType, Question, Side, Statistic
from ingest.fill.passages import PassageKind
from ingest.fill.prepared import Prepared
from ingest.fill.prose_arms import ArmWords, Mark
from ingest.fill.prose_claims import pair_at, told_by_claims
from ingest.fill.prose_outcomes import Asked, Said, item_of_list
from ingest.fill.prose_pairs import Pair, pairs_in
from ingest.fill.prose_values import numbers_of
from ingest.fill.prose_words import arm_words
from ingest.fill.size_model import EVERY_ARM, ArmSize
from ingest.fill.sizes import as_number, sizes_for

LEAST = 0.72
"""A candidate with a lower score is not believed."""
MARGIN, IN_ONE_SENTENCE = 0.15, 0.03
"""How much surer than other values the believed ones are, those of other sentences and of their own."""
TOPIC = 5
"""Passages that what the article is about is named in, at least."""
FOLLOW_UP = 7.0
"""Days from which on a time is one of follow-up, of which the last is the one that is meant."""
LONGEST = 2000
"""Characters of a sentence that is looked at."""
_NOT_READ = (SectionKind.METHODS, SectionKind.BACKGROUND, SectionKind.TITLE)
_NONE_IN_EITHER = re.compile(
    r"\bno\s+(?P<what>[^.;:]{3,160}?)\s+(?:were|was|occurred)\b[^.;:]{0,60}?\b(?:in|among|with)\s+(?:the\s+)?"
    r"(?:either|any|both|two)(?:\s+of\s+the)?(?:\s+\w+)?\s+(?:groups?|arms?)\b",
    re.I,
)
_NO_EVENT = re.compile(
    r"\b(?:significan\w*|differen\w*|chang\w*|effects?\s+of|correlat\w*|associat\w*|improve\w*|increas\w*|decreas\w*|reduc\w*"
    r"|evidence|trend|information|data)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The numbers of both arms from one sentence (``span``), and a score that ranks (0 to 1, not calibrated).

    ``time`` is the latest point in time, in days, that goes with them; None where none is named.
    """

    outcome_type: OutcomeType
    numbers: tuple[Number, ...]
    score: float
    span: Span
    time: float | None = None

    @property
    def values(self) -> tuple[tuple[str, float], ...]:
        """The fields with their values, without group sizes; equal for two sentences that tell the same."""
        return tuple(sorted((n.field, n.value) for n in self.numbers if n.statistic is not Statistic.GROUP_SIZE))


def prose_numbers(
    prepared: Prepared, question: Question, sizes: Sequence[ArmSize], short_forms: Mapping[str, str]
) -> list[Candidate]:
    """Every pair of numbers that a sentence gives the two arms for something like the outcome, the best first.

    ``sizes`` are ``group_sizes`` of the article, ``short_forms`` as ``glosses`` gives them. A candidate has the means
    of both arms, with the standard deviations that are printed, or the counts of people; group sizes where the sentence
    itself gives them. Counts from shares in percent are marked as derived.
    """
    arms = arm_words(question, sizes, short_forms)
    asked = Asked.of(question.outcome, short_forms, lambda words: _is_topic(words, prepared))
    default = {n.side: n for n in sizes_for(question, prepared, sizes, short_forms) if n is not None}
    found = [
        Candidate(kind, numbers, score, place, time)
        for place, pair, said in _told(prepared, arms)
        if (score := asked.fit(said, short_forms)) > 0
        for time in (asked.time_of(said),)
        for kind, numbers in _filled(pair, said, place, _sizes_here(place, arms, sizes), default)
        if question.outcome_type in (None, kind)
    ]
    found += _none_in_either(prepared, question, asked, short_forms)
    return sorted(found, key=lambda c: (-c.score, c.span))


def best_of(candidates: Sequence[Candidate], *, derive: bool = False) -> Candidate | None:
    """The candidate to be believed: surely about the outcome, and no other values for it nearly as sure.

    Of equally sure values at several points in time, those at the last. None where it stays open. Candidates with a
    derived number take part only with ``derive``, and not where one is printed.
    """
    sure = [c for c in candidates if c.score >= LEAST and not any(n.derived for n in c.numbers)]
    if derive and not sure:
        sure = [c for c in candidates if c.score >= LEAST]
    if not sure:
        return None
    best = {c.span: max(d.score for d in sure if d.span == c.span) for c in sure}
    firm = {c.span: {d.values for d in sure if d.span == c.span and d.score == best[c.span]} for c in sure}
    sure = [c for c in sure if c.values in firm[c.span] or c.score > best[c.span] - IN_ONE_SENTENCE]
    top = [c for c in sure if c.score >= max(best.values()) - MARGIN]
    if len({c.values for c in top}) > 1:
        last = max(c.time or 0.0 for c in top)
        top = [c for c in top if c.time == last and last >= FOLLOW_UP]
    return max(top, key=_told_most) if len({c.values for c in top}) == 1 else None


def totals_of(
    prepared: Prepared, question: Question, sizes: Sequence[ArmSize], short_forms: Mapping[str, str]
) -> dict[Side, Number]:
    """The people that shares of the arms are out of ("3/20"), where an arm has one such number only."""
    found: dict[Side, list[Number]] = {side: [] for side in Side}
    for place, (pair, _), said in _told(prepared, arm_words(question, sizes, short_forms)):
        for kind, numbers in numbers_of(pair, said.sentence, place.start, {}):
            for number in numbers if kind is OutcomeType.BINARY else ():
                if number.statistic is Statistic.GROUP_SIZE:
                    found[number.side].append(number)
    return {side: told[0] for side, told in found.items() if len({n.value for n in told}) == 1}


def _told_most(candidate: Candidate) -> tuple[int, bool, float]:
    """Of candidates with the same values, the one with most numbers, with claims that hold them, best fitting."""
    return len(candidate.numbers), any(n.claim for n in candidate.numbers), candidate.score


def _is_topic(words: str, prepared: Prepared) -> bool:
    """True where the words stand in so many passages that the article is about them."""
    if len(words) < 4:
        return False
    return sum(words.casefold() in p.span.of(prepared.view).casefold() for p in prepared.passages) >= TOPIC


def _sentences(prepared: Prepared) -> Iterator[tuple[Span, str]]:
    """Sentences that may tell results, each with the words of the one right before it."""
    end, before = -10, ""
    for passage in prepared.passages:
        if passage.kind is PassageKind.SENTENCE and passage.section not in _NOT_READ and len(passage.span) <= LONGEST:
            yield passage.span, before if passage.span.start - end < 3 else ""
            end, before = passage.span.end, passage.span.of(prepared.view)


def _told(prepared: Prepared, arms: ArmWords) -> Iterator[tuple[Span, tuple[Pair, str | None], Said]]:
    """Every pair of values with the sentence it stands in, the claim that has it, and what is said of it."""
    by_claims = told_by_claims(prepared.claims, arms)
    for span, before in _sentences(prepared):
        words = span.of(prepared.view)
        mentions = arms.mentions(words)
        pairs = list(pairs_in(words, mentions, two_arms=arms.two_arms, doses=arms.doses)) if mentions else []
        for pair, said in zip(pairs, _said(words, pairs, before), strict=True):
            if said is not None:
                yield span, (pair, None), said
        for claim, one, two in by_claims:
            told = pair_at(span, claim, one, two)
            if told is not None:
                yield span, (told[0], claim.id), Said(words, told[0].lead, (), "", told[1])


def _said(words: str, pairs: Sequence[Pair], before: str) -> list[Said | None]:
    """What is said of each pair; None where the words list outcomes, and which of them a pair is of stays open."""
    leads = [p.lead for p in pairs]
    telling = [i for i, lead in enumerate(leads) if not Asked.tells_nothing(words[slice(*lead)])]
    out: list[Said | None] = []
    for i, lead in enumerate(leads):
        first = max((k for k in telling if k <= i), default=0)
        last = min((k for k in telling if k > i), default=len(leads))
        others = tuple(o for o in leads if o != lead)
        if last - first == 1:
            out.append(Said(words, lead, others, before))
            continue
        item = item_of_list(words[slice(*leads[first])], i - first, last - first)
        out.append(None if item is None else Said(words, leads[first], others, before, item))
    return out


def _filled(
    told: tuple[Pair, str | None], said: Said, place: Span, here: Mapping[Side, Number], default: Mapping[Side, Number]
) -> Iterator[tuple[OutcomeType, tuple[Number, ...]]]:
    """The numbers of a pair, with the sizes that its sentence gives; derived counts take those of the article else."""
    pair, claim = told
    for kind, numbers in numbers_of(pair, said.sentence, place.start, {**default, **here}):
        given = {n.side for n in numbers if n.statistic is Statistic.GROUP_SIZE}
        more = (n for side, n in here.items() if side not in given and len(here) == 2)
        yield kind, (*(replace(n, claim=claim) for n in numbers), *more)


def _sizes_here(place: Span, arms: ArmWords, sizes: Sequence[ArmSize]) -> dict[Side, Number]:
    out: dict[Side, Number] = {}
    for size in sizes:
        if size.source == place and size.name != EVERY_ARM:
            marks = {m.mark for m in arms.mentions(size.name)}
            for mark, side in ((Mark.INTERVENTION, Side.INTERVENTION), (Mark.COMPARATOR, Side.COMPARATOR)):
                if marks == {mark}:
                    out.setdefault(side, as_number(size, side))
    return out


def _none_in_either(
    prepared: Prepared, question: Question, asked: Asked, short_forms: Mapping[str, str]
) -> Iterator[Candidate]:
    """ "No complications were reported in either group": no events in both arms."""
    if question.outcome_type is OutcomeType.CONTINUOUS or _NO_EVENT.search(question.outcome):
        return
    for span, _ in _sentences(prepared):
        words = span.of(prepared.view)
        for m in _NONE_IN_EITHER.finditer(words):
            score = 0.0 if _NO_EVENT.search(m["what"]) else asked.fit(Said(words, m.span("what"), (), ""), short_forms)
            if score > 0:
                place = Span(span.start + m.start(), span.start + m.end())
                numbers = tuple(Number(side, Statistic.EVENTS, 0.0, place) for side in Side)
                yield Candidate(OutcomeType.BINARY, numbers, score, span)
