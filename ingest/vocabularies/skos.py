"""SKOS in Turtle, N-Triples, RDF/XML and JSON-LD, read triple by triple; nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ingest.vocabularies.ids import compact
from ingest.vocabularies.intake import Intake, Term

SKOS = "http://www.w3.org/2004/02/skos/core#"
KIND = "https://w3id.org/picograph/vocab#conceptKind"
FAVOURS = "https://w3id.org/picograph/vocab#favours"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
_NAMES = {f"{SKOS}prefLabel": 0, f"{SKOS}altLabel": 1, f"{SKOS}hiddenLabel": 2}
_BROADER = frozenset({f"{SKOS}broader", f"{SKOS}broadMatch"})
_NARROWER = frozenset({f"{SKOS}narrower", f"{SKOS}narrowMatch"})
_SAME = frozenset({f"{SKOS}exactMatch", "http://www.w3.org/2002/07/owl#sameAs"})
_CLOSE = f"{SKOS}closeMatch"
_SAID = frozenset({*_NAMES, *_BROADER, *_NARROWER, *_SAME, _CLOSE, KIND, FAVOURS, _DEPRECATED, _TYPE})
_DECLARATION = re.compile(r"<!(?:DOCTYPE|ENTITY)")
_XML_HEAD = re.compile(r"\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class _Concept:
    is_concept: bool = False
    deprecated: bool = False
    kind: str | None = None
    favours: str | None = None
    names: list[tuple[int, int, str]] = field(default_factory=list)
    """Which label, 0 for English and 1 for no language, and the words: the least is the preferred name."""
    foreign: bool = False
    broader: dict[str, bool] = field(default_factory=dict)
    """By IRI whether it must be known: what only a match names may lie in a vocabulary that is not here."""
    same: list[str] = field(default_factory=list)
    close: list[str] = field(default_factory=list)


def read_skos(text: str, intake: Intake, form: RdfFormat) -> None:
    """Hand over the concepts of a file: English labels and those without a language, ``broader`` as parents."""
    if form == RdfFormat.RDF_XML:
        declared = _DECLARATION.search(text)
        if declared:
            line = text.count("\n", 0, declared.start()) + 1
            intake.problem(line, "a DOCTYPE or ENTITY, which is not read; write IRIs out in full")
            return
        text = _XML_HEAD.sub(lambda head: "\n" * head[0].count("\n"), text, count=1)
    concepts: dict[str, _Concept] = {}
    try:
        for quad in parse(text, format=form):
            _hear(quad, concepts)
    except SyntaxError as error:
        intake.problem(_line_of(error, text, form), _reason_of(error))
        return
    if not any(c.is_concept for c in concepts.values()):
        intake.problem(None, "the file has no skos:Concept and no skos:prefLabel; is it SKOS?")
    for subject, concept in concepts.items():
        if concept.is_concept:
            _take(subject, concept, intake)


READERS: dict[str, Callable[[str, Intake], None]] = {
    ".ttl": partial(read_skos, form=RdfFormat.TURTLE),
    ".nt": partial(read_skos, form=RdfFormat.N_TRIPLES),
    ".rdf": partial(read_skos, form=RdfFormat.RDF_XML),
    ".xml": partial(read_skos, form=RdfFormat.RDF_XML),
    ".jsonld": partial(read_skos, form=RdfFormat.JSON_LD),
}
"""By ending of the file's name."""


def _hear(quad: Quad, concepts: dict[str, _Concept]) -> None:
    said, subject, thing = quad.predicate.value, quad.subject, quad.object
    if said not in _SAID or not isinstance(subject, NamedNode):
        return
    concept = concepts.setdefault(subject.value, _Concept())
    if isinstance(thing, Literal):
        if said in _NAMES:
            _label(concept, _NAMES[said], thing)
        elif said == _DEPRECATED:
            concept.deprecated = thing.value in ("true", "1")
    elif isinstance(thing, NamedNode):
        if said == _TYPE:
            concept.is_concept |= thing.value == f"{SKOS}Concept"
        elif said in _BROADER:
            concept.broader[thing.value] = concept.broader.get(thing.value, False) or said == f"{SKOS}broader"
        elif said in _NARROWER:
            below = concepts.setdefault(thing.value, _Concept())
            below.broader[subject.value] = below.broader.get(subject.value, False) or said == f"{SKOS}narrower"
        elif said in _SAME or said == _CLOSE:
            (concept.close if said == _CLOSE else concept.same).append(thing.value)
    if said in (KIND, FAVOURS) and isinstance(thing, Literal | NamedNode):
        value = re.split(r"[#/]", thing.value)[-1]
        if said == KIND:
            concept.kind = value
        else:
            concept.favours = value


def _label(concept: _Concept, which: int, label: Literal) -> None:
    language = (label.language or "").lower()
    if language and language.partition("-")[0] != "en":
        concept.foreign = True
        return
    concept.names.append((which, 0 if language else 1, label.value.strip(" ")))
    concept.is_concept |= which == 0


def _take(subject: str, concept: _Concept, intake: Intake) -> None:
    ident = compact(subject) or subject
    if concept.deprecated:
        intake.obsolete.add(ident)
        return
    names = tuple(dict.fromkeys(name for _, _, name in sorted(concept.names)))
    if not names:
        why = "no label in English or without a language" if concept.foreign else "no skos:prefLabel"
        intake.problem(None, f"<{subject}>: it has {why}; give it one")
        return
    broader = {compact(p) or p: must for p, must in concept.broader.items()}
    intake.add(
        Term(
            None,
            ident,
            names,
            concept.kind,
            tuple(p for p, must in broader.items() if must),
            tuple(filter(None, map(compact, concept.same))),
            tuple(filter(None, map(compact, concept.close))),
            tuple(p for p, must in broader.items() if not must),
            concept.favours,
        )
    )


def _line_of(error: SyntaxError, text: str, form: RdfFormat) -> int | None:
    """The line of the fault; for XML that of the first place that is not well formed."""
    if error.lineno is None and form == RdfFormat.RDF_XML:
        from xml.parsers import expat  # the text declares no entities: nothing can be expanded

        try:
            expat.ParserCreate().Parse(text, True)
        except expat.ExpatError as fault:
            return fault.lineno
    return error.lineno


def _reason_of(error: SyntaxError) -> str:
    said = " ".join(re.sub(r"^Parser error (?:at|between) .*?: (?=\S)", "", str(error.msg)).split())
    if "LoadDocumentCallback" in said:
        return "it names a @context elsewhere, and nothing is fetched; write the context into the file"
    return f"{said[:300]}; mend the line"
