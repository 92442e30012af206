"""From an article to its claims, and from a text to its annotations; the one place that puts the parts together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata, resources
from typing import Any

from ingest.abbreviations import find_definitions, resolve
from ingest.aids import Aids, Tag
from ingest.annotate import Annotator
from ingest.arm_phrases import arms_in
from ingest.arms import learn_arms
from ingest.article import Article, SectionKind, Span
from ingest.assemble import assemble
from ingest.attach import attach
from ingest.claim import Claim, Study
from ingest.confidence import with_confidence
from ingest.context import Known, Sentence
from ingest.differences import as_differences
from ingest.effects import read_figures
from ingest.figures import Figure
from ingest.grounds import Grounds
from ingest.language import Language, Text
from ingest.link_candidates import How
from ingest.link_claims import SURE, with_concepts
from ingest.link_model import load_linker
from ingest.linking import Link, Mention
from ingest.names import Found, Names
from ingest.nlp import parse
from ingest.numeric_roles import NumericRoles
from ingest.other_model import OtherModel, load_other_model
from ingest.outcome_phrases import outcomes_in
from ingest.population_phrases import anaphor_in, before_arms, populations_in, subjects_of
from ingest.ranges import Ranges
from ingest.registry import RegistryArticle
from ingest.registry_claims import claims_of
from ingest.relate import RelationModel
from ingest.sides import sides_of
from ingest.study import read_study
from ingest.tables.claims import claims_of_rows
from ingest.tables.joining import joined
from ingest.tables.rows import rows_of
from ingest.tagger import load_lexicon, load_tagger
from ingest.terminology import ConceptKind, Terminology, load_terminology, shipped_table
from ingest.told import told_of
from ingest.told_phrases import is_an_arm, part_of_a_name, with_told_arms, with_told_outcomes
from ingest.trace import NO_TRACE, Trace
from ingest.trace_parts import note_sentence
from ingest.view import plain_view

_RATE_UNIT = re.compile(r"\bper\s+(?P<base>1[\d,]*)\s*(?:person|patient|woman)[\s-]?years?")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what it says of its study and the claims it makes; ``grounds`` of the claims by id."""

    article: Article
    study: Study | None
    claims: tuple[Claim, ...]
    grounds: Mapping[str, Grounds] = field(default_factory=dict)


@cache
def version() -> str:
    """Software version and a hash over the rules, the model and the terminology: what decides what a text yields."""
    digest = hashlib.sha256()
    package = resources.files("ingest")
    data = package / "data"
    parts = ("readers", "tables", "vocabularies")
    for folder in (package, data, data / "model", *(package / part for part in parts)):
        for item in sorted(folder.iterdir(), key=lambda i: i.name):
            if item.name.endswith((".py", ".tsv", ".npz", ".txt")):
                digest.update(item.name.encode() + b"\0" + item.read_bytes())
    try:
        software = metadata.version("picograph")
    except metadata.PackageNotFoundError:
        software = "unreleased"
    return f"{software}+{digest.hexdigest()[:12]}"


