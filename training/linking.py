"""Training of the model that links mentions to concepts: ``python -m training.linking --help``.

It learns from the train splits of the corpora whose mentions carry MeSH ids. What a mention's words were linked to in
the corpus is known at run time (``usage``), so the trees see for each article only the usage of the other articles.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.abbreviations import find_definitions, resolve
from ingest.alike import Alike
from ingest.article import Span
from ingest.curies import expand, shorten
from ingest.link_candidates import Candidate, How, Near, Usage, preferred
from ingest.link_features import NAMES, features
from ingest.link_forms import full_form, keys_of
from ingest.link_model import load_vectors
from ingest.linking import Linker, LinkModel, Mention
from ingest.meanings import Meanings
from ingest.names import Names
from ingest.nlp import parse
from ingest.term_keys import key_of
from ingest.terminology import ConceptKind, Terminology, load_terminology
from ingest.trees import Floats, Forest
from training.boosting import Growth, constant, grow
from training.corpora import Row, read_split

MODEL = Path(__file__).resolve().parent.parent / "ingest" / "data" / "model"
CORPORA = ("bc5cdr", "ncbi-disease")
SEED, FOLDS = 7, 5
GROWTH = Growth(trees=160, rate=0.08, leaves=15, smallest=15, share=0.4, members=2)
NONE = frozenset({"-1", "-", ""})


@dataclass(frozen=True)
class Case:
    """An article with its mentions, their gold concepts (IRIs; empty for none) and its abbreviations."""

    text: str
    mentions: tuple[Mention, ...]
    gold: tuple[frozenset[str], ...]
    short: Mapping[str, str]


def cases_of(rows: Iterable[Row]) -> list[Case]:
    """The articles of a corpus as the linker meets them."""
    out = []
    for row in rows:
        text = row["text"]
        parsed = parse(text, [Span(0, len(text))])
        short = resolve(text, parsed.abbreviations, find_definitions(text))
        mentions = tuple(
            Mention(text[e["start"] : e["end"]], "drug" if e["label"] == "Chemical" else "disease")
            for e in row["entities"]
        )
        gold = tuple(frozenset(iri_of(i) for i in e["ids"] if i not in NONE) for e in row["entities"])
        out.append(Case(text, mentions, gold, short))
    return out


def iri_of(ident: str) -> str:
    """The IRI of an id of the corpora: a MeSH id, or ``OMIM:`` and a number."""
    return expand("omim:" + ident[5:]) if ident.startswith("OMIM:") else expand("mesh:" + ident)


def usage_of(cases: Iterable[Case], terminology: Terminology) -> Usage:
    """How often mentions of a key were given each concept that the terminology has.

    An abbreviation counts for itself and for its long form.
    """
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for mention, gold in zip(case.mentions, case.gold, strict=True):
            long = full_form(mention.text, case.short)
            known = [iri for iri in gold if terminology.get(iri) is not None]
            if len(gold) != 1 or not known:
                continue
            for key in dict.fromkeys(keys_of(form)[0] for form in (long, mention.text) if form and keys_of(form)):
                out[key][known[0]] += 1
    return {key: dict(sorted(out[key].items())) for key in sorted(out)}


def table_of(linker: Linker, cases: Sequence[Case], usage: Usage) -> tuple[Floats, np.ndarray]:
    """Rows of features of the candidates of every mention with a concept, and whether each is right.

    A name in a vocabulary that the annotators did not use is neither right nor wrong, and is left out; one that is only
    spelt alike is wrong.
    """
    rows, right = list[Floats](), list[bool]()
    for case in (*cases, *map(untold, cases)):
        forms = [(m, full_form(m.text, case.short)) for m in case.mentions]
        around = linker.around(forms, case.text)
        for (mention, long), gold in dict.fromkeys(zip(forms, case.gold, strict=True)):
            found = linker.found(mention.text, long)
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


def untold(case: Case) -> Case:
    """The same article where nobody says of what kind its mentions are."""
    return replace(case, mentions=tuple(replace(m, kind=None) for m in case.mentions))


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


def unmentioned(rows: Iterable[Row], names: Names) -> list[str]:
    """Keys of names that stand in the text twice or more and that annotators mostly passed over, in order."""
    seen: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        text = row["text"]
        parsed = parse(text, [Span(0, len(text))])
        for found in names.find(text, parsed.tokens, resolve(text, parsed.abbreviations, find_definitions(text))):
            marked = any(e["start"] < found.span.end and found.span.start < e["end"] for e in row["entities"])
            if found.kind in (ConceptKind.DRUG, ConceptKind.DISEASE):
                seen[key_of(found.span.of(text)), marked] += 1
    keys = {key for key, _ in seen}
    return sorted(k for k in keys if seen[k, False] > seen[k, True] and seen[k, False] + seen[k, True] > 1)


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


def write_usage(usage: Usage, path: Path) -> None:
    """One line a key: the key, and concepts (compact ids) with their counts."""
    lines = (f"{k}\t" + "|".join(f"{shorten(i)}={n}" for i, n in usage[k].items()) for k in sorted(usage))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.linking", description=__doc__)
    parser.add_argument("--out", type=Path, default=MODEL, help="folder of the model")
    parser.add_argument("--least", type=float, default=0.35, help="the least score of a link")
    parser.add_argument("--least-sure", type=float, default=0.25, help="that of a mention that a person marked")
    parser.add_argument("--dry", action="store_true", help="only measure")
    asked = parser.parse_args(arguments)
    terminology = load_terminology()
    near, meaning = Alike(terminology), Meanings(terminology, *load_vectors())
    cases = [case for corpus in CORPORA for case in cases_of(read_split(corpus, "train"))]
    usage, forest = train(cases, terminology, near, meaning, folds(cases))
    linker = Linker(terminology, LinkModel(usage, forest, asked.least, asked.least_sure), near, meaning)
    for corpus in CORPORA:
        dev = cases_of(read_split(corpus, "dev"))
        for some in (dev, list(map(untold, dev))):
            print(corpus, {k: round(v, 4) for k, v in score(linker, some).items()})
    if not asked.dry:
        np.savez_compressed(asked.out / "link.npz", **forest.arrays("link"), least=np.array(asked.least), least_sure=np.array(asked.least_sure))
        write_usage(usage, asked.out / "usage.tsv")
        passed = unmentioned(read_split("bc5cdr", "train"), Names(terminology))
        (asked.out / "unmentioned.txt").write_text("".join(f"{key}\n" for key in passed), encoding="utf-8")


if __name__ == "__main__":
    main()
