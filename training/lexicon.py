"""Training mentions as a dictionary: kept when the words are annotated nearly every time that they occur."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.aids import MAX_WORDS, Forms
from training.examples import Sentence


def lexicon_of(sentences: Sequence[Sentence], precision: float = 0.7, letters: int = 4) -> dict[tuple[str, ...], str]:
    """Forms (lower-case words) to label, of ``letters`` or more; ``precision``: least share of annotated places."""
    hits: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for start, end, label in s.spans:
            if end - start <= MAX_WORDS:
                hits[tuple(w.lower() for w in s.words[start:end])][label] += 1
    seen: Counter[tuple[str, ...]] = Counter()
    forms = Forms(dict.fromkeys(hits, ""))
    for s in sentences:
        words = [w.lower() for w in s.words]
        covered = [(a, b) for a, b, _ in s.spans]
        for i, j, _ in forms.find(words):
            inside_longer = any(a <= i and j <= b and b - a > j - i for a, b in covered)
            if not inside_longer:
                seen[tuple(words[i:j])] += 1
    kept = {}
    for form, labels in sorted(hits.items()):
        label, count = max(sorted(labels.items()), key=lambda item: item[1])
        if len("".join(form)) >= letters and count / max(1, seen[form]) >= precision:
            kept[form] = label
    return kept
