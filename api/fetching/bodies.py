"""Whether an answer is whole: XML or JSON from its beginning to its end, and no page of a proxy."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree


class NotWholeError(ValueError):
    """The bytes are not the whole document they should be; the message says what they are."""


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document; no entity is expanded and nothing is loaded. Raises NotWholeError."""
    _no_page(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotWholeError(f"no whole XML ({error})") from error


def parse_json(data: bytes) -> dict[str, Any]:
    """The object of a JSON document; control characters in strings, as NCBI gives them, are let through.

    Raises NotWholeError.
    """
    _no_page(data)
    try:
        value = json.loads(data.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as error:
        raise NotWholeError(f"no whole JSON ({error})") from error
    if not isinstance(value, dict):
        raise NotWholeError("JSON, but no object")
    return value


def _no_page(data: bytes) -> None:
    head = data[:512].lstrip().lower()
    if not head:
        raise NotWholeError("empty")
    if head.startswith((b"<!doctype html", b"<html")):
        raise NotWholeError("a web page")


def text_at(value: Any, *path: str) -> str | None:
    """The text that ``path`` leads to through nested objects; None where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) and value else None
