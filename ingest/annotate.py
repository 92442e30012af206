"""``picograph annotate``: entities, relations and abbreviations in the layers of the contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ingest.abbreviations import Definition, find_definitions, resolve
from ingest.aids import Aids, Tag
from ingest.article import Span
from ingest.language import LAYERS, Language, Text
from ingest.names import Found, Names
from ingest.nlp import parse
from ingest.ranges import Ranges
from ingest.relate import RelationModel
from ingest.terminology import ConceptKind

_LABELS = {ConceptKind.DRUG: "DRUG", ConceptKind.DISEASE: "DISEASE"}
HEAD = 0.4
"""The least share of a mention that names in it must make up for their concepts to be those of the mention."""
Entity = dict[str, Any]


class Annotator:
    """The language model, the names of the terminology and the relation model together; made once, for many texts."""

    def __init__(self, language: Language, names: Names, relations: RelationModel) -> None:
        self._language = language
        self._names = names
        self._relations = relations

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
        if entities is not None:
            sole = next(iter(wanted)) if len(wanted) == 1 else "concept"
            out = [self._given(text, e, sole) for e in entities]
        else:
            known = self._names.find(text, parsed.tokens, resolve(text, parsed.abbreviations, definitions))
            names = [Tag(f.span, _LABELS[f.kind], None, "terminology") for f in known if f.kind in _LABELS]
            found = Ranges(known)
            read = self._language.layers(Text(text, parsed, definitions, names), wanted, aids, self.kind_of)
            out = [
                _entity(text, tag, layer, self._concepts_at(text, tag, found))
                for layer, tags in read.items()
                for tag in tags
            ]
            out.sort(key=lambda e: (e["start"], e["end"], e["layer"], e["label"]))
        relations = self._relations.relate(text, parsed.sentences, out) if "result" in wanted else []
        return {"entities": out, "relations": relations, "pairs": [_pair(text, d) for d in definitions]}

    def _concepts_at(self, text: str, tag: Tag, found: Ranges[Found]) -> list[str]:
        """Concepts that the mention's words name as a whole or, where they are a good part of it, in it."""
        there = found.overlapping(tag.span)
        whole = [f for f in there if f.span == tag.span]
        if whole:
            return [c.iri for c in whole[0].concepts]
        named = self._concepts(tag.span.of(text))
        inside = [f for f in there if tag.span.contains(f.span) and _LABELS.get(f.kind) == tag.label]
        if named or sum(len(f.span) for f in inside) <= HEAD * len(tag.span):
            return named
        return [c.iri for f in inside for c in f.concepts[:1]]

    def _concepts(self, words: str) -> list[str]:
        return [c.iri for c in self._names.look_up(words)]

    def kind_of(self, words: str) -> str | None:
        """The kind of concept that ``words`` name in the terminology; None where it has none."""
        found = self._names.look_up(words)
        return found[0].kind if found else None

    def _given(self, text: str, entity: Mapping[str, Any], layer: str) -> Entity:
        span = Span(int(entity["start"]), int(entity["end"]))
        if span.end > len(text):
            raise ValueError(f"entity {span.start}-{span.end} ends behind the text, which has {len(text)} characters")
        tag = Tag(span, str(entity.get("label", "")))
        made = _entity(text, tag, str(entity.get("layer", layer)), self._concepts(span.of(text)))
        return {**entity, **{k: v for k, v in made.items() if k not in ("label", "layer") or k not in entity}}


def _entity(text: str, tag: Tag, layer: str, concepts: Sequence[str]) -> Entity:
    return {
        "start": tag.span.start,
        "end": tag.span.end,
        "label": tag.label,
        "layer": layer,
        "text": tag.span.of(text),
        "concept": concepts[0] if concepts else None,
        "concepts": list(concepts),
        "score": tag.score,
    }


def _pair(text: str, definition: Definition) -> dict[str, Any]:
    short, long = definition.short_span, definition.long_span
    ranges = {"lf_start": long.start, "lf_end": long.end, "sf_start": short.start, "sf_end": short.end}
    return {"sf": definition.short, "lf": long.of(text)} | ranges
