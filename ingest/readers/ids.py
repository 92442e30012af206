"""Ids of publications as sources print them, in their plain form."""

from __future__ import annotations

import re

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"'<>|\\^`{}]+", re.I)
_PMID = re.compile(r"\s*(?:pmid:?\s*)?([1-9]\d{0,8})\s*", re.I)
_PMCID = re.compile(r"\s*(?:pmcid:?\s*)?PMC\s?([1-9]\d{0,8})(?:\.\d+)?\s*", re.I)
_PUBMED = re.compile(r"(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d{5,9})\b")
_CLOSERS = {")": "(", "]": "["}


def doi_in(words: str | None) -> str | None:
    """The first DOI in ``words``, without the address or the stop around it; None where there is none.

    >>> doi_in("See https://doi.org/10.1000/abc(2)5, or (doi:10.1000/x).")
    '10.1000/abc(2)5'
    """
    m = _DOI.search(words or "")
    if m is None:
        return None
    doi = m[0]
    while doi[-1] in ".,;:" or (doi[-1] in _CLOSERS and doi.count(doi[-1]) > doi.count(_CLOSERS[doi[-1]])):
        doi = doi[:-1]
    return doi if "/" in doi.rstrip("/") else None


def pmid_of(words: str | None) -> str | None:
    """``words`` as a PMID; None where they are none.

    >>> pmid_of("PMID: 354896"), pmid_of("PMC12")
    ('354896', None)
    """
    m = _PMID.fullmatch(words or "")
    return m[1] if m else None


def pmcid_of(words: str | None) -> str | None:
    """``words`` as a PMCID; None where they are none.

    >>> pmcid_of("pmc1234567"), pmcid_of("1234567")
    ('PMC1234567', None)
    """
    m = _PMCID.fullmatch(words or "")
    return f"PMC{m[1]}" if m else None


def pubmed_link(words: str | None) -> str | None:
    """The PMID of the first address of PubMed in ``words``; None where there is none."""
    m = _PUBMED.search(words or "")
    return m[1] if m else None
