"""What stands above the trees: names that are believed, usage that is not, and which candidate is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.link_candidates import Candidate, How, Usage, preferred
from ingest.link_features import Around
from ingest.term_table import Source
from ingest.terminology import ConceptKind

FAR = 0.4
"""By so much must a concept of another vocabulary be better than those of MeSH and our own list to be chosen."""
OWN, OWN_LESS, OWN_LETTERS = 0.9, 0.5, 4
"""The least score of a name of our own list; less for one of fewer letters, and for one in another order."""
ALONE, FULL_LETTERS = 0.6, 5
"""The least score of a name, of so many letters, that only one concept has."""
MISSPELT, MISSPELT_LETTERS = 0.5, 8
"""The least score of the one well-known name, of so many letters, that a mention is a single letter away from."""
OFTEN = 5
"""So often must annotators have chosen another concept for the preferred name of a heading to count."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words to link; ``kind`` is the kind of concept they are taken for, None where that is unknown.

    Without ``search`` names spelt alike, of like meaning and of parts are not looked for: phrases that may name many
    things, or none, are linked by names alone.
    """

    text: str
    kind: str | None = None
    search: bool = True


Form = tuple[Mention, str | None]
"""A mention and its full form, None where it is no abbreviation."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its score: the estimated chance, 0 to 1, that annotators would choose it."""

    candidate: Candidate
    score: float


def is_ours(candidate: Candidate) -> bool:
    """True for a full name of our own list: chosen for such texts, so nothing else of that name stands beside it."""
    return candidate.source is Source.OWN and preferred(candidate.iri) and len(candidate.key) >= OWN_LETTERS


def trusted(candidate: Candidate, score: float, same_kind: bool) -> float:
    """The score, or at least that of a name that people chose for such texts, or that nothing else has.

    Names of our own list (and of a user's vocabulary) count most; less where they are short or in another order. A full
    name that one concept alone has, of the kind that is asked for, is believed whatever annotators of other texts did.
    """
    exact = candidate.how is How.EXACT
    if exact and len(candidate.key) < OWN_LETTERS and candidate.source is not Source.OWN and not candidate.long:
        return score / 2  # an abbreviation that the article does not define: "MS" is many things
    if candidate.how > How.LOOSE or not same_kind:
        return score
    if candidate.source is Source.OWN:
        return max(score, OWN if exact and len(candidate.key) >= OWN_LETTERS else OWN_LESS)
    alone = exact and candidate.rivals == 1 and candidate.source < Source.SHORT and len(candidate.key) >= FULL_LETTERS
    return max(score, ALONE) if alone else score


def outdone(
    mention: Mention, found: Sequence[Candidate], usage: Usage, around: Around, kind_of: Callable[[str], str | None]
) -> bool:
    """True where usage must not stand against a name that a MeSH heading or our own list has word for word.

    A drug's own name is that drug, whatever annotators once chose; the preferred name of anything else gives way only
    to frequent usage in an article on harm by drugs ("hepatitis"). "Statins" is the heading "Statin"; "alcohol" is not
    the heading "Alcohols".
    """
    for c in found:
        kind = kind_of(c.iri)
        if c.how is not How.EXACT or not preferred(c.iri) or c.source > Source.MESH or mention.kind not in (None, kind):
            continue
        if mention.text.casefold() not in (name := c.name.casefold(), f"{name}s"):
            continue
        seldom = not around.induced or max(usage.get(c.key, {}).values(), default=0) < OFTEN
        if kind == ConceptKind.DRUG or (c.preferred and seldom):
            return True
    return False


def best(weighed: Sequence[Weighed], least: float) -> Weighed | None:
    """The best of MeSH and our own list, where no other is better by far; None where none reaches the least score."""
    good = [w for w in weighed if w.score >= least]
    ours = next((w for w in good if preferred(w.candidate.iri)), None)
    if ours is None or good[0].score > ours.score + FAR:
        return good[0] if good else None
    return ours
