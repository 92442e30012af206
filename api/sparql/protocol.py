"""The query operation of the SPARQL 1.1 protocol: from a request to what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from api.sparql.errors import FormUnsupported, QueryMalformed

SPARQL = "/sparql"
"""Where the endpoint is."""
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the graphs that the request names beside it; without any, the query's own FROM counts."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def asked_of(method: str, parameters: str, content_type: str | None, body: bytes) -> Asked | None:
    """What a request asks; None for a GET without a query. ``parameters`` is the URL's part behind the question mark.

    Raises QueryMalformed and FormUnsupported.
    """
    if method in ("GET", "HEAD"):
        fields = _fields(parameters)
        return None if not any(name == "query" for name, _ in fields) else _asked(fields)
    kind, _, rest = (content_type or "").partition(";")
    kind = kind.strip().lower()
    charset = rest.strip().lower().removeprefix("charset=").strip('" ') if rest.strip() else "utf-8"
    if kind not in (FORM, DIRECT) or charset not in ("utf-8", "utf8"):
        raise FormUnsupported(f"POST a query as {FORM} or as {DIRECT}, in UTF-8; updates are not taken")
    text = _text(body)
    if kind == FORM:
        return _asked(_fields(text))
    fields = _fields(parameters)
    if any(name == "query" for name, _ in fields):
        raise QueryMalformed("the query is in the body, and another one in the address")
    return _asked([*fields, ("query", text)])


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryMalformed(f"the request is not UTF-8: {error}") from error


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise QueryMalformed(f"the request is not UTF-8: {error}") from error
    except ValueError as error:
        raise QueryMalformed(f"a request has at most {_FIELDS} parameters") from error


def _asked(fields: list[tuple[str, str]]) -> Asked:
    queries = [value for name, value in fields if name == "query"]
    if any(name == "update" for name, _ in fields):
        raise QueryMalformed("updates are not taken; decisions are made at /api/v1/claims/{claim_id}/decisions")
    if len(queries) != 1 or not queries[0].strip():
        raise QueryMalformed("a request has one parameter named query, with a query in it")
    default, named = (
        tuple(value for name, value in fields if name == wanted) for wanted in ("default-graph-uri", "named-graph-uri")
    )
    return Asked(queries[0], default, named)
