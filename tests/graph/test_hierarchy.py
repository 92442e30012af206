"""The concept hierarchy in the graph: whole, with its closure, written only when it has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from graph.hierarchy import terminology_hash, terminology_quads
from graph.library import Library
from graph.vocab import EV, SKOS, node
from ingest.claim import Mention
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology
from tests import builders
from tests.builders import LENALIDOMIDE
from tests.graph.small import CONCEPTS, HAEMATOLOGICAL, IMID, SPM, TERMINOLOGY

NEW_DRUG = "http://example.org/new-drug"


def within(quads: list[object]) -> set[tuple[str, str]]:
    return {
        (q.subject.value, q.object.value)  # type: ignore[attr-defined]
        for q in quads
        if q.predicate == node(EV.within)  # type: ignore[attr-defined]
    }


def test_the_closure_is_each_concept_and_all_that_is_broader() -> None:
    pairs = within(list(terminology_quads(TERMINOLOGY)))
    assert {(LENALIDOMIDE, LENALIDOMIDE), (LENALIDOMIDE, IMID), (HAEMATOLOGICAL, SPM)} <= pairs
    assert (IMID, LENALIDOMIDE) not in pairs
    assert pairs == {(c.iri, broader) for c in TERMINOLOGY for broader in TERMINOLOGY.ancestors(c.iri)}


def test_no_triple_is_written_twice() -> None:
    quads = terminology_quads(load_terminology())
    assert len(quads) == len(set(quads))


def test_names_and_links_are_skos() -> None:
    quads = {(q.predicate, q.object) for q in terminology_quads(TERMINOLOGY) if q.subject == NamedNode(LENALIDOMIDE)}
    assert (node(SKOS.prefLabel), Literal("lenalidomide")) in quads
    assert (node(SKOS.altLabel), Literal("Revlimid")) in quads
    assert (node(SKOS.broader), NamedNode(IMID)) in quads


def test_the_hash_sees_every_change_and_no_order() -> None:
    assert terminology_hash(Terminology(reversed(CONCEPTS))) == terminology_hash(TERMINOLOGY)
    for changed in (
        [*CONCEPTS, Concept(NEW_DRUG, "newmab", ConceptKind.DRUG)],
        [replace(c, synonyms=(*c.synonyms, "x")) if c.iri == SPM else c for c in CONCEPTS],
        [replace(c, parents=()) for c in CONCEPTS],
    ):
        assert terminology_hash(Terminology(changed)) != terminology_hash(TERMINOLOGY)


def test_a_changed_terminology_is_written_once_and_claims_keep_working(tmp_path: Path) -> None:
    source = builders.article()
    claim = builders.spm_claim(source, intervention=Mention("newmab", None, None, NEW_DRUG))
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        library.ingest(source, [claim], builders.RUN)
        assert library.evidence(f"{NEW_DRUG} -> ?").total == 1
        assert library.evidence("newmab -> ?").total == 1
    known = Terminology([*CONCEPTS, Concept(NEW_DRUG, "newmab", ConceptKind.DRUG, (), (IMID,))])
    for _ in range(2):
        with Library.open(tmp_path / "store", terminology=known) as library:
            assert library.revision() == 2
            assert library.evidence('"immunomodulatory drugs" -> ?').total == 1
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        assert library.revision() == 3
        assert library.evidence('"immunomodulatory drugs" -> ?').total == 0
        assert library.evidence(f"{NEW_DRUG} -> ?").total == 1


def test_the_shipped_terminology_answers_the_first_question(tmp_path: Path) -> None:
    source = builders.article()
    second = load_terminology().find("second primary malignancies")[0]
    claim = builders.spm_claim(source, outcome=Mention("SPM", None, None, second.iri))
    with Library.open(tmp_path / "store") as library:
        library.ingest(source, [claim], builders.RUN)
        assert library.evidence('"immunomodulatory drugs" -> SPM').total == 1
        assert len(b"".join(library.dump("turtle"))) < 100_000, "only the concepts that claims use are exported"
