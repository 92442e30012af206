"""One article of an input that may hold many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Article
from ingest.readers.errors import ReadError, SeveralArticlesError
from ingest.readers.source import Item

_COUNTED = 10_000
"""Records that are counted to say how many there are."""
_IDS = ("pmid", "pmcid", "doi", "registration", "id")


def the_article(items: Iterator[Item], name: str, wanted: str | int | None = None) -> Article:
    """The one article of an input, or the ``wanted`` one.

    A number is a place, from 1 on, among all records, or a PMID; words are a PMID, PMCID, DOI, registry id or the
    article's id, ``pmid:...`` as well. Raises ReadError where there is no such article, SeveralArticlesError where
    there are several and none is asked for.
    """
    if wanted is not None:
        return _chosen(items, name, wanted)
    first = next(items, None)
    if first is None:
        raise ReadError(name, "whole file", "it holds no article")
    more = sum(1 for _, _ in zip(items, range(_COUNTED), strict=False))
    if more:
        number = f"{more + 1:,}" if more < _COUNTED else f"more than {_COUNTED:,}"
        raise SeveralArticlesError(name, "whole file", f"it holds {number} articles, and one is asked for")
    if isinstance(first, ReadError):
        raise first
    return first


def _chosen(items: Iterator[Item], name: str, wanted: str | int) -> Article:
    count, faults = 0, list[ReadError]()
    for count, item in enumerate(items, 1):
        if isinstance(item, Article):
            if count == wanted or _is(item, str(wanted)):
                return item
        elif count == wanted:
            raise item
        else:
            faults.append(item)
    if len(faults) == count == 1:
        raise faults[0]
    raise ReadError(name, "whole file", f"none of its {count:,} articles is {wanted!r}")


def _is(article: Article, wanted: str) -> bool:
    bare = re.sub(r"^(?:pmid|pmcid|doi)\s*:\s*", "", wanted.strip(), flags=re.I).casefold()
    return any((value or "").casefold() == bare for value in (getattr(article, name) for name in _IDS))
