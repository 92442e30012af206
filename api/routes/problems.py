"""Problem details in the interface description."""

from __future__ import annotations

from typing import Any

from api.schemas import Problem


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Responses of these statuses, each an ``application/problem+json``."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {
        status: {"model": Problem, "content": {"application/problem+json": {"schema": schema}}} for status in statuses
    }
