"""Training of the shared encoder and its heads, all corpora in turn, batch by batch."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

import torch

from ingest.article import Span
from ingest.tags import best_path, decode
from training.batches import Numbering, grouped
from training.examples import Sentence
from training.network import Crf, Model

Gold = set[tuple[str, Span, str]]


@dataclass(frozen=True, slots=True)
class Task:
    """What a head is trained on, with how often each epoch goes over it."""

    head: str
    sentences: Sequence[Sentence]
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast."""

    epochs: int
    rate: float = 2.5e-3
    tokens: int = 1000
    seed: int = 7
    average: float = 0.998
    decay: float = 0.01
    warm: float = 0.05
    falling: bool = True
    """Whether the rate falls to nothing by the last step, along a cosine."""


def epoch_of(tasks: Sequence[Task], plan: Plan, shuffle: random.Random) -> list[tuple[str, list[Sentence]]]:
    """The batches of one epoch with their heads, shuffled."""
    out: list[tuple[str, list[Sentence]]] = []
    for task in tasks:
        whole, part = divmod(task.times, 1)
        for _ in range(int(whole)):
            out += [(task.head, b) for b in grouped(task.sentences, plan.tokens, shuffle)]
        if part:
            some = shuffle.sample(range(len(task.sentences)), int(part * len(task.sentences)))
            out += [(task.head, b) for b in grouped([task.sentences[i] for i in some], plan.tokens, shuffle)]
    shuffle.shuffle(out)
    return out


def fit(model: Model, numbering: Numbering, tasks: Sequence[Task], plan: Plan) -> None:
    """Train in place, telling each epoch on standard error; at the end the weights are their average over the steps."""
    shuffle = random.Random(plan.seed)  # noqa: S311  (nothing secret)
    torch.manual_seed(plan.seed)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=plan.decay, betas=(0.9, 0.99))
    steps = len(epoch_of(tasks, plan, random.Random(plan.seed + 1))) * plan.epochs  # noqa: S311
    average = [p.detach().clone() for p in trained]
    number = {h: {t: i for i, t in enumerate(m.tags)} for h, m in model.heads.items() if isinstance(m, Crf)}
    step = 0
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        model.train()
        for head, batch in epoch_of(tasks, plan, shuffle):
            share = min(1.0, step / max(1, steps))
            factor = min(1.0, (step + 1) / (plan.warm * steps + 1))
            if plan.falling:
                factor *= 0.5 + 0.5 * math.cos(math.pi * share)
            for group in optimiser.param_groups:
                group["lr"] = plan.rate * max(factor, 0.01)
            optimiser.zero_grad()
            loss = model.loss(head, numbering.batch(batch, number[head]))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            total += float(loss.detach())
            step += 1
            weight = min(plan.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(average, [p.detach() for p in trained], 1 - weight)
        told = f"epoch {epoch + 1} of {plan.epochs}: loss {total:.1f}, {time.time() - began:.0f} s"
        print(told, file=sys.stderr, flush=True)
    with torch.no_grad():
        for p, mean in zip(trained, average, strict=True):
            p.copy_(mean)


def predict(model: Model, numbering: Numbering, head: str, sentences: Sequence[Sentence]) -> Gold:
    """Spans in characters that the head finds."""
    model.eval()
    crf = model.heads[head]
    assert isinstance(crf, Crf)
    found: Gold = set()
    with torch.no_grad():
        grid = crf.grid().numpy()
        for batch in grouped(sentences, 4000, None):
            states = model.encoder(numbering.batch(batch))
            emissions = crf.linear(states).numpy()
            paths = best_path(emissions, grid, [len(s.words) for s in batch])
            for s, path in zip(batch, paths, strict=True):
                for a, b, label in decode([crf.tags[i] for i in path]):
                    found.add((s.text_id, Span(s.starts[a], s.ends[b - 1]), label))
    return found


def score(gold: Set[Any], found: Set[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 of ``found``, whose items count when they are in ``gold`` as they are."""
    hits = len(gold & found)
    p, r = hits / max(1, len(found)), hits / max(1, len(gold))
    return p, r, 2 * p * r / max(1e-9, p + r)
