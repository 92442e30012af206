"""What analyses see of a claim: a small value with its terms named once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from graph.cited import primary_iri
from graph.mapping_mentions import search_key
from graph.naming import searched
from graph.study_grounds import SECONDARY
from graph.words import negates, says_plainly
from ingest.article import Article
from ingest.claim import Claim, Direction, Favours, Measure, Mention, Significance, Status, Study
from ingest.terminology import Concept, Terminology

WORDS = "words:"
"""What the id of a term begins with that names no concept."""
MOST_PEOPLE = 10**9
"""No study has more participants: a larger number was misread."""
_STANDING = (Status.ACCEPTED, Status.CORRECTED, Status.UNREVIEWED, Status.REJECTED)


@dataclass(frozen=True, slots=True)
class Term:
    """What a slot names, as one thing: two terms are the same where their ids are.

    Of one concept its IRI is the id; a combination is a thing of its own, its id holds the IRIs of all its parts that
    are not broader than another one. A concept that the words deny ("no prior lenalidomide") is no part; where nothing
    is left, the id is made of the words. ``concepts`` are all IRIs of the mention, ``keys`` its words and its label as
    word searches see them.
    """

    id: str
    label: str
    concepts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """True where the words name a concept and do not deny it."""
        return not self.id.startswith(WORDS)


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of an answer. ``study`` is what it is counted for; None and empty mean that the claim does not say.

    ``measures`` are those of its numbers, in the order of the set. ``participants`` are those of the whole study:
    randomised, else enrolled. ``year`` is that of the publication. ``confidence`` is in whole thousandths.
    """

    claim: str
    article: str
    study: str
    outcome: Term
    drug: Term | None = None
    comparator: Term | None = None
    population: Term | None = None
    direction: Direction | None = None
    significance: Significance | None = None
    favours: Favours | None = None
    measures: tuple[Measure, ...] = ()
    participants: int | None = None
    year: int | None = None
    status: Status = Status.UNREVIEWED
    confidence: float = 0.5
    secondary: bool = False

    @property
    def rank(self) -> tuple[int, bool, float, str]:
        """Which claim to show of several that say the same: the decided one, the primary one, the surest one."""
        return _STANDING.index(self.status), self.secondary, -self.confidence, self.claim

    @property
    def benefit(self) -> bool | None:
        """True where the direction is good for the patient, False where it is bad, None where nobody can tell."""
        if self.favours is None or self.direction not in (Direction.HIGHER, Direction.LOWER):
            return None
        return self.favours.value == self.direction.value

    @property
    def significant(self) -> bool:
        """True where the article says so, or its numbers show it."""
        return self.significance is Significance.SIGNIFICANT


class Terms:
    """Names the slots of claims, each mention once."""

    def __init__(self, terminology: Terminology) -> None:
        self._terminology = terminology
        self._made: dict[tuple[str, str | None, tuple[str, ...]], Term] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    def of(self, mention: Mention | None) -> Term | None:
        """The term of a mention, None for none."""
        if mention is None:
            return None
        key = (mention.text, mention.label, mention.concepts or ((mention.concept,) if mention.concept else ()))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._named(*key)
        return found

    def _named(self, text: str, label: str | None, concepts: tuple[str, ...]) -> Term:
        keys = tuple(dict.fromkeys(search_key(words).strip() for words in (text, label) if words))
        shown = " ".join((label or text).split())
        plain: Sequence[str] = concepts
        if any(map(negates, keys)):
            plain = [iri for iri in concepts if says_plainly(keys, self._names_of(iri)) is not False]
        parts = self._narrowest(plain)
        if not parts:
            return Term(WORDS + (next(filter(None, keys), "") or shown), shown, concepts, keys)
        names = [self._name(iri) or (shown if len(parts) == 1 else iri) for iri in parts]
        return Term(" + ".join(parts), " + ".join(sorted(names)), concepts, keys)

    def _narrowest(self, concepts: Sequence[str]) -> tuple[str, ...]:
        """Those of which none of the others is a kind, in order."""
        broader = {iri: self._terminology.ancestors(iri) - {iri} for iri in concepts}
        return tuple(sorted(i for i in set(concepts) if not any(i in broader[other] for other in concepts)))

    def _name(self, iri: str) -> str | None:
        concept = self._terminology.get(iri)
        return None if concept is None else concept.name

    def _names_of(self, iri: str) -> tuple[str, ...]:
        if iri not in self._names:
            concept = self._terminology.get(iri)
            self._names[iri] = () if concept is None else names_of(concept, self._terminology)
        return self._names[iri]


def names_of(concept: Concept, terminology: Terminology) -> tuple[str, ...]:
    """The names of a concept that are safe to look for in words, as search keys."""
    return tuple(searched("", [concept], terminology))


def fact_of(claim: Claim, study: str, published: str | None, secondary: bool, terms: Terms) -> Fact:
    """The claim as analyses see it, counted for ``study``."""
    outcome = terms.of(claim.outcome)
    assert outcome is not None
    named = {effect.measure for effect in claim.effects}
    return Fact(
        claim=claim.id,
        article=claim.article,
        study=study,
        outcome=outcome,
        drug=terms.of(claim.intervention),
        comparator=terms.of(claim.comparator),
        population=terms.of(claim.population),
        direction=claim.direction,
        significance=claim.significance,
        favours=claim.outcome_favours,
        measures=tuple(measure for measure in Measure if measure in named),
        participants=size_of(_people(claim.study)),
        year=year_of(published),
        status=claim.status,
        confidence=floor(1000 * claim.confidence + 0.5) / 1000,
        secondary=secondary,
    )


def facts_of(pairs: Sequence[tuple[Claim, Article]], terminology: Terminology) -> list[Fact]:
    """Facts of claims as they left a library: counted for the study that they carry, else for their article."""
    terms = Terms(terminology)
    return [fact_of(c, (c.study and c.study.id) or a.id, a.published, is_secondary(a), terms) for c, a in pairs]


def is_secondary(article: Article) -> bool:
    """True for an article that tells what another publication found, which it names by an id that can be looked up."""
    return article.kind.value in SECONDARY or primary_iri(article.primary_source) is not None


def year_of(published: str | None) -> int | None:
    """The year of a date of ISO 8601, None where there is none.

    >>> year_of("2017-04-05"), year_of("spring"), year_of(None)
    (2017, None, None)
    """
    head = (published or "")[:4]
    return int(head) if len(head) == 4 and head.isascii() and head.isdigit() else None


def size_of(people: int | None) -> int | None:
    """The participants of a study; None for a number that cannot be one.

    >>> size_of(443), size_of(0), size_of(10**12), size_of(None)
    (443, None, None, None)
    """
    return people if people is not None and 0 < people <= MOST_PEOPLE else None


def _people(study: Study | None) -> int | None:
    return None if study is None else study.randomised if study.randomised is not None else study.enrolled
