"""Claims and what is known of articles as small pieces of bytes: what pages of evidence are made of. Pure.

Claims of one article share their study, their arms and most of their words, so some of them are squeezed together. What
the columns of the index say anyway, id and article, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from graph.index import often
from graph.index.bare import ARTICLE, CLAIM
from graph.index.record import RECORD, Records
from graph.squeezing import Squeezer
from graph.terms import canonical_json
from ingest.article import Article, ArticleKind
from ingest.claim import Claim
from ingest.claim_json import article_json, claim_json, from_json
from ingest.notices import Notice, NoticeKind

BLOCK = 4
"""Claims that are squeezed together, at most; all are of one article. A change of it is a change of the layout."""
_TEXTS = (
    *("title", "journal", "published", "doi", "pmid", "pmcid", "registration", "language", "licence"),
    *("primary_source", "no_evidence"),
)
_LISTS = ("authors", "registrations", "publications", "types")
_CLAIMS, _ARTICLES, _RECORDS = (Squeezer(words) for words in (often.CLAIMS, often.ARTICLES, often.RECORDS))


def claim_bare(claim: Claim) -> bytes:
    """The claim on one line, without its id and its article."""
    data = claim_json(claim)
    del data["id"]
    data["text_sha256"] = data.pop("article")["text_sha256"]
    return canonical_json(CLAIM.bare(data)).encode("ascii")


def claim_whole(line: bytes, claim_id: str, article: str) -> Claim:
    """The inverse of ``claim_bare``."""
    data = CLAIM.named(json.loads(line))
    return from_json({**data, "id": claim_id, "article": {"id": article, "text_sha256": data["text_sha256"]}})


def blocks(lines: Sequence[bytes]) -> list[bytes]:
    """Claims on lines of their own, ``BLOCK`` together."""
    return [_CLAIMS.squeeze(b"\n".join(lines[start : start + BLOCK])) for start in range(0, len(lines), BLOCK)]


def block_lines(held: bytes) -> list[bytes]:
    """The lines of one of ``blocks``. Raises DamagedIndex."""
    return _CLAIMS.release(held).split(b"\n")


def records_packed(records: Records) -> bytes:
    """The records of an article's claims."""
    return _RECORDS.squeeze(records.tobytes())


def records_unpacked(held: bytes) -> Records:
    """The inverse of ``records_packed``. Raises DamagedIndex."""
    return np.frombuffer(_RECORDS.release(held), RECORD)


def article_packed(article: Article) -> bytes:
    """What is known of the article: all but text, sections and tables."""
    return _ARTICLES.squeeze(canonical_json(ARTICLE.bare(article_json(article))).encode("ascii"))


def article_unpacked(held: bytes, text: str) -> Article:
    """The article with ``text``, without sections and tables."""
    data = ARTICLE.named(json.loads(_ARTICLES.release(held)))
    notices = (Notice(NoticeKind(n["kind"]), n["source"], n["of_other"]) for n in data["notices"])
    texts: dict[str, Any] = {name: data[name] for name in (*_TEXTS, "retracted")}
    lists: dict[str, Any] = {name: tuple(data[name]) for name in _LISTS}
    return Article(data["id"], text, ArticleKind(data["kind"]), notices=tuple(notices), **texts, **lists)
