"""From a mention to its concept: look-up, names spelt alike, and a model that weighs what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from ingest.link_candidates import Candidate, How, Near, Usage, candidates
from ingest.link_compose import Composed, Words, compose
from ingest.link_features import Around, named_outright, of_the_article, of_the_name
from ingest.link_forms import full_form, keys_of, one_letter_apart, parts_of
from ingest.link_rules import (
    MISSPELT,
    MISSPELT_LETTERS,
    Form,
    Weighed,
    best,
    is_ours,
    outdone,
    trusted,
)
from ingest.link_rules import Mention as Mention
from ingest.term_keys import key_of
from ingest.term_table import Source
from ingest.terminology import ConceptKind, Terminology
from ingest.trees import Array, Floats, Forest, forest_of

_INDUCED = re.compile(r"-induced\b|\binduced\b|\btoxicity\b|\bside[ -]effects?\b|\badverse\b", re.IGNORECASE)
CACHED = 10_000
"""So many mentions are kept with their candidates: some 4 KB each."""
_MODIFIERS = (ConceptKind.POPULATION, ConceptKind.PROCEDURE)


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was linked to: its concepts (IRIs), the best first, several only for a list of things.

    ``score`` is that of the concept, for a list the least of theirs, None where there is none. ``modifiers`` are
    concepts that narrow it. ``weighed`` are all candidates, the best first; ``long`` is the full form of an
    abbreviation.
    """

    concepts: tuple[str, ...] = ()
    score: float | None = None
    modifiers: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    long: str | None = None


@dataclass(frozen=True)
class LinkModel:
    """What was learnt: the usage of annotated corpora, trees that weigh candidates, and the least score of a link.

    ``least_sure`` is that of a mention that a person marked.
    """

    usage: Usage
    forest: Forest
    least: float
    least_sure: float = 0.0

    @classmethod
    def of(cls, arrays: Mapping[str, Array], usage: Usage) -> LinkModel:
        """The model in ``arrays``. Raises KeyError or ValueError for arrays that hold none."""
        return cls(usage, forest_of(arrays, "link"), float(arrays["least"]), float(arrays["least_sure"]))


