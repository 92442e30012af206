"""Concepts in the graph: those in use, with everything broader; written with their claims, renewed when needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from graph.hierarchy import concept_quads, scheme_quads, skos_quads, terminology_hash, with_broader
from graph.library import Library
from graph.model import Verdict
from graph.opening import MEMORY, open_store
from graph.records import meta
from graph.vocab import EV, SKOS, node
from ingest.claim import Mention
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology
from tests import builders
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.small import CONCEPTS, HAEMATOLOGICAL, IMID, OS, SPM, SURVIVAL, TERMINOLOGY, THALIDOMIDE

NEW_DRUG = "http://example.org/new-drug"
WHEN = "2026-03-01T12:00:00Z"
ALL = [c.iri for c in CONCEPTS]


def within(quads: list[Quad]) -> set[tuple[str, str]]:
    pairs = [(q.subject, q.object) for q in quads if q.predicate == node(EV.within)]
    return {(a.value, b.value) for a, b in pairs if isinstance(a, NamedNode) and isinstance(b, NamedNode)}


def stored(library: Library) -> set[str]:
    rows = library._access.reader().rows("stored_concepts")
    return {concept.value for (concept,) in rows if concept is not None}


def spm(library: Library, text: str = builders.SENTENCE, **slots: Mention) -> str:
    """Store one claim; its id."""
    source = builders.article(text)
    claim = builders.spm_claim(source, **slots)
    library.ingest(source, [claim], RUN)
    return claim.id


def test_the_closure_is_each_concept_and_all_that_is_broader() -> None:
    pairs = within(concept_quads(ALL, TERMINOLOGY))
    assert {(LENALIDOMIDE, LENALIDOMIDE), (LENALIDOMIDE, IMID), (HAEMATOLOGICAL, SPM)} <= pairs
    assert (IMID, LENALIDOMIDE) not in pairs
    assert pairs == {(c.iri, broader) for c in TERMINOLOGY for broader in TERMINOLOGY.ancestors(c.iri)}


def test_broader_concepts_come_along_and_narrower_ones_do_not() -> None:
    assert with_broader([LENALIDOMIDE, NEW_DRUG], TERMINOLOGY) == {LENALIDOMIDE, IMID, NEW_DRUG}
    assert with_broader([IMID], TERMINOLOGY) == {IMID}
    assert with_broader(["own:imid"], TERMINOLOGY) == {"own:imid"}, "a compact id is no IRI of a concept"


def test_no_triple_is_written_twice_and_no_link_leads_nowhere() -> None:
    terminology = load_terminology()
    some = [c.iri for name in ("lenalidomide", "second cancers", "overall survival") for c in terminology.find(name)]
    wanted = with_broader(some, terminology)
    quads = concept_quads(wanted, terminology)
    assert len(quads) == len(set(quads))
    broader = {q.object.value for q in quads if q.predicate == node(SKOS.broader) and isinstance(q.object, NamedNode)}
    assert broader <= wanted


def test_names_and_links_are_skos() -> None:
    concept = replace(CONCEPTS[1], same=("chebi:63791", "no iri", "urn:x:1"), synonyms=("Revlimid", "lenalidomide"))
    quads = [(q.predicate, q.object) for q in skos_quads(concept)]
    assert (node(SKOS.prefLabel), Literal("lenalidomide")) in quads
    assert (node(SKOS.altLabel), Literal("Revlimid")) in quads
    assert (node(SKOS.altLabel), Literal("lenalidomide")) not in quads
    assert (node(SKOS.broader), NamedNode(IMID)) in quads
    same = {o for p, o in quads if p == node(SKOS.exactMatch)}
    assert same == {NamedNode("http://purl.obolibrary.org/obo/CHEBI_63791"), NamedNode("urn:x:1")}


def test_the_hash_sees_every_change_and_no_order() -> None:
    assert terminology_hash(Terminology(reversed(CONCEPTS))) == terminology_hash(TERMINOLOGY)
    for changed in (
        [*CONCEPTS, Concept(NEW_DRUG, "newmab", ConceptKind.DRUG)],
        [replace(c, synonyms=(*c.synonyms, "x")) if c.iri == SPM else c for c in CONCEPTS],
        [replace(c, parents=()) for c in CONCEPTS],
        [replace(c, same=("mondo:1",)) for c in CONCEPTS],
    ):
        assert terminology_hash(Terminology(changed)) != terminology_hash(TERMINOLOGY)


def test_a_new_store_holds_no_concept_and_a_claim_brings_its_own(any_library: Library) -> None:
    assert stored(any_library) == set()
    spm(any_library)
    assert stored(any_library) == {LENALIDOMIDE, IMID}
    spm(any_library, outcome=Mention("SPM", None, None, HAEMATOLOGICAL, (HAEMATOLOGICAL, NEW_DRUG)))
    assert stored(any_library) == {LENALIDOMIDE, IMID, HAEMATOLOGICAL, SPM, NEW_DRUG}
    assert any_library.evidence("lenalidomide -> SPM").total == 1


def test_a_decision_brings_the_concept_that_it_sets(library: Library) -> None:
    claim = spm(library)
    for value in (OS, THALIDOMIDE):
        changes = [("outcome.concept", value)]
        library.decide(claim, Verdict.CORRECT, changes=changes, author="a", made_at=WHEN)
    assert stored(library) == {LENALIDOMIDE, IMID, OS, SURVIVAL, THALIDOMIDE}
    library.ingest(builders.article(), [], RUN)
    turtle = b"".join(library.dump("turtle"))
    assert b'"overall survival"' in turtle, "the decision still says so"
    assert b'"survival"' in turtle
    assert b'"lenalidomide"' not in turtle, "nothing uses it any more"


def test_a_concept_may_be_given_by_its_compact_id(library: Library) -> None:
    changes = [("outcome.concept", "own:os")]
    decided = library.decide(spm(library), Verdict.CORRECT, changes=changes, author="a", made_at=WHEN)
    assert decided.outcome.concept == OS
    assert library.evidence("lenalidomide -> survival").total == 1


def test_exports_do_not_tell_what_was_used_before(new_library: Callable[[], Library]) -> None:
    with new_library() as one, new_library() as two:
        spm(one, intervention=Mention("x", None, None, NEW_DRUG), outcome=Mention("y", None, None, HAEMATOLOGICAL))
        spm(one)
        spm(two)
        assert stored(one) > stored(two)
        assert b"".join(one.dump("turtle")) == b"".join(two.dump("turtle"))


def test_a_node_that_a_claim_once_took_for_a_concept_stays_whole_in_exports(library: Library) -> None:
    article = builders.article()
    spm(library, intervention=Mention("x", None, None, article.id))
    spm(library)
    line = f"<{article.id}> <{EV.sha256}>".encode()
    nquads = b"".join(library.dump("nquads"))
    assert line in nquads
    assert f"<{article.id}> <{EV.within}>".encode() not in nquads


def test_a_changed_terminology_renews_what_is_used_and_claims_keep_working(tmp_path: Path) -> None:
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        spm(library, intervention=Mention("newmab", None, None, NEW_DRUG))
        assert library.evidence(f"{NEW_DRUG} -> ?").total == 1
        assert library.evidence("newmab -> ?").total == 1
    known = Terminology([*CONCEPTS, Concept(NEW_DRUG, "newmab", ConceptKind.DRUG, (), (IMID,))])
    for _ in range(2):
        with Library.open(tmp_path / "store", terminology=known) as library:
            assert library.revision() == 2, "renewed once"
            assert stored(library) == {NEW_DRUG, IMID}
            assert library.evidence('"immunomodulatory drugs" -> ?').total == 1
    with Library.open(tmp_path / "store", terminology=TERMINOLOGY) as library:
        assert library.revision() == 3
        assert stored(library) == {NEW_DRUG}
        assert library.evidence('"immunomodulatory drugs" -> ?').total == 0
        assert library.evidence(f"{NEW_DRUG} -> ?").total == 1


def test_renewal_writes_what_opening_with_the_new_terminology_would_have(tmp_path: Path) -> None:
    changed = Terminology([replace(c, name=f"{c.name} x", parents=()) for c in CONCEPTS])
    dumps = []
    for name, first in (("renewed", TERMINOLOGY), ("new", changed)):
        with Library.open(tmp_path / name, terminology=first) as library:
            claim = spm(library, outcome=Mention("SPM", None, None, HAEMATOLOGICAL))
            library.decide(claim, Verdict.CORRECT, changes=[("population", None)], author="a", made_at=WHEN)
        with Library.open(tmp_path / name, terminology=changed) as library:
            dumps.append(b"".join(library.dump("nquads")))
    assert dumps[0] == dumps[1]


def test_an_older_store_that_holds_the_whole_terminology_is_thinned_out() -> None:
    store = open_store(MEMORY)
    old = [meta(EV.formatVersion, Literal(2)), meta(EV.revision, Literal(0)), meta(EV.terminologyHash, Literal("old"))]
    store.apply([], [*old, *scheme_quads(), *concept_quads(ALL, TERMINOLOGY)], guard=None, proof=None)
    library = Library(store, TERMINOLOGY)
    assert (stored(library), library.revision()) == (set(), 1)
    spm(library)
    assert library.evidence('"immunomodulatory drugs" -> ?').total == 1


@pytest.mark.parametrize(
    "outcome", ["SPM", '"second primary malignancies"', '"second cancers"', '"secondary neoplasms"']
)
def test_the_shipped_terminology_answers_the_first_question(tmp_path: Path, outcome: str) -> None:
    second = load_terminology().find("second primary malignancies")[0]
    with Library.open(tmp_path / "store") as library:
        spm(library, outcome=Mention("SPM", None, None, second.iri))
        assert library.evidence(f'"immunomodulatory drugs" -> {outcome}').total == 1
        assert len(b"".join(library.dump("turtle"))) < 100_000, "only the concepts that claims use are exported"
