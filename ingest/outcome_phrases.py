"""Outcomes as a sentence names them: concepts grown to the phrase around them, and verbs that stand for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.names import Found
from ingest.phrases import Phrase, trimmed
from ingest.population_phrases import describes_people
from ingest.terminology import Concept, ConceptKind, load_terminology

_RISK_HEAD = (
    r"(?:incidence|rates?|risk|risks|mortality|deaths?|numbers?|occurrence|frequency|likelihood|probability"
    r"|chance|chances|development|proportion|odds|IRs?|cumulative incidence|incidence rates?|recurrence"
    r"|levels?|improvement|reduction|change|changes|prevalence|odds|cases?|diagnosis|diagnoses)"
)


_OF = re.compile(
    rf"\b(?P<head>(?:(?:cumulative|overall|annual|relative|absolute|lifetime|median|mean|crude)\s+)?{_RISK_HEAD})\b"
    r"(?P<gap>\s*(?:\((?:[^()]|\([^()]*\)){0,70}\)\s*)?(?:rates?\s+)?(?:related\s+to|attributed\s+to"
    r"|due\s+to|as\s+a\s+result\s+of|resulting\s+from|because\s+of|caused\s+by|owing\s+to"
    r"|associated\s+with|of\s+(?:dying\s+(?:of|from)|developing|having|death\s+from)|of|from|for|in)\s+"
    r"(?:(?:a|an|the|any|new|their|invasive|progressive|all|developing|fatal|serious|severe"
    r"|grade\s+\d\s+(?:or|to)\s+\d)\s+){0,3})$",
    re.I,
)


_OUTCOME_LEFT = re.compile(
    r"(?:\b(?:overall|median|mean|cumulative|invasive|serious|severe|all-cause|overall|estimated"
    r"|grade\s+\d(?:\s*(?:or|/|to|-|and)\s*\d)?(?:\s+or\s+higher)?|treatment-related|drug-related|new"
    r"|local|distant|"
    r"confirmed|objective|complete|haematological|hematological|hematologic|haematologic|solid|fatal"
    r"|non-?fatal|symptomatic|[A-Za-z]+-related|health-related|myeloma-related|cancer-related|disease-related"
    r"|cancer-specific|cardiovascular|breast-cancer|breast cancer|prostate cancer|colorectal cancer"
    r"|lung cancer|cardiac|5-year|6-year|3-year|2-year|1-year|4-year|10-year|\d+-(?:year|month|week)"
    r"|Six-year|biochemical|clinical|radiographic|annual|postoperative)\s+)+$",
    re.I,
)


_OUTCOME_RIGHT = re.compile(
    r"^(?:\s+(?:rates?|incidence|events?|risk|mortality|levels?|scores?|times?|after\s+progression|lesions"
    r"|symptoms|recurrence|at\s+\d+\s+years?|proved\s+fatal|leading\s+to\s+\w+|of\s+grade\s+\d(?:\s*(?:or"
    r"|to|-|/)\s*\d)?(?:\s+or\s+(?:higher|worse))?|that\s+(?:led|proved)\s+(?:to\s+)?\w+)\b){1,2}",
    re.I,
)


_HEADS = re.compile(
    r"\b(?:time\s+(?:to|until)\s+(?:first\s+|the\s+)?[a-z-]+(?:\s(?!(?:was|were|is|for|in|and|with|by"
    r"|compared|between|did|of|among)\b)[a-z-]+){0,3}|(?:[a-z-]+-)free\s+survival"
    r"|alive\s+without\s+(?:disease\s+)?progression|recurred|relapsed|come\s+back|came\s+back|discontinued"
    r"|hospitali[sz]ed|crossed\s+over|second-line\s+outcomes|survival\s+(?:benefit|outcomes|advantage)|"
    r"duration\s+of\s+(?:response|remission|treatment|stay)|length\s+of\s+(?:hospital\s+)?stay|quality\s+of\s+life|"
    r"(?:response|remission|cure|control|success|failure|detection|discontinuation|infection|complication"
    r"|abstinence|survival)\s+rates?|lived|alive|survived|dead|died|deaths?|"
    r"(?:rates?|frequency)\s+of\s+[a-z-]+ing(?:\s(?!(?:was|were|did|fell|rose|in|with|among|for"
    r"|between)\b)[a-z-]+){0,4}|(?:[a-z]+\s)?(?:scores?|levels?|pressure|function|concentrations?|count"
    r"|density|weight|acuity|thickness|volume)\b)",
    re.I,
)


LEFT = 240
"""Characters before a name that are looked at for words that belong to it."""


def outcomes_in(
    view: str, sentence: Span, found: Sequence[Found], taken: Sequence[Span], subjects: frozenset[str] = frozenset()
) -> list[Phrase]:
    """Outcomes that the sentence names, in its order; ``taken`` are the ranges of its populations and arms."""
    s, e = sentence.start, sentence.end
    out: list[Phrase] = []
    inside = [f for f in found if sentence.contains(f.span) and not any(t.overlaps(f.span) for t in taken)]
    for f in inside:
        if f.kind not in (ConceptKind.OUTCOME, ConceptKind.DISEASE):
            continue
        near = max(s, f.span.start - LEFT)
        before = view[near : f.span.start]
        if f.kind is ConceptKind.DISEASE and describes_people(before, view[f.span.end : e]):
            continue
        start, end, concepts = f.span.start, f.span.end, list(f.concepts[:1])
        if _CAUSE.search(before) and not _OF.search(before):
            continue
        if f.concepts and f.concepts[0].iri in subjects and not _OF.search(before):
            continue
        of = _OF.search(before)
        if of is None and (cut := _OUTCOME_LEFT.search(before)):
            of = _OF.search(before[: cut.start()])
        if of is not None:
            start = near + of.start()
            head = next((g for g in inside if g.span.start >= start and g.span.end <= near + of.end("head")), None)
            if head is not None:
                concepts = [*concepts, head.concepts[0]]
                out = [p for p in out if not p.span.overlaps(Span(start, end))]
        elif f.kind is ConceptKind.OUTCOME and _is_counting(f) and not _OUTCOME_LEFT.search(before):
            inner = [p for p in out if view[p.span.end : f.span.start].strip() == ""]
            if inner:
                start, concepts = inner[-1].span.start, [*inner[-1].concepts, *concepts]
                out.remove(inner[-1])
        near = max(s, start - LEFT)
        left = _OUTCOME_LEFT.search(view[near:start])
        if left is not None:
            start = near + left.start()
        right = _OUTCOME_RIGHT.match(view[end:e])
        if right is not None:
            end += right.end()
        if f.span.of(view).casefold() in ("mortality", "deaths", "death") and (
            d := re.match(
                r"\s+(?:rates?\s+)?(?:related\s+to|as\s+a\s+result\s+of|due\s+to|from|attributed\s+to|caused\s+by)\s+",
                view[end:e],
            )
        ):
            target = next(
                (g for g in inside if g.kind is ConceptKind.DISEASE and 0 <= g.span.start - (end + d.end()) <= 14), None
            )
            if target is not None:
                continue
        place = trimmed(view, start, end)
        if any(p.span.overlaps(place) for p in out):
            out = [p for p in out if not p.span.overlaps(place) or len(p.span) >= len(place)]
            if any(p.span.overlaps(place) for p in out):
                continue
        bare = len(concepts) == 1 and _is_counting(f)
        out.append(Phrase(place, place.of(view), tuple(dict.fromkeys(concepts)), bare=bare))
    for m in _HEADS.finditer(view, s, e):
        place = trimmed(view, m.start(), m.end())
        if not any(p.span.overlaps(place) for p in out) and not any(t.overlaps(place) for t in taken):
            words = place.of(view)
            if re.fullmatch(
                r"(?:scores?|levels?|function|concentrations?|count|density|weight|volume|thickness)", words, re.I
            ):
                continue
            if re.fullmatch(r"lived|survived|alive", words, re.I) and re.match(
                r"[^;,]{0,40}\bwithout\b", view[m.end() : e]
            ):
                words = "alive without progression"
            out.append(Phrase(place, place.of(view), _meaning(words)))
    out = [p for p in out if not _RATIO.match(view, p.span.end)]
    return _for_what(view, _alternatives(view, sorted(out, key=lambda p: p.span)))


_RATIO = re.compile(r"\s+(?:ratio|difference)s?\b", re.I)
"""Behind words that belong to the name of a measure: "incidence rate ratio"."""
_CARE = re.compile(r"(?:hospitali[sz]ations?|(?:re)?admissions?|visits?|surgery|treatment|transfusions?)$", re.I)


def _for_what(view: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Care and what it was for as one outcome: "hospitalisation for heart failure"."""
    out: list[Phrase] = []
    for p in phrases:
        if out and _CARE.search(out[-1].text) and re.fullmatch(r"\s+for\s+", view[out[-1].span.end : p.span.start]):
            last = out.pop()
            span = Span(last.span.start, p.span.end)
            p = Phrase(span, span.of(view), last.concepts)
        out.append(p)
    return out


