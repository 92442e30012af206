"""How surely the words around a pair of values are about the outcome that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.fill.outcomes import FILLER
from ingest.fill.spelling import alike, plain, stem, tokens_of, written_out
from ingest.fill.times import same_time, times_in, without_times

_IN_LEAD, _IN_SENTENCE, _BEFORE = 1.0, 0.85, 0.55
"""What a word of the outcome counts right before the values, elsewhere in their sentence, in the sentence before."""
_FAINT = 0.1
_FOREIGN = 0.12
"""What is taken off for words right before the values that were not asked for, all of them together."""
_OTHER_TIME, _OTHER_PEOPLE, _OTHER_WAY = 0.5, 0.6, 0.5
_STATISTICS = frozenset(
    stem(w) for w in ("md", "ci", "confidence", "interval", "p", "respectively", "group", "sd", "se", "d")
)
_NARROW = re.compile(
    r"\b(?:severe|serious|(?<!from )(?<!between )baseline(?! to | and )|(?:day|week|month|time)\s+0|pre-?operative"
    r"|before\s+(?:the\s+)?(?:treatment|intervention|surgery)"
    r"|at\s+(?:admission|entry|enrolment"
    r"|inclusion)|women|men|males?|females?|boys|girls|children|adolescents|sub-?group|difference|younger|older|period\s+\d)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with a pair of values: the words before them, those before its other pairs, the sentence before.

    ``instead`` is what the words before the values mean where they list the outcomes of several pairs.
    """

    sentence: str
    lead: tuple[int, int]
    others: Sequence[tuple[int, int]]
    before: str
    instead: str | None = None

    @property
    def lead_words(self) -> str:
        """The words before the values, back to the values before, or what they mean there (``instead``)."""
        return self.sentence[self.lead[0] : self.lead[1]] if self.instead is None else self.instead

    @property
    def rest_words(self) -> str:
        """The sentence without what stands before any of its values; nothing where ``instead`` says it all."""
        out, at = "", 0
        if self.instead is not None:
            return ""
        for start, end in sorted({*self.others, self.lead}):
            out += self.sentence[at : max(at, start)] + " "
            at = max(at, end)
        return out + self.sentence[at:]

    @property
    def around(self) -> str:
        """The sentence before, and what stands before the other values of this one."""
        if self.instead is not None:
            return f"{self.before} {self.sentence}"
        return " ".join((self.before, *(self.sentence[a:b] for a, b in self.others)))


_BETTER = re.compile(
    r"\b(?:improve\w*|reduc\w*|resol\w*|remission|relief|relieve\w*|recover\w*|disappear\w*|decreas\w*)\b", re.I
)
_WORSE = re.compile(r"\b(?:worsen\w*|reappear\w*|recur\w*|relaps\w*|deteriorat\w*|increas\w*)\b", re.I)
_ITEM = r"[A-Za-z][\w-]*(?:\s[\w-]+)?"
_LIST_WITHIN = 400
"""Characters before the values in which they may be listed."""
_CONJUNCTS = re.compile(rf"(?P<items>{_ITEM}(?:,\s{_ITEM})*,?\s(?:and|or)\s[\w-]+)")


