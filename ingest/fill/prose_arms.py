"""Where a sentence speaks of the arms that a question asks for, and of other arms of the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ingest.fill.spelling import tokens_of

_WORD = re.compile(r"\d+(?:[.·]\d+)?[\s-]?(?:mg|µg|μg|mcg|g|ml|IU)\b|[^\W_]+(?:[.·]\d+)?(?:[-/+][^\W_]+)*%?")
LETTER = r"(?:[A-Z]\d?(?:/[A-Z]\d?)?|\d|I{1,3})"
_LETTERED = re.compile(rf"\bgroups?\s+\(?(?:{LETTER}\)?(?:,\s+|\s+and\s+|,\s+and\s+|\s+or\s+)(?:group\s+)?)*$", re.I)
_ROLE_ACTIVE = re.compile(
    r"\b(?:intervention|treatment|treated|experimental|active|study)[\s-]+(?:groups?|arms?|patients|participants|subjects|condition)\b"
    r"|\bintervention\b(?=\s+(?:and|or|vs\.?|versus|than)\s+(?:the\s+)?(?:control|usual|placebo))",
    re.I,
)
_ROLE_CONTROL = re.compile(
    r"\b(?:controls?|placebo|usual\s+care|treatment\s+as\s+usual|TAU|no[\s-]intervention|sham)\b", re.I
)
_NEAR = 40
"""Characters between two mentions of one arm that are still one mention."""


class Mark(StrEnum):
    """Whose mention it is."""

    INTERVENTION = "i"
    COMPARATOR = "c"
    OTHER = "o"


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an arm in a sentence; ``name`` tells several other arms apart."""

    mark: Mark
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class ArmWords:
    """Words that only one of the arms has, and whether arms may be named by their part in the study.

    ``two_arms``: the study has no others. ``doses`` are the numbers in the arms' names, which are no results.
    """

    words: Mapping[str, tuple[Mark, str]]
    letters: Mapping[str, tuple[Mark, str]]
    by_role: bool
    two_arms: bool
    doses: frozenset[float]
    short_forms: Mapping[str, str]

    def mentions(self, sentence: str) -> list[Mention]:
        """The mentions in order; neighbours of one arm are one mention."""
        found = [m for word in _WORD.finditer(sentence) for m in self._of_word(sentence, word)]
        if self.by_role:
            found += [Mention(Mark.INTERVENTION, m.start(), m.end()) for m in _ROLE_ACTIVE.finditer(sentence)]
            found += [Mention(Mark.COMPARATOR, m.start(), m.end()) for m in _ROLE_CONTROL.finditer(sentence)]
        out: list[Mention] = []
        for mention in sorted(found, key=lambda m: (m.start, m.end)):
            last = out[-1] if out else None
            between = sentence[last.end : mention.start] if last else ""
            if last and (last.mark, last.name) == (mention.mark, mention.name) and _joined(between):
                out[-1] = Mention(last.mark, last.start, max(last.end, mention.end), last.name)
            elif not last or mention.start >= last.end:
                out.append(mention)
        return out

    def _of_word(self, sentence: str, word: re.Match[str]) -> Iterable[Mention]:
        printed = word[0]
        lettered = re.fullmatch(LETTER, printed) and _stands_for_group(sentence, word)
        if lettered:
            mark, name = self.letters.get(printed, (Mark.OTHER, printed))
            return (Mention(mark, word.start(), word.end(), name),)
        long = self.short_forms.get(printed)
        tokens = {*tokens_of(printed), *(tokens_of(long) if long else ())}
        hits = {self.words[t] for t in tokens if t in self.words}
        if len(hits) == 1:
            mark, name = hits.pop()
            return (Mention(mark, word.start(), word.end(), name),)
        return ()


def _stands_for_group(sentence: str, word: re.Match[str]) -> bool:
    """True for the letter or number of a group: "group A", "groups 1 and 2", "the A group", "group (A)"."""
    before, behind = sentence[max(0, word.start() - 60) : word.start()], sentence[word.end() :]
    if before.endswith("("):
        return behind.startswith(")") and _LETTERED.search(before[:-1]) is not None
    if _LETTERED.search(before) is not None:
        return True
    return word[0].isalpha() and re.match(r"\)?\s+groups?\b", behind) is not None


def _joined(between: str) -> bool:
    return len(between) <= _NEAR and not re.search(r"\d|[;.]|\b(?:and|vs|versus|than)\b", between)
