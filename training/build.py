"""``make model``: everything that the language model consists of, from the corpora to the card, with fixed seeds."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from ingest.tags import tags_of
from training import linking, numeric_roles, relations, vectors
from training.batches import Numbering
from training.card import card_of, commit, figures, write_card
from training.corpora import read_split
from training.examples import HEADS, Head, Sentence, load, sentences_of
from training.export import arrays_of, lean
from training.fit import Plan, Task, fit
from training.lexicon import lexicon_of
from training.network import Encoder, Model, Sizes
from training.overlap import pieces, without
from training.texts import write_lines

SHIPPED = ("concept", "result", "pio", "role")
"""The heads that ship; the others only teach the encoder."""
SEED = 7
DROPOUT = 0.33
SIZES = Sizes()
STEADY, FALLING = 8, 2
"""Epochs at a steady rate over all heads but ``result``, and at a falling one over all of them."""
TIMES = {"ade": 0.5, "ctro": 0.5, "phee": 0.5}
RESULT_TIMES = 12.0
LEAN = {"concept": {"O": 0.5}, "pio": {"B": 1.0, "S": 1.0}}
"""What ``lean`` adds to the scores of tags; chosen on dev, see docs/quality.md."""
MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"


def kept_out() -> tuple[set[str], set[str]]:
    """Pieces of dev texts, and the same with those of every result sentence: one for ``result``, one for the others."""
    dev = pieces(row["text"] for head in HEADS for row in load(head, "dev"))
    result = pieces(row["text"] for split in ("train", "dev") for row in read_split("rct-art", split))
    return dev, dev | result


def training_sentences() -> tuple[dict[str, list[Sentence]], dict[str, int]]:
    """Sentences of the train split of every head's corpus, and how many texts were left out for standing in dev."""
    dev, both = kept_out()
    found: dict[str, list[Sentence]] = {}
    dropped = {}
    for head in HEADS:
        rows, dropped[head.corpus] = without(load(head, "train"), dev if head.name == "result" else both)
        found[head.name] = list(sentences_of(rows, head))
    return found, dropped


def labels_of(head: Head) -> list[str]:
    """The head's labels, each once, in the order in which it names them."""
    return list(dict.fromkeys(head.labels.values()))


def new_model(words: vectors.Vectors, heads: Sequence[str]) -> Model:
    """An untrained model with ``heads``."""
    torch.manual_seed(SEED)
    encoder = Encoder(words.padded, SIZES, DROPOUT)
    return Model(encoder, {h.name: labels_of(h) for h in HEADS if h.name in heads}, 2 * SIZES.hidden, DROPOUT)


def tasks_of(sentences: dict[str, list[Sentence]]) -> list[Task]:
    """All heads but ``result``."""
    return [Task(h.name, sentences[h.name], TIMES.get(h.name, 1.0)) for h in HEADS if h.name != "result"]


def steady_phase(model: Model, numbering: Numbering, sentences: dict[str, list[Sentence]]) -> None:
    """All heads but ``result``: their texts are many."""
    fit(model, numbering, tasks_of(sentences), Plan(STEADY, seed=SEED, falling=False))


def falling_phase(model: Model, numbering: Numbering, sentences: dict[str, list[Sentence]]) -> None:
    """All heads, ``result`` several times an epoch, at a falling rate: learnt alone it would forget the others."""
    tasks = [*tasks_of(sentences), Task("result", sentences["result"], RESULT_TIMES)]
    fit(model, numbering, tasks, Plan(FALLING, seed=SEED + 1, warm=0.0))