class Linker:
    """Links mentions to the concepts of a terminology; made once, used for many articles.

    ``near`` finds names spelt alike, ``meaning`` names that mean much the same; None does without.
    """

    def __init__(
        self, terminology: Terminology, model: LinkModel, near: Near | None = None, meaning: Near | None = None
    ) -> None:
        self.terminology = terminology
        self._model = model
        self._near = near
        self._meaning = meaning
        self.found = lru_cache(maxsize=CACHED)(self._candidates)
        self._of_the_name = lru_cache(maxsize=CACHED)(self._features_of_the_name)
        self._items = lru_cache(maxsize=CACHED)(self._by_name)

    def link(
        self,
        mentions: Sequence[Mention],
        short: Mapping[str, str],
        text: str = "",
        *,
        sure: bool = False,
        by_name: bool = False,
    ) -> list[Link]:
        """A link for each of ``mentions``, of one article; ``short`` maps its short forms to the long ones.

        ``text`` is the article, for what it says as a whole. ``sure`` mentions were marked by a person: that they name
        something of their kind is beyond doubt, and a less certain link is believed. ``by_name``: only a
        link by a name will be believed, so for a mention that has none nothing like it is looked for.
        """
        forms = [(m, full_form(m.text, short)) for m in mentions]
        if by_name:
            forms = [(m if self._items(m.text, long) else replace(m, search=False), long) for m, long in forms]
        around = self.around(forms, text)
        asked: dict[Form, tuple[Candidate, ...]] = {form: self.found(*form) for form in forms}
        lists = {form: self._readings(form, asked[form]) for form in dict.fromkeys(forms)}
        made = {form: c for form in lists if (c := self._composed(form, asked[form])) is not None}
        for form, composed in made.items():
            asked.setdefault(_part(form, composed.head), self._items(composed.head))
        for form, readings in lists.items():
            for item in (item for items in readings for item in items):
                asked.setdefault(_part(form, item), self._items(item))
        weighed = self._weigh(asked, around)
        least = self._model.least_sure if sure else self._model.least
        return [self._link(form, lists[form], made.get(form), weighed, least) for form in forms]

    def around(self, forms: Sequence[Form], text: str) -> Around:
        """What the article says outright."""
        named: Counter[str] = Counter()
        for mention, long in forms:
            outright = named_outright(self.found(mention, long), mention.kind, self.terminology)
            if outright is not None:
                named[outright] += 1
        drugs = sum(m.kind == ConceptKind.DRUG for m, _ in forms) / max(len(forms), 1)
        return Around(named, round(drugs, 1), bool(_INDUCED.search(text)))

    def _candidates(self, mention: Mention, long: str | None) -> tuple[Candidate, ...]:
        if not mention.search:
            return self._by_name(mention.text, long)
        return candidates(mention.text, long, self.terminology, self._model.usage, self._near, self._meaning)

    def _by_name(self, text: str, long: str | None = None) -> tuple[Candidate, ...]:
        found = candidates(text, long, self.terminology, self._model.usage, parts=False)
        return tuple(c for c in found if c.how < How.PART)

    def _suits(self, form: Form, candidate: Candidate) -> bool:
        return form[0].kind in (None, self._kind(candidate.iri))

    def _misspelt(self, found: Sequence[Candidate]) -> Candidate | None:
        """The one candidate, of a well-known name, that the mention is a single letter away from."""
        near = [
            c
            for c in found
            if c.how is How.ALIKE
            and len(c.key) >= MISSPELT_LETTERS
            and one_letter_apart(c.key, key_of(c.name))
            and (concept := self.terminology.get(c.iri)) is not None
            and concept.spot
        ]
        return near[0] if len(near) == 1 else None

    def _kind(self, iri: str) -> str | None:
        concept = self.terminology.get(iri)
        return None if concept is None else concept.kind

    def _features_of_the_name(self, mention: Mention, _long: str | None, found: tuple[Candidate, ...]) -> Floats:
        return of_the_name(mention.text, mention.kind, found, self.terminology, self._model.usage)

    def _readings(self, form: Form, found: Sequence[Candidate]) -> list[tuple[str, ...]]:
        """Ways to read a mention as a list of things; none where it has a name as it stands."""
        if any(c.how in (How.EXACT, How.USAGE) for c in found):
            return []
        return [items for items in parts_of(form[1] or form[0].text) if all(self._items(item) for item in items)]

    def _weigh(self, asked: Mapping[Form, tuple[Candidate, ...]], around: Around) -> dict[Form, tuple[Weighed, ...]]:
        some = {form: found for form, found in asked.items() if found}
        own = [self._of_the_name(*form, found) for form, found in some.items()]
        others = of_the_article([c for found in some.values() for c in found], around, self.terminology)
        scores = self._model.forest.chances(np.hstack([np.concatenate(own), others])).tolist() if own else []
        out: dict[Form, tuple[Weighed, ...]] = dict.fromkeys(asked, ())
        for form, found in some.items():
            here, scores = scores[: len(found)], scores[len(found) :]
            misspelt = self._misspelt(found)
            ours = any(c.how is How.EXACT and is_ours(c) and self._suits(form, c) for c in found)
            settled = ours or outdone(form[0], found, self._model.usage, around, self._kind)
            both = [
                Weighed(c, round(max(trusted(c, s, self._suits(form, c)), MISSPELT * (c is misspelt)), 4))
                for c, s in zip(found, here, strict=True)
                if not (settled and c.how is How.USAGE) and not (ours and c.how is How.EXACT and not is_ours(c))
            ]
            out[form] = tuple(sorted(both, key=lambda w: (-w.score, w.candidate.how, w.candidate.iri)))
        return out

    def _link(
        self,
        form: Form,
        readings: Sequence[tuple[str, ...]],
        composed: Composed | None,
        weighed: Mapping[Form, tuple[Weighed, ...]],
        least: float,
    ) -> Link:
        long = form[1]
        for items in readings:
            each = [best(weighed[_part(form, item)], least) for item in items]
            known = [w for w in each if w is not None]
            several = tuple(dict.fromkeys(w.candidate.iri for w in known))
            if len(known) == len(each) and len(several) > 1:
                return Link(several, min(w.score for w in known), (), tuple(known), long)
        if composed is not None:
            head = weighed[_part(form, composed.head)]
            chosen = best(head, least)
            if chosen is not None:
                return Link((chosen.candidate.iri,), chosen.score, composed.modifiers, head, long)
        chosen = best(weighed[form], least)
        concepts = () if chosen is None else (chosen.candidate.iri,)
        return Link(concepts, None if chosen is None else chosen.score, (), weighed[form], long)

    def _composed(self, form: Form, found: Sequence[Candidate]) -> Composed | None:
        """How a mention without a name of its own is made of one and of modifiers."""
        mention, long = form
        keys = keys_of(long or mention.text)
        if not keys or any(c.how <= How.USAGE for c in found):
            return None
        return compose(keys[0], self._words)

    def _is_name(self, key: str) -> bool:
        if any(naming.source < Source.SHORT for naming in self.terminology.namings(key)):
            return True
        return any(naming.source < Source.SHORT for _, naming in self.terminology.loosely(key))

    @cached_property
    def _words(self) -> Words:
        named = (key for _, key, concept in self.terminology.spotted() if concept.kind in _MODIFIERS)
        single = frozenset(word for key in named if self._modifier(key) for word in key.split(" "))
        return Words(lru_cache(maxsize=CACHED)(self._is_name), self._modifier, single)

    def _modifier(self, key: str) -> str | None:
        """The trait of people or the procedure that our own list has under this key."""
        for naming in self.terminology.namings(key):
            concept = self.terminology.get(naming.iri)
            if naming.source is Source.OWN and concept is not None and concept.kind in _MODIFIERS:
                return naming.iri
        return None


def _part(form: Form, words: str) -> Form:
    """What is asked for a part of a mention."""
    return Mention(words, form[0].kind, search=False), None
