"""The network in torch, for training only: an encoder of characters, word vectors and LSTM layers; CRF heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ingest.features import CHARACTER_COUNT, SHAPES
from ingest.tags import allowed, tags_of

UNKNOWN = 0.05
"""The share of words that lose their vector in training, so that letters and shape are learnt from."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the layers, in units; ``layers`` of the LSTM, each of ``hidden`` units in either direction."""

    vectors: int = 100
    character: int = 24
    filters: int = 64
    shape: int = 16
    hidden: int = 128
    layers: int = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as numbers, (batch, time): ``words`` are rows of the vectors, ``unique`` rows of ``letters``."""

    words: Tensor
    unique: Tensor
    letters: Tensor
    shapes: Tensor
    lengths: Tensor
    tags: Tensor | None = None


class Encoder(nn.Module):
    """From words to states of width 2 x hidden."""

    def __init__(self, vectors: NDArray[np.float32], sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.vectors = nn.Embedding.from_pretrained(torch.from_numpy(vectors).float())
        self.characters = nn.Embedding(CHARACTER_COUNT, sizes.character)
        self.convolution = nn.Conv1d(sizes.character, sizes.filters, 3)
        self.shapes = nn.Embedding(SHAPES, sizes.shape)
        width = sizes.vectors + sizes.filters + sizes.shape
        widths = [width, *[2 * sizes.hidden] * (sizes.layers - 1)]
        self.forwards = nn.ModuleList(nn.LSTM(n, sizes.hidden, batch_first=True) for n in widths)
        self.backwards = nn.ModuleList(nn.LSTM(n, sizes.hidden, batch_first=True) for n in widths)
        self.dropout = dropout

    def embed(self, batch: Batch) -> Tensor:
        """Context-free states of the words."""
        words = batch.words
        if self.training:
            words = words.masked_fill(torch.rand(words.shape) < UNKNOWN, 0)
        letters = self.characters(batch.letters).transpose(1, 2)
        spelling = torch.relu(self.convolution(letters).amax(2))
        return torch.cat([self.vectors(words), spelling[batch.unique], self.shapes(batch.shapes)], 2)

    def forward(self, batch: Batch) -> Tensor:
        """States (batch, time, 2 x hidden); those behind the end of a sentence mean nothing."""
        states = self._drop(self.embed(batch))
        place = torch.arange(states.shape[1])[None]
        mirror = torch.where(place < batch.lengths[:, None], batch.lengths[:, None] - 1 - place, place)
        for ahead, back in zip(self.forwards, self.backwards, strict=True):
            # Sentences turned round one by one: packed sequences would do the same at less than half the speed.
            turned = _along(back(_along(states, mirror))[0], mirror)
            states = self._drop(torch.cat([ahead(states)[0], turned], 2))
        return states

    def _drop(self, states: Tensor) -> Tensor:
        if not self.training or not self.dropout:
            return states
        keep = torch.rand(states.shape[0], 1, states.shape[2]) >= self.dropout
        return states * keep / (1 - self.dropout)


def _along(states: Tensor, places: Tensor) -> Tensor:
    return states.gather(1, places[..., None].expand(-1, -1, states.shape[2]))


class Crf(nn.Module):
    """A linear layer and transitions between tags; forbidden ones never happen."""

    def __init__(self, width: int, labels: Sequence[str]) -> None:
        super().__init__()
        self.tags = tags_of(labels)
        self.linear = nn.Linear(width, len(self.tags))
        self.transitions = nn.Parameter(torch.zeros(len(self.tags) + 1, len(self.tags) + 1))
        self.register_buffer("penalty", torch.where(torch.from_numpy(allowed(self.tags)), 0.0, -1e4))

    def grid(self) -> Tensor:
        """Transition scores with the forbidden ones at -10,000."""
        return self.transitions + self.penalty

    def loss(self, states: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood summed over the sentences."""
        emissions, grid = self.linear(states), self.grid()
        size = len(self.tags)
        time = states.shape[1]
        mask = torch.arange(time)[None] < lengths[:, None]
        gold = (emissions.gather(2, tags[..., None])[..., 0] * mask).sum()
        gold = gold + grid[size, tags[:, 0]].sum() + (grid[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum()
        gold = gold + grid[tags.gather(1, lengths[:, None] - 1)[:, 0], size].sum()
        inner = grid[:size, :size]
        top = inner.detach().max()
        weights = torch.exp(inner - top)
        alpha = emissions[:, 0] + grid[size, :size]
        ends = []
        counts = [int(n) for n in (lengths[:, None] > torch.arange(time)[None]).sum(0)]
        for t in range(1, time):
            live = counts[t]
            if live < alpha.shape[0]:
                ends.append(alpha[live:])
                alpha = alpha[:live]
            peak = alpha.detach().amax(1, keepdim=True)
            alpha = torch.log(torch.exp(alpha - peak) @ weights + 1e-30) + peak + top + emissions[:live, t]
        ends.append(alpha)
        final = torch.cat(ends) + grid[:size, size]
        return torch.logsumexp(final, 1).sum() - gold


class Model(nn.Module):
    """The encoder with a head for each label set."""

    def __init__(self, encoder: Encoder, heads: dict[str, Sequence[str]], width: int, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: Crf(width, labels) for name, labels in heads.items()})

    def loss(self, head: str, batch: Batch) -> Tensor:
        """Loss per token; the batch's sentences come longest first."""
        assert batch.tags is not None
        crf = self.heads[head]
        assert isinstance(crf, Crf)
        return crf.loss(self.encoder(batch), batch.tags, batch.lengths) / batch.lengths.sum()
