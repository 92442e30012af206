"""Numbers that describe each number of an abstract: its form, the words round it, how it adds up with others; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.role_numbers import Number
from ingest.role_sums import NONE, OF_SUMS, sums
from ingest.role_text import Ints, Reading

Matrix = npt.NDArray[np.float64]

BEFORE, BEHIND = 24, 14
"""How many words before and behind a number are looked at, within its sentence."""
_FORM = ("value", "size", "decimals", "percent", "worded", "signed", "unit", "time", "year", "small", "length")
_OF_SIGNS = "opens closes depth equals plus_minus slash_before slash_after dash_before dash_after"
OF_SIGNS = tuple(_OF_SIGNS.split(" "))
_OF_PLACE = "sentence from_last words_before words_behind rank numbers place rank_of_form of_form"
OF_PLACE = tuple(_OF_PLACE.split(" "))
_OF_TAGS = (
    "measure measure_score place_in_measure to_arm_before to_arm_behind to_outcome_before"
    " to_outcome_behind in_arm in_outcome arms_in_sentence outcomes_in_sentence"
)
OF_TAGS = tuple(_OF_TAGS.split(" "))
NEIGHBOURS = (-2, -1, 1, 2)

NAMES: tuple[str, ...] = (
    *(f"form.{n}" for n in _FORM),
    *(f"signs.{n}" for n in OF_SIGNS),
    *(f"place.{n}" for n in OF_PLACE),
    *(f"sums.{n}" for n in OF_SUMS),
    *(f"tags.{n}" for n in OF_TAGS),
    *(f"near{by:+d}.{n}" for by in NEIGHBOURS for n in ("apart", "value", "decimals", "percent", "unit", "worded")),
)
"""The columns of ``features`` that do not depend on the vocabulary."""


def names(vocabulary: Sequence[str]) -> tuple[str, ...]:
    """All columns of ``features``: ``NAMES``, then how far each word is before and behind."""
    return (*NAMES, *(f"before.{w}" for w in vocabulary), *(f"behind.{w}" for w in vocabulary))


def features(reading: Reading, vocabulary: Mapping[str, int]) -> Matrix:
    """One row for each number of ``reading``; ``vocabulary`` numbers the words from 0."""
    size = len(reading.numbers)
    if not size:
        return np.zeros((0, len(NAMES) + 2 * len(vocabulary)))
    form = np.array([_form(n) for n in reading.numbers], dtype=np.float64)
    parts = [form, _signs(reading), _places(reading), sums(reading), _tags(reading), _neighbours(reading, form)]
    return np.concatenate([*parts, _words(reading, vocabulary)], axis=1)


def _form(n: Number) -> tuple[float, ...]:
    size = np.log10(abs(n.value) + 0.01)
    year = n.decimals == 0 and 1960 <= n.value <= 2030
    unit = n.reach > n.end
    small = n.decimals == 0 and n.value <= 4
    length = n.end - n.start
    return (n.value, size, n.decimals, n.percent, n.worded, n.signed, unit, n.time, year, small, length)


def _signs(r: Reading) -> Matrix:
    rows = []
    text = r.text
    for n, sentence in zip(r.numbers, r.sentence.tolist(), strict=True):
        before, behind = text[max(0, n.start - 12) : n.start].rstrip(), text[n.reach : n.reach + 6].lstrip()
        last, next_ = before[-1:], behind[:1]
        from_ = r.range_of(sentence)[0]
        depth = text.count("(", from_, n.start) - text.count(")", from_, n.start)
        depth += text.count("[", from_, n.start) - text.count("]", from_, n.start)
        pm = before.endswith(("±", "+/-", "+-", "+ -", "SD", "SD,", "SD =", "-/+")) - 1.0 * behind.startswith(
            ("±", "+/-", "+-", "+ -")
        )
        rows.append(
            (
                last in "([" and last != "",
                next_ in ")]" and next_ != "",
                depth,
                "=<>≤≥".find(last) if last else -1,
                pm,
                last == "/",
                next_ == "/",
                last in "-–" and last != "",
                next_ in "-–" and next_ != "",
            )
        )
    return np.array(rows, dtype=np.float64)


def _places(r: Reading) -> Matrix:
    s = r.sentence
    begin, end = np.array(r.borders)[s], np.array(r.borders)[s + 1]
    count = len(r.borders) - 1
    shape = np.array([n.percent + 2 * (n.decimals > 0) for n in r.numbers])
    same = s[:, None] == s
    alike = same & (shape[:, None] == shape)
    before = np.tril(np.ones(same.shape, dtype=bool), -1)
    columns = (
        s,
        count - 1 - s,
        r.first - begin,
        end - r.last,
        (same & before).sum(1),
        same.sum(1),
        r.first / max(1, r.borders[-1]),
        (alike & before).sum(1),
        alike.sum(1),
    )
    table: Matrix = np.stack(columns, axis=1).astype(np.float64)
    return table


def _tags(r: Reading) -> Matrix:
    out = np.full((len(r.numbers), len(OF_TAGS)), NONE)
    measures = r.tags("result", "MEASURE")
    spans = {}
    for name, tags in (("arm", r.tags("result", "INTERVENTION")), ("outcome", r.tags("result", "OUTCOME"))):
        spans[name] = np.array([(r.place(t.span.start), r.behind(t.span.end)) for t in tags], dtype=np.int64).reshape(
            -1, 2
        )
    inside: dict[int, int] = {}
    for i, n in enumerate(r.numbers):
        row = out[i]
        for k, t in enumerate(measures):
            if t.span.start < n.end and n.start < t.span.end:
                row[0], row[1], row[2] = 1, t.score or 0.0, inside.get(k, 0)
                inside[k] = inside.get(k, 0) + 1
        begin, end = r.borders[r.sentence[i]], r.borders[r.sentence[i] + 1]
        for column, name in ((3, "arm"), (5, "outcome")):
            a, b = spans[name].T
            left = b[(b <= r.first[i]) & (a >= begin)]
            right = a[(a >= r.last[i]) & (a < end)]
            row[column] = min(40, r.first[i] - left.max()) if len(left) else 41
            row[column + 1] = min(40, right.min() - r.last[i]) if len(right) else 41
            row[7 + (column == 5)] = ((a < r.last[i]) & (r.first[i] < b)).any()
            row[9 + (column == 5)] = ((a >= begin) & (a < end)).sum()
    return out


def _neighbours(r: Reading, form: Matrix) -> Matrix:
    parts = []
    columns = [_FORM.index(n) for n in ("size", "decimals", "percent", "unit", "worded")]
    for by in NEIGHBOURS:
        apart = np.full(len(form), 41.0)
        near = np.full((len(form), len(columns)), NONE)
        here = np.arange(len(form)) + by
        ok = (here >= 0) & (here < len(form))
        ok[ok] &= r.sentence[here[ok]] == r.sentence[ok]
        there = here[ok]
        gap = r.first[there] - r.last[ok] if by > 0 else r.first[ok] - r.last[there]
        apart[ok] = np.minimum(40, gap)
        near[ok] = form[there][:, columns]
        parts += [apart[:, None], near]
    return np.concatenate(parts, axis=1)


def _words(r: Reading, vocabulary: Mapping[str, int]) -> Matrix:
    size = len(vocabulary)
    out = np.zeros((len(r.numbers), 2 * size + 2))
    before, behind = out[:, : size + 1], out[:, size + 1 :]
    before[:], behind[:] = BEFORE + 1, BEHIND + 1
    ids: Ints = np.array([vocabulary.get(w, size) for w in r.words], dtype=np.int64)
    for i, (first, last, s) in enumerate(zip(r.first, r.last, r.sentence, strict=True)):
        from_, to = max(r.borders[s], first - BEFORE), min(r.borders[s + 1], last + BEHIND)
        # Of a word that stands twice the nearer place is written last.
        before[i, ids[from_:first]] = first - np.arange(from_, first)
        behind[i, ids[last:to][::-1]] = np.arange(to - last, 0, -1)
    return np.concatenate([before[:, :size], behind[:, :size]], axis=1)
