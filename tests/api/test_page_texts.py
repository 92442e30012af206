"""What pages say and where they lead, without a browser."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from api.routes import pages
from graph.library import Library
from tests.api.samples import QUESTION, fill_many

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
EVERYWHERE = ("/", "/articles", "/concepts", "/map", "/network", "/conflicts", "/explain?q=a -> ?", "/sparql", "/vocab")


def links(text: str) -> set[str]:
    """Where a page leads to within the service."""
    return {unescape(link) for link in re.findall(r'href="(/[^"]*)"', text)}


@pytest.mark.parametrize("place", EVERYWHERE)
def test_every_page_leads_to_what_there_is_for_programs(http: httpx.Client, place: str) -> None:
    assert {"/sparql", "/vocab", "/api/v1/openapi.json"} <= links(http.get(place, headers=BROWSER).text)


def test_everything_that_the_navigation_names_is_there(http: httpx.Client) -> None:
    for link in links(http.get("/", headers=BROWSER).text):
        assert http.get(link, headers=BROWSER).status_code == 200, link


@pytest.mark.parametrize("place", ["/", "/map", "/network", "/conflicts", "/explain"])
@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            "lenalidomide -> a popluation:b c",
            "At character 19: <code>lenalidomide -&gt; a <mark>popluation:b</mark> c<",
        ),
        ("lenalidomide ->", "At character 16, its end: <code>lenalidomide -&gt;<mark> </mark><"),
    ],
)
def test_the_place_of_a_mistake_is_said_and_marked(http: httpx.Client, place: str, question: str, shown: str) -> None:
    answer = http.get(place, params={"q": question})
    assert answer.status_code == 400
    assert shown in answer.text


def test_a_later_page_leads_back_to_the_first(
    library: Library, http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_many(library, 5)
    monkeypatch.setattr(pages, "PAGE", 5)
    first = http.get("/", params={"q": QUESTION}).text
    assert "First page" not in first
    (following,) = [unescape(link) for link in re.findall(r'rel="next" href="([^"]+)"', first)]
    (back,) = re.findall(r'href="([^"]+)">First page<', http.get(following).text)
    assert http.get(unescape(back)).text == first
    later = http.get("/articles", params={"after": library.articles()[0].id}).text
    assert '<a href="/articles">First page</a>' in later


def test_views_of_the_same_evidence_lead_to_each_other(http: httpx.Client) -> None:
    places = {f"/{place}": f"/{place}?q=" for place in ("", "map", "network", "conflicts")}
    for place in places:
        leading = links(http.get(place, params={"q": "lenalidomide -> ? measure:OR,proportion"}).text)
        for other, start in places.items():
            if other != place:
                assert any(link.startswith(start) and "measure" in link for link in leading), (place, other)


def test_what_is_empty_is_offered_in_no_other_view(http: httpx.Client) -> None:
    page = http.get("/", params={"q": "placebo -> hypotension"}).text
    assert "0 claims of 0 studies" in page
    assert not any(link.startswith("/map?") for link in links(page))
    assert any(link.startswith("/explain?") for link in links(page))


def test_one_claim_answers_and_several_answer(http: httpx.Client) -> None:
    several = http.get("/explain", params={"q": QUESTION}).text
    assert "claims</a> answer it." in several
    one = http.get("/explain", params={"q": f"{QUESTION} text:17.3"}).text
    assert "1 claim</a> answers it." in one


def test_numbers_at_the_edges_of_the_map_say_what_they_count(http: httpx.Client) -> None:
    page = http.get("/map").text
    edges = re.findall(r'<th scope="(?:col|row)">.*?<span class="soft">(.*?)</span>', page)
    assert edges
    assert all(re.fullmatch(r"1 study|\d+ studies", edge) for edge in edges)


@pytest.mark.parametrize(
    ("place", "link"),
    [("/concepts/none", "/concepts"), ("/articles/none", "/articles"), ("/claims/ffffffff", "/articles")],
)
def test_what_is_not_there_leads_to_where_to_look(http: httpx.Client, place: str, link: str) -> None:
    answer = http.get(place)
    assert answer.status_code == 404
    assert f'<p><a href="{link}">' in answer.text


def test_wide_tables_of_the_vocabulary_move_by_themselves(http: httpx.Client) -> None:
    page = http.get("/vocab", headers=BROWSER).text
    assert page.count("<table>") == page.count('tabindex="0"><table>') > 0
