"""The service: HTTP API and pages over one library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI

from api import errors
from api.dependencies import Services
from api.description import Described
from api.guard import Guard
from api.routes import (
    analyses,
    analysis_pages,
    articles,
    claims,
    concept_pages,
    concepts,
    explaining,
    pages,
    sparql,
    store,
    upkeep,
    vocabulary,
)
from api.services.analyses import AnalysisService
from api.services.concepts import ConceptError, Concepts
from api.services.curation import Curation
from api.services.exports import SelectionError
from api.services.ingestion import Ingestion
from api.services.reading import ReadingError
from api.services.reading_process import ReadingProcess
from api.services.search import Search
from api.services.upkeep import BackupRefused, Upkeeping
from api.settings import Settings
from api.sparql.endpoint import Endpoint
from api.sparql.errors import SparqlError
from api.version import package_version
from graph.library import Library
from graph.ontology.conformity import conforms
from ingest.terminology import Terminology, load_terminology

API = "/api/v1"


def create_app(library: Library, settings: Settings, terminology: Terminology | None = None) -> FastAPI:
    """The application over ``library``, which stays the caller's to close.

    ``terminology`` is the one that the library was opened with; None where that is the one that ships.
    """
    concepts_of = Concepts(library, load_terminology() if terminology is None else terminology)
    reading = ReadingProcess(timeout=settings.reading_timeout, reader=settings.reader)
    services = Services(
        library,
        settings,
        Search(library),
        concepts_of,
        Curation(library),
        Ingestion(library, reading),
        AnalysisService(library),
        Upkeeping(library, settings.backups),
    )

    endpoint = Endpoint(library, settings)

    def warm() -> None:
        concepts_of.warm()
        conforms(())  # the shapes load slowly, and a curator's first decision should not wait for them

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        Thread(target=warm, daemon=True).start()
        endpoint.begin()
        yield
        await endpoint.close()
        services.ingestion.close()

    app = Described(
        title="picograph",
        version=package_version(),
        description="Evidence of clinical articles as claims: quoted, queryable, and decided on by people.",
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.services = services
    app.state.sparql = endpoint
    errors.install(app, SelectionError, ReadingError, ConceptError, SparqlError, BackupRefused)
    for routes in (claims, explaining, articles, concepts, analyses, store, upkeep):
        app.include_router(routes.router, prefix=API)
    for shown in (pages, concept_pages, analysis_pages, sparql, vocabulary):
        app.include_router(shown.router)
    app.include_router(explaining.page_router)
    app.add_middleware(Guard, body_limit=settings.body_limit)
    return app
