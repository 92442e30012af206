"""An explanation holds every claim with what it rests on; its picture is safe whatever the text holds."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Span
from ingest.explain import Explanation, Mark, explain, explanation_json, roles_marked
from ingest.explain_html import MAX_MARKS, marked, page
from ingest.pipeline import load_pipeline
from ingest.readers.files import read_bytes

TEXT = """# A trial

## Results

Progression-free survival was longer with lenalidomide than with placebo (30.5 vs 19.2 months; HR, 0.69; 95% CI,
0.55-0.81; P < .001). The rate of neutropenia was 12%, 13% and 14% in the lenalidomide and placebo groups,
respectively. We thank everybody.

## Conclusion

Lenalidomide prolonged progression-free survival.
"""
HOSTILE = (
    'Death & <script>alert(1)</script> occurred in 5% with lenalidomide "><img src=x onerror=alert(2)> and in 9% with'
    " placebo' (P = .03) \u202egnihton\u202c &lt;b&gt;."
)


def told(text: str) -> Explanation:
    return explain(load_pipeline(), read_bytes(text.encode(), "trial.md"))


def test_every_claim_is_in_the_sentences_that_quote_it() -> None:
    found = told(TEXT)
    assert len(found.claims) == 1
    (claim,) = found.claims
    quoting = [s.span.of(TEXT).strip() for s in found.sentences if claim in s.claims]
    assert quoting == [claim.quote.exact, claim.restatements[0].exact]


def test_a_sentence_tells_what_was_recognised_and_why_it_was_refused() -> None:
    refused = next(s for s in told(TEXT).sentences if "neutropenia" in s.span.of(TEXT))
    labels = [(m.label, m.span.of(TEXT)) for m in refused.marks]
    assert ("arm", "placebo") in labels
    assert ("figure", "13%") in labels
    assert [e.rule for e in refused.decisions if e.step == "refused"] == ["the counts of values and arms disagree"]


def test_numbers_are_marked_with_their_arm() -> None:
    found = told(TEXT)
    marks = {m.label: m.span.of(TEXT) for m in roles_marked(found.claims[0]) if m.rule == "number"}
    assert marks["intervention"] == "30.5"
    assert marks["comparator"] == "19.2 months"
    assert marks["contrast"].startswith("HR, 0.69")


def test_one_claim_can_be_chosen() -> None:
    found = told(TEXT)
    tail = found.claims[0].id.rsplit("/", 1)[1]
    chosen = found.only(tail[:8])
    assert chosen.claims == found.claims
    assert 0 < len(chosen.sentences) < len(found.sentences)
    assert found.only("nothing").claims == ()


def test_json_has_the_words_of_every_range() -> None:
    data = explanation_json(told(TEXT))
    json.dumps(data)
    for sentence in data["sentences"]:
        for part in (sentence, *sentence["marks"], *sentence["decisions"]):
            assert TEXT[part["start"] : part["end"]] == part["text"]


class Tags(HTMLParser):
    """Every tag with its attributes, every text; complains of marks that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(page_: str) -> Tags:
    tags = Tags()
    tags.feed(page_)
    tags.close()
    assert tags.open == []
    return tags


@pytest.mark.parametrize("text", [TEXT, HOSTILE, HOSTILE * 40, "<" * 5000, "Nothing."])
def test_the_picture_holds_no_markup_of_the_text(text: str) -> None:
    made = page(told(text))
    found = parsed(made)
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "ul", "li", "mark", "b"}
    allowed |= {"small", "section", "div", "table", "tr", "th", "td", "span"}
    assert {tag for tag, _ in found.tags} <= allowed
    names = {name for _, attributes in found.tags for name in attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "class", "title", "scope"}
    assert not re.search("[\u202a-\u202e]", made)
    assert "http" not in re.sub(r"https://w3id\.org/picograph/claim/\w+|http-equiv", "", made), "nothing to fetch"


def test_the_hostile_words_are_shown_as_words() -> None:
    assert "<script>alert(1)</script>" in "".join(parsed(page(told(HOSTILE))).words)


@settings(max_examples=200, deadline=None)
@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30), st.sampled_from(["arm", "a\"b'<"])), max_size=12),
)
def test_marks_of_any_kind_nest_and_keep_the_text(text: str, places: list[tuple[int, int, str]]) -> None:
    marks = [
        Mark(Span(start, min(start + length, len(text))), label)
        for start, length, label in places
        if start < min(start + length, len(text))
    ]
    made = marked(text, Span(0, len(text)), sorted(marks, key=lambda m: (m.span.start, -m.span.end)))
    found = parsed(made)
    bare = re.sub(r"<b>.*?</b>", "", made, flags=re.S)
    words = "".join(parsed(bare).words)
    assert len(words) == len(text) or "\r" in text
    assert not re.search("[\x00-\x08\x0b-\x1f]", made)
    assert all(tag in ("mark", "b") for tag, _ in found.tags)


def test_a_sentence_with_too_many_marks_is_bounded() -> None:
    marks = [Mark(Span(n, n + 1), "arm") for n in range(MAX_MARKS + 50)]
    assert marked("x" * 300, Span(0, 300), marks).count("<mark") == MAX_MARKS
