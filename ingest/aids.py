"""What is added to the model's mentions of drugs and diseases: known names, the article's own usage, abbreviations."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.nlp import Token

MAX_WORDS = 10
SHORT = 4
"""A form of fewer letters is compared with its capitals: "ALL" is a leukaemia, "all" is not."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A mention in the text: where, which label, the model's score (None when a rule found it), by what."""

    span: Span
    label: str
    score: float | None = None
    by: str = "model"


@dataclass(frozen=True, slots=True)
class Aids:
    """Which aids are on; every one can be measured alone. See docs/language-model.md for what they do."""

    dictionary: bool = True
    terminology: bool = True
    consistency: bool = True
    abbreviations: bool = True
    measures: bool = True
    roles: bool = True


class Forms:
    """Forms (lower-case words) with a value each, found in tokens at the cost of one look-up a token."""

    def __init__(self, forms: Mapping[tuple[str, ...], str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for form in sorted(forms, key=lambda f: (-len(f), f)):
            self._by_first[form[0]].append((form, forms[form]))

    def find(self, words: Sequence[str]) -> Iterable[tuple[int, int, str]]:
        """Half-open token ranges of lower-case ``words`` where a form stands, with its value; they may overlap."""
        for i, word in enumerate(words):
            for form, value in self._by_first.get(word, ()):
                if len(form) == 1 or tuple(words[i : i + len(form)]) == form:
                    yield i, i + len(form), value


def form_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words of ``tokens`` in lower case."""
    return tuple(t.text.lower() for t in tokens)


def add_free(tags: Sequence[Tag], more: Iterable[Tag]) -> list[Tag]:
    """``tags`` and those of ``more`` that overlap none, the longer first; in order of the text."""
    placed = _Placed(tags)
    for tag in sorted(more, key=lambda t: (t.span.start - t.span.end, t.span.start, t.label)):
        if not placed.over(tag.span):
            placed.add(tag)
    return placed.tags


def by_dictionary(tokens: Sequence[Token], lexicon: Forms) -> Iterable[Tag]:
    """Names of ``lexicon`` in the text."""
    for i, j, label in lexicon.find(form_of(tokens)):
        yield Tag(Span(tokens[i].start, tokens[j - 1].end), label, None, "dictionary")


def consistent(tokens: Sequence[Token], tags: Sequence[Tag], share: float = 0.75, lone: float = 0.5) -> list[Tag]:
    """``tags`` where each form is treated alike all over the article: tagged where ``share`` of its places are.

    A form of which fewer than ``lone`` of the places are tagged loses its tag there, unless a dictionary or an
    abbreviation gave it. A place inside a longer mention counts for nothing.
    """
    votes: dict[tuple[str, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    form_at: dict[Span, tuple[str, ...]] = {}
    cased: dict[tuple[str, ...], set[str]] = defaultdict(set)
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    for tag in tags:
        first, last = bisect_left(starts, tag.span.start), bisect_left(ends, tag.span.end) + 1
        some = tokens[first:last]
        if 0 < len(some) <= MAX_WORDS:
            form = form_at[tag.span] = form_of(some)
            votes[form][tag.label] += 1
            cased[form].add("".join(t.text for t in some))
    best = {form: max(sorted(v), key=lambda label: v[label]) for form, v in votes.items()}
    placed, open_places = _Placed(tags), defaultdict[tuple[str, ...], list[Tag]](list)
    for i, j, _ in Forms(best).find(form_of(tokens)):
        form = form_of(tokens[i:j])
        tag = Tag(Span(tokens[i].start, tokens[j - 1].end), best[form], None, "consistency")
        whole = "".join(t.text for t in tokens[i:j])
        if (len(whole) > SHORT or whole in cased[form]) and not placed.over(tag.span):
            placed.add(tag)
            open_places[form].append(tag)
    out = []
    ratio = {form: sum(v.values()) / (sum(v.values()) + len(open_places[form])) for form, v in votes.items()}
    for tag in tags:
        form = form_at.get(tag.span, ())
        if tag.by != "model" or ratio.get(form, 1.0) >= lone:
            out.append(tag)
    for form, more in open_places.items():
        if ratio[form] >= share:
            out += more
    return sorted(out, key=lambda t: (t.span.start, t.span.end, t.label))


def by_abbreviation(
    tags: Sequence[Tag], pairs: Sequence[tuple[Span, Span]], places: Mapping[str, Sequence[Span]], text: str
) -> list[Tag]:
    """Short forms get the label of their long form, at every place; a long form gets that of its short form.

    ``pairs`` are (short, long) at the definition, ``places`` every place of a short form.
    """
    placed, given = _Placed(tags), dict[str, str]()
    for short, long in pairs:
        name = short.of(text)
        label = next((t.label for t in placed.over(long) if t.span.end == long.end), None)
        if label is None:
            of_short = next((t for t in placed.over(short) if t.span == short), None)
            if of_short and of_short.score is not None and of_short.score > 0.5:
                label = of_short.label
                if not placed.over(long):
                    placed.add(Tag(long, label, None, "abbreviation"))
        if label is None or given.get(name) == label:
            continue
        given[name] = label
        for place in places.get(name, ()):
            there = placed.over(place)
            if not there:
                placed.add(Tag(place, label, None, "abbreviation"))
            elif there[0].span == place and there[0].label != label:
                placed.swap(there[0], replace(there[0], label=label, by="abbreviation"))
    return placed.tags


class _Placed:
    """Tags that do not overlap, in order of the text; what overlaps a range costs a look at the neighbours."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self.tags = sorted(tags, key=lambda t: (t.span.start, t.span.end, t.label))
        self._starts = [t.span.start for t in self.tags]

    def over(self, span: Span) -> list[Tag]:
        first = last = bisect_left(self._starts, span.end)
        while first and self.tags[first - 1].span.end > span.start:
            first -= 1
        return self.tags[first:last]

    def add(self, tag: Tag) -> None:
        at = bisect_left(self._starts, tag.span.start)
        self.tags.insert(at, tag)
        self._starts.insert(at, tag.span.start)

    def swap(self, old: Tag, new: Tag) -> None:
        """``new`` in the place of ``old``, of the same range."""
        self.tags[bisect_left(self._starts, old.span.start)] = new
