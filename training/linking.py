"""Training of the model that links mentions to concepts: ``python -m training.linking --help``.

It learns from the train splits of the corpora whose mentions carry MeSH ids. What a mention's words were linked to in
the corpus is known at run time (``usage``), so the trees see for each article only the usage of the other articles.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.alike import Alike
from ingest.curies import expand
from ingest.link_candidates import Candidate, How, Near, Usage, preferred
from ingest.link_features import NAMES, features
from ingest.link_forms import full_form
from ingest.link_model import load_vectors, read_usage
from ingest.linking import Linker, LinkModel
from ingest.meanings import Meanings
from ingest.names import Names
from ingest.terminology import Terminology, shipped_table
from ingest.trees import Array, Floats, Forest
from training.boosting import Growth, constant, grow
from training.corpora import Row, read_split
from training.link_cases import Case, cases_of, unmentioned, untold, usage_lines, usage_of
from training.overlap import pieces, without

MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"
CORPORA = ("bc5cdr", "ncbi-disease")
SEED, FOLDS = 7, 5
GROWTH = Growth(trees=160, rate=0.08, leaves=15, smallest=15, share=0.4, members=2)
LEAST, LEAST_SURE = 0.35, 0.25
"""The least scores of a link, of our own mentions and of those that a person marked; chosen on dev."""


def table_of(linker: Linker, cases: Sequence[Case], usage: Usage) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Rows of features of the candidates of every mention with a concept, and whether each is right.

    A name in a vocabulary that the annotators did not use is neither right nor wrong, and is left out; one that is only
    spelt alike is wrong.
    """
    rows, right = list[Floats](), list[bool]()
    for case in (*cases, *map(untold, cases)):
        forms = [(m, full_form(m.text, case.short)) for m in case.mentions]
        around = linker.around(forms, case.text)
        for (mention, long), gold in dict.fromkeys(zip(forms, case.gold, strict=True)):
            found = linker.found(mention, long)
            known = {iri for iri in gold if is_known(iri, linker.terminology)}
            if not found or len(gold) > 1 or len(known) < len(gold):
                continue
            judged = np.array([_judged(c, gold, linker.terminology) for c in found])
            rows.append(features(mention.text, mention.kind, found, around, linker.terminology, usage)[judged])
            right += [is_one(c.iri, gold, linker.terminology) for c, j in zip(found, judged, strict=True) if j]
    return np.concatenate(rows), np.array(right)


def _judged(c: Candidate, gold: frozenset[str], terminology: Terminology) -> bool:
    if preferred(c.iri) or is_one(c.iri, gold, terminology):
        return True
    return c.how >= How.PART and not (c.likeness > 0.9 and gold & terminology.ancestors(c.iri))


def is_one(iri: str, gold: frozenset[str], terminology: Terminology) -> bool:
    """True where a concept is one of ``gold``, or is said to be the same."""
    concept = terminology.get(iri)
    return iri in gold or (concept is not None and any(expand(s) in gold for s in concept.same))


def is_known(iri: str, terminology: Terminology) -> bool:
    """False for what was deleted from MeSH since, and would count as missed whatever is answered."""
    return terminology.get(iri) is not None or "omim.org" in iri


def train(
    cases: Sequence[Case], terminology: Terminology, near: Near, meaning: Near, fold_of: Sequence[int]
) -> tuple[Usage, Forest]:
    """The usage of all ``cases`` and the trees, which learn each fold with the usage of the others."""
    tables = []
    for fold in sorted(set(fold_of)):
        others = usage_of((c for c, f in zip(cases, fold_of, strict=True) if f != fold), terminology)
        linker = Linker(terminology, LinkModel(others, constant(len(NAMES), 0.5), 0.0), near, meaning)
        tables.append(table_of(linker, [c for c, f in zip(cases, fold_of, strict=True) if f == fold], others))
    rows, right = np.concatenate([t[0] for t in tables]), np.concatenate([t[1] for t in tables])
    return usage_of(cases, terminology), grow(rows, right, GROWTH, SEED)


def score(linker: Linker, cases: Sequence[Case]) -> dict[str, float]:
    """Accuracy of the first concept on gold mentions with a concept, by kind; and precision and recall of links."""
    hit, all_, said = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        for mention, gold, link in zip(
            case.mentions, case.gold, linker.link(case.mentions, case.short, case.text, sure=True), strict=True
        ):
            if gold:
                kind = str(mention.kind)
                mesh = any("/mesh/" in g for g in gold)
                ok = bool(link.concepts) and link.concepts[0] in gold
                for name in (kind, *([f"{kind}, MeSH ids"] if mesh else [])):
                    all_[name] += 1
                    hit[name] += ok
                said[kind] += bool(link.concepts)
    return {k: hit[k] / all_[k] for k in sorted(all_)} | {f"{k} linked": said[k] / all_[k] for k in sorted(said)}


def folds(cases: Sequence[Case], count: int = FOLDS) -> list[int]:
    """Folds by place: neighbours apart, the same on every machine."""
    return [i % count for i in range(len(cases))]


def training_rows() -> dict[str, list[Row]]:
    """The train split of each corpus, without the texts that a dev split has too."""
    dev = pieces(row["text"] for corpus in CORPORA for row in read_split(corpus, "dev"))
    return {corpus: without(read_split(corpus, "train"), dev)[0] for corpus in CORPORA}


def build(folder: Path) -> None:
    """Write ``link.npz``, ``usage.tsv`` and ``unmentioned.txt``, trained with the word vectors in ``folder``."""
    rows = training_rows()
    terminology = Terminology(tables=[shipped_table()])
    near, meaning = Alike(terminology), Meanings(terminology, *load_vectors(folder))
    cases = [case for corpus in CORPORA for case in cases_of(rows[corpus])]
    usage, forest = train(cases, terminology, near, meaning, folds(cases))
    arrays: dict[str, Array] = forest.arrays("link")
    np.savez_compressed(folder / "link.npz", **arrays, least=np.array(LEAST), least_sure=np.array(LEAST_SURE))
    (folder / "usage.tsv").write_text("".join(usage_lines(usage)), encoding="utf-8")
    passed = unmentioned(rows["bc5cdr"], Names(terminology))
    (folder / "unmentioned.txt").write_text("".join(f"{key}\n" for key in passed), encoding="utf-8")


def report(folder: Path) -> Iterator[str]:
    """The figures of the model in ``folder`` on the dev splits, with kinds told and untold."""
    terminology = Terminology(tables=[shipped_table()])
    with np.load(folder / "link.npz", allow_pickle=False) as arrays:
        model = LinkModel.of(dict(arrays), read_usage((folder / "usage.tsv").read_text(encoding="utf-8")))
    linker = Linker(terminology, model, Alike(terminology), Meanings(terminology, *load_vectors(folder)))
    for corpus in CORPORA:
        dev = cases_of(read_split(corpus, "dev"))
        for some in (dev, list(map(untold, dev))):
            for name, share in score(linker, some).items():
                yield f"{corpus:14} {name:24} {share:.4f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.linking", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model (default: the package's own)")
    parser.add_argument("--train", action="store_true", help="train anew; without it the model there is measured")
    asked = parser.parse_args(arguments)
    if asked.train:
        build(asked.model)
    for line in report(asked.model):
        print(line)


if __name__ == "__main__":
    main()
