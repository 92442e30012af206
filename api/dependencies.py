"""What routes are given: the services of the running application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.services.analyses import AnalysisService
from api.services.concepts import Concepts
from api.services.curation import Curation
from api.services.ingestion import Ingestion
from api.services.search import Search
from api.services.upkeep import Upkeeping
from api.settings import Settings
from graph.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a route may ask for."""

    library: Library
    settings: Settings
    search: Search
    concepts: Concepts
    curation: Curation
    ingestion: Ingestion
    analyses: AnalysisService
    upkeep: Upkeeping


def services_of(request: Request) -> Services:
    """The services that ``create_app`` put into the application."""
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(services_of)]
