"""Storing articles: again, in a new version, with decisions that stay with their claims."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadClaims, QuoteMismatch, UnknownArticle, UnknownClaim
from graph.library import Library
from graph.merging import completed
from graph.model import Reason, Run, Verdict
from graph.opening import MEMORY
from ingest.article import Article, ArticleKind, Span
from ingest.claim import Claim, Mention, Quote, Status, Study
from tests import builders, strategies
from tests.builders import RUN, SENTENCE
from tests.graph.small import TERMINOLOGY

LATER = Run("urn:uuid:2", "picograph 0.2.0", "2026-02-03T04:05:06Z")
WHEN = "2026-03-01T12:00:00Z"
SECOND = "Overall survival did not differ (HR 0.98)."


def dumps(library: Library) -> dict[str, bytes]:
    return {form: b"".join(library.dump(form)) for form in ("turtle", "nquads", "jsonl")}


def test_the_same_text_again_changes_nothing_at_all(any_library: Library) -> None:
    source = builders.article(title="One")
    claims = [builders.spm_claim(source)]
    first = any_library.ingest(source, claims, RUN)
    before, revision = dumps(any_library), any_library.revision()
    again = any_library.ingest(source, claims, LATER)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert (again.added, again.removed, again.kept, again.claims) == (0, 0, 1, 1)
    assert dumps(any_library) == before
    assert any_library.revision() == revision


def test_a_claim_and_its_article_come_back(any_library: Library) -> None:
    source = builders.article(title="One", authors=("A", "B"), kind=ArticleKind.ABSTRACT)
    claim = builders.spm_claim(source, study=None)
    any_library.ingest(source, [claim], RUN)
    assert any_library.claim(claim.id) == (claim, source)
    assert any_library.article(source.id).claims == (claim,)
    assert any_library.articles() == [source]
    assert list(any_library.claims()) == [(claim, source)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.articles_with_claims(), strategies.articles_with_claims())
def test_any_article_is_kept_whole_and_a_second_reading_is_the_same(
    first: tuple[Article, list[Claim]], second: tuple[Article, list[Claim]]
) -> None:
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        for source, claims in (first, second):
            library.ingest(source, claims, RUN)
        one, other = first[0], second[0]
        same_text = one.text == other.text and one.id != other.id
        has_full = one.id == other.id and (one.kind, other.kind) == (ArticleKind.FULL_TEXT, ArticleKind.ABSTRACT)
        has_abstract = one.id == other.id and (other.kind, one.kind) == (ArticleKind.FULL_TEXT, ArticleKind.ABSTRACT)
        source, claims = first if same_text or has_full else second
        held = library.article(source.id)
        kept = completed(one, other) if has_full else completed(other, one) if has_abstract else source
        assert library._access.reader().stored(source.id) == kept
        expected = {c.id: replace(c, study=None) for c in claims}
        assert {c.id: replace(c, study=None) for c in held.claims} == expected
        before = dumps(library)
        assert library.ingest(source, claims, LATER).unchanged
        assert dumps(library) == before


def test_a_text_with_claims_is_of_one_article_whatever_other_ids_it_comes_with(library: Library) -> None:
    one, other = (builders.article(id=f"urn:picograph:article:{n}", pmid=n) for n in ("1", "2"))
    claim = builders.spm_claim(one)
    assert library.ingest(other, [], RUN).article == other.id  # a record without claims is by itself
    assert library.ingest(one, [claim], RUN).article == one.id
    assert library.ingest(other, [builders.spm_claim(other)], RUN).article == one.id
    assert library.evidence("? -> ?").total == 1
    assert library.ingest(one, [claim], LATER).unchanged
    assert [c.id for c in library.article(one.id).claims] == [claim.id]


def two_articles() -> tuple[Article, Article]:
    one = builders.article(SENTENCE, id="urn:picograph:article:1")
    return one, builders.article(f"As reported. {SENTENCE}", id="urn:picograph:article:2")


def test_the_same_text_under_another_id_is_the_same_article(any_library: Library) -> None:
    source = builders.article()
    any_library.ingest(source, [builders.spm_claim(source)], RUN)
    before = dumps(any_library)
    copy = replace(source, id="urn:picograph:article:copy", title="Copy")
    outcome = any_library.ingest(copy, [builders.spm_claim(copy)], LATER)
    assert (outcome.article, outcome.unchanged, outcome.claims) == (source.id, True, 1)
    assert dumps(any_library) == before


def test_two_libraries_of_the_same_input_are_the_same_bytes() -> None:
    sources = [builders.article(f"{SENTENCE} {n}", id=f"urn:picograph:article:{n}", title=n) for n in ("a", "b")]
    made = []
    for order, run in ((sources, RUN), (sources[::-1], LATER)):
        with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
            for source in order:
                library.ingest(source, [builders.spm_claim(source)], run)
            made.append(dumps(library))
    assert made[0] == made[1]


def test_a_new_text_is_a_new_version_and_the_old_reading_is_kept(library: Library) -> None:
    old, new = builders.article(), builders.article("Corrected. " + SENTENCE)
    library.ingest(old, [builders.spm_claim(old)], RUN)
    outcome = library.ingest(new, [builders.spm_claim(new)], LATER)
    assert (outcome.added, outcome.removed, outcome.kept, outcome.unchanged) == (1, 1, 0, False)
    record = library.article(new.id)
    assert record.article.text == new.text
    assert record.versions == (old.text_sha256, new.text_sha256)
    assert len(library.articles()) == 1
    assert old.text in b"".join(library.dump("nquads")).decode()


def test_going_back_to_an_old_text_makes_it_the_present_one(library: Library) -> None:
    old, new = builders.article(), builders.article("Corrected. " + SENTENCE)
    for source in (old, new, old):
        library.ingest(source, [builders.spm_claim(source)], RUN)
    assert library.article(old.id).versions == (new.text_sha256, old.text_sha256)
    assert library.claim(builders.spm_claim(old).id)[1] == old


def test_new_metadata_alone_is_stored(library: Library) -> None:
    source = builders.article()
    claims = [builders.spm_claim(source)]
    library.ingest(source, claims, RUN)
    outcome = library.ingest(replace(source, retracted=True), claims, RUN)
    assert (outcome.unchanged, outcome.kept) == (False, 1)
    assert library.article(source.id).article.retracted
    assert library.article(source.id).versions == (source.text_sha256,)


def test_a_decision_stays_with_its_claim_when_the_text_is_read_again(any_library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    any_library.ingest(source, [claim], RUN)
    any_library.decide(claim.id, Verdict.REJECT, reason=Reason.WRONG_ARM, author="a", made_at=WHEN)
    other = replace(claim, confidence=0.9)
    outcome = any_library.ingest(source, [other], LATER)
    held, _ = any_library.claim(claim.id)
    assert (held.status, held.revision, held.confidence) == (Status.REJECTED, 1, 0.9)
    assert outcome.orphans == ()


def test_a_decision_follows_its_claim_into_a_new_text(any_library: Library) -> None:
    old, new = builders.article(), builders.article("Corrected version. " + SENTENCE)
    before, after = builders.spm_claim(old), builders.spm_claim(new)
    any_library.ingest(old, [before], RUN)
    any_library.decide(before.id, Verdict.ACCEPT, author="a", made_at=WHEN)
    outcome = any_library.ingest(new, [after], LATER)
    assert before.id != after.id
    assert outcome.orphans == ()
    assert any_library.claim(after.id)[0].status is Status.ACCEPTED
    assert [d.claim for d in any_library.history(after.id)] == [before.id]
    again = any_library.decide(after.id, Verdict.REJECT, reason=Reason.OTHER, author="b", made_at=WHEN)
    assert again.revision == 2
    assert [d.revision for d in any_library.history(after.id)] == [1, 2]


def test_a_decision_never_moves_to_one_of_two_places(library: Library) -> None:
    old, new = builders.article(), builders.article(f"{SENTENCE} {SENTENCE}")
    before, after = builders.spm_claim(old), builders.spm_claim(new)
    library.ingest(old, [before], RUN)
    library.decide(before.id, Verdict.ACCEPT, author="a", made_at=WHEN)
    outcome = library.ingest(new, [after], LATER)
    assert [(d.claim, d.orphan) for d in outcome.orphans] == [(before.id, True)]
    assert library.orphans() == list(outcome.orphans)
    assert library.claim(after.id)[0].status is Status.UNREVIEWED
    assert library.history(after.id) == []


def test_a_decision_whose_claim_is_gone_waits_and_comes_back_with_it(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    library.ingest(source, [claim], RUN)
    library.decide(claim.id, Verdict.ACCEPT, author="a", made_at=WHEN)
    assert len(library.ingest(source, [], LATER).orphans) == 1
    assert [d.claim for d in library.orphans()] == [claim.id]
    with pytest.raises(UnknownClaim):
        library.claim(claim.id)
    assert library.ingest(source, [claim], RUN).orphans == ()
    assert library.claim(claim.id)[0].status is Status.ACCEPTED
    assert library.orphans() == []


def test_a_claim_that_does_not_stand_in_its_text_is_refused_with_its_place(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    wrong = replace(claim, outcome=Mention("malignancies", Span(0, 12)))
    with pytest.raises(QuoteMismatch) as caught:
        library.ingest(source, [claim, wrong], RUN)
    assert (caught.value.part, caught.value.start, caught.value.found) == ("outcome.text", 0, source.text[:12])
    moved = replace(claim, quote=Quote(claim.quote.exact[1:] + "x", claim.quote.span))
    with pytest.raises(QuoteMismatch, match="quote"):
        library.ingest(source, [moved], RUN)
    assert library.revision() == 0
    assert library.articles() == []


@pytest.mark.parametrize(
    "change",
    [
        {"article": "urn:picograph:article:other"},
        {"text_sha256": "0" * 64},
        {"status": Status.ACCEPTED},
        {"revision": 1},
        {"id": "https://w3id.org/picograph/claim/short"},
        {"id": "https://w3id.org/picograph/claim/" + "0" * 31 + "> <urn:x"},
        {"population": Mention("\udcff")},
        {"outcome": Mention("death", None, None, "not an iri")},
    ],
)
def test_a_claim_that_cannot_be_stored_refuses_the_article(library: Library, change: dict[str, object]) -> None:
    source = builders.article()
    claim = replace(builders.spm_claim(source), **change)  # type: ignore[arg-type]
    with pytest.raises(BadClaims):
        library.ingest(source, [claim], RUN)
    assert library.stats()["articles"] == 0


def test_a_text_that_utf8_cannot_hold_is_refused(library: Library) -> None:
    with pytest.raises(BadClaims, match="surrogate"):
        library.ingest(builders.article("a \ud800 b"), [], RUN)


def test_of_two_claims_with_one_id_the_first_is_kept(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    assert library.ingest(source, [claim, replace(claim, confidence=0.1)], RUN).claims == 1
    assert library.claim(claim.id)[0].confidence == claim.confidence


def test_an_id_may_be_cut_short_while_it_is_unambiguous(library: Library) -> None:
    source = builders.article()
    claim = builders.spm_claim(source)
    library.ingest(source, [claim], RUN)
    tail = claim.id.rpartition("/")[2]
    for known in (claim.id, tail, tail[:6], claim.id[:-10]):
        assert library.claim(known)[0].id == claim.id
    for unknown in (tail[:5], "0" * 32, tail + "0", "", "x", claim.id + "#quote", "\ud800", '"', tail.upper() + "Z"):
        with pytest.raises(UnknownClaim):
            library.claim(unknown)


def test_an_ambiguous_beginning_names_the_candidates(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    source = builders.article()
    claim = builders.spm_claim(source, study=None)
    twin = replace(claim, id=claim.id[:-2] + ("00" if claim.id[-2:] != "00" else "11"))
    library.ingest(source, [claim, twin], RUN)
    with pytest.raises(UnknownClaim) as caught:
        library.claim(claim.id[:-4])
    assert set(caught.value.candidates) == {claim.id, twin.id}


def test_an_article_is_known_by_its_identifiers(library: Library) -> None:
    source = builders.article(id="https://doi.org/10.1038/bcj.2016.114", doi="10.1038/bcj.2016.114", pmid="27935580")
    library.ingest(source, [], RUN)
    for name in (source.id, "doi:10.1038/BCJ.2016.114", "pmid:27935580", "https://pubmed.ncbi.nlm.nih.gov/27935580/"):
        assert library.article(name).article == source
    for name in ("pmid:1", "", "> <urn:x", "\ud800"):
        with pytest.raises(UnknownArticle):
            library.article(name)


def test_articles_share_a_study_until_the_last_of_them_lets_it_go(library: Library) -> None:
    study = b"/registration/NCT01554852> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    one, two = two_articles()
    for source in (one, two):
        library.ingest(source, [builders.spm_claim(source)], RUN)
    both = dumps(library)["turtle"]
    library.ingest(two, [], RUN)
    assert study in dumps(library)["nquads"]
    library.ingest(one, [], RUN)
    assert study not in dumps(library)["nquads"]
    for source in (two, one):
        library.ingest(source, [builders.spm_claim(source)], RUN)
    assert dumps(library)["turtle"] == both


def test_a_study_has_one_id_in_every_article_that_names_it(library: Library) -> None:
    one, two = two_articles()
    library.ingest(one, [builders.spm_claim(one)], RUN)
    library.ingest(two, [builders.spm_claim(two, study=Study(name="trial ONE"))], RUN)
    assert {c.study.id for c, _ in library.claims() if c.study} == {
        "https://w3id.org/picograph/study/registration/NCT01554852"
    }
    assert library.stats()["studies"] == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 2]), min_size=2, max_size=5))
def test_whatever_the_order_of_versions_the_last_one_stands(order: list[int]) -> None:
    texts = [SENTENCE, f"Version two. {SENTENCE}", f"{SENTENCE} {SECOND}"]
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        for version in order:
            source = builders.article(texts[version])
            library.ingest(source, [builders.spm_claim(source)], RUN)
        last = builders.article(texts[order[-1]])
        assert [c.id for c, _ in library.claims()] == [builders.spm_claim(last).id]
        assert library.article(last.id).versions[-1] == last.text_sha256
        assert set(library.article(last.id).versions) == {builders.article(texts[v]).text_sha256 for v in order}
