"""Pages of the analyses in a real browser: numbers lead to their evidence, pictures to their comparisons."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import Page, expect

from graph.library import Library
from ingest.article import Span, quote_at
from ingest.claim import Claim, Direction, Mention, Quote, Significance, Study
from ingest.identity import claim_id, content_key
from tests.api.samples import LENALIDOMIDE, RUN, SECOND_PRIMARY, article

pytestmark = pytest.mark.slow
TRIALS = (
    ("Trial A", "lenalidomide", "placebo", Direction.HIGHER, Significance.SIGNIFICANT),
    ("Trial B", "lenalidomide", "placebo", Direction.LOWER, Significance.SIGNIFICANT),
    ("Trial C", "=cmd|<b>rival</b>", "placebo", Direction.NO_DIFFERENCE, Significance.NOT_SIGNIFICANT),
    ("Trial D", "=cmd|<b>rival</b>", "lenalidomide", None, None),
)


def add_trials(library: Library) -> None:
    """Four trials in a circle of three treatments, one of which is written as an attack."""
    for name, drug, other, direction, significance in TRIALS:
        text = f"{name}: of {drug} and {other}, there were second primary malignancies; this is what was seen."
        home = article(text, f"trial/{name[-1]}", name)

        def mention(words: str, concept: str | None = None, text: str = text) -> Mention:
            start = text.index(words)
            return Mention(words, Span(start, start + len(words)), None, concept, (concept,) if concept else ())

        slots = (
            mention(drug, LENALIDOMIDE if drug == "lenalidomide" else None),
            mention(other, LENALIDOMIDE if other == "lenalidomide" else None),
            mention("second primary malignancies", SECOND_PRIMARY),
            None,
        )
        span = Span(0, len(text))
        held = quote_at(text, span)
        claim = Claim(
            claim_id(home.text_sha256, span, slots, ()),
            content_key(home.id, text, slots, ()),
            home.id,
            home.text_sha256,
            slots[2],
            Quote(held.exact, span, held.prefix, held.suffix, "Results"),
            slots[0],
            slots[1],
            direction=direction,
            significance=significance,
            study=Study(name=name),
        )
        library.ingest(home, [replace(claim)], RUN)


def test_a_cell_of_the_map_says_in_words_what_was_found_and_leads_to_it(page: Page, library: Library) -> None:
    add_trials(library)
    page.goto("/")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("6 claims of 5 studies")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="lenalidomide"))
    cell = row.get_by_role("cell").first
    expect(cell).to_contain_text("3 studies")
    expect(cell).to_contain_text("2 higher")
    expect(cell).to_contain_text("1 lower")
    expect(cell).to_contain_text("contradiction")
    cell.get_by_role("link", name="3 studies").click()
    expect(page.get_by_role("status")).to_have_text("4 claims of 3 studies")
    page.get_by_role("link", name="a network of treatments").click()
    expect(page.get_by_role("heading", name="Compared treatments")).to_be_visible()


def test_the_map_can_be_asked_for_one_drug_and_broader_concepts(page: Page, library: Library) -> None:
    add_trials(library)
    page.goto("/map")
    page.get_by_label("Question").fill("lenalidomide -> ?")
    page.get_by_label("Level").select_option("1")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("rowheader", name="lenalidomide")).to_have_count(0)
    expect(page.get_by_role("rowheader")).not_to_have_count(0)
    assert "up=1" in page.url
    expect(page.get_by_label("Level")).to_have_value("1")


def test_the_network_is_a_picture_with_links_and_a_table_that_says_the_same(page: Page, library: Library) -> None:
    add_trials(library)
    page.goto("/network?q=%3F+-%3E+SPM")
    expect(page.get_by_role("heading", name="Is a network meta-analysis possible?")).to_be_visible()
    drawing = page.locator("svg.network")
    expect(drawing.locator("circle")).to_have_count(4)
    expect(drawing.locator("line.edge")).to_have_count(4)
    expect(drawing.locator("line.bridge")).to_have_count(1)
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(5)
    expect(page.get_by_role("listitem").filter(has_text="can be checked")).to_have_count(1)
    assert page.locator("main b, main script").count() == 0, "what a trial calls its drug is only ever text"
    drawing.get_by_role("link", name="lenalidomide against placebo").or_(
        drawing.get_by_role("link", name="placebo against lenalidomide")
    ).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 claims of 2 studies")


def test_a_conflict_shows_the_words_of_both_sides(page: Page, library: Library) -> None:
    add_trials(library)
    page.goto("/conflicts")
    found = page.locator("section.conflict").first
    expect(found.get_by_role("heading", level=2)).to_contain_text("contradiction")
    sides = found.locator(".side")
    expect(sides.nth(0)).to_contain_text("Trial A: of lenalidomide and placebo")
    expect(sides.nth(1)).to_contain_text("Trial B: of lenalidomide and placebo")
    sides.nth(1).get_by_role("link", name="Trial B").click()
    expect(page.locator("mark#quote")).to_contain_text("Trial B: of lenalidomide")


@pytest.mark.parametrize("path", ["/map", "/network", "/conflicts"])
def test_pages_without_evidence_and_with_a_bad_question_say_so(http: httpx.Client, path: str) -> None:
    empty = http.get(path, params={"q": "aspirin -> SPM"})
    assert empty.status_code == 200
    assert "Nothing found" in empty.text
    bad = http.get(path, params={"q": '"><script>x</script>'})
    assert bad.status_code == 400
    assert "<script>x" not in bad.text
    assert 'role="alert"' in bad.text
    assert http.get(path, params={"q": " "}).status_code == 200


def test_pages_have_no_style_that_the_policy_refuses(http: httpx.Client, library: Library) -> None:
    add_trials(library)
    for path in ("/map", "/network", "/conflicts"):
        assert " style=" not in http.get(path).text
