"""Arms, outcomes and populations as a sentence names them: concepts grown to the phrase around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.article import Span
from ingest.recognise import Found
from ingest.terminology import Concept, ConceptKind, load_terminology

CONTROLS = re.compile(
    r"\b(?:placebo|observation(?:al)?|controls?|untreated|usual care|standard (?:of )?care"
    r"|watchful waiting|sham|(?:no|without(?: any)?) (?:maintenance|treatment|further|screening|therapy"
    r"|chemotherapy|surgery)|observed|watched|those (?:who )?(?:did not|had not|without|not)"
    r"|alone|watch and wait|dummy|conventional|non-?users?|never[ -]users?)\b",
    re.I,
)
"""Words that mark an arm as the one to compare with."""

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
    r"(?:\b(?:low|high|standard|reduced|higher|lower|full|single|fixed|intermediate|double)[ -](?:dose"
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
    r"^\s*(?:plus|\+|/|with|and|(?:was |is |were )?combined with|in combination with|together with"
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
    r"|non-?fatal|symptomatic|health-related|myeloma-related|cancer-related|disease-related"
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
_PEOPLE = (
    r"(?:patients|women|men|participants|people|adults|children|subjects|individuals|those|persons|infants|smokers)"
)
_POPULATION = (
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
)
_ANAPHOR = re.compile(
    r"\b(?:in|for|among|of)\s+(?:this|these|that)\s+(?:sub)?(?:group|population|patients|cohort|women|men"
    r"|subset|participants)\b",
    re.I,
)
_NOT_POPULATION = re.compile(r"\b(?:receiv|assigned|treated\s+with|taking|undergoing|given|randomi)", re.I)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name an arm, an outcome or a population, with the concepts in them.

    ``label`` completes elided words ("noneligible" stands for "non-transplant-eligible patients"); ``alias`` is True
    for an arm's short name; ``bare`` for an outcome that says only how it is counted ("cumulative incidence").
    """

    span: Span
    text: str
    concepts: tuple[Concept, ...] = ()
    label: str | None = None
    alias: bool = False
    bare: bool = False
    generic: bool = False

    @property
    def control(self) -> bool:
        """True for an arm that others are compared with."""
        return bool(CONTROLS.search(self.text))

    @property
    def key(self) -> tuple[str, ...]:
        """What the phrase is about: its concepts, or its words where it has none."""
        if self.concepts:
            return tuple(sorted(c.iri for c in self.concepts))
        return (" ".join(re.findall(r"[^\W_]+", (self.label or self.text).casefold())),)


@dataclass(frozen=True, slots=True)
class ArmNames:
    """Arms as the whole article knows them: short names with their concepts, sizes, and the usual pair."""

    aliases: dict[str, tuple[Concept, ...]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    pair: tuple[Phrase, Phrase] | None = None


def _text(view: str, start: int, end: int) -> Span:
    piece = view[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def arms_in(view: str, sentence: Span, found: Sequence[Found], names: ArmNames) -> list[Phrase]:
    """Arms that the sentence names, in its order; words joined into one regimen are one arm."""
    s, e = sentence.start, sentence.end
    atoms: list[tuple[Span, tuple[Concept, ...], bool]] = []
    for short, meant in names.aliases.items():
        for m in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w])", view[s:e]):
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
        place = _text(view, start, end)
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
    return sorted(arms, key=lambda a: a.span)


def _same_words(words: str, names: ArmNames) -> tuple[Concept, ...]:
    """Concepts of the usual pair's arm that shares a telling word with a generic "... group"."""
    telling = set(re.findall(r"[a-z]{4,}", words.casefold())) - {"group", "arms", "patients", "treatment", "study"}
    hits = [p for p in names.pair or () if telling & set(re.findall(r"[a-z]{4,}", (p.label or p.text).casefold()))]
    return hits[0].concepts if len(hits) == 1 else ()


