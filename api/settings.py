"""Settings: read once from ``PICOGRAPH_...`` variables, then passed on."""

from __future__ import annotations

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Limits of the service, and what reads. A variable such as ``PICOGRAPH_BODY_LIMIT`` changes one."""

    model_config = SettingsConfigDict(env_prefix="PICOGRAPH_", frozen=True, extra="ignore")

    body_limit: int = Field(default=20_000_000, gt=0, description="bytes of a request body")
    reading_timeout: float = Field(default=300.0, gt=0, description="seconds for one article")
    page_limit: int = Field(default=500, ge=1, description="claims on one page of an answer, at most")
    reader: str = Field(default="api.services.reading:read_article", description="what reads articles, module:function")
    model: str | None = Field(
        default=None, description="a spaCy pipeline that finds drugs and diseases; see docs/models.md"
    )

    @field_validator("model")
    @classmethod
    def _none_when_empty(cls, value: str | None) -> str | None:
        return (value or "").strip() or None
