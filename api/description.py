"""The interface description: what FastAPI derives, with errors told as they are sent."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.schemas import Problem

PROBLEM_JSON = "application/problem+json"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Responses of these statuses, for a route."""
    return {status: {"model": Problem} for status in statuses}


class Described(FastAPI):
    """An application whose description tells every error as a problem."""

    def openapi(self) -> dict[str, Any]:
        """The description as JSON; made once."""
        if self.openapi_schema is None:
            description = super().openapi()
            for path in description["paths"].values():
                for operation in path.values():
                    for status, response in operation["responses"].items():
                        content = response.get("content", {})
                        if status.startswith(("4", "5")) and "application/json" in content:
                            response["content"] = {PROBLEM_JSON: content["application/json"]}
        return self.openapi_schema or {}
