"""What an article names another one by, as that one's IRI. Pure."""

from __future__ import annotations

import re

from graph.vocab import node
from ingest.article import article_iri


def primary_iri(source: str | None) -> str | None:
    """The article that a secondary source or a notice names, as an IRI; None where it is named in words alone.

    >>> primary_iri("doi:10.1038/BCJ.2016.114"), primary_iri("Lancet 2001;1:2")
    ('https://doi.org/10.1038/bcj.2016.114', None)
    """
    if source is None:
        return None
    found = re.fullmatch(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?\s*(10\.\d{4,9}/\S+)", source.strip(), re.IGNORECASE)
    if found:
        return article_iri(doi=found[1], sha256="")
    found = re.fullmatch(r"(pmid|pmcid):?\s*(\w+)", source.strip(), re.IGNORECASE)
    if found:
        return article_iri(**{found[1].lower(): found[2]}, sha256="")
    return source if re.match(r"(?:https?|urn):", source) and is_iri(source) else None


def is_iri(text: str) -> bool:
    """True where the store takes ``text`` as an IRI."""
    try:
        node(text)
    except ValueError:
        return False
    return True
