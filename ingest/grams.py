"""Names that are spelt alike: an index over runs of three characters, made from the keys of a table when it is needed.

The weight of a run is its rarity (idf), the likeness of two names the cosine of their weights: what scispacy's own
index holds, exact and in memory, without a file.
"""

from __future__ import annotations

from threading import Lock

import numpy as np
import numpy.typing as npt

from ingest.term_table import SPOT, Bytes, Numbers, Table

LETTERS = 40
RUNS = LETTERS**3
AT_ONCE = 500_000
SCANNED = 20_000
"""So many places of runs are looked at for a name, the rarest runs first."""
Weights = npt.NDArray[np.float32]


def _letters() -> npt.NDArray[np.uint16]:
    table = np.full(256, 39, dtype=np.uint16)
    table[[10, 32]] = 0
    for i, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[letter] = i
    return table


_LETTERS = _letters()


def _codes(block: Bytes) -> npt.NDArray[np.uint16]:
    """The run that each character is the middle of; ``block`` begins and ends with a line feed."""
    letters = _LETTERS[block]
    runs: npt.NDArray[np.uint16] = letters[:-2] * np.uint16(LETTERS * LETTERS)  # the largest run is below 2 ** 16
    runs += letters[1:-1] * np.uint16(LETTERS)
    runs += letters[2:]
    return runs


class Grams:
    """Likeness of texts to some lines of a block, ``chosen`` in ascending order. ``rows`` number the lines chosen."""

    def __init__(self, block: Bytes, chosen: Numbers) -> None:
        ends = np.flatnonzero(block == 10)
        wanted = np.zeros(len(ends), dtype=bool)
        wanted[chosen] = True
        kept = block[: ends[-1] + 1 if len(ends) else 0][np.repeat(wanted, np.diff(ends, prepend=-1))]
        middle = kept != 10
        codes = _codes(np.concatenate([[np.uint8(10)], kept, [np.uint8(10)]]))[middle]
        rows = np.cumsum(~middle, dtype=np.int32)[middle]
        order = np.argsort(codes, kind="stable")
        codes, rows = codes[order], rows[order]
        once = np.ones(len(rows), dtype=bool)
        once[1:] = (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])
        codes, self._rows = codes[once], rows[once]
        self._starts = np.searchsorted(codes, np.arange(RUNS + 1))
        found = np.diff(self._starts)
        self.idf: Weights = (np.log((1.0 + len(chosen)) / (1.0 + found)) + 1.0).astype(np.float32)
        self._size = len(chosen)
        squares = np.zeros(self._size)
        for at in range(0, len(codes), AT_ONCE):
            some = slice(at, at + AT_ONCE)
            squares += np.bincount(self._rows[some], self.idf[codes[some]].astype(np.float64) ** 2, self._size)
        self._norm: Weights = np.sqrt(squares + 1e-9).astype(np.float32)
        self._sums: Weights = np.zeros(self._size, dtype=np.float32)
        self._busy = Lock()

    def __len__(self) -> int:
        return self._size

    def runs(self, key: str, whole: bool = True) -> Numbers:
        """The distinct runs of a key, in order; without the run at its end where it may go on."""
        block = np.frombuffer(b"\n" + key.replace("\n", " ").encode("utf-8") + b"\n", dtype=np.uint8)
        codes = _codes(block)
        return np.unique(codes if whole else codes[:-1]).astype(np.int64)

    def alike(self, runs: Numbers, count: int) -> tuple[Numbers, Weights]:
        """The rows most like a text of these runs and their likeness (0 to 1), the best first, ties by row."""
        with self._busy:  # the sums are one piece of memory, used anew for each text
            return self._alike(runs, count)

    def _alike(self, runs: Numbers, count: int) -> tuple[Numbers, Weights]:
        idf = self.idf[runs]
        whole = float(np.sqrt((idf.astype(np.float64) ** 2).sum()))
        order = np.lexsort((runs, -idf))
        lengths = (self._starts[runs + 1] - self._starts[runs])[order]
        enough = max(1, int(np.searchsorted(np.cumsum(lengths), SCANNED, "right")))
        for run in runs[order[:enough]]:
            self._sums[self._rows[self._starts[run] : self._starts[run + 1]]] += self.idf[run] ** 2
        some = np.flatnonzero(self._sums > 0.2 * max(whole, 1e-9) * self._norm)
        partial = self._sums[some] / (self._norm[some] * max(whole, 1e-9))
        self._sums.fill(0.0)
        if len(some) > 4 * count:
            some = some[np.sort(np.argsort(-partial, kind="stable")[: 4 * count])]
        return self._exact(some, runs, runs[order[:enough]], whole, count)

    def _exact(
        self, some: Numbers, runs: Numbers, looked: Numbers, whole: float, count: int
    ) -> tuple[Numbers, Weights]:
        likeness = np.zeros(len(some), dtype=np.float32)
        for run in runs:
            rows = self._rows[self._starts[run] : self._starts[run + 1]]
            at = np.searchsorted(rows, some)
            there = (at < len(rows)) & (rows[np.minimum(at, len(rows) - 1)] == some) if len(rows) else at < 0
            likeness += there * self.idf[run] ** 2
        likeness /= self._norm[some] * max(whole, 1e-9)
        best = np.lexsort((some, -likeness))[:count]
        return some[best].astype(np.int64), likeness[best]


def known(table: Table) -> npt.NDArray[np.bool_]:
    """For each concept whether it is more than a chemical that only the supplementary records of MeSH have."""
    ids = table.ids.beginning("mesh:C")
    supplements = np.zeros(len(table.ids), dtype=bool)
    supplements[ids.start : ids.stop] = table.kinds[ids.start : ids.stop] == 0
    medicines = np.zeros(len(table.ids), dtype=bool)
    medicines[table.same.holding("drugbank:")] = True
    wanted: npt.NDArray[np.bool_] = ~supplements | medicines | (table.flags & SPOT == SPOT)
    return wanted


def indexed(table: Table) -> Numbers:
    """The keys to search for likeness: names of what is known; of two that differ only loosely, the first."""
    keys = np.unique(table.name_keys[known(table)[table.concept_of_name]])
    _, first = np.unique(table.loose[keys], return_index=True)
    chosen: Numbers = keys[np.sort(first)]
    return chosen