def write_tagger(model: Model, words: vectors.Vectors, sentences: dict[str, list[Sentence]], folder: Path) -> None:
    """Write the network, its words, its heads and the dictionary of training mentions."""
    folder.mkdir(parents=True, exist_ok=True)
    heads = {h.name: labels_of(h) for h in HEADS if h.name in SHIPPED}
    arrays = arrays_of(model, SHIPPED)
    lean(arrays, {name: tags_of(labels) for name, labels in heads.items()}, LEAN)
    np.savez_compressed(folder / "tagger.npz", **arrays)
    (folder / "words.txt").write_text("\n".join(words.keys), encoding="utf-8")
    lexicon = sorted(lexicon_of(sentences["concept"]).items())
    lines = [f"{' '.join(form)}\t{label}\n" for form, label in lexicon]
    (folder / "lexicon.tsv").write_text("".join(lines), encoding="utf-8")
    (folder / "heads.json").write_text(json.dumps(heads, indent=1) + "\n", encoding="utf-8")


def train_network(folder: Path, cache: Path, told: Callable[[str], None]) -> dict[str, int]:
    """Write the network to ``folder`` and its stages to ``cache``; returns the texts left out, by corpus."""
    count = write_lines(cache / "lines.txt", kept_out()[1])
    told(f"{count:,} words of running text")
    words = vectors.train_vectors(cache / "lines.txt", SIZES.vectors)
    vectors.save(words, cache / "vectors.npz")
    told(f"vectors of {len(words.keys):,} words")
    sentences, dropped = training_sentences()
    told(f"{sum(map(len, sentences.values())):,} sentences, {sum(dropped.values())} texts left out")
    numbering = Numbering(["", *words.keys])
    model = new_model(words, [h.name for h in HEADS])
    steady_phase(model, numbering, sentences)
    torch.save(model.state_dict(), cache / "steady.pt")
    told("encoder at a steady rate")
    falling_phase(model, numbering, sentences)
    torch.save(model.state_dict(), cache / "model.pt")
    write_tagger(model, words, sentences, folder)
    told("all heads")
    return dropped


def resumed(folder: Path, cache: Path) -> dict[str, int]:
    """As ``train_network``, from the vectors and the network that an earlier run kept in ``cache``."""
    words = vectors.load(cache / "vectors.npz")
    sentences, dropped = training_sentences()
    model = new_model(words, [h.name for h in HEADS])
    model.load_state_dict(torch.load(cache / "model.pt"))
    write_tagger(model, words, sentences, folder)
    return dropped


def build(folder: Path, cache: Path, resume: bool = False) -> None:
    """Train everything and write it to ``folder``; texts, vectors and network are kept in ``cache`` on the way.

    With ``resume`` the network is that of the last run, and only what is built on it is trained anew.
    """
    began, version = time.monotonic(), commit()
    kept = cache / "minutes.txt"
    if resume and not kept.is_file():
        raise FileNotFoundError(f"{cache} holds no network of an earlier run; run once without --resume")
    before = float(kept.read_text()) if resume else 0.0

    def minutes() -> float:
        return before + (time.monotonic() - began) / 60

    def told(what: str) -> None:
        print(f"{minutes():5.1f} min  {what}", file=sys.stderr, flush=True)

    cache.mkdir(parents=True, exist_ok=True)
    if resume:
        dropped = resumed(folder, cache)
    else:
        dropped = train_network(folder, cache, told)
        kept.write_text(f"{minutes():.1f}")
    np.savez_compressed(folder / "relations.npz", **relations.train(read_split("rct-art", "train")))
    told("relations")
    np.savez_compressed(folder / "roles.npz", **numeric_roles.build(folder))
    told("numeric roles")
    linking.build(folder)
    told("linking")
    card = card_of(folder, {h.name: labels_of(h) for h in HEADS if h.name in SHIPPED}, dropped, version)
    scores = figures() if folder.resolve() == MODEL else []  # they are those of the model in the package
    write_card(folder, card | {"minutes": round(minutes(), 1), "figures": scores})
    told("figures and card")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model (default: the package's own)")
    parser.add_argument("--cache", type=Path, default=Path(".cache/model"), help="folder for what comes on the way")
    parser.add_argument("--resume", action="store_true", help="take the network of the last run from the cache")
    asked = parser.parse_args(arguments)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    try:
        build(asked.out, asked.cache, asked.resume)
    except FileNotFoundError as error:
        sys.exit(f"make model: {error}")


if __name__ == "__main__":
    main()