_CAUSE = re.compile(
    r"\b(?:due\s+to|because\s+of|leading\s+to|owing\s+to|on\s+account\s+of|freedom\s+from|free\s+(?:of|from)|defined\s+as\b[^—–]{0,200}|without(?:\s+\w+){0,2})\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
"""Before a word that names no outcome of the sentence: a cause, a definition, or what people were spared."""


def _alternatives(view: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Outcomes joined by "or" as the one outcome they are: "progression or death"."""
    out: list[Phrase] = []
    for p in phrases:
        if out and re.fullmatch(r"\s+or\s+(?:of\s+|from\s+)?", view[out[-1].span.end : p.span.start]):
            last = out.pop()
            span = Span(last.span.start, p.span.end)
            p = Phrase(span, span.of(view), tuple(dict.fromkeys((*last.concepts, *p.concepts))))
        out.append(p)
    return out


_MEANINGS = (
    (re.compile(r"alive\s+without\s+(?:disease\s+)?progression", re.I), "progression-free survival"),
    (re.compile(r"lived|alive|survived", re.I), "overall survival"),
    (re.compile(r"dead|died|deaths?", re.I), "mortality"),
    (re.compile(r"recurred|relapsed|come\s+back|came\s+back", re.I), "recurrence"),
    (re.compile(r"discontinued", re.I), "treatment discontinuation"),
    (re.compile(r"hospitali[sz]ed", re.I), "hospitalisation"),
)


def _meaning(words: str) -> tuple[Concept, ...]:
    """The outcome that a verb stands for; empty where it stands for none that has a concept."""
    name = next((name for pattern, name in _MEANINGS if pattern.fullmatch(words)), None)
    return load_terminology().find(name)[:1] if name else ()


def _is_counting(f: Found) -> bool:
    return f.concepts[0].name in ("incidence", "recurrence rate") or f.concepts[0].iri.endswith("/incidence")
