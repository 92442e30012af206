"""The concepts of a linker's knowledge base, laid over those that ship."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.term_keys import key_of
from ingest.term_table import KINDS, Row, Source, Table, pack
from ingest.terminology import shipped_table
from ingest.vocabularies.intake import LONGEST, MOST_NAMES, Limits
from ingest.vocabularies.known import Known
from ingest.vocabularies.linker_folder import PACKED, LinkerFolder
from ingest.vocabularies.packed import read_packed, write_packed
from ingest.vocabularies.problems import Problem, Problems
from ingest.vocabularies.semantic_types import kind_of

log = logging.getLogger(__name__)
_IDS = {
    "umls": re.compile(r"C\d{7}"),
    "mesh": re.compile(r"[CD](\d{6}|\d{9})"),
    "hpo": re.compile(r"HP:(?P<bare>\d{7})"),
    "rxnorm": re.compile(r"\d{1,9}"),
}
_PREFIXES = {"hpo": "hp"}
_SHORT = re.compile(r"[A-Z0-9][A-Za-z0-9/-]{0,4}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
RULES = 1
"""Counted up when the same knowledge base would become other rows, so that older packed forms are not used."""
TELLING = 5
"""Letters of a further name that are enough to know a shipped concept by."""
_LIMITS = Limits(16_000_000_000, 16_000_000)


@dataclass(slots=True)
class _Entry:
    kind: str
    names: dict[str, tuple[str, Source]] = field(default_factory=dict)
    same: dict[str, None] = field(default_factory=dict)


def linker_table(folder: LinkerFolder, *, anew: bool = False) -> Table:
    """The concepts of the folder that have a kind: from their packed form where that still fits, or made ``anew``.

    Raises VocabularyError with the lines that cannot be read.
    """
    packed = folder.path / PACKED
    if packed.is_file() and not anew:
        table, marks = read_packed(packed.read_bytes(), str(packed), _LIMITS, Known([shipped_table()]))
        if marks.get("of", np.zeros(0)).tobytes() == _mark(folder).tobytes():
            return table
        log.warning("%s was made from other files and is not used; pack the linker again", packed)
    return Table(pack(_rows(folder)))


def pack_linker(folder: LinkerFolder) -> Table:
    """Put the packed form of the folder's concepts into it, so that they load in seconds the next time.

    Raises VocabularyError with the lines that cannot be read, OSError where the folder cannot be written to.
    """
    return write_packed(_rows(folder), folder.path / PACKED, {"of": _mark(folder)})


def _mark(folder: LinkerFolder) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """What the packed form depends on: the knowledge base, the folder's settings, the terminology that ships."""
    with folder.concepts.open("rb") as stream:
        whole = hashlib.sha256(hashlib.file_digest(stream, "sha256").digest())
    whole.update(f"{RULES} {folder.vocabulary} {folder.kind} {shipped_table().digest}".encode())
    return np.frombuffer(whole.digest(), dtype=np.uint8)


def _rows(folder: LinkerFolder) -> list[Row]:
    shipped = _Shipped(shipped_table())
    out: dict[str, _Entry] = {}
    problems, seen = Problems(), dict[str, int]()
    for line, ident, names, types in _concepts(folder, problems):
        if ident in seen:
            told = f"the id {ident} comes twice: it stands on line {seen[ident]} already; make the two lines one"
            problems.add(Problem(str(folder.concepts), line, told))
            continue
        seen[ident] = line
        kind = shipped.kind(ident) or kind_of(types) or folder.kind
        keys = _keyed(names) if kind is not None else {}
        if kind is None or not keys:
            continue
        one = shipped.same_as(ident, kind, list(keys), key_of(names[0]))
        entry = out.setdefault(one, _Entry(kind))
        for key, name in keys.items():
            short = name != names[0] and _SHORT.fullmatch(name)
            entry.names.setdefault(key, (name, Source.SHORT if short else shipped.source(key)))
        if one != ident:
            entry.same[ident] = None
    if not out and not problems.count:
        told = "no concept in it has a kind; name one as `kind` in linker.json"
        problems.add(Problem(str(folder.concepts), None, told))
    if problems.count:
        raise problems.error()
    return [Row(one, e.kind, list(e.names.values())[:MOST_NAMES], (), tuple(e.same)) for one, e in out.items()]


