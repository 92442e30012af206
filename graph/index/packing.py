"""Claims and what is known of articles as small pieces of bytes: what pages of evidence are made of. Pure."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from graph.terms import canonical_json
from ingest.article import Article, ArticleKind
from ingest.claim import Claim
from ingest.claim_json import article_json, claim_json, from_json
from ingest.notices import Notice, NoticeKind

_TEXTS = (
    *("title", "journal", "published", "doi", "pmid", "pmcid", "registration", "language", "licence"),
    *("primary_source", "no_evidence"),
)
_LISTS = ("authors", "registrations", "publications", "types")
_OFTEN = (
    b'{"arms":[{"name":"placebo","size":null}],"design":"randomised controlled trial","enrolled":null,"follow_up":null,'
    b'"id":"https://w3id.org/picograph/study/registration/NCT0","name":null,"phase":"3","primary_endpoint_met":null,'
    b'"randomised":null,"registration":null}"article":{"id":"https://doi.org/10.","text_sha256":""},"assertion":"stated",'
    b'"checks":[{"grade":"pass","message":"effects[0]: ","rule":"interval-order"},{"grade":"not checkable","message":'
    b'"effects[0]: no p value is printed with the interval","rule":"interval-against-p"},{"grade":"pass","message":'
    b'"effects[0]: the interval holds 1, said to be not significant","rule":"significance-against-interval"},'
    b'"rule":"value-in-interval"},"rule":"ratio-at-log-centre"},"rule":"p-from-interval"},"comparator":{"concept":null,'
    b'"concepts":["http://id.nlm.nih.gov/mesh/D0"],"end":1,"label":null,"start":1,"text":"placebo"},"confidence":0.9,'
    b'"content_key":"","direction":"lower","direction_basis":"interval","effects":[{"arm":"contrast",'
    b'"change_from_baseline":false,"end":1,"events":null,"interval":{"high":1.0,"kind":"confidence","level":95.0,'
    b'"low":0.0},"measure":"hazard ratio","p":{"operator":"=","value":0.0},"standard_deviation":null,'
    b'"standard_error":null,"start":1,'
    b'"table":null,"text":"HR 0.0 (95% CI, 0.0-1.0; p=0.0)","timepoint":null,"total":null,"unit":null,"value":0.0,'
    b'"value_state":"reported"}],"id":"https://w3id.org/picograph/claim/","intervention":{"concept":'
    b'"http://id.nlm.nih.gov/mesh/D0","kind":"own result","outcome":{"outcome_favours":"lower","population":{"quote":'
    b'{"exact":"","prefix":"","section":"results","suffix":""},"restatements":[],"revision":0,"significance":'
    b'"not significant","significance_basis":"p value","status":"unreviewed"'
)
"""What claims often hold, so that each takes little room; a change of it is a change of the index's layout."""


def packed(data: object) -> bytes:
    """JSON, compressed."""
    coder = zlib.compressobj(level=6, zdict=_OFTEN)
    return coder.compress(canonical_json(data).encode("ascii")) + coder.flush()


def unpacked(held: bytes) -> Any:
    """The inverse of ``packed``."""
    coder = zlib.decompressobj(zdict=_OFTEN)
    return json.loads(coder.decompress(held))


def claim_packed(claim: Claim) -> bytes:
    """The claim."""
    return packed(claim_json(claim))


def claim_unpacked(held: bytes) -> Claim:
    """The inverse of ``claim_packed``."""
    return from_json(unpacked(held))


def article_packed(article: Article) -> bytes:
    """What is known of the article: all but text, sections and tables."""
    return packed(article_json(article))


def article_unpacked(held: bytes, text: str) -> Article:
    """The article with ``text``, without sections and tables."""
    data: Mapping[str, Any] = unpacked(held)
    notices = (Notice(NoticeKind(n["kind"]), n["source"], n["of_other"]) for n in data["notices"])
    texts: dict[str, Any] = {name: data[name] for name in (*_TEXTS, "retracted")}
    lists: dict[str, Any] = {name: tuple(data[name]) for name in _LISTS}
    return Article(data["id"], text, ArticleKind(data["kind"]), notices=tuple(notices), **texts, **lists)
