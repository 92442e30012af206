"""The vocabulary, its shapes and its context, below the base that the settings name."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header
from fastapi.responses import Response
from markdown_it import MarkdownIt

from api.dependencies import ServicesDep
from api.negotiation import preferred
from api.pages import render
from graph.ontology.document import markdown
from graph.ontology.files import CONTEXT, ONTOLOGY, SHAPES, as_jsonld, published

router = APIRouter(include_in_schema=False)

TURTLE, JSON_LD, HTML = "text/turtle; charset=utf-8", "application/ld+json", "text/html; charset=utf-8"
_TABLE = '<div class="scroll" role="region" aria-label="Terms" tabindex="0"><table>'
"""Wide tables move by themselves on a narrow screen."""
FORMS = {"html": HTML, "turtle": TURTLE, "jsonld": JSON_LD}


def _told(body: str | bytes, media_type: str) -> Response:
    return Response(body, media_type=media_type, headers={"Vary": "Accept", "Cache-Control": "max-age=3600"})


def _page(base: str) -> str:
    text = re.sub(r"\[([^]]+)\]\(\w+\.md\)", r"\1", markdown(base))
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    body = body.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    return render("vocabulary.html", body=body)


@router.get("/vocab")
def vocabulary(services: ServicesDep, accept: Annotated[str | None, Header()] = None) -> Response:
    """The vocabulary as a page, as Turtle or as JSON-LD."""
    return _in_form(preferred(accept, FORMS), services.settings.base_iri)


@router.get("/vocab.{form}")
def vocabulary_file(services: ServicesDep, form: str) -> Response:
    """The vocabulary in the form that the ending names: html, ttl or jsonld; a page where it names none of them."""
    return _in_form({"ttl": "turtle", "jsonld": "jsonld"}.get(form, "html"), services.settings.base_iri)


def _in_form(form: str, base: str) -> Response:
    if form == "turtle":
        return _told(published(ONTOLOGY, base), TURTLE)
    if form == "jsonld":
        return _told(as_jsonld(ONTOLOGY, base), JSON_LD)
    return _told(_page(base), HTML)


@router.get("/claim/{tail}")
def claim(tail: str, accept: Annotated[str | None, Header()] = None) -> Response:
    """Where the IRI of a claim leads when the base is the address of the service: its page, or its data."""
    place = quote(tail, safe="")
    data = preferred(accept, {"html": HTML, "jsonld": JSON_LD, "nanopub": "application/trig"})
    path = f"/claims/{place}" if data == "html" else f"/api/v1/claims/{place}/{data}"
    return Response(status_code=303, headers={"Location": path, "Vary": "Accept"})


@router.get("/shapes")
@router.get("/shapes.ttl")
def shapes(services: ServicesDep) -> Response:
    """The SHACL shapes of what a store holds, as Turtle."""
    return _told(published(SHAPES, services.settings.base_iri), TURTLE)


@router.get("/context.jsonld")
def context(services: ServicesDep) -> Response:
    """The JSON-LD context of claims."""
    return _told(published(CONTEXT, services.settings.base_iri), JSON_LD)