class Pipeline:
    """Reads articles; made once, used for many."""

    def __init__(
        self, terminology: Terminology, other: OtherModel | None = None, numeric: NumericRoles | None = None
    ) -> None:
        self._terminology = terminology
        self._names = Names(terminology)
        self._other = other
        self._numeric, self._relations = numeric or NumericRoles.load(), RelationModel.load()
        self._language = Language(load_tagger(), load_lexicon(), other, self._numeric)
        self.linker = load_linker(terminology)
        self._annotator = Annotator(self._language, self._names, self._relations, self.linker)

    @property
    def VERSION(self) -> str:  # noqa: N802 (a name other parts rely on)
        """See ``version``; with what the user has switched on: another model, vocabularies, a linker."""
        parts = [version()]
        if self._other is not None:
            parts.append(self._other.VERSION)
        if self._terminology.tables != (shipped_table(),):
            parts.append(f"terminology+{self._terminology.digest[:12]}")
        return ", ".join(parts)

    def read(self, article: Article, trace: Trace = NO_TRACE) -> Reading:
        """The study facts and claims of one article; never raises for odd content. None where it gives no evidence.

        ``trace`` takes notes of how the claims come about.
        """
        if isinstance(article, RegistryArticle):
            return Reading(article, *claims_of(article, self._names, self.linker))
        if article.no_evidence is not None:
            return Reading(article, None, ())
        text = _without_surrogates(article.text)
        view = plain_view(text)
        sections = article.sections
        content = [s for s in sections if s.kind not in (SectionKind.FURNITURE, SectionKind.TABLE)]
        parsed = parse(view, [s.span for s in content])
        definitions = find_definitions(view)
        short_forms = resolve(view, parsed.abbreviations, definitions)
        whole = Text(view, parsed, definitions)
        layers = self._language.layers(whole, ["concept", "result"], Aids(dictionary=False), self._annotator.kind_of)
        found = self._found(whole, layers["concept"], short_forms)
        told = told_of(whole, layers, self._relations, self._numeric)
        prose = [s for s in parsed.sentences if _kind_at(article, s) is not SectionKind.TITLE]
        names = learn_arms(view, parsed.sentences, found)
        rate = _RATE_UNIT.search(view)
        unit = f"/({rate['base'].replace(',', '')}.a)" if rate else None
        subjects = subjects_of(view, parsed.sentences, found)
        places = Ranges(found)
        sides = sides_of(view, parsed.sentences, short_forms, [a.span for a in told.arms])
        known = Known(article, view, tuple(found), names, unit, subjects, trace, told, sides, places)
        figures = Ranges(as_differences(view, attach(view, read_figures(view))))
        sentences = [self._sentence(known, span, figures.inside(span), places.inside(span)) for span in prose]
        study = read_study(article, view, parsed.sentences, names, short_forms)
        claims = with_concepts(assemble(known, sentences, study), self.linker, short_forms, view)
        claims = with_confidence(claims, known.grounds, trace)
        if article.tables:
            rows = claims_of_rows(known, (row for table in article.tables for row in rows_of(known, table)), study)
            claims = joined(claims, with_concepts(rows, self.linker, short_forms, view), trace)
        return Reading(article, study, claims, known.grounds)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """``read`` for each article in turn."""
        for article in articles:
            yield self.read(article)

    def annotate(
        self,
        text: str,
        *,
        layers: Collection[str] | None = None,
        entities: Sequence[Mapping[str, Any]] | None = None,
        aids: Aids | None = None,
    ) -> dict[str, Any]:
        """Entities, relations and abbreviation pairs of ``text`` as in the contract; see ``ingest.annotate``."""
        return self._annotator.annotate(_without_surrogates(text), layers=layers, entities=entities, aids=aids)

    def _found(self, text: Text, told: Sequence[Tag], short_forms: Mapping[str, str]) -> list[Found]:
        """Names of the terminology, and drugs of the mentions that the language model ``told``."""
        view = text.text
        found = self._names.find(view, text.parsed.tokens, short_forms)
        known = Ranges(found)
        drugs = [t for t in told if t.label == "DRUG" and not known.overlapping(t.span)]
        links = self.linker.link(
            [Mention(t.span.of(view), ConceptKind.DRUG) for t in drugs], short_forms, view, by_name=True
        )
        surest: dict[str, float] = {}
        for tag in drugs:  # a drug that is one at one place of the article is one at all of them
            form = tag.span.of(view).casefold()
            surest[form] = max(surest.get(form, 0.0), tag.score or 0.0)
        new = [
            made
            for tag, link in zip(drugs, links, strict=True)
            if (made := self._new_drug(view, tag, link, surest[tag.span.of(view).casefold()]))
        ]
        found = sorted([*found, *new], key=lambda f: f.span)
        out: list[Found] = []
        for f in found:
            if (
                out
                and f.short
                and re.fullmatch(r"\s*[(\[]\s*", view[out[-1].span.end : f.span.start])
                and f.concepts[0] in out[-1].concepts
            ):
                continue
            out.append(f)
        return out

    def _new_drug(self, view: str, tag: Tag, link: Link, surest: float) -> Found | None:
        """A drug that is not among the names in the text: with its concept where the mention is the name of one.

        A name of the terminology is believed with less of the model's word than one that nobody knows.
        """
        best = link.weighed[0].candidate if link.weighed else None
        if len(link.concepts) == 1 and best is not None and best.how <= How.LOOSE and (link.score or 0.0) >= SURE:
            concept = self._terminology.get(link.concepts[0])
            drug = concept is not None and concept.kind is ConceptKind.DRUG and concept.name.casefold() not in MEASURED
            if concept is not None and drug and (surest >= MIN_SCORE_OF_A_NAME or _is_new_drug(view, tag)):
                return Found(tag.span, (concept,))
        return Found(tag.span, (), told=ConceptKind.DRUG) if _is_new_drug(view, tag) else None

    def _sentence(self, known: Known, span: Span, figures: list[Figure], here: list[Found]) -> Sentence:
        view = known.view
        arms = arms_in(view, span, here, known.arms)
        populations = populations_in(view, span, here)
        populations = [cut for p in populations if (cut := before_arms(view, p, arms)) is not None]
        populations = [p for p in populations if not part_of_a_name(p, known.told)]
        arms = [a for a in arms if is_an_arm(view, span, a)]
        arms = [a for a in arms if not any(p.span.contains(a.span) for p in populations)]
        arms = with_told_arms(view, span, arms, [p.span for p in populations], known.told, known.places)
        taken = [p.span for p in (*populations, *arms)]
        outcomes = outcomes_in(view, span, here, taken, known.subjects)
        outcomes = with_told_outcomes(view, span, outcomes, taken, known.told)
        section = known.article.section_at(span.start)
        kind, name = (section.kind, section.name) if section else (SectionKind.BODY, None)
        sentence = Sentence(
            span, kind, name, tuple(figures), tuple(arms), tuple(outcomes), tuple(populations), anaphor_in(view, span)
        )
        note_sentence(known, sentence)
        return sentence


