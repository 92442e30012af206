"""What a library keeps of what was read, and what claims share: written once, and told only while it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pyoxigraph import Literal

from graph.describing import Claims, whole
from graph.library import Library
from graph.mapping_mentions import mention_node
from graph.model import Reason, Run, Verdict
from graph.records import extracted_from
from graph.vocab import EV, EXTRACTIONS, RDF_TYPE, node
from ingest.claim import Claim, Mention
from tests import builders
from tests.builders import RUN, SENTENCE

LATER = Run("urn:uuid:2", "picograph 0.2.0", "2026-02-03T04:05:06Z")
WHEN = "2026-03-01T12:00:00Z"


def kept(library: Library) -> list[Claim]:
    """What was read and is kept beside the claims."""
    rows = library._access.store.select(
        f"SELECT ?json WHERE {{ GRAPH {EXTRACTIONS} {{ ?part {node(EV.claimJson)} ?json }} }} ORDER BY ?json"
    )
    return [extracted_from(text.value) for (text,) in rows if text is not None]


def mentions(library: Library) -> set[str]:
    rows = library._access.store.select(f"SELECT ?mention WHERE {{ ?mention {node(EV.words)} ?words }}")
    return {mention.value for (mention,) in rows if mention is not None}


def test_a_claim_is_what_was_read_until_someone_decides_on_it(any_library: Library) -> None:
    source = builders.article(f"{SENTENCE} Deaths were rare.")
    decided, other = builders.spm_claim(source), builders.claim(source, "Deaths were rare.", outcome="Deaths")
    any_library.ingest(source, [decided, other], RUN)
    assert kept(any_library) == []
    for verdict in (Verdict.ACCEPT, Verdict.REJECT):
        any_library.decide(decided.id, verdict, reason=Reason.OTHER, author="a", made_at=WHEN)
        assert kept(any_library) == [decided]
    assert any_library.history(other.id) == []


def test_a_correction_is_made_of_what_was_read_however_often(any_library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    any_library.ingest(source, [claim], RUN)
    for value in (1.5, 1.6, 1.55):
        any_library.decide(claim.id, Verdict.CORRECT, changes=[("effects[0].value", value)], author="a", made_at=WHEN)
    assert any_library.claim(claim.id)[0].effects == claim.effects
    assert kept(any_library) == [claim]
    assert [d.changes[0].old for d in any_library.history(claim.id)] == [1.55, 1.5, 1.6]


def test_what_another_reading_changes_or_leaves_out_is_kept(library: Library) -> None:
    old = builders.article(f"{SENTENCE} Deaths were rare. Falls were rare.")
    same, changed, gone = (
        builders.spm_claim(old),
        builders.claim(old, "Deaths were rare.", outcome="Deaths"),
        builders.claim(old, "Falls were rare.", outcome="Falls"),
    )
    library.ingest(old, [same, changed, gone], RUN)
    library.ingest(old, [same, replace(changed, confidence=0.9)], LATER)
    assert {(c.id, c.confidence) for c in kept(library)} == {(c.id, c.confidence) for c in (changed, gone)}
    new = builders.article("Corrected. " + SENTENCE)
    library.ingest(new, [builders.spm_claim(new)], LATER)
    assert {(c.id, c.confidence) for c in kept(library)} == {
        (same.id, same.confidence),
        (changed.id, changed.confidence),
        (changed.id, 0.9),
        (gone.id, gone.confidence),
    }


def test_a_decided_claim_that_is_read_again_keeps_the_new_reading_too(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    again = replace(claim, confidence=0.9)
    library.ingest(source, [claim], RUN)
    library.decide(claim.id, Verdict.ACCEPT, author="a", made_at=WHEN)
    library.ingest(source, [again], LATER)
    assert sorted(c.confidence for c in kept(library)) == [claim.confidence, 0.9]
    after = library.decide(claim.id, Verdict.REJECT, reason=Reason.OTHER, author="b", made_at=WHEN)
    assert (after.confidence, after.revision) == (0.9, 2)


def test_claims_share_mentions_and_exports_leave_out_those_that_none_has(
    any_library: Library, new_library: Callable[[], Library]
) -> None:
    one = builders.article(id="urn:picograph:article:1")
    two = builders.article(f"As reported. {SENTENCE}", id="urn:picograph:article:2")
    for source in (one, two):
        any_library.ingest(source, [builders.spm_claim(source)], RUN)
    assert len(mentions(any_library)) == 4
    rare = Mention("zzz-a-secret-zzz", None, None, "urn:concept:zzz")
    for outcome in (rare, builders.spm_claim(two).outcome):
        any_library.ingest(two, [replace(builders.spm_claim(two), outcome=outcome)], LATER)
    assert mention_node(rare).value in mentions(any_library)
    turtle = b"".join(any_library.dump("turtle"))
    assert b"zzz" not in turtle
    with new_library() as fresh:
        for source in (one, two):
            fresh.ingest(source, [builders.spm_claim(source)], RUN)
        assert b"".join(fresh.dump("turtle")) == turtle


def test_a_claim_takes_few_triples_and_no_blank_nodes(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    library.ingest(source, [claim], RUN)
    triples = whole(library._access.store, [node(claim.id)])
    assert 20 <= len(triples) <= 30
    assert {s.value.partition("#")[0] for s, _, _ in triples} == {claim.id}
    assert [o for _, p, o in triples if p == RDF_TYPE] == [node(EV.Claim)]


def test_a_store_says_everything_of_some_subjects(any_library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    any_library.ingest(source, [claim], RUN)
    store = any_library._access.store
    subjects = [node(claim.id), node(source.id), node("urn:nothing")]
    found = store.describe(subjects)
    assert {s for s, _, _ in found} == set(subjects[:2])
    rows = store.select("SELECT ?s ?p ?o WHERE { VALUES ?s { UNDEF } ?s ?p ?o }", s=subjects)
    assert sorted(map(str, found)) == sorted(map(str, rows))
    sha256 = store.describe(subjects, node(EV.sha256))
    assert sha256 == [(node(source.id), node(EV.sha256), Literal(source.text_sha256))]
    assert store.describe([]) == []


def test_many_claims_are_read_as_one_by_one(any_library: Library) -> None:
    sources = [builders.article(f"{n}. {SENTENCE}", id=f"urn:picograph:article:{n}") for n in range(5)]
    claims = {c.id: c for c in (builders.spm_claim(source) for source in sources)}
    for source, claim in zip(sources, claims.values(), strict=True):
        any_library.ingest(source, [claim], RUN)
    store = any_library._access.store
    assert Claims(store).read(list(claims)) == claims
    reader = Claims(store)
    for claim in claims.values():
        assert reader.read([claim.id]) == {claim.id: claim}
