"""Compact ids and IRIs: ``mesh:D009101`` is ``http://id.nlm.nih.gov/mesh/D009101``."""

from __future__ import annotations

PREFIXES = {
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "own": "https://w3id.org/picograph/concept/",
    "mondo": "http://purl.obolibrary.org/obo/MONDO_",
    "hp": "http://purl.obolibrary.org/obo/HP_",
    "doid": "http://purl.obolibrary.org/obo/DOID_",
    "chebi": "http://purl.obolibrary.org/obo/CHEBI_",
    "efo": "http://www.ebi.ac.uk/efo/EFO_",
    "drugbank": "https://go.drugbank.com/drugs/",
    "omim": "https://omim.org/entry/",
    "orphanet": "http://www.orpha.net/ORDO/Orphanet_",
    "umls": "https://uts.nlm.nih.gov/uts/umls/concept/",
    "rxnorm": "http://purl.bioontology.org/ontology/RXNORM/",
}
"""Prefixes of compact ids, with the IRI that each stands for."""


def expand(compact: str) -> str:
    """The IRI of a compact id; anything without a known prefix comes back as it is.

    >>> expand("mesh:D009101")
    'http://id.nlm.nih.gov/mesh/D009101'
    """
    prefix, colon, rest = compact.partition(":")
    return PREFIXES[prefix] + rest if colon and prefix in PREFIXES else compact


def shorten(iri: str) -> str:
    """The compact id of an IRI; an IRI under no known prefix comes back as it is.

    >>> shorten("http://id.nlm.nih.gov/mesh/D009101"), shorten("http://example.org/x")
    ('mesh:D009101', 'http://example.org/x')
    """
    for prefix, long in PREFIXES.items():
        if iri.startswith(long):
            return f"{prefix}:{iri[len(long) :]}"
    return iri
