"""Which articles are of one study, and which are kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.components import Components, Edge
from graph.mapping_article import study_iri
from graph.studies import Studies
from graph.study_figures import MOST, Figure, Told
from graph.study_grounds import ArticleHead, StudyReport
from ingest.claim import Study

ONE, TWO = (study_iri(Study(registration=f"NCT0000000{n}"), "") for n in (1, 2))
A, B, C, D = (f"urn:a:{n}" for n in "1234")
DRUG, OUTCOME = "urn:concept:drug", "urn:concept:outcome"


def head(article: str, kind: str = "abstract", **known: object) -> ArticleHead:
    return replace(ArticleHead(article, f"https://w3id.org/picograph/vocab#{kind}", retracted=False), **known)  # type: ignore[arg-type]


def report(
    article: str, *, number: str = "", name: str = "", design: str | None = None, sizes: tuple[int, ...] = ()
) -> StudyReport:
    iri = study_iri(Study(registration=number or None, name=name or None), article)
    return StudyReport(article, iri, name or None, design, frozenset(sizes))


def ratio(article: str, value: float, *, drug: str = DRUG, outcome: str = OUTCOME) -> Figure:
    return Figure(article, "hazard ratio", value, round(value * 0.8, 3), round(value * 1.3, 3), outcome, drug)


def told(figures: Iterable[Figure], **drugs: str) -> dict[str, Told]:
    """What articles tell: these figures, and of each (by its last letters) one drug."""
    out = {f"urn:a:{number[1:]}": Told(frozenset(), frozenset({drug})) for number, drug in drugs.items()}
    for each in figures:
        held = out.get(each.article, Told())
        out[each.article] = replace(held, figures=held.figures | {each})
    return out


def linked(
    heads: list[ArticleHead], reports: list[StudyReport] | None = None, figures: list[Figure] | None = None
) -> set[frozenset[str]]:
    """The sets of articles that count as one."""
    studies = Studies.of(heads, reports or [], told(figures or []))
    units: dict[str, set[str]] = {}
    for each in heads:
        units.setdefault(studies.behind(each.id, None), set()).add(each.id)
    return {frozenset(found) for found in units.values()}


APART = {frozenset({A}), frozenset({B})}
TOGETHER = {frozenset({A, B})}


def test_a_number_of_the_article_counts_without_a_claim_that_gives_it() -> None:
    assert linked([head(A, registrations=("nct 00000001",)), head(B)], [report(B, number="NCT00000001")]) == TOGETHER


def test_a_number_of_another_registry_is_another_number_of_the_study() -> None:
    heads = [
        head(A, registrations=("NCT00000001", "EudraCT 2010-019173-11")),
        head(B, registrations=("2010-019173-11",)),
    ]
    assert linked(heads) == TOGETHER
    assert Studies.of(heads, []).behind(B, None) == ONE
    assert Studies.of(heads, []).canonical(study_iri(Study(registration="EudraCT:2010-019173-11"), "")) == ONE


def test_a_number_beside_two_of_one_registry_is_of_neither() -> None:
    heads = [head(A, registrations=("NCT00000001", "ISRCTN00000001"))]
    heads.append(head(B, registrations=("NCT00000002", "ISRCTN00000001")))
    heads.append(head(C, registrations=("ISRCTN00000001",)))
    studies = Studies.of(heads, [])
    assert (studies.behind(A, None), studies.behind(B, None)) == (ONE, TWO)
    assert studies.behind(C, None) not in (ONE, TWO)


def test_an_article_of_two_trials_is_neither_of_them() -> None:
    heads = [head(A, registrations=("NCT00000001",)), head(B, registrations=("NCT00000001", "NCT00000002"))]
    assert linked(heads, [report(B, number="NCT00000001")]) == APART
    assert Studies.of(heads, [report(B, number="NCT00000001")]).behind(B, ONE) == B


@pytest.mark.parametrize(
    "known",
    [
        {"title": "Drug A in four trials: a pooled analysis"},
        {"title": "Drug A: systematic review and meta-analysis"},
        {"types": ("Journal Article", "Meta-Analysis")},
        {"kind": "https://w3id.org/picograph/vocab#review"},
    ],
)
def test_what_puts_studies_together_is_none_of_them(known: dict[str, object]) -> None:
    heads = [head(A), replace(head(B), **known)]  # type: ignore[arg-type]
    reports = [report(A, number="NCT00000001", name="NORTH"), report(B, number="NCT00000001", name="NORTH")]
    assert linked(heads, reports, [ratio(a, v) for a in (A, B) for v in (0.7, 0.8)]) == APART


def test_a_news_page_on_a_pooled_analysis_counts_for_it_and_not_for_a_trial() -> None:
    pooled = head(A, pmid="111111", title="A pooled analysis of drug A")
    page = head(B, "news", primary="https://pubmed.ncbi.nlm.nih.gov/111111/")
    assert linked([pooled, page]) == TOGETHER
    assert linked([pooled, page], [report(B, number="NCT00000001")]) == APART


def test_two_articles_of_one_review_count_once_by_its_own_number() -> None:
    reports = [report(a, number="CRD42021257508", design="meta-analysis") for a in (A, B)]
    assert linked([head(A), head(B)], reports) == TOGETHER


def test_a_record_brings_in_the_publications_that_it_lists() -> None:
    record = head(A, "registryRecord", registrations=("NCT00000001",), publications=("pmid:222222", "pmid:333333"))
    paper, other = head(B, pmid="222222"), head(C, pmid="333333")
    assert linked([record, paper]) == TOGETHER
    assert linked([record, paper, other], [report(C, number="NCT00000002")]) != {frozenset({A, B, C})}
    assert Studies.of([record, other], [report(C, number="NCT00000002")]).behind(C, None) == TWO


def test_a_page_gives_its_number_to_the_publication_it_reports_on_and_to_other_pages_on_it() -> None:
    source = "https://doi.org/10.1000/x"
    pages = [head(A, "news", primary=source), head(B, "news", primary=source)]
    assert linked(pages, [report(A, number="NCT00000001")]) == TOGETHER
    paper = head(C, doi="10.1000/x")
    assert linked([*pages, paper], [report(A, number="NCT00000001")]) == {frozenset({A, B, C})}


def test_pages_of_two_trials_on_one_publication_give_it_neither() -> None:
    source = "https://doi.org/10.1000/x"
    pages = [head(A, "news", primary=source), head(B, "news", primary=source), head(C, "news", primary=source)]
    reports = [report(A, number="NCT00000001"), report(B, number="NCT00000002")]
    assert linked(pages, reports) == {frozenset({A}), frozenset({B}), frozenset({C})}


def test_texts_with_one_id_are_one_publication_unless_another_id_differs() -> None:
    full = head(A, "fullText", doi="10.1000/x", pmid="111111", pmcid="PMC1")
    assert linked([full, head(B, pmid="111111")]) == TOGETHER
    assert linked([full, head(B, pmid="111111", doi="10.1000/Y")]) == APART
    assert Studies.of([full, head(B, pmid="111111")], []).doubled == {B}
    assert Studies.of([full, head(B, "other", pmid="111111")], []).doubled == frozenset()
    assert Studies.of([full, head(B, pmid="111111")], []).behind(B, None) == A


@pytest.mark.parametrize(
    ("names", "titles", "expected"),
    [
        (("KEYNOTE-189", "Keynote 189"), (None, None), TOGETHER),
        (("KEYNOTE-189", "KEYNOTE-189 Japan"), (None, None), APART),
        (("KEYNOTE-189", "KEYNOTE-407"), (None, None), APART),
        (("Phase 3", "phase 3"), (None, None), APART),
        (("the trial", "the trial"), (None, None), APART),
        (("NORTH", "NORTH"), (None, "The NORTH open-label extension"), APART),
        (("NORTH", "NORTH"), ("NORTH part 1", "NORTH part 2"), APART),
    ],
)
def test_names_link_unless_they_are_words_or_parts(
    names: tuple[str, str], titles: tuple[str | None, str | None], expected: set[frozenset[str]]
) -> None:
    heads = [head(A, title=titles[0]), head(B, title=titles[1])]
    assert linked(heads, [report(A, name=names[0]), report(B, name=names[1])]) == expected


def test_a_part_of_a_study_with_its_number_is_of_the_study() -> None:
    heads = [head(A), head(B, title="The NORTH extension")]
    assert linked(heads, [report(a, name="NORTH", number="NCT00000001") for a in (A, B)]) == TOGETHER


def test_a_name_of_two_trials_links_only_those_that_give_no_number() -> None:
    reports = [report(A, name="NORTH", number="NCT00000001"), report(B, name="NORTH", number="NCT00000002")]
    reports += [report(C, name="NORTH"), report(D, name="NORTH")]
    assert linked([head(a) for a in (A, B, C, D)], reports) == {frozenset({A}), frozenset({B}), frozenset({C, D})}


def test_one_name_of_two_drugs_is_of_two_studies() -> None:
    reports = [report(a, name="FIRST") for a in (A, B, C, D)]
    heads = [head(a) for a in (A, B, C, D)]
    studies = Studies.of(heads, reports, told([], n1="urn:x", n2="urn:y", n3="urn:x"))
    assert studies.behind(A, None) == studies.behind(C, None)
    assert len({studies.behind(a, None) for a in (A, B, D)}) == 3
    assert (studies.reasons(A), studies.reasons(C)) == ((f"called FIRST, as in {C}",), (f"called FIRST, as in {A}",))
    same = Studies.of(heads, reports, told([], n1="urn:x", n2="urn:x"))
    assert len({same.behind(a, None) for a in (A, B, C, D)}) == 1
    assert same.reasons(D) == ("called FIRST, as in 3 more articles",)


SIZED = [report(A, sizes=(412,)), report(B, sizes=(412, 420))]


@pytest.mark.parametrize(
    ("reports", "figures", "expected"),
    [
        ([], [(0.7, 0.81), (0.7, 0.81)], TOGETHER),
        (SIZED, [(0.7,), (0.7, 0.9)], TOGETHER),
        ([], [(0.7,), (0.7,)], APART),
        (SIZED, [(0.7,), (0.71,)], APART),
        ([report(A, sizes=(412,)), report(B, sizes=(413,))], [(0.7, 0.81), (0.7, 0.81)], APART),
        ([report(A, sizes=(12,)), report(B, sizes=(12,))], [(0.7,), (0.7,)], APART),
        ([report(A, name="NORTH"), report(B, name="SOUTH")], [(0.7, 0.81), (0.7, 0.81)], APART),
        ([report(A, number="NCT00000001"), report(B, number="NCT00000002")], [(0.7, 0.81), (0.7, 0.81)], APART),
        ([report(A, number="NCT00000001"), report(B)], [(0.7, 0.81), (0.7, 0.81)], TOGETHER),
        ([report(A), report(B, design="meta-analysis")], [(0.7, 0.81), (0.7, 0.81)], APART),
    ],
)
def test_equal_numbers_link_from_two_grounds_on(
    reports: list[StudyReport], figures: list[tuple[float, ...]], expected: set[frozenset[str]]
) -> None:
    told = [ratio(article, value) for article, values in zip((A, B), figures, strict=True) for value in values]
    assert linked([head(A), head(B)], reports, told) == expected


def test_equal_numbers_of_other_drugs_or_outcomes_link_nothing() -> None:
    mine = [ratio(A, 0.7), ratio(A, 0.81)]
    for theirs in ([ratio(B, 0.7, drug="urn:x"), ratio(B, 0.81, drug="urn:x")], [ratio(B, 0.7, outcome="urn:x")]):
        assert linked([head(A), head(B)], SIZED, [*mine, *theirs]) == APART


def test_a_review_in_disguise_that_prints_the_numbers_of_two_trials_joins_neither() -> None:
    reports = [report(A, number="NCT00000001"), report(B, number="NCT00000002")]
    figures = [
        ratio(a, v) for a, values in ((A, (0.7, 0.8)), (B, (0.5, 0.6)), (C, (0.5, 0.6, 0.7, 0.8))) for v in values
    ]
    assert linked([head(a) for a in (A, B, C)], reports, figures) == {frozenset({A}), frozenset({B}), frozenset({C})}


def test_numbers_that_many_articles_share_say_nothing() -> None:
    heads = [head(f"urn:many:{n}") for n in range(MOST + 1)]
    assert len(linked(heads, [], [ratio(h.id, v) for h in heads for v in (0.7, 0.8)])) == MOST + 1


def test_reasons_say_on_what_ground_and_by_which_article() -> None:
    heads = [
        head(A, "registryRecord", registrations=("NCT00000001",), publications=("pmid:222222",)),
        head(B, pmid="222222"),
        head(C, "news", primary="https://pubmed.ncbi.nlm.nih.gov/222222/"),
        head(D),
    ]
    reports = [report(A, number="NCT00000001", name="NORTH"), report(C, name="NORTH"), report(B, sizes=(412,))]
    reports += [report(D, sizes=(412,))]
    studies = Studies.of(heads, reports, told([ratio(B, 0.7), ratio(D, 0.7)]))
    assert studies.others(B) == (A, C, D)
    assert studies.reasons(A)[:2] == ("registered as NCT00000001", "its record lists pmid:222222 among the results")
    assert studies.reasons(B)[0] == f"listed among the results in the record {A}"
    assert studies.reasons(C) == (f"reports on {B}", "called NORTH, as in 1 more article")
    assert studies.reasons(D) == (f"prints the same numbers as {B}: hazard ratio 0.7 (0.56 to 0.91), 412 participants",)


IDS = [f"urn:many:{n}" for n in range(7)]
HEADS = st.builds(
    head,
    st.sampled_from(IDS),
    st.sampled_from(["abstract", "fullText", "news", "registryRecord", "review"]),
    doi=st.sampled_from([None, None, "10.1000/x", "10.1000/y"]),
    pmid=st.sampled_from([None, None, "111111", "222222"]),
    primary=st.sampled_from([None, None, "https://doi.org/10.1000/x", "https://doi.org/10.1000/z", *IDS[:2]]),
    title=st.sampled_from([None, "A pooled analysis", "NORTH extension"]),
    registrations=st.lists(st.sampled_from(["NCT00000001", "NCT00000002", "ISRCTN00000001"]), max_size=2).map(tuple),
    publications=st.sampled_from([(), (), ("pmid:111111",)]),
)
REPORTS = st.builds(
    report,
    st.sampled_from(IDS),
    number=st.sampled_from(["", "", "NCT00000001", "NCT00000003", "CRD42021257508"]),
    name=st.sampled_from(["", "NORTH", "SOUTH", "phase 3"]),
    sizes=st.sampled_from([(), (412,), (500,)]),
)
FIGURES = st.builds(ratio, st.sampled_from(IDS), st.sampled_from([0.7, 0.8, 0.9]))


@given(
    st.lists(HEADS, max_size=7, unique_by=lambda h: h.id),
    st.lists(REPORTS, max_size=8),
    st.lists(FIGURES, max_size=10),
    st.randoms(),
)
def test_the_order_in_which_articles_came_does_not_matter(
    heads: list[ArticleHead], reports: list[StudyReport], figures: list[Figure], random: Random
) -> None:
    studies = Studies.of(heads, reports, told(figures))
    mixed: list[list[Any]] = [list(heads), list(reports), list(figures)]
    for each in mixed:
        random.shuffle(each)
    again = Studies.of(mixed[0], mixed[1], told(mixed[2]))
    articles = sorted({h.id for h in heads} | {r.article for r in reports})
    for article in articles:
        assert studies.behind(article, None) == again.behind(article, None)
        assert studies.reasons(article) == again.reasons(article)
        for other in studies.others(article):
            assert article in studies.others(other)


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12),
    st.permutations("abcdefgh"),
)
def test_a_set_never_has_two_marks(pairs: list[tuple[str, str]], nodes: list[str]) -> None:
    joined = Components()
    for node in nodes[:3]:
        joined.mark(node, node)
    joined.join_most(Edge(one, other, "x") for one, other in pairs if one != other)
    for members in joined.sets().values():
        assert len(set(members) & set(nodes[:3])) < 2
