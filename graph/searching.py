"""Which claims answer a question: matching in the store, selection, order, and what is said about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import floor

from graph.language.fitting import day_of, fits, size_of
from graph.language.tree import And, Anything, Expression, Not, Term, terms
from graph.language.understanding import Slot, understand
from graph.mapping import ROLES
from graph.question import Order, Question, Retracted, quoted
from graph.reading import ClaimHead, Reader, by_claim
from graph.resolving import Resolved
from graph.vocab import node
from graph.words import says_plainly
from ingest.claim import ClaimKind, Status
from ingest.terminology import Terminology

_KINDS = list(ClaimKind)
OrderKey = tuple[int, int, str, int, str]


@dataclass(frozen=True, slots=True)
class Matches:
    """Every claim that fits a question, by place, and how each term was understood.

    ``found`` is how many claims each term has by itself, ``named`` how many fit all slots, whatever the filters say.
    ``wanted`` are those terms that are not negated.
    """

    heads: tuple[ClaimHead, ...]
    said: tuple[str, ...]
    found: tuple[tuple[str, str, int], ...]
    terms: tuple[tuple[str, Resolved], ...]
    wanted: tuple[tuple[str, Resolved], ...]
    named: int

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Names like those that nobody knows."""
        return tuple(dict.fromkeys(name for _, term in self.terms for name in term.suggestions))


@dataclass(frozen=True, slots=True)
class Answer:
    """The claims of an evidence answer in their order, the studies behind them, and the explanation.

    ``terms`` are the terms that speak for a claim, each with its slot.
    """

    heads: tuple[ClaimHead, ...]
    studies: int
    said: tuple[str, ...]
    terms: tuple[tuple[str, Resolved], ...]


def match(reader: Reader, question: Question, terminology: Terminology) -> Matches:
    """Claims that fit every term and every filter but status, kind and standing."""
    understood = understand(question, terminology)
    ids: set[str] | None = None
    found = list[tuple[str, str, int]]()
    for asked in understood.slots:
        claims = _having(reader, asked, asked.expression)
        ids = claims if ids is None else ids & claims
        found += [
            (asked.role, term.words, len(slot(reader, asked.role, asked.meanings[term.words])))
            for term in terms(asked.expression)
        ]
    heads = reader.every_head if ids is None else reader.heads(sorted(ids))
    named = len(heads)
    if question.filters:
        whole = zip(heads, reader.claims([head.id for head in heads]), strict=True)
        heads = [h for h, c in whole if fits(c, reader.article_heads[h.article].published, question.filters)]
    return Matches(tuple(heads), understood.said, tuple(found), understood.terms, understood.wanted, named)


def _having(reader: Reader, asked: Slot, expression: Expression) -> set[str]:
    """Claims of whose slot an expression is true."""
    if isinstance(expression, Term):
        return slot(reader, asked.role, asked.meanings[expression.words])
    if isinstance(expression, Anything):
        return set(reader.keys("role_keys", ROLES[asked.role]))
    if isinstance(expression, Not):
        return _having(reader, asked, Anything()) - _having(reader, asked, expression.part)
    parts = [_having(reader, asked, part) for part in expression.parts]
    return set.intersection(*parts) if isinstance(expression, And) else set.union(*parts)


def slot(reader: Reader, role: str, term: Resolved) -> set[str]:
    """Claims whose slot names the term: by concept or anything narrower; by words where there is no concept.

    Words that name it only to deny it ("non-transplant-eligible") do not count, whatever concept they carry.
    """
    predicate = ROLES[role]
    if not term.targets:
        return _by_words(reader.keys("role_keys", predicate), term)
    linked = by_claim(reader.rows("by_concept", role=predicate, target=[node(t) for t in term.targets]))
    found = {claim for claim, keys in linked.items() if says_plainly(keys, term.words) is not False}
    return found | _by_words(reader.keys("role_keys_unlinked", predicate), term)


def _by_words(held: Mapping[str, set[str]], term: Resolved) -> set[str]:
    hits = ((c, keys) for c, keys in held.items() if any(needle in key for key in keys for needle in term.needles))
    return {claim for claim, keys in hits if says_plainly(keys, term.words)}


