"""The services by their names on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api.fetching.clinicaltrials import ClinicalTrials
from api.fetching.europepmc import EuropePmc
from api.fetching.pieces import Service
from api.fetching.pmc import Pmc
from api.fetching.pubmed import PubMed
from api.fetching.web import Web
from api.settings import FetchSettings


def _abstracts(web: Web, settings: FetchSettings) -> EuropePmc:
    return EuropePmc(web, settings, full_text=False)


SERVICES: Mapping[str, Callable[[Web, FetchSettings], Service]] = {
    "pubmed": PubMed,
    "pmc": Pmc,
    "europepmc": EuropePmc,
    "europepmc abstracts": _abstracts,
    "clinicaltrials": ClinicalTrials,
}
