"""What words in a quote, a design and a phase are looked for with: patterns that Python and XPath read alike. Pure.

XPath regular expressions, which SPARQL uses, have no look-around; a pattern here finds a match somewhere in a text in
small letters. A word is a run of letters and digits of any script.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.language.model import Designs, DesignWords, Says
from graph.language.values import VARIANTS

_PHASES = {1: "(1|i)", 2: "(2|ii)", 3: "(3|iii)", 4: "(4|iv)"}
GAP = "[^\\p{L}\\p{N}]"
"""One sign that is neither letter nor digit, as XPath writes it."""
_FORMS = {chr(usual): chr(form) for form, usual in VARIANTS.items()}
_PYTHON_GAP = "[\\W_]"


def phrase_pattern(words: Sequence[str]) -> str:
    """An XPath pattern for words (letters and digits alone, in small letters) one after the other, as whole words.

    >>> phrase_pattern(["95", "ci"])
    '(^|[^\\\\p{L}\\\\p{N}])95[^\\\\p{L}\\\\p{N}]+ci([^\\\\p{L}\\\\p{N}]|$)'
    """
    return f"(^|{GAP}){f'{GAP}+'.join(map(_any_form, words))}({GAP}|$)"


def _any_form(word: str) -> str:
    """A word with every form of its letters: the Greek letter and the micro sign, a sigma anywhere in a word."""
    return "".join(f"[{letter}{_FORMS[letter]}]" if letter in _FORMS else letter for letter in word)


def word_pattern(word: str) -> str:
    """One word of a design, in British and American spelling; designs are English, so Latin letters tell words apart.

    >>> word_pattern("randomised")
    '(^|[^a-z0-9])randomi[sz]ed([^a-z0-9]|$)'
    """
    return f"(^|[^a-z0-9]){re.sub('is(?=(?:e|ed|ation)$)', 'i[sz]', word)}([^a-z0-9]|$)"


def phase_pattern(phase: int) -> str:
    """For a study's phase: ``3``, ``III``, ``IIIb``, ``2/3`` and ``Phase 3`` are of phase 3."""
    return f"(^|[^a-z0-9]){_PHASES[phase]}[a-d]?([^a-z0-9]|$)"


def holds(pattern: str, text: str) -> bool:
    """Whether the pattern matches somewhere in ``text``, whose capitals count as small letters."""
    return _compiled(pattern).search(text.lower()) is not None


def says(asked: Says, quote: str) -> bool:
    """Whether a quote holds the words, whatever is negated.

    >>> says(Says(("95", "ci")), "HR 0.5 (95% CI 0.3-0.8)"), says(Says(("lena",)), "lenalidomide")
    (True, False)
    """
    return holds(phrase_pattern(asked.words), quote)


def designed(asked: Designs, design: str | None, phase: str | None) -> bool:
    """Whether a study is of one of the designs, whatever is negated. None: its article does not say."""
    return any(_designed(each, design or "", phase or "") for each in asked.designs)


def _designed(asked: DesignWords, design: str, phase: str) -> bool:
    if asked.phase is not None and not holds(phase_pattern(asked.phase), phase):
        return False
    return all(holds(word_pattern(word), design) for word in asked.words)


@lru_cache(maxsize=1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(GAP, _PYTHON_GAP))
