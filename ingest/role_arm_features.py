"""What tells the intervention from the control among the arms that an abstract names; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ingest.relation_words import is_control
from ingest.role_arms import Arm, Matrix, likeness
from ingest.role_text import Reading

_AGAINST = frozenset(["versus", "vs", "v", "against", "than", "compared", "comparison", "or"])
_EFFECTS = "effect effects efficacy impact role benefit benefits use addition adding safety influence value"
_EFFECT = frozenset(_EFFECTS.split(" "))
_NEW = re.compile(
    r"\b(?:experimental|intervention|new|novel|high|intensive|early|study|active|exercise|training)", re.IGNORECASE
)
_MORE = re.compile(r"\bplus\b|\+|\bcombin|\bwith\b(?!out)|\bfollowed by\b|/", re.IGNORECASE)
_OF_ARM = (
    "control sole new more digit words length place mentions first rank names in_title title_rank"
    " title_arms against_before against_behind effect_before first_of_two second_of_two within without"
    " other_control other_new share first_sentence"
)
OF_ARM = tuple(_OF_ARM.split(" "))
"""What is said of an arm by itself and by all mentions of its name."""
_AGAIN = (
    "chance least most like_intervention like_control of_like likes likest of_likest of_rivals rivals"
    " of_rival is_least is_most of_least of_most rank"
)
AGAIN = tuple(_AGAIN.split(" "))
"""What a second look reads besides: what the first said of names that are alike and of those set against it."""
NEAR = 5
"""Words before and behind a mention in which a word such as "versus" is looked for."""


def names(vocabulary: Sequence[str]) -> tuple[str, ...]:
    """The columns of ``features``."""
    return (*OF_ARM, *(f"word.{w}" for w in vocabulary), *(f"other.{w}" for w in vocabulary))


def features(reading: Reading, arms: Sequence[Arm], vocabulary: Mapping[str, int]) -> Matrix:
    """One row for each of ``arms``, columns as in ``names``."""
    size = len(vocabulary)
    if not arms:
        return np.zeros((0, len(OF_ARM) + 2 * size))
    of_name: dict[int, list[int]] = {}
    for i, arm in enumerate(arms):
        of_name.setdefault(arm.name, []).append(i)
    title = list(dict.fromkeys(a.name for a in arms if a.sentence == 0))
    by_sentence: dict[int, list[int]] = {}
    for arm in arms:
        seen = by_sentence.setdefault(arm.sentence, [])
        if arm.name not in seen:
            seen.append(arm.name)
    places: dict[int, Counter[str]] = {n: Counter() for n in of_name}
    for seen in by_sentence.values():
        if len(seen) > 1:
            places[seen[0]]["first"] += 1
            places[seen[1]]["second"] += 1
    for arm in arms:
        begin, end = reading.borders[arm.sentence], reading.borders[arm.sentence + 1]
        before, behind = (
            reading.words[max(begin, arm.first - NEAR) : arm.first],
            reading.words[arm.last : min(end, arm.last + NEAR)],
        )
        places[arm.name]["against"] += not _AGAINST.isdisjoint(before)
        places[arm.name]["behind"] += not _AGAINST.isdisjoint(behind)
        places[arm.name]["effect"] += not _EFFECT.isdisjoint(before)
    words_of = {n: arms[m[0]].words for n, m in of_name.items()}
    together: dict[int, set[int]] = {n: set() for n in of_name}
    for seen in by_sentence.values():
        for n in seen:
            together[n].update(seen)
    control = {n: any(is_control(arms[i].text) for i in m) for n, m in of_name.items()}
    new = {n: any(_NEW.search(arms[i].text) for i in m) for n, m in of_name.items()}
    bags = np.zeros((len(of_name), size))
    for n, words in words_of.items():
        for w in words:
            if w in vocabulary:
                bags[n, vocabulary[w]] = 1
    rows = np.zeros((len(arms), len(OF_ARM)))
    other = np.zeros((len(arms), size))
    for i, arm in enumerate(arms):
        n = arm.name
        mentions, p = of_name[n], places[n]
        rivals = together[n] - {n}
        inside = sum(arm.words < words_of[k] for k in rivals)
        around = sum(words_of[k] < arm.words for k in rivals)
        only = (
            re.search(r"\b(?:alone|only)\b", " ".join((arm.text, *reading.words[arm.last : arm.last + 1]))) is not None
        )
        first = arms[mentions[0]]
        rows[i] = (
            control[n],
            only,
            new[n],
            _MORE.search(arm.text) is not None,
            any(c.isdigit() for c in arm.text),
            len(arm.words),
            arm.last - arm.first,
            arm.first / max(1, reading.borders[-1]),
            len(mentions),
            first.first / max(1, reading.borders[-1]),
            n,
            len(of_name),
            n in title,
            title.index(n) if n in title else -1,
            len(title),
            p["against"] / len(mentions),
            p["behind"] / len(mentions),
            p["effect"] / len(mentions),
            p["first"],
            p["second"],
            inside,
            around,
            any(control[k] for k in control if k != n),
            any(new[k] for k in new if k != n),
            len(mentions) / len(arms),
            first.sentence,
        )
        if rivals:
            other[i] = bags[sorted(rivals)].max(axis=0)
    return np.concatenate([rows, bags[[a.name for a in arms]], other], axis=1)


def again(reading: Reading, arms: Sequence[Arm], chances: npt.NDArray[np.float64]) -> Matrix:
    """What a second look at the arms reads besides their features: what the first said of the others, ``AGAIN``."""
    if not arms:
        return np.zeros((0, len(AGAIN)))
    name = np.array([a.name for a in arms])
    sentence = np.array([a.sentence for a in arms])
    alike = likeness(arms)
    mean = np.array([chances[name == n].mean() for n in range(len(alike))])
    count = np.bincount(name, minlength=len(alike)).astype(np.float64)
    rows = []
    met = np.zeros_like(alike)
    for s in set(sentence.tolist()):
        here = sorted(set(name[sentence == s].tolist()))
        met[np.ix_(here, here)] += 1
    np.fill_diagonal(met, 0)
    sure = (mean - 0.5) * np.minimum(3.0, count)
    low, high = int(sure.argmin()), int(sure.argmax())
    for n in range(len(mean)):
        weight = alike[n] * count
        weight[n] = 0
        near = int(weight.argmax())
        rival = met[n] * (1 - alike[n])
        rows.append(
            (
                mean[n],
                mean.min(),
                mean.max(),
                alike[n, low],
                alike[n, high],
                (weight * mean).sum() / (weight.sum() + 0.01),
                weight.sum(),
                alike[n, near] if n != near else 0,
                mean[near],
                (rival * mean).sum() / rival.sum() if rival.sum() else 0.5,
                rival.sum(),
                (met[n] * mean).max(),
                n == low,
                n == high,
                mean[low],
                mean[high],
                sorted(mean).index(mean[n]) / len(mean),
            )
        )
    table: Matrix = np.array(rows, dtype=np.float64)[name]
    return table
