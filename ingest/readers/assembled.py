"""A built text and its metadata put together to an Article."""

from __future__ import annotations

import hashlib
from typing import Any

from ingest.article import Article, ArticleKind, SectionKind, article_iri
from ingest.notices import Notice, NoticeKind
from ingest.readers.building import Built
from ingest.readers.evidence_policy import why_no_evidence
from ingest.readers.title_notices import title_notices


def assembled(built: Built, kind: ArticleKind, meta: dict[str, Any], given_id: str | None = None) -> Article:
    """The article of a text; ``meta`` are fields of Article by name, None where unknown.

    Its id comes from its ids, else from ``given_id``, else from the text. A notice that the title is or bears is added
    to those in ``meta``; where ``meta`` has no ``no_evidence``, the policy for all formats says it.
    """
    ident = article_iri(
        doi=meta.get("doi"),
        pmcid=meta.get("pmcid"),
        pmid=meta.get("pmid"),
        registration=meta.get("registration") if kind is ArticleKind.REGISTRY_RECORD else None,
        given=given_id,
        sha256=hashlib.sha256(built.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    given: tuple[Notice, ...] = meta.get("notices") or ()
    told = [n for n in title_notices(meta.get("title")) if n.kind not in {g.kind for g in given}]
    here = any(n.kind is NoticeKind.RETRACTION and not n.of_other for n in told)
    meta = {**meta, "notices": (*given, *told), "retracted": bool(here or meta.get("retracted"))}
    if "no_evidence" not in meta:
        content = [s for s in built.sections if s.kind not in (SectionKind.TITLE, SectionKind.FURNITURE)]
        meta["no_evidence"] = why_no_evidence(
            kind=kind,
            types=meta.get("types") or (),
            language=meta.get("language"),
            has_abstract=bool(content),
            has_results=any(s.kind in (SectionKind.RESULTS, SectionKind.TABLE) for s in content),
            notices=meta["notices"],
        )
    known = {key: value for key, value in meta.items() if value is not None}
    return Article(id=ident, text=built.text, kind=kind, sections=built.sections, tables=built.tables, **known)
