"""Why two articles are one study, and where else a finding is told: over HTTP, on pages and on the terminal."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from rich.console import Console

from api.commands.tables import evidence_table
from api.present import evidence_out
from graph.library import Library
from ingest.article import ArticleKind
from tests import builders
from tests.builders import RUN

PAPER, PAGE = "urn:picograph:article:paper", "urn:picograph:article:page"
QUESTION = "lenalidomide -> second primary malignancies"


def two_reports(library: Library) -> None:
    """A paper and a news page on it, with one finding."""
    paper = builders.article(id=PAPER, kind=ArticleKind.FULL_TEXT, title="The paper", doi="10.1000/x")
    page = builders.article(
        f"News: {builders.SENTENCE}", id=PAGE, kind=ArticleKind.NEWS, title="A page", primary_source="doi:10.1000/x"
    )
    for source in (paper, page):
        library.ingest(source, [builders.spm_claim(source)], RUN)


def test_an_article_tells_its_study_and_the_other_articles_with_reasons(http: httpx.Client, library: Library) -> None:
    two_reports(library)
    found = http.get(f"/api/v1/articles/{quote(PAGE, safe='')}").json()["study"]
    assert found["study"] == "https://w3id.org/picograph/study/registration/NCT01554852"
    assert found["reasons"] == [
        "registered as NCT01554852",
        f"reports on {PAPER}",
        "called Trial One, as in 1 more article",
    ]
    (other,) = found["others"]
    assert (other["article"], other["kind"], other["title"]) == (PAPER, "full text", "The paper")
    assert f"{PAGE} reports on it" in other["reasons"]
    shown = http.get(f"/articles/{quote(PAGE, safe='')}").text
    assert "Counted once with 1 other article of the same study" in shown
    assert "The paper" in shown


def test_an_answer_tells_where_else_a_finding_stands(http: httpx.Client, library: Library) -> None:
    two_reports(library)
    page = http.get("/api/v1/evidence", params={"q": f"{QUESTION} status:unreviewed"}).json()
    rows = {c["article"]["id"]: c for c in page["claims"] if c["article"]["id"] in (PAPER, PAGE)}
    assert [told["article"] for told in rows[PAPER]["also"]] == [PAGE]
    assert rows[PAPER]["retells"] is None
    assert rows[PAGE]["retells"]["claim"] == rows[PAPER]["id"]
    shown = http.get("/", params={"q": QUESTION}).text
    assert "also reported in" in shown
    assert "told best in" in shown


def test_the_terminal_tells_the_same(library: Library) -> None:
    two_reports(library)
    console = Console(width=160, record=True, file=None, quiet=False)
    with console.capture() as captured:
        console.print(evidence_table(evidence_out(library.evidence(QUESTION))))
    assert "also reported in A page (news)" in captured.get()
    assert "told best in The paper (full text)" in captured.get()