def _kind_at(article: Article, span: Span) -> SectionKind:
    section = article.section_at(span.start)
    return section.kind if section else SectionKind.BODY


def _without_surrogates(text: str) -> str:
    """Lone surrogates, which no UTF-8 can carry, as replacement marks; offsets stay."""
    return (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if re.search("[\ud800-\udfff]", text)
        else text
    )


MIN_SCORE = 0.8
"""A drug that the terminology does not know counts as one for claims when the model is this sure of every word.

Those of another model count as they are: the user chose it, and it gives no scores.
"""
MIN_SCORE_OF_A_NAME = 0.5
"""The same for a drug that the terminology has under these very words."""
MEASURED = frozenset(
    ["albumin", "ammonia", "bicarbonate", "bilirubin", "calcium", "cholesterol", "creatinine", "ferritin", "glucose",
     "glycated haemoglobin", "hemoglobins", "iron", "lactic acid", "lipids", "magnesium", "nitrogen", "oxygen",
     "phosphorus", "potassium", "sodium", "triglycerides", "urea", "uric acid", "water", "carbon dioxide"]
)  # fmt: skip
"""Preferred names of what is measured in patients more often than given to them."""


def _is_new_drug(view: str, tag: Tag) -> bool:
    sure = tag.by == "other model" or (tag.score or 0.0) >= MIN_SCORE
    return tag.label == "DRUG" and sure and len(tag.span.of(view)) > 4


@cache
def load_pipeline(model: str | None = None) -> Pipeline:
    """The pipeline with the model and the terminology that ship with picograph; built once per process.

    ``model`` names another spaCy pipeline that finds drugs and diseases in place of ours. Raises OtherModelError when
    it cannot be used.
    """
    return Pipeline(load_terminology(), load_other_model(model) if model else None)
