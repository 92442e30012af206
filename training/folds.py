"""Folds for cross-validation that never divide an abstract."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from training.corpora import Row


def grouped_folds(rows: Sequence[Row], count: int = 5) -> list[int]:
    """The fold (0 to ``count`` - 1) of each row; rows of one ``pmid`` share theirs, a row without one stands alone.

    Groups are dealt out by falling size, equal ones by a hash of their name, each to the fold with the fewest rows:
    the same rows give the same folds on every machine.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[f"pmid {row['pmid']}" if row.get("pmid") else f"row {row['id']}"].append(i)
    order = sorted(groups, key=lambda g: (-len(groups[g]), hashlib.sha256(g.encode()).hexdigest()))
    sizes = [0] * count
    fold_of = [0] * len(rows)
    for group in order:
        fold = sizes.index(min(sizes))
        sizes[fold] += len(groups[group])
        for i in groups[group]:
            fold_of[i] = fold
    return fold_of
