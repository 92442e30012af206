"""From a mention to its concept: look-up, names spelt alike, and a model that weighs what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ingest.link_candidates import Candidate, How, Near, Usage, candidates, preferred
from ingest.link_features import Around, features, named_outright
from ingest.link_forms import full_form, keys_of, parts_of
from ingest.terminology import ConceptKind, Terminology
from ingest.trees import Array, Floats, Forest, forest_of

_INDUCED = re.compile(r"-induced\b|\binduced\b|\btoxicity\b|\bside[ -]effects?\b|\badverse\b", re.IGNORECASE)
CACHED = 50_000
FAR = 0.4


@dataclass(frozen=True, slots=True)
class Mention:
    """Words to link; ``kind`` is the kind of concept they are taken for, None where that is unknown."""

    text: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its score: the estimated chance, 0 to 1, that annotators would choose it."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention was linked to: its concepts (IRIs), the best first, several only for a list of things.

    ``score`` is that of the first, None where there is none; ``modifiers`` are concepts that narrow it; ``weighed``
    are all candidates, the best first; ``long`` is the full form of an abbreviation.
    """

    concepts: tuple[str, ...] = ()
    score: float | None = None
    modifiers: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    long: str | None = None


@dataclass(frozen=True)
class LinkModel:
    """What was learnt: the usage of annotated corpora, trees that weigh candidates, and the least score of a link."""

    usage: Usage
    forest: Forest
    least: float

    @classmethod
    def of(cls, arrays: Mapping[str, Array], usage: Usage) -> LinkModel:
        """The model in ``arrays``. Raises KeyError or ValueError for arrays that hold none."""
        return cls(usage, forest_of(arrays, "link"), float(arrays["least"]))


class Linker:
    """Links mentions to the concepts of a terminology; made once, used for many articles."""

    def __init__(self, terminology: Terminology, model: LinkModel, near: Near | None) -> None:
        self.terminology = terminology
        self._model = model
        self._near = near
        self._found = lru_cache(maxsize=CACHED)(self._candidates)
        self._weighed = lru_cache(maxsize=CACHED)(self._weigh)

    def link(self, mentions: Sequence[Mention], short: Mapping[str, str], text: str = "") -> list[Link]:
        """A link for each of ``mentions``, of one article; ``short`` maps its short forms to the long ones.

        ``text`` is the article, for what it says as a whole.
        """
        forms = [(m, full_form(m.text, short)) for m in mentions]
        found = {form: self._found(form[0].text, form[1]) for form in forms}
        around = self.around(forms, text)
        return [self._link(mention, long, found[mention, long], around) for mention, long in forms]

    def around(self, forms: Sequence[tuple[Mention, str | None]], text: str) -> Around:
        """What the article says outright."""
        named: Counter[str] = Counter()
        for mention, long in forms:
            sure = named_outright(self._found(mention.text, long), mention.kind, self.terminology)
            if sure is not None:
                named[sure] += 1
        drugs = sum(m.kind == ConceptKind.DRUG for m, _ in forms) / max(len(forms), 1)
        return Around(named, round(drugs, 1), bool(_INDUCED.search(text)))

    def _candidates(self, text: str, long: str | None) -> tuple[Candidate, ...]:
        return candidates(text, long, self.terminology, self._model.usage, self._near)

    def _link(self, mention: Mention, long: str | None, found: Sequence[Candidate], around: Around) -> Link:
        several = self._listed(long or mention.text, mention.kind, found, around)
        if several:
            return several
        weighed = self._weighed_all(mention, long, found, around)
        best = self._best(weighed)
        if best is None:
            return Link((), None, (), weighed, long)
        modifiers = self._modifiers(best.candidate, mention, long)
        return Link((best.candidate.iri,), best.score, modifiers, weighed, long)

    def _best(self, weighed: Sequence[Weighed]) -> Weighed | None:
        """The best of MeSH and our own list, where no other is better by far; None where none reaches the least score."""
        good = [w for w in weighed if w.score >= self._model.least]
        ours = next((w for w in good if preferred(w.candidate.iri)), None)
        if ours is None or good[0].score > ours.score + FAR:
            return good[0] if good else None
        return ours

    def _weighed_all(
        self, mention: Mention, long: str | None, found: Sequence[Candidate], around: Around
    ) -> tuple[Weighed, ...]:
        rows = features(mention.text, mention.kind, found, around, self.terminology, self._model.usage)
        scores = self._weighed(rows.tobytes(), rows.shape) if len(found) else ()
        both = [Weighed(c, round(s, 4)) for c, s in zip(found, scores, strict=True)]
        return tuple(sorted(both, key=lambda w: (-w.score, w.candidate.how, w.candidate.iri)))

    def _weigh(self, rows: bytes, shape: tuple[int, int]) -> tuple[float, ...]:
        table: Floats = np.frombuffer(rows, dtype=np.float64).reshape(shape)
        return tuple(self._model.forest.chances(table).tolist())

    def _listed(self, text: str, kind: str | None, found: Sequence[Candidate], around: Around) -> Link | None:
        """The links of a list of things that has no name of its own: each item must name a concept of the kind."""
        if any(c.how in (How.EXACT, How.USAGE) for c in found):
            return None
        for items in parts_of(text):
            links = [self._item(item, kind, around) for item in items]
            if all(links):
                concepts = dict.fromkeys(link.concepts[0] for link in links if link)
                weighed = tuple(link.weighed[0] for link in links if link)
                if len(concepts) > 1:
                    return Link(tuple(concepts), min(w.score for w in weighed), (), weighed)
        return None

    def _item(self, item: str, kind: str | None, around: Around) -> Link | None:
        found = [c for c in self._found(item, None) if c.how < How.PART]
        weighed = self._weighed_all(Mention(item, kind), None, found, around)
        best = self._best(weighed)
        return None if best is None else Link((best.candidate.iri,), best.score, (), (best,))

    def _modifiers(self, best: Candidate, mention: Mention, long: str | None) -> tuple[str, ...]:
        """Population traits and the like that stand in the mention beside the words of its concept."""
        if best.how in (How.EXACT, How.USAGE) or not keys_of(long or mention.text):
            return ()
        words, out = keys_of(long or mention.text)[-1].split(" "), list[str]()
        i = 0
        while i < len(words):
            step = 1
            for j in range(min(len(words), i + 4), i, -1):
                namings = self.terminology.namings(" ".join(words[i:j]))
                traits = [n.iri for n in namings if self._is_trait(n.iri)]
                if traits:
                    out.append(traits[0])
                    step = j - i
                    break
            i += step
        return tuple(iri for iri in dict.fromkeys(out) if iri != best.iri)

    def _is_trait(self, iri: str) -> bool:
        concept = self.terminology.get(iri)
        return concept is not None and concept.kind is ConceptKind.POPULATION


def found_alone(link: Link) -> Link:
    """``link`` without its candidates: what a store needs."""
    return replace(link, weighed=())
