"""Pages of concepts in a real browser, and suggestions while one types."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import SCRIPTS_ON

pytestmark = pytest.mark.slow


@SCRIPTS_ON
def test_what_is_typed_is_completed_term_by_term(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("Question")
    box.press_sequentially("lenal")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("lenalidomide")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    box.press("Enter")
    expect(box).to_have_value("lenalidomide -> ")
    box.press_sequentially("second prim")
    page.get_by_role("option").first.click()
    expect(box).to_have_value("lenalidomide -> second primary malignancy")
    expect(box).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 claims of 1 study")


@SCRIPTS_ON
def test_a_term_in_the_middle_is_completed_and_the_rest_stays(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("Question")
    box.fill("? -> overall survival status:any")
    box.press("Home")
    box.press("Delete")
    box.press_sequentially("revlim")
    page.get_by_role("option").first.click()
    expect(box).to_have_value("lenalidomide -> overall survival status:any")


@SCRIPTS_ON
def test_escape_closes_what_is_suggested_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("Question")
    box.press_sequentially("thalid")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("ArrowUp")
    expect(page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("thalid")


@SCRIPTS_ON
def test_no_concept_is_suggested_for_a_wildcard_or_a_status(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("Question")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/concepts" in request.url else None)
    box.press_sequentially("? -> ? status:accepted")
    page.wait_for_timeout(400)
    assert asked == []


@SCRIPTS_ON
def test_a_suggestion_leads_to_its_concept(page: Page) -> None:
    page.goto("/concepts")
    page.get_by_label("A drug, disease").press_sequentially("neutrop")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("neutropenia")


def test_a_concept_is_found_and_leads_to_a_broader_one_and_back(page: Page) -> None:
    page.goto("/concepts")
    page.get_by_label("A drug, disease").fill("Revlimid")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".found li").first).to_contain_text("Revlimid: same name")
    page.locator(".found").get_by_role("link", name="lenalidomide", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("lenalidomide")
    page.get_by_label("Broader concepts").get_by_role("link", name="immunomodulatory drugs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("immunomodulatory drugs")
    page.locator(".narrower").get_by_role("link", name="lenalidomide").click()
    page.get_by_role("link", name="As intervention").click()
    expect(page.get_by_role("status")).to_have_text("2 claims of 1 study")


def test_the_evidence_says_why_each_claim_is_there(page: Page) -> None:
    page.goto("/?q=immunomodulatory drugs -> SPM")
    why = page.locator(".matched").first
    expect(why).to_contain_text("intervention, lenalidomide is a immunomodulatory drugs")
    expect(why).to_contain_text("outcome, ")
    page.goto("/?q=lenalidomide -> second primary malignancy")
    expect(page.locator(".matched").first).to_have_text("Why: intervention and outcome, the same concept")


def test_hostile_searches_stay_text(page: Page) -> None:
    hostile = '"><script>document.title="taken"</script><img src=x onerror=alert(1)>'
    page.goto("/concepts")
    box = page.get_by_label("A drug, disease")
    box.fill(hostile)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Find").click()
    expect(box).to_have_value(hostile)
    expect(page.get_by_role("status")).to_contain_text("<script>")
    assert page.title().endswith("Concepts – picograph")
    assert page.locator("main script, main img").count() == 0


@pytest.mark.parametrize("width", [375, 1280])
def test_a_concept_fits_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for path in ("/concepts/mesh:D000077269", "/concepts/mesh:D003924", "/concepts?q=leuk"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
