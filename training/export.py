"""The trained network as plain arrays for ``ingest.network``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import nn

from training.network import Crf, Model

Arrays = dict[str, NDArray[Any]]


def arrays_of(model: Model, heads: Sequence[str]) -> Arrays:
    """Weights of the encoder and of ``heads``, in the order and scale that ``ingest.network`` reads."""
    encoder = model.encoder
    vectors = encoder.vectors.weight.detach().numpy()
    scale = np.abs(vectors).max() / 127
    out: Arrays = {
        "vectors": np.round(vectors / scale).astype(np.int8),
        "scale": np.array(scale, dtype=np.float32),
        "characters": encoder.characters.weight.detach().numpy(),
        "filters": encoder.convolution.weight.detach()
        .numpy()
        .transpose(2, 1, 0)
        .reshape(-1, encoder.convolution.out_channels),
        "filters_bias": encoder.convolution.bias.detach().numpy(),
        "shapes": encoder.shapes.weight.detach().numpy(),
    }
    for i, pair in enumerate(zip(encoder.forwards, encoder.backwards, strict=True)):
        parts = [_gates(layer) for layer in pair]
        for k, name in enumerate(("input", "bias", "recurrent")):
            out[f"{name}_{i}"] = np.stack([p[k] for p in parts])
    crfs = [model.heads[h] for h in heads]
    out["out"] = np.concatenate([c.linear.weight.detach().numpy().T for c in crfs], axis=1)
    out["out_bias"] = np.concatenate([c.linear.bias.detach().numpy() for c in crfs])
    for head, crf in zip(heads, crfs, strict=True):
        assert isinstance(crf, Crf)
        out[f"transitions_{head}"] = crf.grid().detach().numpy()
    return out


def lean(arrays: Arrays, tags: Mapping[str, Sequence[str]], by: Mapping[str, Mapping[str, float]]) -> None:
    """Add to the scores of tags, in place: ``by`` head and first letter of the tag; ``tags`` of each head, in order.

    What a token is taken for follows the likeliest sequence; where that finds too much (O rises) or too little (B and
    S rise), the balance is set here, as chosen on dev.
    """
    bias = arrays["out_bias"].copy()
    names = [(head, tag[0]) for head, those in tags.items() for tag in those]
    for i, (head, first) in enumerate(names):
        bias[i] += by.get(head, {}).get(first, 0.0)
    arrays["out_bias"] = bias


def _gates(layer: nn.Module) -> tuple[NDArray[Any], ...]:
    """Input weights (in, 4 H), bias (4 H), recurrent weights (H, 4 H); torch has gates i, f, g, o, we i, f, o, g."""
    h = layer.hidden_size
    order = np.concatenate([np.arange(2 * h), np.arange(3 * h, 4 * h), np.arange(2 * h, 3 * h)])
    half = np.where(np.arange(4 * h) < 3 * h, 0.5, 1.0).astype(np.float32)

    def get(name: str) -> NDArray[Any]:
        return np.asarray(getattr(layer, name).detach().numpy()[order])

    bias = (get("bias_ih_l0") + get("bias_hh_l0")) * half
    return get("weight_ih_l0").T * half, bias, get("weight_hh_l0").T * half
