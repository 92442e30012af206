"""``picograph annotate``: entities, relations and abbreviations in the layers of the contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ingest.abbreviations import Definition, find_definitions, resolve
from ingest.aids import Aids, Tag
from ingest.article import Span
from ingest.language import LAYERS, Language, Text
from ingest.link_model import load_unmentioned
from ingest.linking import Link, Linker, Mention
from ingest.names import Names
from ingest.nlp import parse
from ingest.relate import RelationModel
from ingest.term_keys import key_of
from ingest.terminology import ConceptKind

_LABELS = {ConceptKind.DRUG: "DRUG", ConceptKind.DISEASE: "DISEASE"}
_KINDS = {"DRUG": "drug", "DISEASE": "disease", "OUTCOME": "outcome", "INTERVENTION": "drug"}
"""The kind of concept that a label speaks for."""
_LINKED = frozenset({"concept", "result", "pio"})
_NOT_LINKED = frozenset({"MEASURE", "PARTICIPANTS"})
Entity = dict[str, Any]


class Annotator:
    """The language model, the names of the terminology and the relation model together; made once, for many texts."""

    def __init__(self, language: Language, names: Names, relations: RelationModel, linker: Linker) -> None:
        self._language = language
        self._names = names
        self._relations = relations
        self._linker = linker
        self._passed_over = load_unmentioned()

    def annotate(
        self,
        text: str,
        *,
        layers: Collection[str] | None = None,
        entities: Sequence[Mapping[str, Any]] | None = None,
        aids: Aids | None = None,
    ) -> dict[str, Any]:
        """``{"entities", "relations", "pairs"}`` of ``text``; given ``entities`` are kept, and only get concepts.

        Raises ValueError for an unknown layer, or for given entities whose range is not in the text.
        """
        wanted = set(layers) if layers else set(LAYERS)
        unknown = wanted - set(LAYERS)
        if unknown:
            raise ValueError(f"unknown layer {', '.join(sorted(unknown))}; known: {', '.join(LAYERS)}")
        parsed = parse(text, [Span(0, len(text))] if text.strip() else [])
        definitions = find_definitions(text)
        short = resolve(text, parsed.abbreviations, definitions)
        if entities is not None:
            sole = next(iter(wanted)) if len(wanted) == 1 else "concept"
            tags = [_given(text, e, sole) for e in entities]
        else:
            known = self._names.find(text, parsed.tokens, short)
            names = [
                Tag(f.span, _LABELS[f.kind], None, "terminology")
                for f in known
                if f.kind in _LABELS and key_of(f.span.of(text)) not in self._passed_over
            ]
            read = self._language.layers(Text(text, parsed, definitions, names), wanted, aids, self.kind_of)
            tags = [(tag, layer) for layer, found in read.items() for tag in found]
            tags.sort(key=lambda pair: (pair[0].span, pair[1], pair[0].label))
        links = self._links(text, tags, short, sure=entities is not None)
        out = [_entity(text, tag, layer, link) for (tag, layer), link in zip(tags, links, strict=True)]
        if entities is not None:
            out = [_kept(e, made) for e, made in zip(entities, out, strict=True)]
        relations = self._relations.relate(text, parsed.sentences, out) if "result" in wanted else []
        return {"entities": out, "relations": relations, "pairs": [_pair(text, d) for d in definitions]}

    def _links(self, text: str, tags: Sequence[tuple[Tag, str]], short: Mapping[str, str], *, sure: bool) -> list[Link]:
        """A link for each mention; numbers, people and roles have no concept and get an empty one."""
        wanted = [i for i, (tag, layer) in enumerate(tags) if layer in _LINKED and tag.label not in _NOT_LINKED]
        mentions = [
            Mention(tag.span.of(text), kind_of_label(tag.label), search=sure or layer == "concept")
            for tag, layer in (tags[i] for i in wanted)
        ]
        out = [Link()] * len(tags)
        for i, link in zip(wanted, self._linker.link(mentions, short, text, sure=sure), strict=True):
            out[i] = link
        return out

    def kind_of(self, words: str) -> str | None:
        """The kind of concept that ``words`` name in the terminology; None where it has none."""
        found = self._names.look_up(words)
        return found[0].kind if found else None


def kind_of_label(label: str) -> str | None:
    """The kind of concept that an entity's label speaks for, ours or a corpus's; None where it tells none."""
    if label.casefold() == "chemical":
        return ConceptKind.DRUG
    return _KINDS.get(label.upper())


def _given(text: str, entity: Mapping[str, Any], layer: str) -> tuple[Tag, str]:
    span = Span(int(entity["start"]), int(entity["end"]))
    if span.end > len(text):
        raise ValueError(f"entity {span.start}-{span.end} ends behind the text, which has {len(text)} characters")
    return Tag(span, str(entity.get("label", ""))), str(entity.get("layer", layer))


def _kept(given: Mapping[str, Any], made: Entity) -> Entity:
    return {**given, **{k: v for k, v in made.items() if k not in ("label", "layer") or k not in given}}


def _entity(text: str, tag: Tag, layer: str, link: Link) -> Entity:
    return {
        "start": tag.span.start,
        "end": tag.span.end,
        "label": tag.label,
        "layer": layer,
        "text": tag.span.of(text),
        "concept": link.concepts[0] if link.concepts else None,
        "concepts": list(link.concepts),
        "modifiers": list(link.modifiers),
        "link_score": link.score,
        "score": tag.score,
    }


def _pair(text: str, definition: Definition) -> dict[str, Any]:
    short, long = definition.short_span, definition.long_span
    ranges = {"lf_start": long.start, "lf_end": long.end, "sf_start": short.start, "sf_end": short.end}
    return {"sf": definition.short, "lf": long.of(text)} | ranges
