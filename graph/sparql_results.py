"""Rows of a SELECT as stores send them: SPARQL JSON, or Turtle in the vocabulary for result sets.

JSON is the form of the standard. Virtuoso rounds doubles in it to six digits, and gives all of them in Turtle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from graph.store import Row
from graph.terms import DOUBLE_TYPE, Term

JSON = "application/sparql-results+json"
TURTLE = "text/turtle"
Solutions = tuple[list[str], list[Row]]
"""The names of the variables, and the rows."""
_SET = "http://www.w3.org/2005/sparql-results#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DECIMAL, _BOOLEAN = NamedNode(_XSD + "decimal"), NamedNode(_XSD + "boolean")
_BOOLEANS = {"1": "true", "0": "false"}


def from_json(body: bytes) -> Solutions:
    """The variables and rows of a SPARQL JSON result. Raises ValueError for anything else, or half of one."""
    try:
        held: Any = json.loads(body)
        names = held["head"]["vars"]
        known = set(names)
        rows = []
        for found in held["results"]["bindings"]:
            if not known.issuperset(found):
                raise ValueError("a row binds what the head does not name")
            rows.append(tuple(_term(found.get(name)) for name in names))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no SPARQL result: {error!r}") from error
    return list(names), rows


def from_turtle(body: bytes) -> Solutions:
    """The variables and rows of a result set in Turtle, in the order of the document.

    Turtle writes a double without exponent as a decimal: both are read as doubles, which is all that we store. Raises
    ValueError for anything else, or half of one.
    """
    names: list[str] = []
    solutions: list[BlankNode] = []
    bindings: dict[BlankNode, list[BlankNode]] = {}
    variables: dict[BlankNode, str] = {}
    values: dict[BlankNode, Term] = {}
    try:
        for triple in parse(body, RdfFormat.TURTLE):
            subject, value, term = triple.subject, triple.object, triple.predicate.value.removeprefix(_SET)
            if term == "resultVariable" and isinstance(value, Literal):
                names.append(value.value)
            elif term == "solution" and isinstance(value, BlankNode):
                solutions.append(value)
            elif term == "binding" and isinstance(value, BlankNode) and isinstance(subject, BlankNode):
                bindings.setdefault(subject, []).append(value)
            elif term == "variable" and isinstance(subject, BlankNode) and isinstance(value, Literal):
                variables[subject] = value.value
            elif term == "value" and isinstance(subject, BlankNode) and isinstance(value, NamedNode | Literal):
                values[subject] = _whole(value)
        rows = [{variables[cell]: values[cell] for cell in bindings.get(row, ())} for row in solutions]
    except (SyntaxError, KeyError) as error:
        raise ValueError(f"no result set in Turtle: {error}") from error
    if not names or any(row.keys() - set(names) for row in rows):
        raise ValueError("a result set that does not name its variables")
    return names, [tuple(row.get(name) for name in names) for row in rows]


def _whole(value: Term) -> Term:
    """Doubles in the store's own form, so that they compare equal."""
    if isinstance(value, Literal) and value.datatype in (_DECIMAL, DOUBLE_TYPE):
        return Literal(float(value.value))
    return value


def _term(found: Mapping[str, str] | None) -> Term | None:
    if found is None:
        return None
    if found["type"] == "uri":
        return NamedNode(found["value"])
    if found["type"] not in ("literal", "typed-literal"):
        raise ValueError(f"a {found['type']} in a result")
    if "xml:lang" in found:
        return Literal(found["value"], language=found["xml:lang"])
    if "datatype" not in found:
        return Literal(found["value"])
    kind = NamedNode(found["datatype"])
    if kind == _BOOLEAN:
        return Literal(_BOOLEANS.get(found["value"], found["value"]), datatype=kind)
    return Literal(float(found["value"])) if kind == DOUBLE_TYPE else Literal(found["value"], datatype=kind)
