"""What can be looked up in the side index: claims, articles, what they count for, names by number."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from threading import RLock

import numpy as np

from graph.errors import StoreError
from graph.index.columns import Columns
from graph.index.ordering import id_of
from graph.index.packing import BLOCK, block_lines, claim_whole
from graph.index.record import NONE, STATUSES, halves
from graph.index.standing import kind_number, kind_of
from graph.linking.store import Linking
from graph.model import Report, StudyReports
from graph.study_grounds import ArticleHead
from ingest.article import Article
from ingest.claim import Claim
from ingest.identity import CLAIM_BASE

SHOWN = 20
"""Ids that one beginning gives, at most."""
_STEP = 500


class Lookups:
    """The look-ups of ``SideIndex``, one at a time."""

    lock: RLock
    sql: sqlite3.Connection
    columns: Columns
    linking: Linking

    def claims(self, places: Sequence[int]) -> list[Claim]:
        """The claims at these places, whole, as they were extracted and decided on."""
        columns = self.columns
        numbers = columns.claims["number"][list(places)].tolist()
        homes = columns.claims["article"][list(places)].tolist()
        held = self._packed("block", "packed", sorted({number // BLOCK for number in numbers}))
        lines = {block: block_lines(packed) for block, packed in held.items()}
        return [
            claim_whole(lines[number // BLOCK][number % BLOCK], id_of(columns, place), columns.ids[home])
            for place, number, home in zip(places, numbers, homes, strict=True)
        ]

    def known_of(self, articles: Collection[str]) -> dict[str, bytes]:
        """What is known of articles, packed, by id."""
        numbers = {article: self.columns.number_of(article) or 0 for article in articles}
        held = self._packed("article", "about", sorted(set(numbers.values())))
        return {article: held[number] for article, number in numbers.items()}

    def _packed(self, table: str, column: str, numbers: Sequence[int]) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        with self.lock:
            for start in range(0, len(numbers), _STEP):
                part = numbers[start : start + _STEP]
                query = f"SELECT number, {column} FROM {table} WHERE number IN ({','.join('?' * len(part))})"  # noqa: S608
                found.update(self.sql.execute(query, part))
        return found

    def behind(self, article: str, study: str | None) -> str:
        """What a claim of the article counts for, where it gives ``study``: see ``Linking``."""
        with self.lock:
            return self.linking.behind(article, study)

    def reports(self, article: str) -> StudyReports:
        """What the article's claims count for, and the other articles that count for it."""
        with self.lock:
            others = [(o, self.linking.head(o), self.linking.reasons(o)) for o in self.linking.others(article)]
            own = self.linking.behind(article, None), self.linking.reasons(article)
        told = (Report(o, kind_of(kind_number(h)), h.title, why) for o, h, why in others if h is not None)
        return StudyReports(*own, tuple(told))

    def applied(self, article: Article) -> Article:
        """The article with what notices of other articles say of it."""
        with self.lock:
            return self.linking.applied(article)

    def find(self, named: str) -> str | None:
        """The id of an article by its id or by the IRI of its DOI, PMID or PMCID; None where there is none."""
        if any("\ud800" <= sign <= "\udfff" for sign in named):  # half of a pair is in no id, and in no database
            return None
        with self.lock:
            return self.linking.find(named)

    def head(self, article: str) -> ArticleHead:
        """What is known of an article without its text. Raises StoreError where there is no such article."""
        with self.lock:
            found = self.linking.head(article)
        if found is None:
            raise StoreError(f"the index has no article {article}")
        return found

    def heads(self, articles: Iterable[str]) -> dict[str, ArticleHead]:
        """What is known of these articles without their texts."""
        with self.lock:
            return self.linking.heads(articles)

    def studies(self) -> int:
        """How many studies the claims count for."""
        claims = self.columns.claims
        return len(np.unique(claims["unit"][claims["alive"]]))

    def counts(self) -> dict[str, int]:
        """How many articles, claims, effects and studies there are, and claims by status."""
        claims = self.columns.claims
        alive = claims["alive"]
        statuses = np.bincount(claims["status"][alive], minlength=len(STATUSES)).tolist()
        return {
            "articles": len(self.columns.ordered),
            "claims": int(alive.sum()),
            "effects": int(claims["effects"][alive].sum(dtype=np.int64)),
            "studies": self.studies(),
            **{status.value: number for status, number in zip(STATUSES, statuses, strict=True)},
        }

    def place_of(self, claim_id: str) -> int | None:
        """Where the claim with this id is in the columns; None where there is none."""
        claims, (high, low) = self.columns.claims, halves(claim_id)
        found = [p for p in self.columns.places_of(high) if int(claims["low"][p]) == low and claims["alive"][p]]
        return found[0] if found else None

    def beginning_with(self, tail: str) -> list[str]:
        """Ids of claims whose hex digits begin so, ``SHOWN`` at most, in order."""
        claims, digits = self.columns.claims, min(len(tail), 16)
        high = claims["high"] >> np.uint64(64 - 4 * digits)
        places = np.flatnonzero((high == np.uint64(int(tail[:digits], 16))) & claims["alive"])
        ids = sorted(id_of(self.columns, place) for place in places.tolist())
        return [claim for claim in ids if claim.removeprefix(CLAIM_BASE).startswith(tail)][:SHOWN]

    def number(self, text: str) -> int | None:
        """The number of a name; None where the index lacks it."""
        row = self.sql.execute("SELECT number FROM name WHERE text = ?", (text,)).fetchone()
        return None if row is None else int(row[0])

    def texts(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names with these numbers."""
        found: dict[int, str] = {}
        with self.lock:
            for start in range(0, len(numbers), _STEP):
                part = numbers[start : start + _STEP]
                marks = ",".join("?" * len(part))
                found.update(self.sql.execute(f"SELECT number, text FROM name WHERE number IN ({marks})", part))  # noqa: S608
        return found

    def mention_iris(self, numbers: Sequence[int]) -> dict[int, str]:
        """The nodes of the mentions with these numbers, at most some hundred at a time."""
        marks = ",".join("?" * len(numbers))
        with self.lock:
            return dict(self.sql.execute(f"SELECT number, iri FROM mention WHERE number IN ({marks})", numbers))  # noqa: S608

    def said(self, number: int) -> str | None:
        """The name with this number; None for ``NONE``."""
        with self.lock:
            return None if number == NONE else self.text(number)

    def text(self, number: int) -> str:
        """The name with this number."""
        return str(self.sql.execute("SELECT text FROM name WHERE number = ?", (number,)).fetchone()[0])
