"""Settings of the service: read once from ``PICOGRAPH_...`` variables, then passed on."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Limits of the service. A variable such as ``PICOGRAPH_BODY_LIMIT`` changes one."""

    model_config = SettingsConfigDict(env_prefix="PICOGRAPH_", frozen=True, extra="ignore")

    body_limit: int = Field(default=20_000_000, gt=0, description="bytes of a request body")
    reading_timeout: float = Field(default=300.0, gt=0, description="seconds for one article")
    page_limit: int = Field(default=500, ge=1, description="claims on one page of an answer, at most")
    reader: str = Field(default="api.services.reading:read_article", description="what reads articles, module:function")