def item_of_list(lead: str, place: int, count: int) -> str | None:
    """The words before ``count`` pairs of values with only the outcome of pair number ``place`` of those they list.

    None where they list another number of outcomes.

    >>> item_of_list("Mean cognitive, language and motor scores were ", 1, 3)
    'language scores were '
    """
    lead = lead[-_LIST_WITHIN:]
    for m in _CONJUNCTS.finditer(lead):
        items = re.split(r",\s(?:and\s|or\s)?|\s(?:and|or)\s", m["items"])
        if len(items) == count:
            words = items[place] if place else items[0].split()[-1]
            return f"{words.strip()}{lead[m.end() :]}"
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """The outcome in question: its words in each way to read it, its times, whom it narrows down to, and its way."""

    parts: tuple[tuple[tuple[str, ...], float], ...]
    times: tuple[float, ...]
    narrow: frozenset[str]
    ways: tuple[bool, bool] = (False, False)

    @classmethod
    def of(cls, outcome: str, short_forms: Mapping[str, str], topic: Callable[[str], bool] = lambda _: False) -> Asked:
        """The outcome as a question has it: whole, without its brackets, and what these hold.

        ``topic`` tells what the whole article is about: "response of the heart" is told as "response" in one on hearts.
        """
        words = plain(outcome)
        outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", words)
        inside: list[str] = re.findall(
            r"[(\[]([^()\[\]]{2,200})[)\]]\W*$", words
        )  # farther in, it is a place or a time
        head, of, rest = words.partition(" of ")
        if of and topic(rest) and sum(t not in FILLER for t in tokens_of(head)) > 1:
            inside.append(head)
        texts = [(words, 1.0), *((t, 0.95) for t in ([outside, *inside] if inside else []))]
        parts = [(tokens_of(written_out(without_times(t), short_forms)), v) for t, v in texts]
        return cls(tuple(p for p in parts if p[0]), times_in(outcome), _narrow(outcome), _ways(outcome))

    def fit(self, said: Said, short_forms: Mapping[str, str]) -> float:
        """0 to 1: the share of the outcome's words that is said, by where; less for other times and other people."""
        lead = tokens_of(written_out(without_times(said.lead_words), short_forms))
        rest = tokens_of(written_out(without_times(said.rest_words), short_forms))
        before = tokens_of(written_out(without_times(said.around), short_forms))
        best = max((value * _share(part, lead, rest, before) for part, value in self.parts), default=0.0)
        if best <= 0:
            return 0.0
        telling = [t for t in lead if t not in FILLER]
        foreign = [t for t in telling if not any(alike(t, u) for part, _ in self.parts for u in part)]
        best -= _FOREIGN * len(foreign) / max(len(telling), 1)
        here = times_in(said.lead_words) or times_in(said.sentence)
        if self.times and here and not any(same_time(a, b) for a in self.times for b in here):
            best *= _OTHER_TIME
        if _narrow(said.lead_words) - self.narrow or self.narrow - _narrow(said.sentence):
            best *= _OTHER_PEOPLE
        if sorted((self.ways, _ways(said.lead_words))) == [(False, True), (True, False)]:
            best *= _OTHER_WAY
        return max(best, 0.0)

    @staticmethod
    def tells_nothing(words: str) -> bool:
        """True where the words name no outcome at all, only measures and joints."""
        for _ in range(3):
            words = re.sub(r"[(\[][^()\[\]]*(?:[)\]]|$)|^[^()\[\]]*[)\]]", " ", words)
        return not [
            t for t in tokens_of(words.lower()) if t not in FILLER and not t[0].isdigit() and t not in _STATISTICS
        ]

    def time_of(self, said: Said) -> float | None:
        """The last time named right before the values, else in their sentence; None where none is."""
        return max(times_in(said.lead_words) or times_in(said.sentence), default=None)


def _ways(words: str) -> tuple[bool, bool]:
    """Whether the words speak of getting better or less, and of getting worse or more."""
    return _BETTER.search(words) is not None, _WORSE.search(words) is not None


def _narrow(words: str) -> frozenset[str]:
    return frozenset(m[0].casefold().rstrip("s") for m in _NARROW.finditer(words))


def _share(asked: Sequence[str], lead: Sequence[str], rest: Sequence[str], before: Sequence[str]) -> float:
    """The share of the words' weight that is found, by where they stand; 0 where their sentence has none of them."""
    got = whole = near = 0.0
    for token in asked:
        weight = _FAINT if token in FILLER else 1.0
        whole += weight
        for words, worth in ((lead, _IN_LEAD), (rest, _IN_SENTENCE), (before, _BEFORE)):
            if any(alike(token, u) for u in words):
                got += weight * worth
                near += weight if worth > _BEFORE else 0.0
                break
    return got / whole if near > _FAINT or (near and whole <= 1) else 0.0
