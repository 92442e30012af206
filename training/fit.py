"""Training of the shared encoder and its heads, all corpora in turn, batch by batch."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    rate: float = 2e-3
    tokens: int = 1200
    seed: int = 7
    average: float = 0.998
    decay: float = 0.01
    warm: float = 0.05


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


def fit(
    model: Model,
    numbering: Numbering,
    tasks: Sequence[Task],
    plan: Plan,
    parameters: Iterable[Mapping[str, object]] | None = None,
    after: Callable[[int], None] | None = None,
) -> None:
    """Train in place; at the end the weights are the running average over the steps."""
    shuffle = random.Random(plan.seed)  # noqa: S311
    torch.manual_seed(plan.seed)
    groups = list(parameters) if parameters else [{"params": [p for p in model.parameters() if p.requires_grad]}]
    optimiser = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, betas=(0.9, 0.99))
    steps = sum(len(epoch_of(tasks, plan, random.Random(plan.seed + 1))) for _ in range(1)) * plan.epochs  # noqa: S311
    trained = [p for g in groups for p in g["params"]]  # type: ignore[attr-defined]
    average = [p.detach().clone() for p in trained]
    number = {h: {t: i for i, t in enumerate(m.tags)} for h, m in model.heads.items() if isinstance(m, Crf)}
    step = 0
    for epoch in range(plan.epochs):
        began, total = time.time(), 0.0
        model.train()
        for head, batch in epoch_of(tasks, plan, shuffle):
            share = min(1.0, step / max(1, steps))
            factor = min(1.0, (step + 1) / (plan.warm * steps + 1)) * (0.5 + 0.5 * math.cos(math.pi * share))
            for group in optimiser.param_groups:
                group["lr"] = plan.rate * float(group.get("scale", 1.0)) * max(factor, 0.01)
            optimiser.zero_grad()
            loss = model.loss(head, numbering.batch(batch, number[head]))
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            total += float(loss.detach())
            step += 1
            weight = min(plan.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(average, [p.detach() for p in trained], 1 - weight)
        if after is not None:
            now = [p.detach().clone() for p in trained]
            _put(trained, average)
            print(f"epoch {epoch + 1}/{plan.epochs} loss {total:.1f} {time.time() - began:.0f}s", flush=True)
            after(epoch)
            _put(trained, now)
    _put(trained, average)


def _put(target: Sequence[torch.Tensor], values: Sequence[torch.Tensor]) -> None:
    with torch.no_grad():
        for p, v in zip(target, values, strict=True):
            p.copy_(v)


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


def score(gold: Gold, found: Gold) -> tuple[float, float, float]:
    """Precision, recall and F1 of strict spans."""
    hits = len(gold & found)
    p, r = hits / max(1, len(found)), hits / max(1, len(gold))
    return p, r, 2 * p * r / max(1e-9, p + r)
