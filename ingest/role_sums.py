"""How a count adds up with others of its abstract: arms to the whole, counts and sizes to percentages; pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ingest.role_text import Reading

Matrix = npt.NDArray[np.float64]
NONE = -1.0
"""Stands for no such number or mention."""
_OF_SUMS = (
    "is_sum is_part is_half again again_before rank_of_counts share_of_most makes_percent of_count"
    " as_percent most_before"
)
OF_SUMS = tuple(_OF_SUMS.split(" "))
"""Is it the sum of two others, one of two that make a third; how often it stands; its share of the greatest; where the
percentage is that it makes, as part or as whole."""


def sums(r: Reading) -> Matrix:
    """One row for each number of ``r``, columns ``OF_SUMS``."""
    value = np.array([n.value for n in r.numbers])
    is_count = np.array(
        [n.decimals == 0 and not n.percent and not n.signed and n.reach == n.end for n in r.numbers]
    ) & (value > 3)
    percent = np.array([n.percent for n in r.numbers])
    counts = sorted({float(v) for v in value[is_count]})
    known = set(counts)
    sums: dict[float, int] = {}
    parts: dict[float, int] = {}
    for i, a in enumerate(counts):
        for b in counts[i:]:
            if a + b in known and b >= 8:
                sums[a + b] = sums.get(a + b, 0) + 1
                parts[a] = parts[b] = 1
    most = counts[-1] if counts else 1.0
    real = [c for c in counts if not 1960 <= c <= 2030]
    big = real[-1] if real else most
    rows = []
    order = {v: len(counts) - i for i, v in enumerate(counts)}
    seen: dict[float, int] = {}
    total = {float(v): int((value == v).sum()) for v in value}
    most_before = 0.0
    for i, n in enumerate(r.numbers):
        v = n.value
        makes = of = as_ = NONE
        if is_count[i] or (n.decimals == 0 and not n.percent):
            for j in range(i + 1, min(i + 4, len(value))):
                p = r.numbers[j]
                if p.percent and v > 0 and p.value > 0:
                    whole = v * 100 / p.value
                    near = [c for c in real if c >= v and abs(v * 100 / c - p.value) <= 0.6 * 10.0**-p.decimals]
                    if near:
                        makes, as_ = j - i, whole / max(1.0, big)
                        break
            for j in range(max(0, i - 3), min(i + 6, len(value))):
                p = r.numbers[j]
                if p.percent and j != i and is_count[i] and p.value > 0:
                    for k in range(max(0, j - 3), min(j + 4, len(value))):
                        q = r.numbers[k]
                        if (
                            k != i
                            and not q.percent
                            and 0 < q.value < v
                            and abs(q.value * 100 / v - p.value) <= 0.6 * 10.0**-p.decimals
                        ):
                            of = j - i
        if percent[i]:
            for j in range(max(0, i - 3), min(i + 4, len(value))):
                p = r.numbers[j]
                if not p.percent and p.decimals == 0 and p.value > 0 and j != i:
                    near = [c for c in real if c >= p.value and abs(p.value * 100 / c - v) <= 0.6 * 10.0**-n.decimals]
                    if near:
                        as_ = j - i
                        break
        rows.append(
            (
                sums.get(v, 0) * is_count[i],
                parts.get(v, 0) * is_count[i],
                2 * v in known and is_count[i],
                total[float(v)],
                seen.get(v, 0),
                order.get(v, 0) if is_count[i] else NONE,
                v / big if is_count[i] else NONE,
                makes,
                of,
                as_,
                most_before,
            )
        )
        seen[v] = seen.get(v, 0) + 1
        if is_count[i] and not 1960 <= v <= 2030:
            most_before = max(most_before, v)
    return np.array(rows, dtype=np.float64)
