"""Arms as a sentence names them: concepts and short names grown to the regimen around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.names import Found
from ingest.phrases import ArmNames, Phrase, trimmed
from ingest.terminology import Concept, ConceptKind

_LITERAL = re.compile(
    r"\b(?:no|without(?:\s+any)?)\s+(?:further\s+)?(?:maintenance|treatment|screening|chemotherapy"
    r"|radiation|radiotherapy|therapy|surgery|supplementation)\b|(?<!as )\bmaintenance\b(?!\s+(?:therapy"
    r"|treatment|chemotherapy|phase|period|dose|random))"
    r"|\bthose\s+who\s+were\s+(?:only\s+|merely\s+|just\s+)?(?:observed|watched|under\s+observation)\b"
    r"|\bthose\s+(?:who\s+)?(?:did\s+not|had\s+not|without(?:\s+it)?|not\s+\w+)\b|\b(?:the"
    r"|this)\s+(?:combination|drug|vaccine|regimen|intervention)\b(?!\s+of\b)",
    re.I,
)


_ARM_LEFT = re.compile(
    r"(?:\b(?:nab|peg)-|\b(?:low|high|standard|reduced|higher|lower|full|single|fixed|intermediate|double)[ -](?:dose"
    r"|agent|duration)\s+|\b(?:maintenance|adjuvant|neoadjuvant|continuous|oral|"
    r"intravenous|daily|weekly|induction|inhaled|topical|combination|combined|concurrent|early|delayed"
    r"|immediate|extended|prolonged|intensive|"
    r"conventional|standard|adding|added|long-term|subcutaneous|liposomal|pegylated|annual|more|less"
    r"|induction|single-agent|prophylactic|selective)\s+)+$",
    re.I,
)


_ARM_RIGHT = re.compile(
    r"^(?:[\s-]+(?:maintenance|monotherapy|therapy|treatment|retreatment|alone|only|screening|continuous"
    r"|induction|consolidation|regimen|combination|tablets?|infusions?|injections?)\b|"
    r"\s+at\s+(?:both\s+)?induction\s+and\s+maintenance|\s*®|\s*-based\b(?:\s+(?:therapy|treatment"
    r"|regimens?|chemotherapy|maintenance))?|"
    r"\s*\(\s*(?:with\s+or\s+without)[^)]{2,30}\)"
    r"|\s+\d+(?:\.\d+)?\s?mg\b)*(?P<group>[\s-]+(?:study\s+)?(?:treatment\s+)?(?:group|arm|cohort"
    r"|recipients?|users?|patients|strategy)\b)?",
    re.I,
)


_JOIN = re.compile(
    r"^\s*(?:plus|-plus-|–plus–|\+|/|with|and|(?:was |is |were )?combined with|in combination with|together with"
    r"|given with|on top of|alongside|added to|followed by|-|,|, and|®|\s)\s*(?:(?:low|high"
    r"|standard)[ -]dose\s+|oral\s+|standard\s+)?$",
    re.I,
)


_STRONG_JOIN = re.compile(r"plus|\+|/|with|combin|added|followed|-", re.I)


_GENERIC = re.compile(
    r"\b(?:the|in|to|for|a)\s+(?P<name>(?!(?:two|both|each|either|same|other|three|whole|study|this|these"
    r"|treatment|age|entire|large|first|all|second|trial|the|different|patient|one)\b)"
    r"[A-Za-z][\w-]*(?:\s(?!(?:and|or|in|of|with|was|were|had|who|than|versus|vs|the|to|group|arm|for"
    r"|patients)\b)[A-Za-z][\w-]*){0,2}?[\s-](?P<word>group|arm)s?)\b"
)


_STATUS = re.compile(r"[-–\s]?(?:positive|negative|mutant|receptors?\b|status\b)|\+(?!\s*[A-Za-z])", re.I)
"""Behind a name that says what the patients' disease is like, not what they were given: "ER-positive"."""


