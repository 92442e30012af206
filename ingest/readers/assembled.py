"""A built text and its metadata put together to an Article."""

from __future__ import annotations

import hashlib
from typing import Any

from ingest.article import Article, ArticleKind, article_iri
from ingest.notices import NoticeKind
from ingest.readers.building import Built
from ingest.readers.title_notices import title_notices


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
    language = meta.get("language")
    if language not in (None, "en", "eng") and not meta.get("no_evidence"):
        meta = {**meta, "no_evidence": f"its language is {language}; picograph reads English"}
    if notices := title_notices(meta.get("title")):
        here = any(n.kind is NoticeKind.RETRACTION and not n.of_other for n in notices)
        meta = {**meta, "notices": (*meta.get("notices", ()), *notices), "retracted": here or meta.get("retracted")}
    known = {key: value for key, value in meta.items() if value is not None}
    return Article(id=ident, text=built.text, kind=kind, sections=built.sections, tables=built.tables, **known)
