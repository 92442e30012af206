"""Why a claim answers a question: for each term the concept, the path up to a broader one, or the words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from graph.hierarchy import known
from graph.mapping_mentions import search_key
from graph.model import How, Matched
from graph.question import quoted
from graph.resolving import Resolved
from ingest.claim import Claim, Mention
from ingest.terminology import Terminology


class Ways:
    """Why claims answer one question: mentions of the same words and concepts matched for the same reason."""

    def __init__(self, terms: Sequence[tuple[str, Resolved]], terminology: Terminology) -> None:
        """``terms`` are those of the question, each with its slot."""
        self._terms, self._terminology = terms, terminology
        self._known: dict[tuple[object, ...], Matched | None] = {}

    def of(self, claim: Claim) -> tuple[Matched, ...]:
        """See ``why``."""
        found = ((place, getattr(claim, role)) for place, (role, _) in enumerate(self._terms))
        ways = (self._way(place, mention) for place, mention in found if mention is not None)
        return tuple(way for way in ways if way is not None)

    def _way(self, place: int, mention: Mention) -> Matched | None:
        key = (place, mention.text, mention.label, mention.concept, mention.concepts)
        if key not in self._known:
            self._known[key] = _matched(*self._terms[place], mention, self._terminology)
        return self._known[key]


def why(claim: Claim, terms: Sequence[tuple[str, Resolved]], terminology: Terminology) -> tuple[Matched, ...]:
    """Why each term, which belongs to a slot, matched, in the order of the terms; one that does not is left out.

    The nearest way counts: the concept itself, else the fewest steps up, else words.
    """
    return Ways(terms, terminology).of(claim)


def sentence(matched: Matched) -> str:
    """The same for people.

    >>> sentence(Matched("outcome", "SPM", How.NARROWER, ("second AML", "second cancer"), "SPM"))
    'second AML is a second cancer, of which "SPM" is a name'
    """
    term, name = quoted(matched.term), quoted(matched.name)
    if matched.how is How.WORDS:
        return f"by words: {name}"
    if len(matched.path) > 1:
        way = " is a ".join(matched.path)
        return way if matched.name == matched.path[-1] else f"{way}, of which {name} is a name"
    if matched.how is How.LOOSE:
        return f"{term} is a loose spelling of {name}, a name of {matched.path[0]}"
    return f"{name} is a name of {matched.path[0]}"


def path_up(start: str, targets: Collection[str], terminology: Terminology) -> tuple[str, ...] | None:
    """The shortest way from a concept to the nearest of ``targets``, both included; of two the first by the parents'
    order. None where no target is the concept or broader."""
    if start in targets:
        return (start,)
    if known(start, terminology) is None or terminology.ancestors(start).isdisjoint(targets):
        return None
    below = {start: ""}
    for iri in (order := [start]):
        concept = terminology.get(iri)
        for parent in concept.parents if concept is not None else ():
            if parent not in below:
                below[parent] = iri
                order.append(parent)
                if parent in targets:
                    return _walked(parent, below)
    return None  # pragma: no cover - a target is broader, so the way up comes to it


def _walked(last: str, below: dict[str, str]) -> tuple[str, ...]:
    way = [last]
    while below[way[-1]]:
        way.append(below[way[-1]])
    return tuple(reversed(way))


def _matched(role: str, term: Resolved, mention: Mention, terminology: Terminology) -> Matched | None:
    concepts = dict.fromkeys((*([mention.concept] if mention.concept else ()), *mention.concepts))
    ways = [way for concept in concepts if (way := path_up(concept, term.targets, terminology)) is not None]
    if ways:
        way = min(ways, key=len)
        how = How.NARROWER if len(way) > 1 else How.LOOSE if term.loose else How.SAME
        names = tuple(_name(iri, terminology) for iri in way)
        return Matched(role, term.term, how, names, term.targets[way[-1]])
    if term.targets and concepts:
        return None
    keys = [search_key(words) for words in (mention.text, mention.label) if words]
    for key, name in term.words.items():
        if _holds(keys, key):
            return Matched(role, term.term, How.WORDS, (), name)
    return None


def _holds(keys: Iterable[str], wanted: str) -> bool:
    return any(f" {wanted} " in key for key in keys)


def _name(iri: str, terminology: Terminology) -> str:
    concept = terminology.get(iri)
    return iri if concept is None else concept.name
