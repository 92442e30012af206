"""Pages in a real browser, with scripts and without: ask, look, decide."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, expect

from graph.library import Library
from graph.model import Reason, Verdict
from tests.api.samples import QUESTION, TEXT

pytestmark = pytest.mark.slow


def ask(page: Page, question: str = QUESTION) -> None:
    page.goto("/")
    page.get_by_label("Question").fill(question)
    page.get_by_role("button", name="Ask").click()


def test_a_question_is_answered_and_leads_to_the_words(page: Page) -> None:
    ask(page)
    expect(page.get_by_role("status")).to_have_text("2 claims of 1 study")
    row = page.get_by_role("row").filter(has_text="17.3%")
    expect(row.get_by_role("cell").nth(1)).to_have_text("17.3%")
    expect(row.get_by_role("cell").nth(2)).to_have_text("6.5%")
    expect(row).to_contain_text("unreviewed")
    row.get_by_role("link", name="lenalidomide maintenance").click()
    quote = page.locator("mark#quote")
    expect(quote).to_have_text(TEXT.split("\n\n")[1])
    expect(quote.locator("b")).to_have_text(["17.3%", "6.5%", "P=0.049"])
    expect(page.locator("blockquote")).to_contain_text("Second cancers under maintenance")


def test_a_claim_shows_notes_first_and_what_cannot_be_checked_folded(page: Page, library: Library) -> None:
    claim = next(claim for claim, _ in library.claims())
    page.goto(f"/claims/{claim.id.rsplit('/', 1)[1]}")
    expect(page.locator("ul.checks > li").first).to_contain_text("note ratio-from-values: the values give 2.66")
    folded = page.locator("details.checks")
    expect(folded.locator("li")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("li")).to_have_text("p-from-interval: no interval is printed")


def test_a_decision_is_recorded_and_seen_in_the_table(page: Page) -> None:
    ask(page)
    page.get_by_role("row").filter(has_text="17.3%").get_by_role("link", name="lenalidomide maintenance").click()
    page.get_by_label("correct", exact=True).check()
    page.locator('[name="effects[0].value"]').fill("16.6")
    page.get_by_label("Reason").select_option("wrong-number")
    page.get_by_label("Author").fill("A. Reader")
    page.get_by_label("Note").fill("Table 2 <b>has</b> it")
    page.get_by_role("button", name="Record").click()
    decision = page.locator(".history li")
    expect(decision).to_contain_text("correct by A. Reader")
    expect(decision).to_contain_text("17.3 → 16.6")
    expect(decision).to_contain_text("Table 2 <b>has</b> it")
    ask(page)
    expect(page.get_by_role("row").filter(has_text="17.3% [corrected: 16.6]")).to_contain_text("corrected")


def test_a_stale_decision_shows_the_present_state(page: Page, library: Library) -> None:
    claim = next(claim for claim, _ in library.claims())
    page.goto(f"/claims/{claim.id.rsplit('/', 1)[1]}")
    library.decide(claim.id, Verdict.REJECT, reason=Reason.DUPLICATE, author="Someone", made_at="2026-01-01T00:00:00Z")
    page.get_by_label("accept").check()
    page.get_by_label("Author").fill("A. Reader")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was recorded")
    expect(page.locator(".history li")).to_have_count(1)
    expect(page.locator("main .status").first).to_have_text("rejected")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".history li")).to_have_count(2)
    assert len(library.history(claim.id)) == 2


def test_an_article_shows_its_whole_text_with_quotes_marked(page: Page) -> None:
    page.goto("/articles")
    page.get_by_role("link", name="Second cancers").click()
    assert page.locator("article.text").text_content() == TEXT
    assert page.title() == "Second cancers – picograph"
    assert page.locator("article.text script").count() == 0
    page.locator("article.text a.quoted").first.click()
    expect(page.locator("mark#quote")).to_be_visible()


def test_a_question_that_cannot_be_read_is_told_beside_the_box(page: Page) -> None:
    ask(page, "lenalidomide -> ")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Question")).to_have_value("lenalidomide -> ")


def test_hostile_questions_stay_text(page: Page) -> None:
    hostile = '"><script>document.title="taken"</script> -> <img src=x onerror=alert(1)>'
    ask(page, hostile)
    expect(page.get_by_label("Question")).to_have_value(hostile)
    assert "taken" not in page.title().split(" – ")[-1]
    assert page.locator("main script, main img").count() == 0


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/articles")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("To the content")


@pytest.mark.parametrize(
    ("form", "status", "told"),
    [
        ({"verdict": "correct", "author": "A"}, 422, "no number was changed"),
        ({"verdict": "correct", "author": "A", "effects[0].value": "many"}, 422, "is not a number"),
        ({"verdict": "accept", "author": ""}, 422, "author"),
        ({"verdict": "reject", "author": "A"}, 422, "a rejection needs a reason"),
        ({"verdict": "like", "author": "A"}, 422, "verdict"),
        ({"verdict": "accept", "author": "A", "revision": "7"}, 412, "Nothing was recorded"),
        ({"verdict": "accept", "author": "A", "revision": "x"}, 412, "Nothing was recorded"),
    ],
)
def test_a_form_that_cannot_be_recorded_comes_back_with_what_was_entered(
    http: httpx.Client, library: Library, form: dict[str, str], status: int, told: str
) -> None:
    claim = next(claim for claim, _ in library.claims())
    path = f"/claims/{claim.id.rsplit('/', 1)[1]}/decisions"
    answer = http.post(path, data={"revision": "0", "note": "kept & shown", **form})
    assert answer.status_code == status
    assert told in answer.text
    assert "kept &amp; shown" in answer.text
    assert library.history(claim.id) == []


PLACES = ("/", "/?q=popluation:a+b", "/explain?q=lenalidomide+->+%3F", "/map", "/sparql", "/vocab", "/claims/none")


@pytest.mark.parametrize("place", PLACES)
def test_no_page_is_wider_than_a_phone(page: Page, place: str) -> None:
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(place)
    box = page.locator("body").bounding_box()
    assert box is not None
    for element in page.locator("main > *, form textarea, nav a, main > .scroll, .notice").all():
        inner = element.bounding_box()
        assert inner is None or inner["x"] + inner["width"] <= box["width"] + 1, place
