"""Ids of concepts as files write them, and the compact ids that they are here."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from ingest.curies import PREFIXES, expand, shorten

SCHEMES = ("http", "https", "urn", "tag", "info")
LONGEST = 1_000
_OBO = "http://purl.obolibrary.org/obo/"
_ELSEWHERE = {"msh": "mesh", "umls_cui": "umls", "cui": "umls", "mim": "omim", "orpha": "orphanet", "ordo": "orphanet",
              "rxcui": "rxnorm"}  # fmt: skip
"""Other prefixes that files have for vocabularies we know."""


def compact(text: str) -> str | None:
    """The compact id of a compact id or of an IRI; None for anything else.

    >>> compact("MESH:D009101"), compact("http://id.nlm.nih.gov/mesh/D009101"), compact("urn:x:1"), compact("x:1")
    ('mesh:D009101', 'mesh:D009101', 'urn:x:1', None)
    """
    prefix, colon, rest = text.partition(":")
    lower = prefix.lower()
    known = _ELSEWHERE.get(lower, lower)
    if not colon or not rest or len(text) > LONGEST or (known not in PREFIXES and lower not in SCHEMES):
        return None
    return _valid(f"{known}:{rest}" if known in PREFIXES else text)


def compact_obo(text: str, spaces: Mapping[str, str]) -> str | None:
    """The compact id of an id of an OBO file; ``spaces`` are the prefixes that it declares, with their IRIs.

    >>> compact_obo("MSH:D009101", {}), compact_obo("GO:0008150", {}), compact_obo("part_of", {})
    ('mesh:D009101', 'http://purl.obolibrary.org/obo/GO_0008150', None)
    """
    prefix, colon, rest = text.partition(":")
    if not colon or not prefix or not rest:
        return None
    if prefix in spaces:
        return compact(spaces[prefix] + rest)
    return compact(text) or compact(f"{_OBO}{prefix}_{rest}")


def _valid(identifier: str) -> str | None:
    if "|" in identifier or "\n" in identifier:
        return None
    try:
        return shorten(NamedNode(expand(identifier)).value)
    except ValueError:
        return None