def subjects_of(view: str, sentences: Sequence[Span], found: Sequence[Found]) -> frozenset[str]:
    """IRIs of the diseases that the article's patients have, and all that is broader: no outcomes of theirs.

    A disease counts where at least a third of its mentions say who the people are ("patients with myeloma").
    """
    said: dict[str, list[bool]] = {}
    for s in sentences:
        for f in found:
            if f.kind is ConceptKind.DISEASE and s.contains(f.span):
                said.setdefault(f.concepts[0].iri, []).append(
                    _describes_people(view[s.start : f.span.start], view[f.span.end : s.end])
                )
    own = [iri for iri, flags in said.items() if 3 * sum(flags) >= len(flags) and any(flags)]
    return frozenset(a for iri in own for a in load_terminology().ancestors(iri))


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
        before = view[s : f.span.start]
        if f.kind is ConceptKind.DISEASE and _describes_people(before, view[f.span.end : e]):
            continue
        start, end, concepts = f.span.start, f.span.end, list(f.concepts[:1])
        if f.concepts[0].iri in subjects and not _OF.search(before):
            continue
        of = _OF.search(before)
        if of is None and (trimmed := _OUTCOME_LEFT.search(before)):
            of = _OF.search(before[: trimmed.start()])
        if of is not None:
            start = s + of.start()
            head = next((g for g in inside if g.span.start >= start and g.span.end <= s + of.end("head")), None)
            if head is not None:
                concepts = [*concepts, head.concepts[0]]
                out = [p for p in out if not p.span.overlaps(Span(start, end))]
        elif f.kind is ConceptKind.OUTCOME and _is_counting(f) and not _OUTCOME_LEFT.search(before):
            inner = [p for p in out if view[p.span.end : f.span.start].strip() == ""]
            if inner:
                start, concepts = inner[-1].span.start, [*inner[-1].concepts, *concepts]
                out.remove(inner[-1])
        left = _OUTCOME_LEFT.search(view[s:start])
        if left is not None:
            start = s + left.start()
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
        place = _text(view, start, end)
        if any(p.span.overlaps(place) for p in out):
            out = [p for p in out if not p.span.overlaps(place) or len(p.span) >= len(place)]
            if any(p.span.overlaps(place) for p in out):
                continue
        bare = len(concepts) == 1 and _is_counting(f)
        out.append(Phrase(place, place.of(view), tuple(dict.fromkeys(concepts)), bare=bare))
    for m in _HEADS.finditer(view, s, e):
        place = _text(view, m.start(), m.end())
        if not any(p.span.overlaps(place) for p in out) and not any(t.overlaps(place) for t in taken):
            out.append(Phrase(place, place.of(view), _meaning(place.of(view))))
    return _alternatives(view, sorted(out, key=lambda p: p.span))


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


def _describes_people(before: str, after: str) -> bool:
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
    for pattern in _POPULATION:
        for m in pattern.finditer(view, s, e):
            place = _text(view, m.start(), m.end())
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
                place = _text(view, place.start, drug.span.start)
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
            out.append(Phrase(place, place.of(view), tuple(f.concepts[0] for f in inside)))
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


def before_arms(view: str, population: Phrase, arms: Sequence[Phrase]) -> Phrase:
    """The population cut where an arm begins that is no part of it ("men with lesions | imiquimod came out ahead")."""
    span = population.span
    for arm in arms:
        lead = view[span.start : arm.span.start]
        if (
            span.contains(arm.span)
            and len(lead) > 8
            and not re.search(r"\b(?:to|with|after|on|for|of|by|from|and|or)\s+(?:[\w-]+\s+){0,1}$", lead)
        ):
            cut = Span(span.start, span.start + len(lead.rstrip(" ,")))
            return Phrase(cut, cut.of(view), population.concepts, population.label)
    return population


def anaphor_in(view: str, sentence: Span) -> bool:
    """True where the sentence speaks of "this group" of the one before."""
    return bool(_ANAPHOR.search(view, sentence.start, sentence.end))


def set_side_by_side(view: str, one: Span, two: Span) -> bool:
    """True where two arms are coordinated ("A and B"), or a number stands between them."""
    between = view[one.end : two.start]
    return bool(
        re.search(r"\d", between)
        or re.fullmatch(
            r"[\s,)]*(?:and|or|,|but|while|whereas)\s*(?:(?:the|in|for|with|on|patients|those|only|just|of)\s+)*",
            between,
        )
    )
