"""What a store holds, in figures: cheap enough to be asked while others work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.binding import load_query
from graph.rows import word
from graph.store import QuadStore
from graph.vocab import EV
from ingest.claim import Status

DEFAULT = "default"
"""What the default graph is called among the graphs."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a store at one revision.

    ``counts`` has articles, claims (in all, and by status), effects and decisions; ``triples`` has them by graph, None
    where they were not counted; ``bytes`` is the room on disk with every index, None where that is not known.
    """

    store_id: str
    format: int
    revision: int
    counts: dict[str, int]
    triples: dict[str, int] | None
    bytes: int | None


def figures(store: QuadStore, folder: Path | None = None, *, triples: bool = True) -> Figures:
    """The figures of a store that is kept in ``folder`` (None: elsewhere). Counting triples reads the whole store."""
    about = {word(p): word(o) for p, o in store.select(load_query("about_store"))}
    return Figures(
        about.get(str(EV.storeId), ""),
        int(about.get(str(EV.formatVersion), "0")),
        int(about.get(str(EV.revision), "0")),
        _counts(store),
        _triples(store) if triples else None,
        None if folder is None else size_of(folder),
    )


def size_of(folder: Path) -> int:
    """Bytes of all files below ``folder``; a file that goes meanwhile counts for nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def _counts(store: QuadStore) -> dict[str, int]:
    found = {word(c).rpartition("#")[2]: int(word(n)) for c, n in store.select(load_query("counts"))}
    statuses = {word(s).rpartition("#")[2]: int(word(n)) for s, n in store.select(load_query("status_counts"))}
    ((decisions,),) = store.select(load_query("decision_count"))
    return {
        "articles": found.get("Article", 0),
        "claims": found.get("Claim", 0),
        "effects": found.get("effect", 0),
        "decisions": int(word(decisions)),
        **{status.value: statuses.get(status.value, 0) for status in Status},
    }


def _triples(store: QuadStore) -> dict[str, int]:
    rows = store.select(load_query("triples"))
    return {DEFAULT if graph is None else graph.value.rpartition("/")[2]: int(word(number)) for graph, number in rows}
