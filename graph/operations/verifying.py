"""Whether a store holds what it should: everything is read once, and whatever is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import NamedNode, Quad

from graph import lookup
from graph.binding import load_query
from graph.decisions import effective
from graph.describing import whole
from graph.errors import StoreBusy, StoreError, UnknownArticle
from graph.mapping import ROLES
from graph.ontology.conformity import conforms
from graph.reading import Reader
from graph.rows import word
from graph.store import QuadStore
from graph.verify import quoted_parts
from graph.vocab import DECISIONS, EV, EXTRACTIONS, TEXTS, node
from ingest.article import Article
from ingest.claim import Claim

Progress = Callable[[int, int], None]
"""Hears how many records were read, and how many there are."""
_BATCH = 200
_LINKS = frozenset((*ROLES.values(), node(EV.studyReport)))
_KEPT = ((DECISIONS, "decision"), (EXTRACTIONS, "extraction"), (TEXTS, "text"))
"""What the log names, in the order of its query, and the graphs that have it."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: where (a node, a graph, a file), and what."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read, and what is wrong with it; no findings: all is well."""

    revision: int
    articles: int
    claims: int
    decisions: int
    findings: tuple[Finding, ...]


@dataclass
class _Seen:
    articles: int = 0
    claims: int = 0
    decisions: int = 0
    findings: list[Finding] = field(default_factory=list)

    def tell(self, place: str, reason: object) -> None:
        self.findings.append(Finding(place, " ".join(str(reason).split())[:500]))


def verify(store: QuadStore, *, shapes: bool = True, progress: Progress = lambda done, total: None) -> Verified:
    """Read the whole store and compare: log with revision, texts with their hashes, claims with texts and decisions.

    ``shapes`` also checks every claim and article against the SHACL shapes. Raises StoreBusy when a shared store was
    changed meanwhile, StoreError when it cannot be read at all.
    """
    seen, about = _Seen(), _about(store)
    revision = _number(about.get(str(EV.revision)))
    if revision is None or not about.get(str(EV.storeId)):
        seen.tell("meta", "the store does not say its revision and its id")
    reader = Reader(store, revision or 0)
    _log(reader, revision or 0, seen)
    claims = [claim for _, claim in sorted((word(a), word(c)) for a, c in reader.rows("claims_of"))]
    kept = lru_cache(maxsize=_BATCH)(reader.stored)
    articles = sorted({word(article): word(sha256) for article, sha256 in reader.rows("articles")}.items())
    total = len(articles) + len(claims)
    for number, (article, sha256) in enumerate(articles):
        progress(number, total)
        _article(article, sha256, reader, shapes, seen)
    for start in range(0, len(claims), _BATCH):
        progress(len(articles) + start, total)
        _claims(claims[start : start + _BATCH], reader, kept, shapes, seen)
        reader.forget()
    progress(total, total)
    _counts(reader, len(claims), seen)
    for (part,) in reader.rows("lost_parts"):
        seen.tell(word(part), "neither a claim nor a part that a claim has")
    if _about(store) != about:
        raise StoreBusy("the store was changed while it was verified; verify it again when nobody writes, or a backup")
    found = tuple(dict.fromkeys(seen.findings))
    return Verified(revision or 0, seen.articles, seen.claims, seen.decisions, found)


def _about(store: QuadStore) -> dict[str, str]:
    return {word(p): word(o) for p, o in store.select(load_query("about_store"))}


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None


def _log(reader: Reader, revision: int, seen: _Seen) -> None:
    """One entry for each write, and what it names is kept."""
    entries = reader.rows("log_entries")
    numbers = [int(word(number)) for number, *_ in entries]
    for number in sorted(set(range(1, revision + 1)) - set(numbers)):
        seen.tell(f"log/{number}", "the log has no entry for this write")
    for number in sorted(set(numbers) - set(range(1, revision + 1))):
        seen.tell(f"log/{number}", f"the log has an entry beyond revision {revision}")
    kept: dict[str, set[str]] = {graph.value: set() for graph, _ in _KEPT}
    for graph, one in reader.rows("kept_records"):
        kept[word(graph)].add(word(one))
    for column, (graph, name) in enumerate(_KEPT, 1):
        held = kept[graph.value]
        named = {word(row[column]): int(word(row[0])) for row in entries if row[column] is not None}
        for record in sorted(named.keys() - held):
            seen.tell(f"log/{named[record]}", f"names a {name} that is not kept: {record}")
        if graph == DECISIONS:
            seen.decisions = len(held)
            for record in sorted(held - named.keys()):
                seen.tell(record, "a decision that the log does not have")


def _article(article: str, sha256: str, reader: Reader, shapes: bool, seen: _Seen) -> None:
    seen.articles += 1
    try:
        stored = reader.stored(article)
    except (StoreError, UnknownArticle, ValueError, KeyError) as error:
        seen.tell(article, f"cannot be read: {error}")
        return
    if stored.text_sha256 != sha256:
        seen.tell(article, "its text is not the one that its hash is of")
    if shapes:
        _conform(reader, [article], seen)


def _claims(claims: list[str], reader: Reader, kept: Callable[[str], Article], shapes: bool, seen: _Seen) -> None:
    for claim in _read(claims, reader, seen):
        seen.claims += 1
        try:
            article = kept(claim.article)
        except (StoreError, UnknownArticle, ValueError, KeyError) as error:
            seen.tell(claim.id, f"its article cannot be read: {error}")
            continue
        for part, words, span in quoted_parts(claim):
            if (there := span.of(article.text)) != words:
                place = f"{part} [{span.start}, {span.end})"
                seen.tell(claim.id, f"{place} should read {words[:60]!r}, the text has {there[:60]!r}")
        if claim.revision:
            _decided(claim, article, reader, seen)
    if shapes:
        _conform(reader, claims, seen)


def _read(ids: list[str], reader: Reader, seen: _Seen) -> Iterator[Claim]:
    """The claims that can be read; the others are told one by one."""
    try:
        yield from reader.claims(ids)
        return
    except (StoreError, ValueError, KeyError, TypeError):
        pass
    for one in ids:
        try:
            yield reader.claims([one])[0]
        except (StoreError, ValueError, KeyError, TypeError) as error:
            seen.tell(one, f"cannot be read: {error}")


def _decided(claim: Claim, article: Article, reader: Reader, seen: _Seen) -> None:
    """A claim stands as its extraction with its decisions."""
    try:
        extracted, decisions = lookup.background(claim, article, reader)
        expected, _ = effective(extracted, decisions, article.text)
    except (StoreError, ValueError, KeyError, TypeError, StopIteration) as error:
        seen.tell(claim.id, f"the decisions behind it cannot be read: {error}")
        return
    if expected != claim:
        names = [name for name in claim.__dataclass_fields__ if getattr(claim, name) != getattr(expected, name)]
        seen.tell(claim.id, f"it does not stand as its decisions say: {', '.join(names)}")


def _counts(reader: Reader, heads: int, seen: _Seen) -> None:
    """Claims without an article are seen in the counts alone."""
    counted = {word(c).rpartition("#")[2]: int(word(n)) for c, n in reader.rows("counts")}
    if counted.get("Claim", 0) != heads:
        seen.tell("default graph", f"{counted.get('Claim', 0)} claims are there, {heads} of them with an article")


def _conform(reader: Reader, records: list[str], seen: _Seen) -> None:
    triples = whole(reader.store, [NamedNode(record) for record in records])
    linked = {o for _, p, o in triples if p in _LINKS and isinstance(o, NamedNode)}
    triples += whole(reader.store, sorted(linked, key=str))
    for finding in conforms(Quad(s, p, o) for s, p, o in triples):
        path = "" if finding.path is None else f" ({finding.path})"
        seen.tell(finding.node, f"does not conform{path}: {finding.message}")
