"""Templates of the pages. Everything is escaped; nothing in an article or a question becomes markup."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from api import wording
from graph.standing import EXCLUDING
from ingest.curies import shorten

HELPERS = (
    "about_notice", "cited_link", "counted", "excerpt", "graded", "heat_level", "is_secondary", "number_words",
    "place_in_table", "placed", "primary_link", "printed", "reasons", "short_id", "standing", "study_name", "tail",
    "tellings", "unchecked", "withdrawn", "words",
)  # fmt: skip
"""Wordings that templates use."""
STATIC = {
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "suggest.js": "text/javascript; charset=utf-8",
}
"""Files that pages use, with their media types."""

TO_REVIEW = "? -> ? status:unreviewed order:uncertain"
"""What a curator should see first; every page leads to it."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["path"] = lambda value: quote(value, safe="")
    environment.filters["compact"] = shorten
    environment.filters["is_link"] = lambda iri: iri.startswith(("http://", "https://"))
    for name in HELPERS:
        environment.globals[name] = getattr(wording, name)
    environment.globals["to_review"] = TO_REVIEW
    environment.globals["signs"] = wording.SIGNS
    environment.globals["excluding"] = tuple(kind.value for kind in EXCLUDING)
    return environment


def render(template: str, **values: Any) -> str:
    """The page as HTML."""
    return _environment().get_template(template).render(**values)


@cache
def static_file(name: str) -> bytes:
    """A file that pages use: one of STATIC."""
    return (resources.files("api.static") / name).read_bytes()
