"""What two records of one publication say together: its full text, and its abstract from an index. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.article import Article, ArticleKind
from ingest.notices import Notice, NoticeKind

_FILLED = ("title", "journal", "published", "doi", "pmid", "pmcid", "registration", "licence")
_JOINED = ("registrations", "types", "notices")


def completed(article: Article, other: Article) -> Article:
    """``article`` with what another record of the same publication knows more: ids, types, and above all notices.

    Text, sections and tables stay its own. It is retracted when either record says so: a full text that was printed
    before its retraction says nothing of it.
    """
    more: dict[str, Any] = {name: getattr(article, name) or getattr(other, name) for name in (*_FILLED, "authors")}
    for name in _JOINED:
        more[name] = tuple(dict.fromkeys((*getattr(article, name), *getattr(other, name))))
    return replace(article, retracted=article.retracted or other.retracted, **more)


def index_json(abstract: Article) -> dict[str, Any]:
    """What ``completed`` takes from a record, as JSON; kept with the full text, so that either can be read anew."""
    lists = {name: list(getattr(abstract, name)) for name in ("authors", "registrations", "types")}
    notices = [[n.kind.value, n.source, n.of_other] for n in abstract.notices]
    return {name: getattr(abstract, name) for name in (*_FILLED, "retracted")} | lists | {"notices": notices}


def index_from(data: dict[str, Any], article: str) -> Article:
    """The record that ``index_json`` wrote, without its text."""
    lists: dict[str, Any] = {name: tuple(data[name]) for name in ("authors", "registrations", "types")}
    notices = tuple(Notice(NoticeKind(kind), source, of_other) for kind, source, of_other in data["notices"])
    texts: dict[str, Any] = {name: data[name] for name in (*_FILLED, "retracted")}
    return Article(article, "", ArticleKind.ABSTRACT, notices=notices, **lists, **texts)
