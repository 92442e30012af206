"""Random libraries in which much is shared: ids, sources, names, registry numbers, printed numbers, notices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from random import Random

from hypothesis import strategies as st

from graph.linking.facts import ArticleFacts, Row
from graph.linking.store import Linking
from graph.mapping_article import study_iri
from graph.registries import number_of
from graph.standing import Standings, StoredNotice
from graph.studies import Studies
from graph.study_figures import Figure, Told
from graph.study_grounds import BY_NAME, BY_REGISTRATION, ArticleHead, StudyReport
from ingest.claim import Study
from ingest.notices import NoticeKind

NUMBERS = ["NCT00000001", "NCT00000002", "NCT00000003", "ISRCTN00000001", "EudraCT: 2010-019173-11", "CRD42021257508"]
NUMBERS += ["2010-019173-12", "X-7"]
NAMES = ["NORTH", "SOUTH", "Phase 3", "North 2"]
IDS = [f"urn:a:{n}" for n in range(14)]
IRIS = [
    "https://doi.org/10.1000/x",
    "https://doi.org/10.1000/z",
    "https://pubmed.ncbi.nlm.nih.gov/111111/",
    "urn:elsewhere",
    *IDS[:3],
    BY_NAME + "north",
    BY_REGISTRATION + "NCT00000001",
]
STUDIES = [
    *(study_iri(Study(registration=number), "") for number in NUMBERS),
    *(study_iri(Study(name=name), "") for name in NAMES),
    *(BY_REGISTRATION + number_of(number).text for number in NUMBERS),
    *IRIS,
]


def some(*values: object) -> st.SearchStrategy[object]:
    """One of the values, or twice as often None."""
    return st.sampled_from([*values, *[None] * 2 * len(values)])


@st.composite
def facts(draw: st.DrawFn, article: str | None = None, common: int = 3) -> ArticleFacts:
    """The facts of an article; ``common`` is how many different numbers are printed."""
    article = draw(st.sampled_from(IDS)) if article is None else article
    kind = draw(st.sampled_from(["abstract", "abstract", "fullText", "news", "registryRecord", "review"]))
    head = ArticleHead(
        article,
        f"https://w3id.org/picograph/vocab#{kind}",
        retracted=draw(st.integers(0, 9)) == 0,
        doi=draw(some("10.1000/x", "10.1000/y")),  # type: ignore[arg-type]
        pmid=draw(some("111111", "222222", "333333")),  # type: ignore[arg-type]
        pmcid=draw(some("PMC1")),  # type: ignore[arg-type]
        primary=draw(some(*IRIS)),  # type: ignore[arg-type]
        title=draw(some("A pooled analysis", "NORTH extension")),  # type: ignore[arg-type]
        registrations=tuple(draw(st.lists(st.sampled_from(NUMBERS), max_size=3))) if draw(st.booleans()) else (),
        publications=tuple(draw(st.lists(st.sampled_from(["pmid:111111", "pmid:222222"]), max_size=2))),
        published=draw(some("2015")),  # type: ignore[arg-type]
    )
    reports = draw(st.lists(_reports(article), max_size=2)) if draw(st.booleans()) else []
    told = Told(
        frozenset(draw(st.lists(_figures(article, common), max_size=4))),
        frozenset(draw(st.lists(st.sampled_from(["urn:drug:a", "urn:drug:b", "urn:drug:c"]), max_size=1))),
    )
    notices = draw(st.lists(_notices(article), max_size=1)) if draw(st.booleans()) else []
    return ArticleFacts(head, tuple(reports), told if told.figures or told.drugs else None, tuple(notices))


@st.composite
def _reports(draw: st.DrawFn, article: str) -> StudyReport:
    number, name = draw(some(*NUMBERS)), draw(st.sampled_from([None, *NAMES]))
    iri = study_iri(Study(registration=number, name=name), article)  # type: ignore[arg-type]
    design = draw(some("meta-analysis"))
    sizes = frozenset(draw(st.lists(st.sampled_from([12, 412, 500]), max_size=1)))
    return StudyReport(article, iri, name, design, sizes)  # type: ignore[arg-type]


@st.composite
def _figures(draw: st.DrawFn, article: str, common: int) -> Figure:
    value = draw(st.sampled_from([round(0.5 + each / 10, 1) for each in range(common)]))
    low = draw(st.sampled_from([0.1, 0.1, 0.1, 3.0]))
    return Figure(
        article, "hazard ratio", value, low, 2.0, "urn:outcome", draw(st.sampled_from(["urn:d:a", "urn:d:b"]))
    )


@st.composite
def _notices(draw: st.DrawFn, article: str) -> StoredNotice:
    about = draw(st.sampled_from([None, *IRIS]))
    return StoredNotice(article, draw(st.sampled_from(list(NoticeKind))), draw(st.booleans()), about)


def whole(items: Iterable[ArticleFacts]) -> dict[str, object]:
    """What the whole library says of every article and every study."""
    every = list(items)
    heads = [each.head for each in every]
    studies = Studies.of(
        heads,
        [report for each in every for report in each.reports],
        {each.head.id: each.told for each in every if each.told is not None},
    )
    standings = Standings.of(heads, [notice for each in every for notice in each.notices])
    return {
        head.id: (
            Row(
                studies.behind(head.id, None),
                head.id in studies.mixed,
                head.id in studies.doubled,
                head.id in standings.excluded,
            ),
            studies.others(head.id),
            studies.reasons(head.id),
            standings.said(head.id),
            [studies.behind(head.id, study) for study in STUDIES],
        )
        for head in heads
    } | {study: studies.canonical(study) for study in STUDIES}


def kept(linking: Linking) -> dict[str, object]:
    """The same from the tables."""
    return {
        article: (
            row,
            linking.others(article),
            linking.reasons(article),
            linking.said(article),
            [linking.behind(article, study) for study in STUDIES],
        )
        for article, row in linking.rows()
    } | {study: linking.canonical(study) for study in STUDIES}


def opened() -> Linking:
    """Tables of their own in memory."""
    return Linking(sqlite3.connect(":memory:"))


def plain(random: Random, article: str) -> ArticleFacts:
    """An article of which much is as in most others: printed numbers and name, drug, now and then a registration."""
    kind = random.choices(["abstract", "news"], [5, 1])[0]
    head = ArticleHead(
        article,
        f"https://w3id.org/picograph/vocab#{kind}",
        retracted=False,
        primary=random.choice(IDS) if kind == "news" else None,
        title=random.choices(["A trial", "A pooled analysis"], [9, 1])[0],
        registrations=tuple(random.sample(NUMBERS[:2], random.choices([0, 1], [4, 1])[0])),
    )
    name = random.choices(["NORTH", None], [4, 1])[0]
    report = StudyReport(article, study_iri(Study(name=name), article), name, None)
    values = [value for value in (0.7, 0.8) if random.random() < 0.9]
    figures = frozenset(Figure(article, "hazard ratio", v, 0.1, 2.0, "urn:outcome", "urn:drug:a") for v in values)
    drugs = random.sample(["urn:drug:a", "urn:drug:b"], random.choices([0, 1, 2], [4, 3, 1])[0])
    return ArticleFacts(head, (report,), Told(figures, frozenset(drugs)))
