"""The result layer by cross-validation: ``python -m training.cross_validation --help``.

Five folds over the train and dev sentences of rct-art, grouped by abstract. Each fold starts from the encoder as it is
after the steady phase of ``training.build``, which has seen no result sentence, goes through the falling phase with the
other four folds, and trains its own relations. Figures are those of the whole layer: network, rules, relations.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

import torch

from ingest.aids import Tag
from ingest.article import Span
from ingest.measures import mend_measures
from ingest.relate import RelationModel
from ingest.sentences import split_sentences
from training import relations, vectors
from training.batches import Numbering
from training.build import falling_phase, new_model, training_sentences
from training.corpora import Row, read_split
from training.examples import HEADS, gold_spans, sentences_of
from training.fit import Gold, predict, score
from training.folds import grouped_folds

_RESULT = next(h for h in HEADS if h.name == "result")
Triple = tuple[str, str, Span, Span]


def spans_by_text(found: Gold) -> dict[str, list[Tag]]:
    """Mentions by text, in order."""
    out: dict[str, list[Tag]] = {}
    for text_id, span, label in sorted(found):
        out.setdefault(text_id, []).append(Tag(span, label))
    return out


def gold_triples(rows: Sequence[Row]) -> set[Triple]:
    """(text, label, head, tail) of every gold relation."""
    place = [{i: Span(e["start"], e["end"]) for i, e in enumerate(r["entities"])} for r in rows]
    return {
        (str(r["id"]), rel["label"], spans[rel["head"]], spans[rel["tail"]])
        for r, spans in zip(rows, place, strict=True)
        for rel in r["relations"]
    }


def found_triples(rows: Sequence[Row], mentions: dict[str, list[Tag]], model: RelationModel) -> set[Triple]:
    """The same for mentions and relations of our own."""
    out: set[Triple] = set()
    for row in rows:
        tags = mentions.get(str(row["id"]), [])
        entities = [{"start": t.span.start, "end": t.span.end, "label": t.label} for t in tags]
        for r in model.relate(row["text"], split_sentences(row["text"]), entities):
            out.add((str(row["id"]), r["label"], tags[r["head"]].span, tags[r["tail"]].span))
    return out


def _line(title: str, gold: Set[Any], found: Set[Any]) -> str:
    p, r, f = score(gold, found)
    return f"{title}: P {p:.3f} R {r:.3f} F {f:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.cross_validation", description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/model"), help="what `make model` kept on its way")
    parser.add_argument("--folds", type=int, nargs="*", default=[0, 1, 2, 3, 4], help="only these (0 to 4)")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    words = vectors.load(asked.cache / "vectors.npz")
    numbering = Numbering(["", *words.keys])
    sentences, _ = training_sentences()
    rows = read_split("rct-art", "train") + read_split("rct-art", "dev")
    fold_of = grouped_folds(rows)
    gold: Gold = set()
    plain: Gold = set()
    mended: Gold = set()
    wanted: set[Triple] = set()
    joint: set[Triple] = set()
    for fold in asked.folds:
        known = [r for r, f in zip(rows, fold_of, strict=True) if f != fold]
        unseen = [r for r, f in zip(rows, fold_of, strict=True) if f == fold]
        model = new_model(words, [h.name for h in HEADS])
        model.load_state_dict(torch.load(asked.cache / "steady.pt"))
        falling_phase(model, numbering, sentences | {"result": list(sentences_of(known, _RESULT))})
        found = predict(model, numbering, "result", list(sentences_of(unseen, _RESULT)))
        mentions = {
            str(r["id"]): mend_measures(
                r["text"], spans_by_text(found).get(str(r["id"]), []), split_sentences(r["text"])
            )
            for r in unseen
        }
        model_of_relations = RelationModel.of(relations.train(known))
        gold |= gold_spans(unseen, _RESULT)
        plain |= found
        mended |= {(text_id, t.span, t.label) for text_id, tags in mentions.items() for t in tags}
        wanted |= gold_triples(unseen)
        joint |= found_triples(unseen, mentions, model_of_relations)
        print(f"fold {fold} done; so far {_line('entities', gold, mended)}", file=sys.stderr, flush=True)
    print(_line("entities, network alone", gold, plain))
    print(_line("entities", gold, mended))
    for label in ("INTERVENTION", "OUTCOME", "MEASURE"):
        print(_line(f"  {label}", {g for g in gold if g[2] == label}, {g for g in mended if g[2] == label}))
    print(_line("joint, strict triples", wanted, joint))


if __name__ == "__main__":
    main()
