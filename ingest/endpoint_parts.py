"""The sentences of an article with the part of a report that each belongs to, as far as its abstract tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Article, SectionKind, Span


class Part(StrEnum):
    """What a sentence of a trial report is for. BODY: the text does not say."""

    TITLE = "title"
    AIM = "aim"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    BODY = "body"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: its range in the article's text, its words with single blanks and without a label, its part."""

    span: Span
    words: str
    part: Part


MAX_SENTENCES = 600
"""Longer texts are read up to here: what a trial found stands in its abstract."""

_LABEL = re.compile(
    r"""^(?P<label>
          (?P<words>(?i:background|introduction|importance|context|objectives?|purpose|aims?|rationale|hypothesis
            |(?:(?:patients|materials?|subjects|participants)\s+and\s+)?methods?|(?:study\s+)?(?:trial\s+)?design|setting
            |patients|participants|interventions?|measurements?|main\s+outcomes?|outcomes?|methodology|experimental\s+design
            |(?:main\s+|primary\s+)?results?|(?:principal\s+)?findings?|conclusions?|interpretation|discussion|significance
            |limitations?|funding|(?:trial\s+)?registration|clinical\s+trial|patient\s+summary|implications)
            \b[A-Za-z ,&/()-]{0,50}?)\s*:\s*
        | (?P<capitals>(?:BACKGROUND|INTRODUCTION|OBJECTIVES?|PURPOSE|AIMS?
            |(?:PATIENTS\s+AND\s+|MATERIALS?\s+AND\s+)?METHODS?|RESULTS?|FINDINGS|CONCLUSIONS?|INTERPRETATION
            |DISCUSSION)(?:\s+AND\s+[A-Z]+)?)\s+(?=[A-Z0-9(]))""",
    re.VERBOSE,
)
_INSIDE = re.compile(
    r"(?<=[.)])\s+(?=(?:PATIENTS\s+AND\s+METHODS|METHODS|RESULTS|FINDINGS|CONCLUSIONS?|INTERPRETATION)(?:\s+AND\s+[A-Z]+)?\s?:)"
)
_KINDS = (
    (Part.CONCLUSION, re.compile(r"conclusion|interpretation|discussion|significance|implication", re.I)),
    (Part.RESULTS, re.compile(r"result|finding", re.I)),
    (Part.NONE, re.compile(r"funding|registration|clinical trial|patient summary|limitation", re.I)),
    (Part.METHODS, re.compile(r"method|design|setting|patient|participant|intervention|measure|outcome", re.I)),
    (Part.AIM, re.compile(r"", re.I)),
)
_OF_SECTION = {
    SectionKind.TITLE: Part.TITLE,
    SectionKind.BACKGROUND: Part.AIM,
    SectionKind.METHODS: Part.METHODS,
    SectionKind.RESULTS: Part.RESULTS,
    SectionKind.DISCUSSION: Part.CONCLUSION,
    SectionKind.CONCLUSION: Part.CONCLUSION,
    SectionKind.KEY_POINTS: Part.CONCLUSION,
}
_TELLS_METHODS = re.compile(
    r"\b(?:primary|main|secondary)\s+(?:\w+\s+)?(?:end\s?-?points?|outcomes?)\b(?!.{0,90}\bp\s?[<=])"
    r"|\b(?:we|was|were)\s+(?:randomi[sz]ed|randomly|assigned|to\s+receive|eligible|conducted|measured|assessed)",
    re.I,
)
_TELLS_OUTCOME = re.compile(r"\b(?:meets?|met|miss(?:ed|es)|achieved|reached|fail(?:ed|s))\b")
_CONCLUDES = re.compile(
    r"\b(?:in\s+(?:conclusion|summary)|we\s+conclude|(?:these|our|the)\s+(?:data|results|findings|study|trial)"
    r"\s+(?:\w+\s+)?(?:suggests?|shows?|demonstrates?|indicates?|supports?|confirms?|provides?))\b",
    re.I,
)


def parts_of(article: Article, view: str, sentences: Sequence[Span]) -> list[Told]:
    """The sentences of the title and the abstract, else of the whole text, with their parts, in order."""
    out = list(_until_the_abstract_ends(_labelled(article, view, sentences[:MAX_SENTENCES])))
    if any(t.part in (Part.RESULTS, Part.CONCLUSION) for t in out):
        return out
    return [Told(t.span, t.words, _guess(t, n, len(out))) for n, t in enumerate(out)]


def _labelled(article: Article, view: str, sentences: Sequence[Span]) -> Iterator[Told]:
    part, section = Part.BODY, None
    for n, span in enumerate(_cut_at_labels(view, sentences)):
        here = article.section_at(span.start)
        if here is not section:
            section = here
            part = _OF_SECTION.get(here.kind, Part.BODY) if here is not None else Part.BODY
        words = " ".join(span.of(view).split())
        label = _LABEL.match(words)
        if label is not None:
            named = label["words"] or label["capitals"]
            part = next(kind for kind, pattern in _KINDS if pattern.search(named))
            words = words[label.end() :]
        head = n == 0 and label is None and part is Part.BODY
        if words:
            yield Told(span, words, Part.TITLE if head else part)


def _cut_at_labels(view: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """The sentences, cut where a label in capitals stands inside: "... in arm B. CONCLUSION: ..."."""
    for span in sentences:
        start = span.start
        for m in _INSIDE.finditer(view, span.start + 1, span.end):
            if m.start() > start:
                yield Span(start, m.start())
                start = m.end()
        yield Span(start, span.end)


def _until_the_abstract_ends(told: Iterator[Told]) -> Iterator[Told]:
    """All up to where, behind conclusions, the article begins anew with its introduction or methods."""
    seen: set[Part] = set()
    for t in told:
        if t.part in (Part.AIM, Part.METHODS) and {Part.RESULTS, Part.CONCLUSION} <= seen:
            return
        seen.add(t.part)
        yield t


def _guess(told: Told, n: int, total: int) -> Part:
    if told.part is not Part.BODY:
        return told.part
    if n == total - 1 or _CONCLUDES.search(told.words):
        return Part.CONCLUSION
    methods = _TELLS_METHODS.search(told.words) and not _TELLS_OUTCOME.search(told.words)
    return Part.METHODS if methods else Part.BODY
