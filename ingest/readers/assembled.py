"""A built text and its metadata put together to an Article."""

from __future__ import annotations

import hashlib
from typing import Any

from ingest.article import Article, ArticleKind, article_iri
from ingest.readers.building import Built


def assembled(built: Built, kind: ArticleKind, meta: dict[str, Any], given_id: str | None = None) -> Article:
    """The article of a text; ``meta`` are fields of Article by name, None where unknown.

    Its id comes from its ids, else from ``given_id``, else from the text.
    """
    ident = article_iri(
        doi=meta.get("doi"),
        pmcid=meta.get("pmcid"),
        pmid=meta.get("pmid"),
        registration=meta.get("registration") if kind is ArticleKind.REGISTRY_RECORD else None,
        given=given_id,
        sha256=hashlib.sha256(built.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    known = {key: value for key, value in meta.items() if value is not None}
    return Article(id=ident, text=built.text, kind=kind, sections=built.sections, tables=built.tables, **known)
