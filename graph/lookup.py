"""Look-ups of the library at one revision: ids as people write them, claims as they may leave, counts."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.decisions import effective
from graph.errors import StoreError, UnknownArticle, UnknownClaim
from graph.mapping_article import primary_iri, study_iri
from graph.model import Decision
from graph.page_rows import articles_of
from graph.reading import Reader, word
from graph.reattach import reattach, target_of
from graph.study_links import counted_as
from graph.verify import check_quotes
from ingest.article import Article
from ingest.claim import Claim, Status
from ingest.identity import CLAIM_BASE

_TAIL = re.compile(r"[0-9a-f]{6,32}")


def find_place(claim_id: str, reader: Reader) -> int:
    """Where the claim with this id, its last part, or an unambiguous beginning of that is in the columns of the index.

    Raises UnknownClaim.
    """
    tail = claim_id.removeprefix(CLAIM_BASE)
    if not _TAIL.fullmatch(tail):
        raise UnknownClaim(claim_id[:200])
    ids = reader.index.beginning_with(tail) if len(tail) < 32 else [CLAIM_BASE + tail]
    if len(ids) > 1:
        raise UnknownClaim(claim_id, ids)
    place = reader.index.place_of(ids[0]) if ids else None
    if place is None:
        raise UnknownClaim(claim_id)
    return place


def find_claim(claim_id: str, reader: Reader) -> tuple[Claim, Article]:
    """The claim at ``find_place`` with its article, as ``articles_of`` gives it. Raises UnknownClaim."""
    claims = reader.index.claims([find_place(claim_id, reader)])
    return claims[0], articles_of(reader, claims)[claims[0].article]


def find_article(article_id: str, reader: Reader) -> str:
    """The id of an article given by its id, or by DOI, PMID or PMCID. Raises UnknownArticle."""
    for name in (article_id, primary_iri(article_id)):
        found = None if name is None else reader.index.find(name)
        if found is not None:
            return found
    raise UnknownArticle(article_id[:200])


def background(claim: Claim, article: Article, reader: Reader) -> tuple[Claim, list[Decision]]:
    """The claim as it was extracted, and the decisions that made it what it is."""
    if not claim.revision:
        return claim, []
    everything = reader.extracted(article.id)
    extracted = next((c for c in everything if c.id == claim.id), None)
    if extracted is None:
        raise StoreError(f"the extraction behind {claim.id} is not in the store")
    decisions = reader.decisions(article.id)
    mine = [d for d in decisions if target_of(d, everything, article.text) is extracted]
    misfits = effective(extracted, mine, article.text)[1]
    return extracted, [d for d in mine if d not in misfits]


def orphans(reader: Reader) -> list[Decision]:
    """Decisions that no present claim belongs to, oldest first."""
    decisions = reader.decisions()
    lost: dict[str, Decision] = {}
    for article_id in dict.fromkeys(d.article for d in decisions):
        extracted = reader.extracted(article_id)
        own = [d for d in decisions if d.article == article_id]
        lost |= {d.id: d for d in reattach(extracted, own, reader.article(article_id).text)[1]}
    return [lost[d.id] for d in decisions if d.id in lost]


def shown(claim: Claim, reader: Reader) -> Claim:
    """The claim with the one id of its study, whatever its article calls it."""
    if claim.study is None:
        return claim
    one = reader.index.behind(claim.article, study_iri(claim.study, claim.article))
    return replace(claim, study=replace(claim.study, id=counted_as(one)))


def checked(claim: Claim, reader: Reader) -> tuple[Claim, Article]:
    """The claim as it leaves the library: only when its words stand in its article. Raises QuoteMismatch."""
    article = reader.article(claim.article)
    return shown(check_quotes(claim, article.text), reader), article


def counts(reader: Reader) -> dict[str, int]:
    """How many articles, claims, effects, studies and decisions there are, and claims by status."""
    found = reader.index.counts()
    statuses = {status.value: found.pop(status.value) for status in Status}
    return found | {"decisions": int(word(reader.rows("decision_count")[0][0])), **statuses}
