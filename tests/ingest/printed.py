"""Which numbers a passage prints, and noisy texts: what the properties of reading rest on."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from ingest.claim import Effect
from ingest.figures import Figure
from ingest.numbers import WORDS

_SEPARATOR = re.compile(r"(?<=\d)[,\u2009\u202f\u00a0](?=\d{3}(?!\d))")


def printed(passage: str) -> set[float]:
    """Every number of ``passage``, with and without its sign, thousands separators read both ways."""
    plain = passage.replace("·", ".").replace("−", "-")
    found: set[float] = set()
    for form in (plain, _SEPARATOR.sub("", plain)):
        for m in re.finditer(r"\d*\.\d+|\d+", form):
            found |= {float(m[0]), -float(m[0])}
    return found | {float(WORDS[w]) for w in re.findall(r"[a-z]+", passage.casefold()) if w in WORDS}


def numbers_of(figure: Figure | Effect) -> list[float]:
    """Every number that ``figure`` carries, ``total`` of an effect aside: it may be printed elsewhere."""
    interval, p = figure.interval, figure.p
    found = [figure.value, figure.events, figure.standard_deviation]
    if isinstance(figure, Figure):
        found.append(figure.total)
    if interval is not None:
        found += [interval.low, interval.high]
    if p is not None:
        found.append(p.value)
    return [float(n) for n in found if n is not None]


_PIECES = (
    "HR", "hazard ratio", "odds ratio", "95% CI", "CI", "P", "p value", "=", "<", "±", "0.78", "0·92", "1,368", ".045",
    "−3.5", "16.6%", "percent", "17/78", "95 of 302", "patients", "(", ")", "[", "]", ";", ",", ".", "-", "–", "to",
    "and", "vs", "versus", "respectively", "at", "6-year", "3 years", "months", "week 24", "per 100 patient-years",
    "n = 12", "(9%)", "not reached", "aged", "≥", "mg", "phase 3", "NCT01650701", "6 October 2023",
    "median follow-up of",
    "lenalidomide", "placebo", "observation", "second primary malignancies", "overall survival", "was higher",
    "did not",
    "in patients with myeloma", "\n", "\n\n", "# ", "- ", "**", "_", "<b>", "](x)", "[a", "|", "six", "two deaths",
    "IRs",
)  # fmt: skip

noise = st.lists(st.sampled_from(_PIECES), max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "  "]).map(lambda blank: blank.join(pieces))
)
"""Pieces of clinical prose in no order, with and without blanks between them."""

any_text = st.text(max_size=80) | noise
"""Arbitrary Unicode, lone surrogates among it, or noise."""
