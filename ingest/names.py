"""Names of the terminology in running text, longest first, with the article's own abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.nlp import Token
from ingest.terminology import Concept, ConceptKind, Terminology, key_of

MAX_WORDS = 8
SIGNS = 2
"""Tokens of a name that its key does not have, such as the "'s" of Crohn's disease."""
_WORD = re.compile(r"\w")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_GAP = re.compile(r"[\s/–—'’-]*")
_UNSUITABLE = frozenset(
    {
        "ms",
        "ai",
        "all",
        "as",
        "cat",
        "can",
        "met",
        "had",
        "kit",
        "set",
        "sun",
        "weight",
        "te",
        "ttf",
        "ph",
        "ad",
        "pain",
    }
)
"""Keys that everyday words share with a name; only an exact upper-case short form may mean the concept."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name of one or more concepts in the text. ``short`` is True for a short form that the article defines.

    ``concepts`` is empty for words that the language model takes for a drug and the terminology does not know; only
    then ``told`` is not None.
    """

    span: Span
    concepts: tuple[Concept, ...]
    short: bool = False
    told: ConceptKind | None = None

    @property
    def kind(self) -> ConceptKind:
        """The kind of the first concept, or that which the model told."""
        return self.told or self.concepts[0].kind


class Names:
    """Finds the names of a terminology; made once, used for many articles."""

    def __init__(self, terminology: Terminology) -> None:
        self._concepts: dict[str, tuple[Concept, ...]] = {}
        self._capitals: set[str] = set()
        forms: dict[str, set[str]] = {}
        order: dict[str, list[Concept]] = {}
        for name, key, concept in terminology.spotted():
            forms.setdefault(key, set()).add(name)
            order.setdefault(key, []).append(concept)
        for key, concepts in order.items():
            if key in _UNSUITABLE:
                continue
            self._concepts[key] = tuple(sorted(dict.fromkeys(concepts), key=_preference))
            if " " not in key and len(key) <= 6 and all(_is_short_form(f) for f in forms[key]):
                self._capitals.add(key)
        self._reach: dict[str, int] = {}
        for key in self._concepts:
            words = key.split(" ")
            self._reach[words[0]] = max(len(words), self._reach.get(words[0], 0))

    def look_up(self, words: str) -> tuple[Concept, ...]:
        """Concepts that ``words`` as a whole name; empty when none."""
        return self._concepts.get(key_of(words), ())

    def find(self, view: str, tokens: Sequence[Token], short_forms: Mapping[str, str]) -> list[Found]:
        """Names in ``view``, in order, none overlapping. ``short_forms`` maps short forms to long ones."""
        expanded = {short: self._expand(long) for short, long in short_forms.items()}
        initials = {short[0] for short in expanded if short}
        words = [t for t in tokens if _WORD.search(t.text)]
        keys = [key_of(t.text) for t in words]
        out: list[Found] = []
        i = 0
        while i < len(words):
            reach = self._reach.get(keys[i].partition(" ")[0], 0)
            word = words[i].text
            if word[0] in initials and any(s.startswith(word) or word.startswith(s) for s in expanded):
                reach = MAX_WORDS
            found = self._longest(view, words, keys, i, min(MAX_WORDS, reach + SIGNS), expanded) if reach else None
            if found is None:
                i += 1
                continue
            hit, used = found
            out.append(hit)
            i += used
        return out

    def _expand(self, long: str) -> tuple[Concept, ...]:
        whole = self.look_up(long)
        if whole:
            return whole
        pieces = re.findall(r"[^\W_]+", long)
        found: list[Concept] = []
        i = 0
        while i < len(pieces):
            for n in range(min(MAX_WORDS, len(pieces) - i), 0, -1):
                concepts = self.look_up(" ".join(pieces[i : i + n]))
                if concepts:
                    found.extend(concepts[:1])
                    i += n - 1
                    break
            i += 1
        drugs = [c for c in found if c.kind in (ConceptKind.DRUG, ConceptKind.PROCEDURE)]
        return tuple(dict.fromkeys(drugs or found[-1:]))

    def _longest(
        self,
        view: str,
        words: Sequence[Token],
        keys: Sequence[str],
        i: int,
        most: int,
        expanded: Mapping[str, tuple[Concept, ...]],
    ) -> tuple[Found, int] | None:
        last = i
        while last + 1 < len(words) and last + 1 - i < most:
            if not _GAP.fullmatch(view[words[last].end : words[last + 1].start]):
                break
            last += 1
        for j in range(last, i - 1, -1):
            span = Span(words[i].start, words[j].end)
            if expanded:
                short = _PLURAL.sub("", span.of(view))
                if short in expanded:
                    if expanded[short]:
                        return Found(span, expanded[short], short=True), j - i + 1
                    continue
            key = " ".join(k for k in keys[i : j + 1] if k)
            if key not in self._concepts:
                continue
            text = span.of(view)
            key = key_of(text)
            concepts = self._concepts.get(key)
            if concepts and not (key in self._capitals and not _is_short_form(text)):
                return Found(span, concepts), j - i + 1
        return None


def _is_short_form(form: str) -> bool:
    return sum(c.isupper() for c in form) >= 2 or any(c.isdigit() for c in form)


def _preference(concept: Concept) -> tuple[int, str]:
    """Our own outcomes first, then drugs, then the rest: the order of concepts that share a name."""
    rank = 0 if "picograph" in concept.iri else 1 if concept.kind is ConceptKind.DRUG else 2
    return rank, concept.iri
