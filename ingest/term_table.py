"""The terminology as plain arrays: small on disk, read in a fraction of a second, searched without being unpacked.

Texts are one block of UTF-8 with a line feed behind each; concepts stand in the order of their compact ids, keys in the
order of their bytes, so both are found by bisection. Every count array says how many of the next rows belong to each
concept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from ingest.curies import shorten
from ingest.term_keys import key_of, loose_hash

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Arrays = Mapping[str, npt.NDArray[np.generic]]
KINDS = ("drug", "disease", "outcome", "procedure", "population")
FAVOURS = (None, "lower", "higher")
FORMAT = 1
STRIDE = 32
SPOT = 1
"""The bit of a concept's flags, and of a name's, that lets it be looked for in any running text."""


class Source(IntEnum):
    """Where a name is from: the lower, the more it is worth where two concepts share it."""

    OWN = 0
    MESH = 1
    SUPPLEMENT = 2
    ONTOLOGY = 3
    DRUG_LIST = 4
    CORPUS = 5
    SHORT = 6
    """A short form that a vocabulary gives, such as "MS": often one of many meanings."""


@dataclass(frozen=True, slots=True)
class Row:
    """A concept before it is packed; ``iri`` and ``parents`` as IRIs, ``names`` with the preferred one first."""

    iri: str
    kind: str
    names: Sequence[tuple[str, Source]]
    parents: Sequence[str] = ()
    same: Sequence[str] = ()
    favours: str | None = None
    spot: bool = False
    spots: Sequence[bool] = ()
    """For each name whether it may be looked for; empty: none."""


class Lines:
    """Many short texts in one block, by number."""

    def __init__(self, block: Bytes) -> None:
        self._block = block.tobytes()
        ends = np.flatnonzero(block == 10)
        self._ends = ends.data
        self._size = len(ends)

    def __len__(self) -> int:
        return self._size

    @property
    def block(self) -> Bytes:
        """The whole block."""
        return np.frombuffer(self._block, dtype=np.uint8)

    def raw(self, number: int) -> bytes:
        """The bytes of one text."""
        return self._block[self._ends[number - 1] + 1 if number else 0 : self._ends[number]]

    def __getitem__(self, number: int) -> str:
        return self.raw(number).decode("utf-8")

    def at(self, text: str) -> int:
        """Where ``text`` stands or would stand; the lines are in the order of their bytes."""
        return self._at(_bytes(text))

    def _at(self, wanted: bytes) -> int:
        block = bisect_left(self._landmarks, wanted)
        first = max(block - 1, 0) * STRIDE
        return bisect_left(range(self._size), wanted, first, min(block * STRIDE + 1, self._size), key=self.raw)

    @cached_property
    def _landmarks(self) -> list[bytes]:
        """Every so many lines one, so that most of the way to a line is made among texts that are at hand."""
        return [self.raw(number) for number in range(0, self._size, STRIDE)]

    def find(self, text: str) -> int | None:
        """The number of ``text``, None where it is no line."""
        wanted = _bytes(text)
        number = self._at(wanted)
        return number if number < self._size and self.raw(number) == wanted else None

    def beginning(self, text: str) -> range:
        """The numbers of the lines that begin with ``text``; the lines are in the order of their bytes."""
        first = _bytes(text)
        behind = bisect_left(range(self._size), first + b"\xff", key=self.raw)  # no UTF-8 has this byte
        return range(bisect_left(range(self._size), first, key=self.raw), behind)

    def holding(self, text: str) -> Numbers:
        """The numbers of the lines that have ``text`` in them, in order; ``text`` has no line feed."""
        found = [place.start() for place in re.finditer(re.escape(_bytes(text)), self._block)]
        numbers: Numbers = np.unique(np.searchsorted(np.asarray(self._ends), np.array(found, dtype=np.int64)))
        return numbers

    @property
    def lengths(self) -> Numbers:
        """How many bytes each line has."""
        return np.diff(np.asarray(self._ends), prepend=-1) - 1

    def count(self, sign: str) -> Numbers:
        """How often each line has this character of ASCII."""
        places = np.flatnonzero(np.frombuffer(self._block, dtype=np.uint8) == ord(sign))
        found: Numbers = np.bincount(np.searchsorted(np.asarray(self._ends), places), minlength=self._size)
        return found


class Table:
    """Concepts, names and keys by number; ``digest`` is a hash over all of them.

    Raises ValueError for arrays that do not fit each other.
    """

    def __init__(self, arrays: Arrays) -> None:
        def numbers(name: str) -> Numbers:
            return arrays[name].astype(np.int64)

        if int(arrays["format"]) != FORMAT:
            raise ValueError(f"a terminology of format {int(arrays['format'])}; this version reads format {FORMAT}")
        self.digest = _digest(arrays)
        self.ids, self.texts, self.keys, self.same, self.outside = (
            Lines(arrays[name].astype(np.uint8, copy=False)) for name in ("ids", "names", "keys", "same", "outside")
        )
        self.kinds, self.flags = numbers("kinds"), numbers("flags")
        self.sources, self.name_keys = numbers("sources"), numbers("name_keys")
        self.spotted = numbers("spotted") == SPOT
        self.name_starts = _starts(numbers("name_counts"))
        self.parent_starts, self.parents = _starts(numbers("parent_counts")), numbers("parents")
        self.loose = arrays["loose"].astype(np.uint32)
        rows = len(self.ids)
        fit = (len(self.kinds), len(self.flags), len(self.same), len(self.name_starts) - 1, len(self.parent_starts) - 1)
        if set(fit) != {rows} or self.name_starts[-1] != len(self.texts) or self.parent_starts[-1] != len(self.parents):
            raise ValueError("the arrays of the terminology differ in length")
        of_names = {len(self.sources), len(self.name_keys), len(self.spotted)}
        if of_names != {len(self.texts)} or len(self.loose) != len(self.keys):
            raise ValueError("the arrays of its names differ in length")

    @property
    def block(self) -> Bytes:
        """All keys in one block."""
        return self.keys.block

    @cached_property
    def concept_of_name(self) -> Numbers:
        """For each name the number of its concept."""
        return np.repeat(np.arange(len(self.ids)), np.diff(self.name_starts))

    @cached_property
    def _names_by_key(self) -> tuple[Numbers, Numbers]:
        order = np.argsort(self.name_keys, kind="stable")
        return order, np.searchsorted(self.name_keys[order], np.arange(len(self.keys) + 1))

    def names_of_key(self, key: int) -> Numbers:
        """The numbers of the names that have this key."""
        order, starts = self._names_by_key
        return order[starts[key] : starts[key + 1]]

    @cached_property
    def _keys_by_loose(self) -> tuple[Numbers, npt.NDArray[np.uint32]]:
        order = np.argsort(self.loose, kind="stable")
        return order, self.loose[order]

    def keys_of_loose(self, wanted: int) -> Numbers:
        """The numbers of the keys whose loose form has this hash."""
        order, hashes = self._keys_by_loose
        first, last = (np.searchsorted(hashes, np.uint32(wanted), side) for side in ("left", "right"))
        return order[first:last]

    @cached_property
    def _children(self) -> tuple[Numbers, Numbers]:
        child = np.repeat(np.arange(len(self.ids)), np.diff(self.parent_starts))
        order = np.argsort(self.parents, kind="stable")
        most = len(self.ids) + len(self.outside) + 1
        return child[order], np.searchsorted(self.parents[order], np.arange(most))

    def children(self, number: int) -> Numbers:
        """The numbers of the concepts directly below; ``number`` may be that of an outside parent."""
        child, starts = self._children
        return child[starts[number] : starts[number + 1]]

    def parent_id(self, number: int) -> str:
        """The compact id of a parent, which may be one that only another table has."""
        return self.ids[number] if number < len(self.ids) else self.outside[number - len(self.ids)]


def pack(rows: Iterable[Row]) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a table; the same rows give the same arrays, whatever their order. Each IRI may come once.

    Raises ValueError for an IRI that comes twice, and for a line feed in a name or an id.
    """
    ordered = sorted(((shorten(r.iri), r) for r in rows), key=lambda pair: pair[0].encode("utf-8"))
    number = {compact: i for i, (compact, _) in enumerate(ordered)}
    if len(number) != len(ordered):
        twice = next(a for (a, _), (b, _) in pairwise(ordered) if a == b)
        raise ValueError(f"the concept {twice} comes twice")
    parents = [[shorten(p) for p in dict.fromkeys(r.parents)] for _, r in ordered]
    outside = sorted({p for some in parents for p in some} - number.keys(), key=lambda p: p.encode("utf-8"))
    number |= {p: len(ordered) + i for i, p in enumerate(outside)}
    names = [(name, source, key_of(name)) for _, r in ordered for name, source in r.names]
    keys = sorted({key for _, _, key in names}, key=lambda k: k.encode("utf-8"))
    key_number = {key: i for i, key in enumerate(keys)}
    return {
        "format": np.array(FORMAT, dtype=np.int32),
        "ids": _block(compact for compact, _ in ordered),
        "kinds": np.array([KINDS.index(r.kind) for _, r in ordered], dtype=np.uint8),
        "flags": np.array([int(r.spot) | FAVOURS.index(r.favours) << 1 for _, r in ordered], dtype=np.uint8),
        "same": _block("|".join(r.same) for _, r in ordered),
        "name_counts": np.array([len(r.names) for _, r in ordered], dtype=np.uint16),
        "names": _block(name for name, _, _ in names),
        "sources": np.array([source for _, source, _ in names], dtype=np.uint8),
        "spotted": np.array([spot for _, r in ordered for spot in r.spots or [False] * len(r.names)], dtype=np.uint8),
        "name_keys": np.array([key_number[key] for _, _, key in names], dtype=np.uint32),
        "keys": _block(keys),
        "loose": np.array([loose_hash(key) for key in keys], dtype=np.uint32),
        "parent_counts": np.array([len(some) for some in parents], dtype=np.uint16),
        "parents": np.array([number[p] for some in parents for p in some], dtype=np.uint32),
        "outside": _block(outside),
    }


def _digest(arrays: Arrays) -> str:
    """A hash over everything in a table."""
    whole = sha256()
    for name in sorted(arrays):
        whole.update(name.encode("ascii"))
        whole.update(np.ascontiguousarray(arrays[name]).data)
    return whole.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # half a pair of surrogates is no line, and no reason to fail


def _block(lines: Iterable[str]) -> Bytes:
    listed = list(lines)
    if any("\n" in line for line in listed):
        raise ValueError("a name or an id has a line feed in it")
    return np.frombuffer("".join(f"{line}\n" for line in listed).encode("utf-8"), dtype=np.uint8)


def _starts(counts: Numbers) -> Numbers:
    return np.array([0, *accumulate(counts.tolist())], dtype=np.int64)
