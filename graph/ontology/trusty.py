"""Trusty URIs: the artifact code of a set of graphs (module RA, specification 1), which an IRI ends in. Pure.

Whoever has the graphs can compute the code again and sees that nothing was changed. The code may occur in the IRIs of
the graphs themselves; there it is left out of what is hashed.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

LENGTH = 45
PLACEHOLDER = "RA" + "-" * (LENGTH - 2)
"""Stands where the code will stand, until it is known."""
_Key = tuple[str, str, str, bool, str, str]


def artifact_code(quads: Iterable[Quad], code: str = PLACEHOLDER) -> str:
    """The code of the quads; ``code`` is what stands for it in their IRIs. Raises ValueError for a blank node.

    >>> artifact_code([])
    'RA47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'
    """
    keys = sorted({_key(quad, code) for quad in quads})
    told = "".join(map(_lines, keys))
    return "RA" + urlsafe_b64encode(hashlib.sha256(told.encode("utf-8")).digest()).decode("ascii").rstrip("=")


def coded(quads: Iterable[Quad]) -> tuple[str, list[Quad]]:
    """The code of quads with ``PLACEHOLDER`` in their IRIs, and the quads with the code in its place."""
    listed = list(quads)
    code = artifact_code(listed)

    def named(term: object) -> object:
        return NamedNode(term.value.replace(PLACEHOLDER, code)) if isinstance(term, NamedNode) else term

    return code, [Quad(*map(named, (q.subject, q.predicate, q.object, q.graph_name))) for q in listed]  # type: ignore[arg-type]


def _key(quad: Quad, code: str) -> _Key:
    graph, subject, predicate = (_iri(term, code) for term in (quad.graph_name, quad.subject, quad.predicate))
    if isinstance(quad.object, Literal):
        kind = f"@{quad.object.language.lower()}" if quad.object.language else f"^{quad.object.datatype.value}"
        return graph, subject, predicate, True, quad.object.value, kind
    return graph, subject, predicate, False, _iri(quad.object, code), ""


def _iri(term: object, code: str) -> str:
    if not isinstance(term, NamedNode):
        raise ValueError(f"{term} has no IRI, and what has none cannot be hashed")
    return term.value.replace(code, " ")


def _lines(key: _Key) -> str:
    graph, subject, predicate, literal, text, kind = key
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{graph}\n{subject}\n{predicate}\n{f'{kind} {escaped}' if literal else text}\n"
