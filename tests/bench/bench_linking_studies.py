"""Cost of keeping the studies of a library up to date. Run by `make bench`: a first build, and one write into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from graph.linking.facts import ArticleFacts
from graph.linking.store import Linking
from graph.mapping_article import study_iri
from graph.standing import StoredNotice
from graph.study_figures import Figure, Told
from graph.study_grounds import ArticleHead, StudyReport
from ingest.claim import Study
from ingest.notices import NoticeKind

KIND = "https://w3id.org/picograph/vocab#"


def articles(count: int, seed: int = 7) -> Iterator[ArticleFacts]:
    """Articles as they come: of each trial three, far from each other.

    Ids, numbers, names (a twentieth of them one name that has nothing to do with the study), results that are printed
    again, common numbers, meta-analyses of many trials, news pages, notices,
    and some links to what has nothing to do with it.
    """
    for index in range(count):
        yield article(index, count, seed)


def article(index: int, count: int, seed: int = 7) -> ArticleFacts:
    """One of the articles."""
    random = Random(seed * 1_000_003 + index)
    trials = count // 3 + 1
    trial = index % trials
    others = [trial + trials * each for each in range(3)]
    if random.random() < 0.02:
        others = [random.randrange(count) for _ in others]
    iri, shape = f"https://doi.org/10.1000/a{index}", random.random()
    kind = "news" if shape < 0.05 else "registryRecord" if shape < 0.1 else random.choice(["abstract", "fullText"])
    known = random.random() < 0.5
    pools = 0.1 <= shape < 0.15
    numbers = [f"NCT{trial:08}"] if known and not pools else []
    if pools:
        numbers = [f"NCT{random.randrange(trials):08}" for _ in range(random.randrange(2, 12))]
    elif known and random.random() < 0.2:
        numbers.append(f"ISRCTN{trial:08}")
    head = ArticleHead(
        iri,
        KIND + kind,
        retracted=random.random() < 0.002,
        doi=f"10.1000/a{index}",
        pmid=str(10_000_000 + index) if kind != "news" else None,
        primary=f"https://doi.org/10.1000/a{others[0]}" if kind == "news" else None,
        title=("A meta-analysis of " if pools else "Efficacy of ") + f"drug {trial % 900} in disease {trial % 70}",
        registrations=tuple(numbers),
        publications=tuple(f"pmid:{10_000_000 + other}" for other in others) if kind == "registryRecord" else (),
        published=str(random.randrange(1995, 2026)),
    )
    name = None if random.random() < 0.5 else "CARE" if random.random() < 0.05 else f"TRIAL-{trial}"
    study = Study(name=name, registration=numbers[0] if numbers and not pools else None)
    size = 100 + trial % 1900
    report = StudyReport(iri, study_iri(study, iri), name, None, frozenset([size] if random.random() < 0.5 else []))
    own = Random(trial)
    results = [(own.randrange(30, 160) / 100, own.randrange(5, 40) / 100) for _ in range(4)]
    results += [(round(random.uniform(0.8, 1.2), 1), 0.1) for _ in range(2)]
    figures = frozenset(
        Figure(
            iri,
            "hazard ratio",
            value,
            round(value - wide, 2),
            round(value + wide, 2),
            _iri("outcome", at if at > 3 else trial % 500),
            drug,
        )
        for at, (value, wide) in enumerate(results)
        for drug in (_iri("drug", trial % 900), _iri("class", trial % 30))
        if random.random() < 0.6
    )
    drugs = frozenset({_iri("drug", trial % 900), _iri("class", trial % 30)})
    notices: tuple[StoredNotice, ...] = ()
    if random.random() < 0.002:
        about = f"https://doi.org/10.1000/a{random.randrange(count)}"
        notices = (StoredNotice(iri, NoticeKind.RETRACTION, of_other=True, about=about),)
    return ArticleFacts(head, (report,), Told(figures, drugs), notices)


def _iri(kind: str, number: int) -> str:
    return f"https://example.org/{kind}/{number:06}"


@pytest.mark.parametrize("count", [10_000, 100_000])
def test_first_build(benchmark: BenchmarkFixture, tmp_path: Path, count: int) -> None:
    path = tmp_path / "linking.sqlite"

    def build() -> None:
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as connection:
            linking = Linking(connection)
            linking.replace(articles(count))
            linking.settle()

    benchmark.pedantic(build, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["megabytes"] = round(path.stat().st_size / 1e6, 1)
    benchmark.extra_info["largest block"] = len(largest(sqlite3.connect(path)))


def largest(connection: sqlite3.Connection) -> list[int]:
    """Which articles the largest block has, as numbers that ``article`` takes."""
    query = """SELECT id FROM link_rows JOIN link_articles USING (n) WHERE block =
      (SELECT block FROM link_rows GROUP BY block ORDER BY count(*) DESC LIMIT 1)"""
    return [int(str(row[0]).rpartition("a")[2]) for row in connection.execute(query)]


@pytest.mark.parametrize("count", [10_000, 100_000])
@pytest.mark.parametrize("what", ["any", "largest"])
def test_one_write(benchmark: BenchmarkFixture, tmp_path: Path, count: int, what: str) -> None:
    connection = sqlite3.connect(tmp_path / "linking.sqlite")
    linking = Linking(connection)
    linking.replace(articles(count))
    linking.settle()
    connection.commit()
    places = iter(range(0, count, 97)) if what == "any" else iter(largest(connection))

    def write() -> None:
        linking.replace([article(next(places), count, seed=8)])
        linking.settle()
        connection.commit()

    benchmark.pedantic(write, rounds=50 if what == "any" else 5)  # type: ignore[no-untyped-call]
