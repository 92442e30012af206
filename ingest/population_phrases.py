"""Populations as a sentence names them, and the diseases that say who the people are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.article import Span
from ingest.names import Found
from ingest.phrases import Phrase, trimmed
from ingest.ranges import Ranges
from ingest.terminology import ConceptKind, load_terminology

_PEOPLE = (
    r"(?:patients|women|men|participants|people|adults|children|subjects|individuals|those|persons|infants|smokers)"
)


_NOUNS = ("patient", "women", "men", "participant", "people", "adults", "child", "subjects", "individual", "those",
          "person", "infants", "smokers")  # fmt: skip
_TRAITS = ("eligible", "refractory", "resistant", "tive", "naive", "naïve", "diagnosed", "treated", "risk", "menopaus",
           "advanced", "old", "metastatic", "muta", "elderly", "younger", "relapsed", "obese", "diabetic", "healthy",
           "pregnant", "asian", "black", "white")  # fmt: skip
_POPULATION = (
    (
        (("group", "subset"),),
        re.compile(
            r"(?<=\bin\s)(?:the\s+)?(?:subgroup|subset|group)s?\s+(?:of\s+[\w-]+\s+)?(?:with|without|of|whose|aged)\s+[^.;:(),]{2,60}?"
            r"(?=,|\s+(?:who|receiv\w+|treated|was|were|had|there)\b|[.;:()])",
            re.I,
        ),
    ),
    (
        (("carriers", "smokers", "responders", "drinkers"),),
        re.compile(
            r"(?:(?<=\bin\s)(?:[\w-]+\s+){0,3}?|(?<=\band\s))(?:non-?)?(?:carriers|(?:never-|ever-|ex-|non-?|current\s)?smokers|responders|drinkers)\b",
            re.I,
        ),
    ),
    (
        (("among ",),),
        re.compile(
            r"(?<=\bamong\s)(?:[\w-]+\s+){1,4}?(?:tumou?rs|cancers|carriers|smokers|cases|eyes|infants|survivors|users)\b(?=,)",
            re.I,
        ),
    ),
    (
        (
            tuple(
                f"in {w}" for w in ("men", "wom", "boys", "girls", "child", "adults", "smok", "non-smok", "pre", "post")
            ),
        ),
        re.compile(
            r"(?<=\bin\s)(?:(?:pre|post)menopausal\s+)?(?:men|women|boys|girls|children|adults|smokers|non-smokers)(?=\s*(?:,|;|\)|and\s+\d|given\b|treated\b|receiving\b|assigned\b))",
            re.I,
        ),
    ),
    (
        (_NOUNS,),
        re.compile(
            rf"\b(?:{_PEOPLE})\s+(?:with|who\s+(?:were|had\s+not|had\s+(?!been\s+assigned|received))|aged"
            r"|older\s+than|younger\s+than|over|under|at\s+(?:high|low|increased|average|intermediate)"
            r"|achieving|whose|without|not\s+(?:eligible|previously)|ineligible|eligible|in\s+whom|≥|>)"
            r"[^.;:()]{2,90}?(?=\s+(?:who\s+(?:received|took|were\s+(?:assigned|given|treated|randomi)"
            r"|underwent)|receiving|treated|randomly|randomi[sz]ed|assigned|taking|undergoing|was|were|had|is"
            r"|are|has|have|may|did|compared|versus|vs|given|than|exposed|lived|experienced|developed|died"
            r"|achieved|benefit\w*|showed|with|provid\w+)\b|\s+and\s+(?:provides|was|were|had)\b|,|[.;:()]"
            r"|\s+(?:in|by|after|at)\s+(?:the|a|an|this|\d)\b|$)",
            re.I,
        ),
    ),
    (
        (_NOUNS, _TRAITS),
        re.compile(
            r"(?<![\w-])(?:previously\s+|newly\s+|non[-–\s]*|not\s+)?(?:[\w–/-]+\s+(?:or|and/or|to"
            r"|and)\s+)?(?:[\w–-]+(?:eligible|ineligible|refractory|resistant|positive|negative|naive|naïve"
            r"|diagnosed|treated|untreated|risk|menopausal|advanced|old|metastatic|pretreated"
            r"|castration-resistant|mutated|mutant)|postmenopausal|premenopausal|elderly|older|younger"
            r"|untreated|refractory|relapsed|obese|diabetic|hypertensive|healthy|pregnant|noneligible"
            r"|ineligible|Asian|black|white)"
            r"(?:\s+[\w–/-]+){0,3}?\s+(?:patients|women|men|participants|adults|individuals|people|children"
            r"|smokers)\b(?:\s+aged\s+[^,.;:()]{2,30}?(?=\s+(?:receiving|who|with|in)\b|[,.;:()]))?",
            re.I,
        ),
    ),
)
"""Patterns of populations, each with groups of words of which one has to be there: a quick look before a slow one."""


_ANAPHOR = re.compile(
    r"\b(?:in|for|among|of)\s+(?:this|these|that)\s+(?:sub)?(?:group|population|patients|cohort|women|men"
    r"|subset|participants)\b",
    re.I,
)


_NOT_POPULATION = re.compile(r"\b(?:receiv|assigned|treated\s+with|taking|undergoing|given|randomi)", re.I)


def subjects_of(view: str, sentences: Sequence[Span], found: Sequence[Found]) -> frozenset[str]:
    """IRIs of the diseases that the article's patients have, and all that is broader: no outcomes of theirs.

    A disease counts where at least a third of its mentions say who the people are ("patients with myeloma").
    """
    said: dict[str, list[bool]] = {}
    places = Ranges(f for f in found if f.kind is ConceptKind.DISEASE)
    for s in sentences:
        for f in places.inside(s):
            if f.concepts:
                said.setdefault(f.concepts[0].iri, []).append(
                    describes_people(view[s.start : f.span.start], view[f.span.end : s.end])
                )
    own = [iri for iri, flags in said.items() if 3 * sum(flags) >= len(flags) and any(flags)]
    return frozenset(a for iri in own for a in load_terminology().ancestors(iri))


def describes_people(before: str, after: str) -> bool:
    """True where a disease says who the people are, not what happened to them."""
    if re.search(
        r"(?<!increase )(?<!reduction )(?<!decrease )(?<!change )(?<!difference )(?<!rise )\bin\s+"
        r"(?:the\s+)?(?:[\w-]+\s+)?$",
        before,
    ) and not re.search(
        r"\b(?:increas|reduc|decreas|ris|chang|differ)\w*\s+in\s+(?:the\s+)?(?:[\w-]+\s+)?$", before, re.I
    ):
        return True
    if re.search(r"\b(?:with|for|of|in)\s+(?:[\w–/-]+\s+){0,3}$", before) and re.search(
        rf"\b(?:{_PEOPLE}|therapy|treatment|trials?|analysis|setting|cases|disease)\s+(?:with|for|of"
        r"|in)\s+(?:[\w–/,-]+\s+){0,5}$",
        before,
    ):
        return True
    if re.search(r"(?:^|[,;:]\s)\s*(?:In|Among|For)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$", before) and re.match(
        r"\s*(?:,|\()", after
    ):
        return True
    if re.match(
        r"[\s)]*(?:\(?[\w-]*\)?\s+)?(?:patients|participants|survivors|cells?|setting|trials?|research"
        r"|study|studies)\b",
        after,
    ):
        return True
    return bool(re.search(r"\b(?:treatment|diagnosis|therapy|management)\s+of\s+(?:[\w-]+\s+){0,2}$", before))


def populations_in(view: str, sentence: Span, found: Sequence[Found]) -> list[Phrase]:
    """Populations that the sentence names, in its order, coordinated and elided ones each by itself."""
    s, e = sentence.start, sentence.end
    out: list[Phrase] = []
    lower = view[s:e].lower()
    for gate, pattern in _POPULATION:
        if not all(any(w in lower for w in group) for group in gate):
            continue
        for m in pattern.finditer(view, s, e):
            place = trimmed(view, m.start(), m.end())
            if re.fullmatch(
                r"[\w\s]*\bwho\s+(?:had|were|have|was)(?:\s+(?:only|not))?", place.of(view), re.I
            ) or re.match(r"those\s+who\b", place.of(view), re.I):
                continue
            if _NOT_POPULATION.search(place.of(view)) or any(p.span.overlaps(place) for p in out):
                continue
            inside = [
                f for f in found if place.contains(f.span) and f.kind in (ConceptKind.DISEASE, ConceptKind.POPULATION)
            ]
            drug = next((f for f in found if f.kind is ConceptKind.DRUG and place.contains(f.span)), None)
            if (
                drug is not None
                and drug.span.start - place.start > 8
                and not re.search(
                    r"\b(?:to|with|after|on|for|of|by)\s+(?:[\w-]+\s+){0,2}$", view[place.start : drug.span.start]
                )
            ):
                place = trimmed(view, place.start, drug.span.start)
            if drug is not None and re.fullmatch(
                rf"{_PEOPLE}\s+(?:with|on)\s+(?:[\w-]+\s+)?", view[place.start : drug.span.start], re.I
            ):
                continue
            traits = [f for f in inside if f.kind is ConceptKind.POPULATION]
            if len(traits) == 2 and re.fullmatch(
                r"\s*(?:and|or|,|versus|vs\.?)\s*", view[traits[0].span.end : traits[1].span.start]
            ):
                head = re.search(r"\s+(\w+)$", place.of(view))
                people = head[1] if head else "patients"
                out.append(
                    Phrase(
                        traits[0].span,
                        traits[0].span.of(view),
                        traits[0].concepts[:1],
                        f"{traits[0].span.of(view)} {people}",
                    )
                )
                rest = Span(traits[1].span.start, place.end)
                out.append(Phrase(rest, rest.of(view), traits[1].concepts[:1]))
                continue
            elided = re.fullmatch(r"(?P<a>[\w–-]+)\s+and\s+(?P<b>(?:non|in)[\w–-]*)\s+(?P<who>\w+)", place.of(view))
            if elided and traits:
                a, b = (
                    Span(place.start, place.start + elided.end("a")),
                    Span(place.start + elided.start("b"), place.end),
                )
                out.append(Phrase(a, a.of(view), traits[0].concepts[:1], f"{a.of(view)} {elided['who']}"))
                out.append(Phrase(b, b.of(view), (), f"non-{a.of(view)} {elided['who']}"))
                continue
            out.append(Phrase(place, place.of(view), tuple(f.concepts[0] for f in inside if f.concepts)))
    for f in found:
        if (
            f.kind is ConceptKind.POPULATION
            and sentence.contains(f.span)
            and not any(p.span.overlaps(f.span) for p in out)
        ):
            out.append(Phrase(f.span, f.span.of(view), f.concepts[:1]))
    return _joined(view, sorted(out, key=lambda p: p.span), found)


def _joined(view: str, phrases: Sequence[Phrase], found: Sequence[Found]) -> list[Phrase]:
    """Adjacent traits of one population as one phrase; a trait list goes on to the disease that ends it."""
    out: list[Phrase] = []
    for p in phrases:
        end, concepts = p.span.end, p.concepts
        for f in found:
            gap = view[end : f.span.start] if f.kind is ConceptKind.DISEASE and 0 <= f.span.start - end < 45 else None
            if gap is not None and not p.concepts and re.fullmatch(r",\s+(?:[\w-]+\s+){0,4}", gap):
                end, concepts = f.span.end, (*concepts, f.concepts[0])
                break
        if end != p.span.end:
            p = Phrase(Span(p.span.start, end), view[p.span.start : end], concepts, p.label)
        if (
            out
            and out[-1].label is None
            and re.fullmatch(r"\s+(?:(?:patients|women|men)\s+)?", view[out[-1].span.end : p.span.start])
        ):
            last = out.pop()
            span = Span(last.span.start, p.span.end)
            p = Phrase(span, span.of(view), tuple(dict.fromkeys((*last.concepts, *p.concepts))), p.label)
        out.append(p)
    return out


def before_arms(view: str, population: Phrase, arms: Sequence[Phrase]) -> Phrase | None:
    """The population cut where an arm begins ("men with lesions | imiquimod was ..."); None where nothing is left."""
    span = population.span
    for arm in arms:
        lead = view[span.start : arm.span.start]
        if (
            span.contains(arm.span)
            and len(lead) > 8
            and not re.search(r"\b(?:to|with|after|on|for|of|by|from|and|or)\s+(?:[\w-]+\s+){0,1}$", lead)
        ):
            cut = Span(span.start, span.start + len(lead.rstrip(" ,")))
            if len(cut.of(view).split()) < 2:
                return None
            return Phrase(cut, cut.of(view), population.concepts, population.label)
    return population


def anaphor_in(view: str, sentence: Span) -> bool:
    """True where the sentence speaks of "this group" of the one before."""
    return bool(_ANAPHOR.search(view, sentence.start, sentence.end))
