"""One library, one set of answers, whatever store it is in: each is compared with the library in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from graph.binding import load_query
from graph.library import Library
from graph.model import Reason, Verdict
from graph.opening import MEMORY
from ingest.article import ArticleKind
from ingest.claim import Mention, Study
from tests import builders
from tests.builders import RUN
from tests.graph.small import HAEMATOLOGICAL, OS, SPM, TERMINOLOGY, THALIDOMIDE

WHEN = "2026-03-01T12:00:00Z"
QUESTIONS = [
    "lenalidomide -> SPM",
    '"immunomodulatory drugs" -> SPM',
    "? -> SPM",
    "lenalidomide -> ?",
    "? -> ?",
    "thalidomide -> SPM",
    "imids -> SPM comparator:placebo",
    'lenalidomide -> SPM population:"transplant-eligible patients"',
    "lenalidomide -> SPM status:rejected",
    "lenalidomide -> SPM status:accepted,corrected",
    "? -> survival",
    "nobody -> nothing",
]
MOMENTS = {"anything", "leases"}
"""Queries that answer with any one row, or with what is of one moment alone."""
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
"""The ids of stores and of writers, which are drawn."""
QUERIES = sorted(
    p.name.removesuffix(".rq") for p in resources.files("graph.queries").iterdir() if p.name.endswith(".rq")
)
LOG = "https://w3id.org/picograph/graph/log"


def fill(library: Library) -> None:
    """Ten articles in two versions, with decisions of every kind."""
    numbers = (1.55, 0.1 + 0.2, 5e-324, 1e21, -0.0)
    for index in range(10):
        for version in range(1 + (index == 3)):
            name = f"Article {index} \U0001f9ec é \\ \" ' version {version}: "
            source = builders.article(
                name + builders.SENTENCE,
                id=f"urn:picograph:article:{index}",
                title=f"Title {index}\twith <markup> & \u2028",
                published=f"20{10 + index}",
                kind=ArticleKind.NEWS if index == 7 else ArticleKind.FULL_TEXT,
                retracted=index == 8,
            )
            text = source.text
            slots: dict[str, Any] = {
                "outcome": Mention("SPM", None, None, (SPM, HAEMATOLOGICAL, OS)[index % 3]),
                "study": Study(name=f"Trial {index % 4}", registration=f"NCT0000000{index % 4}"),
            }
            if index % 5 == 4:
                slots["intervention"] = Mention("thalidomide", None, "thalidomide", THALIDOMIDE, (THALIDOMIDE,))
            first = builders.spm_claim(source, **slots)
            effects = tuple(replace(e, value=numbers[index % 5], interval=None) for e in first.effects)
            second = builders.claim(
                source, builders.SENTENCE, **{**slots, "effects": effects, "outcome": "malignancies"}
            )
            library.ingest(source, [first, second], RUN)
            assert text.count("HR 1.55") == 1
    claims = [claim for claim, _ in library.claims()]
    library.decide(claims[0].id, Verdict.ACCEPT, author="A. Reader", made_at=WHEN)
    library.decide(claims[2].id, Verdict.REJECT, reason=Reason.NOT_A_CLAIM, author="A. Reader", made_at=WHEN)
    library.decide(
        claims[4].id,
        Verdict.CORRECT,
        changes=[("effects[0].value", 0.30000000000000004), ("population.text", "patients \\ \" 'x")],
        reason=Reason.WRONG_NUMBER,
        note="a note\nof two lines",
        author="A. Reader",
        made_at=WHEN,
    )


@pytest.fixture(scope="module")
def known() -> Any:
    """The library in memory."""
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        fill(library)
        yield library


def pages(library: Library, question: str) -> list[object]:
    """Every page of three of the answer."""
    found: list[object] = []
    cursor: str | None = None
    while True:
        page = library.evidence(question, limit=3, cursor=cursor)
        found.append(page)
        cursor = page.cursor
        if cursor is None:
            return found


def rows(library: Library, name: str) -> list[tuple[str, ...]]:
    """What a stored query finds without any value; without the ids that are drawn."""
    found = library._access.store.select(load_query(name))
    return sorted(tuple(UUID.sub("UUID", str(term)) for term in row) for row in found)


def dumped(library: Library, form: str) -> bytes:
    """An export."""
    return b"".join(library.dump(form))


def whole(library: Library) -> dict[str, Callable[[], object]]:
    """Everything that a library tells, by name."""
    return {
        "stats": library.stats,
        "articles": library.articles,
        "claims": lambda: list(library.claims()),
        "histories": lambda: [library.history(c.id) for c, _ in library.claims()],
        "orphans": library.orphans,
        "records": lambda: [library.article(a.id) for a in library.articles()],
        **{form: partial(dumped, library, form) for form in ("jsonl", "nquads", "turtle")},
    }


def test_everything_is_the_same_in_every_store(location: str, known: Library) -> None:
    with Library.open(location, terminology=TERMINOLOGY) as library:
        fill(library)
        assert library.revision() == known.revision()
        for question in QUESTIONS:
            assert pages(library, question) == pages(known, question), question
        for name, told in whole(library).items():
            assert told() == whole(known)[name](), name
        for name in QUERIES:
            if name not in MOMENTS:
                assert rows(library, name) == rows(known, name), name


def test_the_questions_find_something(known: Library) -> None:
    found = {question: known.evidence(question).total for question in QUESTIONS}
    assert found.pop("nobody -> nothing") == 0
    assert all(found.values()), found


def test_every_stored_query_is_asked() -> None:
    folder = Path(str(resources.files("graph.queries")))
    assert len(QUERIES) == len(list(folder.glob("*.rq"))) > 20
