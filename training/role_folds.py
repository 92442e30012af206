"""Models of numeric roles that have not seen an abstract: what they say of it is as sure as of any new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ingest.numeric_roles import NumericRoles
from ingest.relate import RelationModel
from training.folds import grouped_folds
from training.role_examples import CORPUS, examples_of, rows_of, tagger_in

MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"
FOLDS = 3
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "confidence"


def unseen_models(model: Path = MODEL, cache: Path = CACHE) -> tuple[list[NumericRoles], Mapping[str, int]]:
    """A model for each fold of the train split, and the fold of each of its abstracts by id.

    They are trained once and kept in ``cache`` under the digest of the files of ``model`` that they rest on.
    """
    rows = rows_of("train")
    fold_of = grouped_folds(rows, FOLDS)
    files = [cache / f"roles-{_digest(model)}-{n}-of-{FOLDS}.npz" for n in range(FOLDS)]
    with np.load(model / "relations.npz", allow_pickle=False) as stored:
        relations = RelationModel.of(dict(stored))
    if missing := [n for n, file in enumerate(files) if not file.is_file()]:
        from training.numeric_roles import train  # needs scikit-learn; what is in the cache does not

        cache.mkdir(parents=True, exist_ok=True)
        examples = examples_of("train", tagger_in(model))
        for n in missing:
            others = [e for e, fold in zip(examples, fold_of, strict=True) if fold != n]
            np.savez_compressed(files[n], **train(others, relations))
    return [_read(file, relations) for file in files], {
        str(row["id"]): fold for row, fold in zip(rows, fold_of, strict=True)
    }


def _read(file: Path, relations: RelationModel) -> NumericRoles:
    with np.load(file, allow_pickle=False) as stored:
        return NumericRoles.of(dict(stored), relations)


def _digest(model: Path) -> str:
    parts: Iterable[bytes] = ((model / name).read_bytes() for name in ("tagger.npz", "relations.npz", "roles.npz"))
    digest = hashlib.sha256(CORPUS.encode())
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:12]