def _keyed(names: Sequence[str]) -> dict[str, str]:
    """Names by key, of two with the same key the first, in their order."""
    out: dict[str, str] = {}
    for name in names[:MOST_NAMES]:
        key = key_of(name)
        if key:
            out.setdefault(key, name)
    return out


def _concepts(folder: LinkerFolder, problems: Problems) -> Iterator[tuple[int, str, list[str], list[str]]]:
    """Line, compact id, names (the canonical one first) and types of each concept."""
    with folder.concepts.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            if not raw.strip():
                continue
            try:
                content = json.loads(raw.decode("utf-8"))
                names = [content["canonical_name"], *content["aliases"]]
                types, own = content.get("types") or [], content["concept_id"]
                if not all(isinstance(text, str) for text in (own, *names, *types)):
                    raise TypeError("names, types and the id are texts")
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                told = f"this is no concept of scispacy ({type(error).__name__}: {str(error)[:120]}); mend the line"
                problems.add(Problem(str(folder.concepts), number, told))
                continue
            ident = _ident(own, folder.vocabulary)
            if ident is None:
                whose = folder.vocabulary or "UMLS, MeSH, HPO or RxNorm"
                problems.add(Problem(str(folder.concepts), number, f"{own[:80]!r} is no id of {whose}; mend the line"))
                continue
            kept = [" ".join(n.split(" ")).strip() for n in names if 0 < len(n) <= LONGEST and not _CONTROL.search(n)]
            if kept:
                yield number, ident, kept, types


def _ident(own: str, vocabulary: str | None) -> str | None:
    """The compact id. The linkers for RxNorm and HPO that scispacy offers have ids of UMLS."""
    for one in dict.fromkeys(("umls", vocabulary) if vocabulary else _IDS):
        found = _IDS[str(one)].fullmatch(own)
        if found and (one != "umls" or vocabulary != "mesh"):
            return f"{_PREFIXES.get(str(one), one)}:{found.groupdict().get('bare', own)}"
    return None


class _Shipped:
    """Concepts that ship, by the keys of their names: short forms, which mean too much, left out."""

    def __init__(self, table: Table) -> None:
        self._ids = {table.ids[i]: kind for i, kind in enumerate(table.kinds.tolist())}
        self._names = list(self._ids)
        self._by_key: dict[str, set[int]] = {}
        full = table.sources < Source.SHORT
        for name, concept in zip(table.name_keys[full].tolist(), table.concept_of_name[full].tolist(), strict=True):
            self._by_key.setdefault(table.keys[name], set()).add(concept)

    def kind(self, ident: str) -> str | None:
        """The kind of a concept, None where none that ships has this id."""
        return KINDS[self._ids[ident]] if ident in self._ids else None

    def source(self, key: str) -> Source:
        """How much a name counts: as the user's own where nothing that ships has it, else less than what ships."""
        return Source.ONTOLOGY if key in self._by_key else Source.OWN

    def same_as(self, ident: str, kind: str, keys: Sequence[str], first: str) -> str:
        """The concept that ships and is this one: by its id, else the only one of its kind with its first name, else
        the only one with any of its longer names. ``ident`` itself where there is none."""
        if ident in self._ids:
            return ident
        found = self._named([first], kind) or self._named([k for k in keys if len(k) >= TELLING], kind)
        return found.pop() if len(found) == 1 else ident

    def _named(self, keys: Sequence[str], kind: str) -> set[str]:
        those = {i for key in keys for i in self._by_key.get(key, ())}
        return {self._names[i] for i in those if KINDS[self._ids[self._names[i]]] == kind}
