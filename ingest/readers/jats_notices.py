"""What a JATS article says of notices: those about it, and whether it is itself one about another."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.notices import Notice, NoticeKind
from ingest.readers.building import clean_words
from ingest.readers.ids import doi_in

_HREF = "{http://www.w3.org/1999/xlink}href"
_RELATED = {
    "retraction-forward": (NoticeKind.RETRACTION, False),
    "partial-retraction-forward": (NoticeKind.CORRECTION, False),
    "retracted-article": (NoticeKind.RETRACTION, True),
    "partial-retraction": (NoticeKind.CORRECTION, True),
    "correction-forward": (NoticeKind.CORRECTION, False),
    "corrected-article": (NoticeKind.CORRECTION, True),
    "addendum": (NoticeKind.CORRECTION, False),
    "addended-article": (NoticeKind.CORRECTION, True),
    "concern-forward": (NoticeKind.CONCERN, False),
    "expression-of-concern": (NoticeKind.CONCERN, False),
    "object-of-concern": (NoticeKind.CONCERN, True),
    "republished-article": (NoticeKind.REPUBLICATION, False),
    "corrected-republished": (NoticeKind.REPUBLICATION, False),
    "commentary": (NoticeKind.COMMENT, False),
    "commentary-article": (NoticeKind.COMMENT, True),
    "letter": (NoticeKind.COMMENT, False),
}
_TYPES = {
    "retraction": NoticeKind.RETRACTION,
    "correction": NoticeKind.CORRECTION,
    "erratum": NoticeKind.CORRECTION,
    "expression-of-concern": NoticeKind.CONCERN,
}


def notices_of(article: etree._Element, meta: etree._Element) -> tuple[tuple[Notice, ...], bool]:
    """The notices, sorted, and whether the article itself is retracted."""
    found = set(_related(meta))
    own = _TYPES.get((article.get("article-type") or "").casefold())
    if own is not None and not any(n.of_other and n.kind is own for n in found):
        found.add(Notice(own, None, True))
    if article.get("article-type") == "retracted-article" and not any(n.kind is NoticeKind.RETRACTION for n in found):
        found.add(Notice(NoticeKind.RETRACTION))
    retracted = any(n.kind is NoticeKind.RETRACTION and not n.of_other for n in found)
    return tuple(sorted(found, key=lambda n: (n.kind, n.source or "", n.of_other))), retracted


def _related(meta: etree._Element) -> Iterator[Notice]:
    for related in meta.iter("related-article", "related-object"):
        kind = _RELATED.get((related.get("related-article-type") or related.get("link-type") or "").casefold())
        if kind is not None:
            yield Notice(kind[0], _source(related), kind[1])


def _source(related: etree._Element) -> str | None:
    link = (related.get(_HREF) or "").strip()
    if (doi := doi_in(link)) is not None:
        return f"doi:{doi}"
    told = (related.get("ext-link-type") or "").casefold()
    if told in ("pmid", "pubmed") and link.isdecimal():
        return f"pmid:{link}"
    if told in ("pmc", "pmcid") and link:
        return f"pmcid:{link if link.upper().startswith('PMC') else 'PMC' + link}"
    return clean_words("".join(related.itertext()))[:300] or link[:300] or None