def arms_in(view: str, sentence: Span, found: Sequence[Found], names: ArmNames) -> list[Phrase]:
    """Arms that the sentence names, in its order; words joined into one regimen are one arm."""
    s, e = sentence.start, sentence.end
    atoms: list[tuple[Span, tuple[Concept, ...], bool]] = []
    words = view[s:e]
    for short, meant in names.aliases.items():
        if short not in words:
            continue
        for m in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", view[s:e]):
            atoms.append((Span(s + m.start(), s + m.end()), meant, True))
    for f in found:
        if f.kind in (ConceptKind.DRUG, ConceptKind.PROCEDURE) and sentence.contains(f.span):
            atoms.append((f.span, f.concepts[:1] if not f.short else f.concepts, False))
    for m in _LITERAL.finditer(view, s, e):
        near = [a for a in atoms if a[0].overlaps(Span(*m.span())) or not view[a[0].end : m.start()].strip(" -–")]
        follows = re.search(r"\b(?:induction|consolidation)\s+and\s+$", view[s : m.start()], re.I)
        if not near and not follows:
            atoms.append((Span(*m.span()), (), False))
    for m in re.finditer(
        r"\b(?:controls?|placebo-treated)\b(?!\s+(?:rate|of|over|the|was|mechanism))(?=\s+(?:group|arm"
        r"|patients|participants|subjects)|[\s,.;)])",
        view[s:e],
    ):
        atoms.append((Span(s + m.start(), s + m.end()), (), False))
    atoms = [a for a in atoms if not _STATUS.match(view, a[0].end, e)]
    atoms.sort(key=lambda a: (a[0].start, -a[0].end))
    kept: list[tuple[Span, tuple[Concept, ...], bool]] = []
    for atom in atoms:
        if not kept or atom[0].start >= kept[-1][0].end:
            kept.append(atom)
    plural = re.search(r"\b(?:groups|arms|respectively|both|either)\b", view[s:e])
    arms: list[Phrase] = []
    i = 0
    while i < len(kept):
        span, concepts, alias = kept[i]
        start, end = span.start, span.end
        j = i
        while j + 1 < len(kept):
            gap = view[end : kept[j + 1][0].start]
            extension = _ARM_RIGHT.match(gap)
            rest = gap[extension.end() :] if extension else gap
            if not _JOIN.match(rest) or (extension and extension["group"]):
                break
            list_like = bool(re.fullmatch(r"\s*(?:,|and|, and|\s)\s*", rest))
            if list_like and (plural or kept[j + 1][2] or alias or "," in rest):
                break
            if kept[j + 1][0].of(view).casefold().startswith(("placebo", "observation")) and not _STRONG_JOIN.search(
                rest
            ):
                break
            j += 1
            concepts = (*concepts, *kept[j][1])
            end = kept[j][0].end
        right = _ARM_RIGHT.match(view[end:e])
        if right is not None:
            tail = right.group(0)
            group = right["group"] or ""
            keep = len(tail) - (len(group) if re.search(r"patients|recipient|user", group) else 0)
            end += keep
        left = _ARM_LEFT.search(view[s:start])
        if left is not None:
            start = s + left.start()
        place = trimmed(view, start, end)
        words = re.sub(r"^(?:the|this)\s+", "", place.of(view), flags=re.I)
        place = Span(place.end - len(words), place.end)
        concepts = tuple(dict.fromkeys(concepts))
        stands_for = bool(
            re.fullmatch(r"(?:combination|drug|vaccine|regimen|intervention)(?:\s+(?:group|arm))?", words, re.I)
        )
        if stands_for and names.pair is not None:
            concepts = names.pair[0].concepts
        arms.append(Phrase(place, words, concepts, alias=alias, generic=stands_for))
        i = j + 1
    for m in _GENERIC.finditer(view, s, e):
        place = Span(*m.span("name"))
        if not any(a.span.overlaps(place) for a in arms):
            concepts = _same_words(place.of(view), names)
            arms.append(Phrase(place, place.of(view), concepts, generic=True))
    for m in (*_ONE_GROUP.finditer(view, s, e), *_STUDY_GROUP.finditer(view, s, e)):
        place = Span(*m.span())
        if not any(a.span.overlaps(place) for a in arms):
            arms.append(Phrase(place, place.of(view)))
    for m in _TWO_GROUPS.finditer(view, s, e):
        for which in ("one", "two"):
            place = Span(*m.span(which))
            if not any(a.span.overlaps(place) for a in arms):
                arms.append(Phrase(place, place.of(view), label=f"group {place.of(view)}"))
    return sorted(arms, key=lambda a: a.span)


_STUDY_GROUP = re.compile(r"\b(?:study|treatment)\s(?:group|arm)\b")
_ONE_GROUP = re.compile(
    r"\b(?:[Gg]roup|[Aa]rm)\s+(?:[A-D]|[IV]{1,3}|[1-4])\b(?!\s*(?:and|or|vs\.?|versus|,)\s*(?:[A-D]|[IV]{1,3}|[1-4])\b)"
)
_TWO_GROUPS = re.compile(
    r"\b[Gg]roups?\s+(?P<one>[A-D]|[IV]{1,3}|[1-4])\s*(?:and|or|vs\.?|versus|than|to|,)\s*(?:in\s+)?(?:[Gg]roups?\s+)?(?P<two>[A-D]|[IV]{1,3}|[1-4])\b"
)
"""Groups with a letter or a number for a name: "groups I and II"."""


def _same_words(words: str, names: ArmNames) -> tuple[Concept, ...]:
    """Concepts of the usual pair's arm that shares a telling word with a generic "... group"."""
    telling = set(re.findall(r"[a-z]{4,}", words.casefold())) - {"group", "arms", "patients", "treatment", "study"}
    hits = [p for p in names.pair or () if telling & set(re.findall(r"[a-z]{4,}", (p.label or p.text).casefold()))]
    return hits[0].concepts if len(hits) == 1 else ()
