"""``picograph annotate``: entities, relations and abbreviations in the layers of the contract."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ingest.abbreviations import Definition, find_definitions, resolve
from ingest.arm_phrases import arms_in
from ingest.article import Span
from ingest.attach import attach
from ingest.effects import read_figures
from ingest.figures import FigureKind
from ingest.nlp import parse
from ingest.outcome_phrases import outcomes_in
from ingest.phrases import ArmNames, Phrase
from ingest.population_phrases import populations_in
from ingest.recognise import Found, Recogniser
from ingest.terminology import ConceptKind

LAYERS = ("result", "pio", "concept", "role")
_LABELS = {ConceptKind.DRUG: "DRUG", ConceptKind.DISEASE: "DISEASE"}


def annotate_text(
    recogniser: Recogniser,
    text: str,
    *,
    layers: Collection[str] | None = None,
    entities: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """``{"entities", "relations", "pairs"}`` of ``text``; given ``entities`` are kept and only get concepts.

    Raises ValueError for an unknown layer, or for given entities whose range is not in the text. The ``role`` layer has
    no recogniser yet and stays empty.
    """
    wanted = set(layers) if layers else set(LAYERS)
    unknown = wanted - set(LAYERS)
    if unknown:
        raise ValueError(f"unknown layer {', '.join(sorted(unknown))}; known: {', '.join(LAYERS)}")
    parsed = parse(text, [Span(0, len(text))] if text.strip() else [])
    short_forms = resolve(text, parsed.abbreviations)
    found = recogniser.find(text, parsed.tokens, short_forms)
    if entities is not None:
        sole = next(iter(wanted)) if len(wanted) == 1 else "concept"
        out = [_given(recogniser, text, e, sole) for e in entities]
    else:
        out = []
        for sentence in parsed.sentences:
            out.extend(_of_sentence(text, sentence, found, wanted))
        if "concept" in wanted:
            out.extend(_concept(text, f) for f in found if f.kind in _LABELS)
        out.sort(key=lambda e: (e["start"], e["end"], e["layer"], e["label"]))
    relations = _relations(text, parsed.sentences, out) if "result" in wanted else []
    pairs = [_pair(text, d) for d in find_definitions(text)]
    return {"entities": out, "relations": relations, "pairs": pairs}


def _pair(text: str, definition: Definition) -> dict[str, Any]:
    short, long = definition.short_span, definition.long_span
    ranges = {"lf_start": long.start, "lf_end": long.end, "sf_start": short.start, "sf_end": short.end}
    return {"sf": definition.short, "lf": long.of(text)} | ranges


def _entity(text: str, span: Span, label: str, layer: str, concepts: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "label": label,
        "layer": layer,
        "text": span.of(text),
        "concept": concepts[0] if concepts else None,
        "concepts": list(concepts),
        "score": None,
    }


def _concept(text: str, found: Found) -> dict[str, Any]:
    return _entity(text, found.span, _LABELS[found.kind], "concept", [c.iri for c in found.concepts])


def _given(recogniser: Recogniser, text: str, entity: Mapping[str, Any], layer: str) -> dict[str, Any]:
    span = Span(int(entity["start"]), int(entity["end"]))
    if span.end > len(text):
        raise ValueError(f"entity {span.start}-{span.end} ends behind the text, which has {len(text)} characters")
    concepts = [c.iri for c in recogniser.look_up(span.of(text))]
    made = _entity(text, span, str(entity.get("label", "")), str(entity.get("layer", layer)), concepts)
    return {**entity, **{k: v for k, v in made.items() if k not in ("label", "layer") or k not in entity}}


def _of_sentence(text: str, sentence: Span, found: Sequence[Found], wanted: Collection[str]) -> list[dict[str, Any]]:
    here = [f for f in found if sentence.contains(f.span)]
    arms = arms_in(text, sentence, here, ArmNames())
    populations = populations_in(text, sentence, here)
    outcomes = outcomes_in(text, sentence, here, [p.span for p in (*arms, *populations)])
    out: list[dict[str, Any]] = []

    def add(phrases: Sequence[Phrase], label: str, layer: str) -> None:
        out.extend(_entity(text, p.span, label, layer, [c.iri for c in p.concepts]) for p in phrases)

    if "result" in wanted:
        words = sentence.of(text)
        figures = attach(words, read_figures(words))
        values = [
            Span(sentence.start + f.span.start, sentence.start + f.span.end)
            for f in figures
            if f.kind is FigureKind.VALUE
        ]
        if values:
            add(arms, "INTERVENTION", "result")
            add(outcomes, "OUTCOME", "result")
            out.extend(_entity(text, v, "MEASURE", "result") for v in values)
    if "pio" in wanted:
        add(populations, "PARTICIPANTS", "pio")
        add(arms, "INTERVENTION", "pio")
        add(outcomes, "OUTCOME", "pio")
    return out


def _relations(text: str, sentences: Sequence[Span], entities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """MEASURE to arm and outcome within a sentence: values in turn over the arms, the outcome named last before."""
    relations: list[dict[str, Any]] = []
    for sentence in sentences or [Span(0, max(1, len(text)))]:
        inside = [(i, e) for i, e in enumerate(entities) if sentence.start <= e["start"] and e["end"] <= sentence.end]
        by = {
            label: [(i, e) for i, e in inside if re.fullmatch(pattern, str(e["label"]))]
            for label, pattern in (("I", "INTERVENTION|INTV"), ("O", "OUTCOME|OC"), ("M", "MEASURE|MEAS"))
        }
        arms: list[list[int]] = []
        names: list[str] = []
        for i, e in by["I"]:
            name = str(e["text"]).casefold()
            if name in names:
                arms[names.index(name)].append(i)
            else:
                names.append(name)
                arms.append([i])
        for n, (m, measure) in enumerate(by["M"]):
            if arms:
                which = n % min(2, len(arms)) if len(by["M"]) % min(2, len(arms)) == 0 else min(n, len(arms) - 1)
                relations.append({"head": arms[which][0], "tail": m, "label": f"A{min(which, 1) + 1}_RES"})
            before = [i for i, o in by["O"] if o["end"] <= measure["start"]]
            outcome = before[-1] if before else by["O"][0][0] if by["O"] else None
            if outcome is not None:
                relations.append({"head": outcome, "tail": m, "label": "OC_RES"})
    return relations
