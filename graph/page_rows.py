"""The claims of a page of evidence with their articles, as they may leave the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.index.packing import article_unpacked
from graph.reading import Reader
from graph.study_links import counted_as
from graph.verify import check_quotes
from ingest.article import Article
from ingest.claim import Claim


def articles_of(reader: Reader, claims: Sequence[Claim]) -> dict[str, Article]:
    """The articles of claims, by id: metadata and text; sections and tables are left to ``Reader.article``."""
    known = reader.index.known_of({claim.article for claim in claims})
    texts = reader.texts({(claim.article, claim.text_sha256) for claim in claims})
    applied = reader.index.applied
    return {article: applied(article_unpacked(known[article], text)) for (article, _), text in texts.items()}


def rows_of(reader: Reader, places: Sequence[int]) -> list[tuple[Claim, Article]]:
    """The claims at these places in the columns, with their articles as ``articles_of`` gives them.

    Raises QuoteMismatch where the words of a claim do not stand in its article.
    """
    index = reader.index
    claims = index.claims(places)
    articles = articles_of(reader, claims)
    units = index.columns.claims["unit"][list(places)].tolist()
    names = index.texts(sorted({unit for unit in units if unit >= 0}))
    rows = []
    for claim, unit in zip(claims, units, strict=True):
        check_quotes(claim, articles[claim.article].text)
        if claim.study is not None:
            claim = replace(claim, study=replace(claim.study, id=counted_as(names[unit])))
        rows.append((claim, articles[claim.article]))
    return rows
