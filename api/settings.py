"""Settings: read once from ``PICOGRAPH_...`` variables, then passed on."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.ontology.base import normal_base
from graph.vocab import BASE


class Settings(BaseSettings):
    """Limits of the service, and what reads. A variable such as ``PICOGRAPH_BODY_LIMIT`` changes one."""

    model_config = SettingsConfigDict(env_prefix="PICOGRAPH_", frozen=True, extra="ignore")

    body_limit: int = Field(default=20_000_000, gt=0, description="bytes of a request body")
    reading_timeout: float = Field(default=300.0, gt=0, description="seconds for one article")
    page_limit: int = Field(default=500, ge=1, description="claims on one page of an answer, at most")
    reader: str = Field(default="api.services.reading:read_articles", description="what reads inputs, module:function")
    base_iri: str = Field(default=BASE, description="where our own IRIs begin in what is published")
    backups: Path | None = Field(default=None, description="folder in which a running service may make backups")
    model: str | None = Field(
        default=None, description="a spaCy pipeline that finds drugs and diseases; see docs/models.md"
    )
    sparql_children: int = Field(default=2, ge=1, le=64, description="SPARQL queries answered at once")
    sparql_timeout: float = Field(default=10.0, gt=0, description="seconds until a SPARQL query is ended")
    sparql_memory: int = Field(default=400_000_000, gt=0, description="bytes that a SPARQL query may take")
    sparql_answer_bytes: int = Field(default=20_000_000, gt=0, description="bytes of an answer to a SPARQL query")
    sparql_rows: int = Field(default=100_000, ge=1, description="rows, or triples, of an answer to a SPARQL query")
    sparql_query_bytes: int = Field(default=16_384, ge=1, le=1_000_000, description="bytes of a SPARQL query")
    sparql_nesting: int = Field(default=100, ge=1, le=1_000, description="brackets within each other in a SPARQL query")
    sparql_queue: int = Field(default=8, ge=0, description="SPARQL queries that may wait for their turn")
    sparql_wait: float = Field(default=5.0, ge=0, description="seconds that a SPARQL query may wait for its turn")
    sparql_renewal: float = Field(default=1.0, ge=0, description="seconds that SPARQL answers may lag behind the store")

    @field_validator("base_iri")
    @classmethod
    def _base(cls, value: str) -> str:
        return normal_base(value)

    @field_validator("backups", mode="before")
    @classmethod
    def _no_folder_when_empty(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("model")
    @classmethod
    def _none_when_empty(cls, value: str | None) -> str | None:
        return (value or "").strip() or None


class FetchSettings(BaseSettings):
    """Who asks the services that articles come from, at which addresses, and within which bounds.

    Values never show in errors: one of them is a key.
    """

    model_config = SettingsConfigDict(
        env_prefix="PICOGRAPH_", frozen=True, extra="ignore", hide_input_in_errors=True, env_ignore_empty=True
    )

    email: str | None = Field(default=None, description="who to write to when requests make trouble")
    ncbi_api_key: SecretStr | None = Field(default=None, description="of your NCBI account: 10 requests a second")
    ncbi_url: str = Field(
        default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils", description="E-utilities: PubMed and PMC"
    )
    europepmc_url: str = Field(
        default="https://www.ebi.ac.uk/europepmc/webservices/rest", description="REST service of Europe PMC"
    )
    clinicaltrials_url: str = Field(
        default="https://clinicaltrials.gov/api/v2", description="version 2 of the ClinicalTrials.gov API"
    )
    fetch_tries: int = Field(default=6, ge=1, le=20, description="how often one request is made, at most")
    fetch_timeout: float = Field(default=60.0, gt=0, description="seconds of silence until a request has failed")
    fetch_patience: float = Field(default=600.0, gt=0, description="seconds for one request with all its tries")
    fetch_bytes: int = Field(default=100_000_000, gt=0, description="bytes of one answer, at most")

    @field_validator("email")
    @classmethod
    def _mail(cls, value: str | None) -> str | None:
        if value is not None and re.fullmatch(r"[^\s@<>()]+@[^\s@<>()]+", value.strip()) is None:
            raise ValueError("needs an address such as name@example.org")
        return value if value is None else value.strip()

    @field_validator("ncbi_url", "europepmc_url", "clinicaltrials_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value.strip())
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise ValueError("needs an https:// address; http:// only on this machine")
        if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("needs a bare address: no user, password, ? or #")
        return value.strip().rstrip("/")


def is_loopback(host: str) -> bool:
    """True for a name or address of this machine."""
    return host == "localhost" or host == "::1" or re.fullmatch(r"127(?:\.\d{1,3}){3}", host) is not None
