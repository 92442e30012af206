"""Agreement of annotations with a corpus: by hand, and figure by figure with the scorer of the contract."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.agreement import ALL, Agreement, Measure, Names, compare
from corpus.corpora import NAMES, PASSES, Pass, read_rows, splits_of
from ingest.pipeline import Pipeline

Rows = list[dict[str, Any]]
Scorer = Callable[..., dict[str, Any]]
FLAGS = {
    Measure.TOKENS: "--tokens",
    Measure.RELATIONS: "--relations",
    Measure.CONCEPTS: "--concepts",
    Measure.FIRST_CONCEPT: "--top1",
    Measure.PAIRS: "--abbreviations",
}
KEYS = {Measure.RELATIONS: "joint", Measure.CONCEPTS: "concepts", Measure.PAIRS: "abbreviations"}


def entity(start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label, **more}


def row(*entities: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "1", "text": "Drug A and drug B eased pain.", "entities": list(entities), **more}


def test_spans_agree_when_start_end_and_label_do() -> None:
    gold = [row(entity(0, 6, "DRUG"), entity(11, 17, "DRUG"), entity(24, 28, "ILLNESS"))]
    said = [row(entity(0, 6, "drug"), entity(11, 16, "Drug"), entity(24, 28, "DRUG"), entity(0, 4, "OTHER"))]
    assert compare(Measure.SPANS, gold, said) == {
        "drug": Agreement(hits=1, extra=2, missed=1),
        "illness": Agreement(missed=1),
        ALL: Agreement(1, 2, 2),
    }


def test_what_is_told_twice_counts_once() -> None:
    gold, said = [row(entity(0, 6, "DRUG"), entity(0, 6, "DRUG"))], [row(*[entity(0, 6, "DRUG")] * 3)]
    assert compare(Measure.SPANS, gold, said)[ALL] == Agreement(1)


def test_tokens_count_where_a_span_touches_them() -> None:
    gold, said = [row(entity(0, 6, "DRUG"))], [row(entity(5, 12, "DRUG"))]
    assert compare(Measure.TOKENS, gold, said)[ALL] == Agreement(hits=1, extra=2, missed=1)


def test_relations_need_both_entities_and_the_label() -> None:
    ends = (entity(0, 6, "ARM"), entity(24, 28, "OC"))
    gold = [row(*ends, relations=[{"head": 0, "tail": 1, "label": "OC_RES"}])]
    same = row(*reversed(ends), relations=[{"head": 1, "tail": 0, "label": "oc-res"}])
    turned = row(*ends, relations=[{"head": 1, "tail": 0, "label": "OC_RES"}])
    assert compare(Measure.RELATIONS, gold, [same])[ALL] == Agreement(1)
    assert compare(Measure.RELATIONS, gold, [turned])["oc-res"] == Agreement(0, 1, 1)


def test_concepts_are_a_set_for_each_text() -> None:
    gold = [row(entity(0, 6, "D", ids=["D1", "-1"]), entity(11, 17, "D", ids=["D2"]))]
    said = [row(entity(0, 4, "D", concept="http://x/D1"), entity(24, 28, "D", concept="x:D1", concepts=["D3"]))]
    assert compare(Measure.CONCEPTS, gold, said) == {ALL: Agreement(hits=1, extra=1, missed=1)}


def test_a_wrong_first_concept_is_extra_and_missed_none_is_missed() -> None:
    gold = [row(*(entity(i, i + 2, "D", ids=["D1"]) for i in (0, 7, 11)), entity(18, 20, "D", ids=["-"]))]
    said = [row(*(entity(i, i + 2, "D", concept=iri) for i, iri in ((0, "a/D1"), (7, "a/D2"), (11, None))))]
    assert compare(Measure.FIRST_CONCEPT, gold, said)["d"] == Agreement(hits=1, extra=1, missed=2)


def test_pairs_agree_without_regard_to_case_and_blanks() -> None:
    gold = [row(pairs=[{"sf": "PFS", "lf": "progression free\n survival"}])]
    said = [row(pairs=[{"sf": "pfs", "lf": "Progression  free survival"}, {"sf": "OS", "lf": "overall survival"}])]
    assert compare(Measure.PAIRS, gold, said) == {ALL: Agreement(hits=1, extra=1)}


def test_ratios_over_nothing_are_none() -> None:
    nothing = Agreement()
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    missed = Agreement(missed=3)
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)


def test_rows_have_to_be_of_the_same_texts() -> None:
    with pytest.raises(ValueError, match="zip"):
        compare(Measure.SPANS, [row()], [])


@cache
def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("contract_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scorer(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scorer:
    """The scorer of the contract on rows of gold and prediction; its JSON."""
    module = _module(shared / "eval" / "score_annotations.py")

    def run(gold: Rows, said: Rows, *options: str) -> dict[str, Any]:
        files = [tmp_path / "gold.jsonl", tmp_path / "said.jsonl"]
        for file, rows in zip(files, (gold, said), strict=True):
            file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["scorer", *map(str, files), "--json", *options])
        with redirect_stdout(StringIO()) as told:
            module.main()
        found: dict[str, Any] = json.loads(told.getvalue())
        return found

    return run


def check(scorer: Scorer, measure: Measure, gold: Rows, said: Rows, one: Pass) -> None:
    """The same figures to four decimals, and the same counts."""
    ours = compare(measure, gold, said, names=Names(one.renames), gold_names=Names(one.gold_renames))
    options = [FLAGS[measure]] if measure in FLAGS else []
    options += ["--map", *(f"{k}={v}" for k, v in one.renames.items())]
    options += ["--gold-map", *(f"{k}={v}" for k, v in one.gold_renames.items())]
    theirs = scorer(gold, said, *options)
    if measure is Measure.FIRST_CONCEPT:
        assert theirs["top1"] == {k: round(a.recall or 0, 4) for k, a in ours.items() if k != ALL}
        return
    per_label = theirs["per_label"] | {ALL: theirs["entities"]} if measure not in KEYS else {ALL: theirs[KEYS[measure]]}
    for label, figures in per_label.items():
        agreement = ours[label]
        assert (agreement.hits, agreement.extra, agreement.missed) == (figures["tp"], figures["fp"], figures["fn"])
        ratios = (agreement.precision, agreement.recall, agreement.f1)
        assert [None if r is None else round(r, 4) for r in ratios] == [figures[k] for k in "prf"]


LABELS = st.sampled_from(["DRUG", "Chemical", "iv_bin_abs", "IV-bin-abs", "OTHER"])
IDS = st.sampled_from(["D1", "http://x.org/mesh/D1", "OMIM:17", "D2", "-1", "17"])
PLACES = st.tuples(st.integers(0, 12), st.integers(1, 6))
PAIRS = st.lists(
    st.fixed_dictionaries({"sf": st.sampled_from(["A", "a ", "B"]), "lf": st.sampled_from(["x y", "X  Y"])})
)
RELATION_LABELS = st.sampled_from(["A1_RES", "a1-res", "OC_RES"])


@st.composite
def rows_of(draw: st.DrawFn, /, size: int, **more: st.SearchStrategy[Any]) -> Rows:
    rows: Rows = []
    for number in range(size):
        places = draw(st.lists(PLACES, max_size=6))
        entities = [
            entity(start, start + length, draw(LABELS), **{key: draw(value) for key, value in more.items()})
            for start, length in places
        ]
        index = st.integers(0, len(entities) - 1)
        relation = st.fixed_dictionaries({"head": index, "tail": index, "label": RELATION_LABELS})
        relations = draw(st.lists(relation, max_size=4)) if entities else []
        rows.append(
            {"id": str(number), "text": "ab cd  efg hi jklmn", "entities": entities, "relations": relations}
            | {"pairs": draw(PAIRS)}
        )
    return rows


@pytest.mark.parametrize("measure", list(Measure))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_our_figures_are_those_of_the_contract(measure: Measure, scorer: Scorer, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 4))
    gold = data.draw(rows_of(size, ids=st.lists(IDS, max_size=3)))
    concepts = IDS.filter(lambda c: c != "-1")
    said = data.draw(rows_of(size, concept=st.none() | concepts, concepts=st.lists(concepts, max_size=2)))
    renames = data.draw(st.sampled_from([{}, {"DRUG": "Chemical"}, {"*": "other"}]))
    gold_renames = data.draw(st.sampled_from([{}, {"*": "Chemical"}]))
    check(scorer, measure, gold, said, Pass("x", "x", (measure,), renames=renames, gold_renames=gold_renames))


@pytest.mark.slow
@pytest.mark.parametrize("one", PASSES, ids=lambda one: f"{one.corpus}, {'given' if one.given else 'found'}")
def test_our_figures_on_real_texts_are_those_of_the_contract(
    one: Pass, scorer: Scorer, shared: Path, pipeline: Pipeline
) -> None:
    there = splits_of(shared / "corpora", one.corpus)
    gold = list(islice(read_rows(there.get("dev", there["train"])), 6))
    said = []
    for text in gold:
        entities = [{k: e[k] for k in ("start", "end", "label")} for e in text["entities"]] if one.given else None
        found = pipeline.annotate(text["text"], layers=[one.layer], entities=entities)
        said.append({"id": text["id"], "text": text["text"], **found})
    for measure in one.measures:
        check(scorer, measure, gold, said, one)


def test_every_corpus_and_measure_is_in_the_manual() -> None:
    manual = (Path(__file__).resolve().parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in manual] == []
    assert [m for one in PASSES for m in one.measures if one.named(m) not in manual] == []
