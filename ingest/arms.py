"""The arms as the whole article knows them: short names it gives them, their sizes, and the pair it compares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.arm_phrases import arms_in
from ingest.article import Span
from ingest.cues import is_enrolment
from ingest.names import Found
from ingest.numbers import PLAIN, parse
from ingest.phrases import ArmNames, Phrase, set_side_by_side
from ingest.ranges import Ranges
from ingest.terminology import Concept, ConceptKind, key_of

_SIZED = re.compile(
    r"(?P<name>[A-Za-z][\w+/®-]*(?:\s(?!(?:and|or|to|versus|vs|with|in|of|the|for|were|was|received"
    r"|patients)\b)[\w+/®-]+){0,3})\s*"
    rf"\(\s*(?:group\s+)?[nN]\s*=\s*(?P<size>{PLAIN})\s*[);,]"
)
_BRACKETED = re.compile(
    r"\(\s*(?P<alias>(?:continuous\s+|fixed\s+)?[A-Z][A-Za-z]{0,6}[\w+-]*(?:\s(?:continuous|alone"
    r"|maintenance|arm|group))?)\s*(?=[);,:])"
)
_SIZE_BEFORE = re.compile(
    r"(?<![\w.,:–-])(?P<n>\d{1,3}(?:,\d{3})+|\d{2,6})\s+(?:(?:patients|women|men|participants|people|of\s+them)\s+)?"
    r"(?:received|underwent|took|(?:were\s+)?(?:randomly\s+)?(?:assigned|allocated|randomi[sz]ed)\s+to|to(?:\s+receive|\s+undergo)?|were\s+given|on|in)\s+"
    r"(?:the\s+|either\s+|maintenance\s+with\s+)?$",
    re.I,
)
_COMPARES = re.compile(r"\b(?:versus|vs\.?|compared\s+(?:with|to)|comparing)\b", re.I)


def _telling(name: str) -> bool:
    """True for a short name no dictionary has: it holds an inner capital, a digit or several capitals."""
    first = re.sub(r"^(?:continuous|fixed)\s+", "", name).split()[0]
    return (
        sum(c.isupper() for c in first) >= 2
        or any(c.isdigit() for c in first)
        or re.fullmatch(r"[A-Z][a-z]", first) is not None
    )


def learn_arms(view: str, sentences: Sequence[Span], found: Sequence[Found]) -> ArmNames:
    """Short names, sizes and the compared pair, learnt from the article's sentences in their order."""
    aliases: dict[str, tuple[Concept, ...]] = {}
    sizes: dict[str, int] = {}
    outcomes = {f.span.of(view) for f in found if f.kind in (ConceptKind.OUTCOME, ConceptKind.DISEASE)}
    drugs = [f for f in found if f.kind in (ConceptKind.DRUG, ConceptKind.PROCEDURE)]
    late: list[str] = []
    places, everything = Ranges(drugs), Ranges(found)
    for sentence in sentences:
        inside, all_found = places.inside(sentence), everything.inside(sentence)
        for m in _BRACKETED.finditer(view, sentence.start, sentence.end):
            alias = m["alias"]
            if (
                alias in outcomes
                or alias in aliases
                or not _telling(alias)
                or re.match(r"(?:NCT|CI|HR|OR|RR|SD|IQR)\b", alias)
            ):
                continue
            left = max(
                sentence.start,
                view.rfind(")", sentence.start, m.start()) + 1,
                view.rfind(";", sentence.start, m.start()) + 1,
            )
            if is_enrolment(sentence.of(view)) and re.match(rf"\s*,\s*{PLAIN}\s*(?:patients\s*)?\)", view[m.end() :]):
                sizes.setdefault(alias, int(parse(re.findall(PLAIN, view[m.end() : m.end() + 14])[0])))
                late.append(alias)
            near = [f for f in inside if left <= f.span.start and f.span.end <= m.start()]
            if (
                near
                and m.start() - near[-1].span.end <= 40
                and not any(
                    f.span.start > near[-1].span.end
                    and f.kind is ConceptKind.DISEASE
                    and f.span.end <= m.start()
                    and m.start() - f.span.end < 3
                    for f in found
                )
            ):
                group = [near[-1]]
                for f in reversed(near[:-1]):
                    if group[-1].span.start - f.span.end > 20 or re.search(
                        r"\bor\b|versus|vs", view[f.span.end : group[-1].span.start]
                    ):
                        break
                    group.append(f)
                aliases[alias] = tuple(
                    dict.fromkeys(c for f in reversed(group) for c in f.concepts[: 1 if not f.short else None])
                )
        for m in _SIZED.finditer(view, sentence.start, sentence.end):
            words = m["name"]
            size = parse(m["size"])
            tail = words.split()
            while tail and tail[0].islower() and len(tail) > 1 and _telling(" ".join(tail[1:])):
                tail = tail[1:]
            name = re.sub(r"^(?:to|or|with|of|on|and|receive|received)\s+", "", " ".join(tail))
            names_an_arm = (
                _telling(name)
                or any(f.span.overlaps(Span(*m.span("name"))) for f in inside)
                or re.search(r"group|arm|control", name)
            )
            if (
                size == int(size)
                and names_an_arm
                and not any(f.kind is ConceptKind.DISEASE and f.span.overlaps(Span(*m.span("name"))) for f in all_found)
            ):
                sizes[name] = int(size)
            if (
                _telling(name)
                and name not in outcomes
                and not any(f.span.overlaps(Span(*m.span("name"))) for f in inside)
            ):
                aliases.setdefault(name, ())
    for alias in late:
        aliases.setdefault(alias, ())
    for sentence in sentences:
        listed = _allocated(view, sentence)
        if len(listed) >= 2:
            for name in listed:
                known = [f for f in drugs if f.span.of(view).casefold() == name.casefold()]
                if not known and len(name) > 3:
                    aliases.setdefault(name, ())
    for f in drugs:
        if f.short and _telling(f.span.of(view)):
            aliases.setdefault(f.span.of(view), f.concepts)
    for name, concepts in list(aliases.items()):
        if not concepts:
            stem = _stem(name)
            kin = [c for a, c in aliases.items() if c and stem and _stem(a) == stem]
            aliases[name] = kin[0] if kin else ()
    names = ArmNames(aliases, sizes)
    for sentence in sentences:
        if is_enrolment(sentence.of(view)):
            for arm in arms_in(view, sentence, everything.inside(sentence), names):
                counted = _SIZE_BEFORE.search(view[sentence.start : arm.span.start])
                if counted is not None and not any(key_of(arm.text) == key_of(n) for n in sizes):
                    sizes[arm.text] = int(parse(counted["n"]))
    return ArmNames(aliases, sizes, _pair(view, sentences, found, names))