def answer(reader: Reader, question: Question, terminology: Terminology) -> Answer:
    """The evidence for a question: what default answers leave out is counted and said."""
    matches = match(reader, question, terminology)
    statuses = question.statuses or frozenset(Status) - {Status.REJECTED}
    kinds = question.kinds or frozenset({ClaimKind.OWN_RESULT})
    doubtful = "of articles that are retracted or in doubt"
    kept = list[ClaimHead]()
    left = {"rejected or of another status": 0, "not own results": 0, doubtful: 0}
    excluded, asked = reader.standings.excluded, question.retracted or Retracted.NO
    doubled = 0
    for head in matches.heads:
        if not stands(head, excluded, asked):
            left[doubtful] += asked is Retracted.NO
        elif head.status not in statuses:
            left["rejected or of another status"] += 1
        elif head.kind not in kinds:
            left["not own results"] += 1
        elif head.article in reader.studies.doubled:
            doubled += 1
        else:
            kept.append(head)
    kept.sort(key=lambda head: order_key(head, reader, question.order))
    studies = len({reader.studies.behind(head.article, head.study) for head in kept})
    said = [*matches.said]
    if any(left.values()):
        counts = ", ".join(f"{number} {what}" for what, number in left.items() if number)
        said.append(f"Left out: {counts}. Filters status:any, kind:any and retracted:any bring them in.")
    if doubled:
        said.append(f"Left out: {doubled} of abstracts, as the full text of the same publication is in the library.")
    if not kept:
        said += _nothing(matches)
    return Answer(tuple(kept), studies, tuple(said), matches.wanted)


def order_key(head: ClaimHead, reader: Reader, order: Order = Order.PLACE) -> OrderKey:
    """Own results first, then background and opinion; primary sources before secondary ones; then by place.

    Another order comes in place of the kind: confidence in steps of a thousandth, the date of publication or the size
    of the study backwards, with what is unknown last.
    """
    secondary = reader.article_heads[head.article].secondary
    return _first(head, reader, order), int(secondary), *head.place


def _first(head: ClaimHead, reader: Reader, order: Order) -> int:
    if order is Order.UNCERTAIN:
        return floor(1000 * head.confidence + 0.5)
    if order is Order.NEWEST:
        return -(day_of(reader.article_heads[head.article].published) or 0)
    if order is Order.LARGEST:
        size = size_of(reader.claims([head.id])[0].study)
        return 1 if size is None else -size
    return _KINDS.index(head.kind)


def selected(
    heads: Iterable[ClaimHead], statuses: Collection[Status] | None, kinds: Collection[ClaimKind] | None
) -> list[ClaimHead]:
    """Those heads that have one of the statuses and one of the kinds; None allows all."""
    return [h for h in heads if (statuses is None or h.status in statuses) and (kinds is None or h.kind in kinds)]


def stands(head: ClaimHead, excluded: Collection[str], asked: Retracted | None) -> bool:
    """True where the claim's article stands as asked; ``excluded`` are those retracted or in doubt."""
    return asked in (None, Retracted.ANY) or (head.article in excluded) == (asked is Retracted.YES)


def _nothing(matches: Matches) -> list[str]:
    looked = [f"{number} with {quoted(term)} as {role}" for role, term, number in matches.found]
    said = [f"Nothing found. Claims by themselves: {', '.join(looked)}."] if looked else ["Nothing found."]
    empty = [term for _, term, number in matches.found if not number]
    if matches.named and not matches.heads:
        return [f"Nothing found: {matches.named} claims have these names, but none passes the filters."]
    if matches.suggestions:
        said.append(f"Try one of these names: {', '.join(quoted(name) for name in matches.suggestions)}.")
    elif empty:
        said.append(f"Try a broader or shorter term for {', '.join(quoted(t) for t in empty)}, or ? in its place.")
    elif len(matches.found) > 1:
        said.append("No claim has all of them together: try ? in place of one term, or fewer filters.")
    return said
