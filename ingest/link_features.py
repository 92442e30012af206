"""What speaks for a candidate, as numbers: the look of the mention, the name it was found by, the article around it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.curies import shorten
from ingest.link_candidates import Candidate, How, Usage
from ingest.term_keys import key_of, loose_of
from ingest.terminology import Concept, Terminology
from ingest.trees import Floats

_VOCABULARIES = ("mesh:D", "mesh:C", "own:", "mondo:", "hp:", "efo:", "drugbank:", "doid:")


@dataclass(frozen=True, slots=True)
class Around:
    """The article as far as linking looks: how often each concept (IRI) is named outright, the share of drugs among
    its mentions, and whether it speaks of harm by drugs."""

    named: Mapping[str, int] = field(default_factory=Counter)
    drugs: float = 0.0
    induced: bool = False


OF_THE_NAME = (
    "how", "likeness", "source", "preferred", "rivals", "long", "same kind", "drug", "vocabulary", "mention words",
    "mention letters", "capitals", "digits", "words missing", "words too many", "first letter", "names of the concept",
    "children", "depth", "used", "share of use", "uses of the key", "rank", "of how many", "said to be a drug",
    "surest", "gap to the first", "short name", "gap to the best source", "whole word share", "meaning",
)  # fmt: skip
OF_THE_ARTICLE = ("named elsewhere", "broader named", "narrower named", "drugs", "induced")
NAMES = (*OF_THE_NAME, *OF_THE_ARTICLE)


def features(
    text: str, kind: str | None, found: Sequence[Candidate], around: Around, terminology: Terminology, usage: Usage
) -> Floats:
    """One row for each candidate of the mention ``text``, whose label says it is of ``kind``; columns are ``NAMES``."""
    return np.hstack([of_the_name(text, kind, found, terminology, usage), of_the_article(found, around, terminology)])


def of_the_name(
    text: str, kind: str | None, found: Sequence[Candidate], terminology: Terminology, usage: Usage
) -> Floats:
    """What is the same in every article: the columns ``OF_THE_NAME``."""
    rows = []
    best = max((c.likeness for c in found), default=0.0)
    surest = min((c.how for c in found), default=How.ALIKE)
    source = min((c.source for c in found if c.how is surest), default=0)
    capitals = sum(c.isupper() for c in text) / max(sum(c.isalpha() for c in text), 1)
    look = (float(len(text.split())), float(len(text)), capitals, float(any(c.isdigit() for c in text)))
    first = text[:1].casefold()
    whole = set(loose_of(key_of(text)).split(" "))
    for rank, c in enumerate(found):
        concept = terminology.get(c.iri)
        if concept is None:  # pragma: no cover - candidates are concepts of this terminology
            raise KeyError(c.iri)
        mine, its = set(loose_of(c.key).split(" ")), set(loose_of(key_of(c.name)).split(" "))
        used = usage.get(c.key, {})
        total = sum(used.values())
        compact = shorten(c.iri)
        vocabulary = next((i for i, v in enumerate(_VOCABULARIES) if compact.startswith(v)), len(_VOCABULARIES))
        rows.append(
            (
                float(c.how), c.likeness, float(c.source), float(c.preferred), float(c.rivals), float(c.long),
                float(kind == concept.kind), float(concept.kind == "drug"), float(vocabulary),
                *look, float(len(mine - its)), float(len(its - mine)),
                float(c.name[:1].casefold() == first), float(len(concept.synonyms) + 1),
                math.log1p(terminology.breadth(c.iri)), float(len(terminology.ancestors(c.iri))),
                float(used.get(c.iri, 0)), used.get(c.iri, 0) / total if total else -1.0, float(total), float(rank),
                float(len(found)), -1.0 if kind is None else float(kind == "drug"), float(surest),
                best - c.likeness, float(len(c.name) <= 5), float(c.source - source),
                len(whole & its) / max(len(whole | its), 1), c.meaning,
            )
        )  # fmt: skip
    return np.array(rows, dtype=np.float64).reshape(len(found), len(OF_THE_NAME))


def of_the_article(found: Sequence[Candidate], around: Around, terminology: Terminology) -> Floats:
    """What the rest of the article says for each candidate: the columns ``OF_THE_ARTICLE``."""
    above_named = {i: terminology.ancestors(i) for i in around.named}
    rows = [
        (
            float(around.named.get(c.iri, 0)),
            float(any(i in around.named and i != c.iri for i in terminology.ancestors(c.iri))),
            float(any(c.iri in above and i != c.iri for i, above in above_named.items())),
            around.drugs,
            float(around.induced),
        )
        for c in found
    ]
    return np.array(rows, dtype=np.float64).reshape(len(found), len(OF_THE_ARTICLE))


def named_outright(found: Sequence[Candidate], kind: str | None, terminology: Terminology) -> str | None:
    """The concept that the mention names without doubt: the only one, or the only one of its kind, with that name."""
    exact = [c for c in found if c.how is How.EXACT]
    own = [c for c in exact if _kind_of(terminology.get(c.iri)) == kind] or exact
    return own[0].iri if len(own) == 1 else None


def _kind_of(concept: Concept | None) -> str | None:
    return None if concept is None else concept.kind.value