def _stem(name: str) -> str | None:
    """The letters that a family of short names shares: "Rd" of "Rd18" and "continuous Rd"; else None."""
    m = re.match(r"[A-Z][A-Za-z]+", re.sub(r"^(?:continuous|fixed)\s+", "", name))
    return m[0] if m else None


_ALLOCATED = re.compile(
    r"\b(?:assigned|allocated|randomi[sz]ed|randomly\s+assigned)\s+(?:\d\S*\s+(?:[\w-]+\s+){0,4}?)?(?:\(?"
    r"[^()]{0,20}\)?\s+)?(?:to|between|among)\s+(?:either\s+|receive\s+(?:either\s+)?"
    r"|undergo\s+)?(?P<list>[^.;:]{5,220})",
    re.I,
)
_LEADING = re.compile(
    r"^(?:either\s+|receive\s+|a\s+|an\s+|the\s+|(?:one|two|three|four|five|six|\d+)\s+(?:weeks|months"
    r"|years|days|cycles|courses|doses)\s+of\s+|daily\s+|oral\s+|\d+\s+)+",
    re.I,
)


def _allocated(view: str, sentence: Span) -> list[str]:
    """Names of arms that an allocation lists, without sizes and lengths; none longer than four words."""
    m = _ALLOCATED.search(view, sentence.start, sentence.end)
    if m is None:
        return []
    words = re.sub(
        r"\([^()]*\)|,?\s+\d[\d,]*\s+patients|\b(?:for|once|twice|every|until|after|followed|in\s+a|with\s+or)\b[^,]*",
        "",
        m["list"],
    )
    parts = [
        _LEADING.sub("", p.strip()).strip()
        for p in re.split(r",\s*(?:or|and)\s+|,\s*|\s+or\s+|\s+versus\s+|\s+and\s+(?:\d[\d,]*\s+to\s+)?", words)
    ]
    return [
        p
        for p in parts
        if re.fullmatch(r"[A-Za-z][\w/+-]*(?:\s[\w/+-]+){0,2}", p)
        and not re.search(r"\b(?:receive|group|treatment|patients|one|arms?|trial|the)\b", p)
    ]


def _pair(
    view: str, sentences: Sequence[Span], found: Sequence[Found], names: ArmNames
) -> tuple[Phrase, Phrase] | None:
    """The two arms that the article compares, intervention first; None where no sentence names just two."""
    votes: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[Phrase, Phrase]]] = {}
    places = Ranges(found)
    for sentence in sentences:
        words = sentence.of(view)
        enrols, compares = is_enrolment(words), _COMPARES.search(words)
        if not enrols and not compares:
            continue
        distinct: list[Phrase] = []
        for arm in arms_in(view, sentence, places.inside(sentence), names):
            if not any(same_arm(arm, other) for other in distinct):
                distinct.append(arm)
        if len(distinct) < 2 or (len(distinct) > 2 and not compares):
            continue
        first, second = distinct[:2]
        if not set_side_by_side(view, first.span, second.span) and not compares:
            continue
        if re.search(r"\b(?:then|followed|after|before)\b", view[first.span.end : second.span.start]):
            continue
        if first.control and not second.control:
            first, second = second, first
        votes.setdefault((first.key, second.key), []).extend(
            [(first, second)] * (3 if enrols and len(distinct) == 2 else 1)
        )
    if not votes:
        return None
    best = max(votes.values(), key=len)
    return best[0]


def same_arm(one: Phrase, other: Phrase) -> bool:
    """True where two phrases name one arm: the same concepts, neither with a word that sets it apart."""
    if one.concepts and other.concepts:
        if one.key != other.key:
            return False
        return _apart(one.text) == _apart(other.text)
    return one.key == other.key


_TELLING = re.compile(
    r"\b(?:maintenance|retreatment|low|high|dose|continuous|early|delayed|immediate|more|less|once|fixed"
    r"|extended|control|\d+\s?mg|Rd\w*|oral|intravenous|placebo)\b",
    re.I,
)


def _apart(words: str) -> frozenset[str]:
    return frozenset(m.casefold() for m in _TELLING.findall(words)) - {"maintenance", "continuous"}
