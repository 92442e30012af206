"""Answers of Europe PMC: what their golden file does not show."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article
from ingest.readers.inline_markup import blocks_of
from tests.ingest.read_golden import items_of, the_article, the_reason

INNER = ("author", "pubType", "journal", "type")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aé <&>;/1-\x00\ud800", max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    *("id", "source", "title", "abstractText", "authorString", "authorList", "journalInfo", "pubYear", "doi", "pmid"),
    *("pmcid", "language", "license", "pubTypeList", "commentCorrectionList", "firstPublicationDate"),
)


def answer(*records: Any) -> bytes:
    """An answer with these records."""
    return json.dumps({"hitCount": len(records), "resultList": {"result": list(records)}}).encode()


def article(**fields: Any) -> Article:
    """The article of one record."""
    return the_article(answer({"id": "1", "source": "MED", "title": "Drug A", **fields}), "a.json")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Relapse fell (p<0.001; n>20).", "Relapse fell (p<0.001; n>20)."),
        ("a<b and c>d", "a<b and c>d"),
        ("in 3 &lt; 5 of 7 &gt; 2", "in 3 < 5 of 7 > 2"),
        ("10<sup>9</sup>/L, 10<sup>-3</sup>", "10⁹/L, 10⁻³"),
        ("CO<sub>2</sub> of 40", "CO2 of 40"),
        ("<span class=\"a\" id='b'>5.1%</span>", "5.1%"),
        ("<jats:italic>P</jats:italic> = .04", "P = .04"),
        ("x < p and 12", "x < p and 12"),
    ],
)
def test_no_number_is_lost_with_what_looks_like_a_tag(printed: str, read: str) -> None:
    assert article(abstractText=printed).text == f"Drug A\n\n{read}\n"


@given(st.text("<>/=&; pbhsu0123456789.%", max_size=60))
def test_digits_outside_of_tags_all_stay(value: str) -> None:
    told = "".join(words for _, words in blocks_of(value.replace("&", "+").replace("<h", "(h").replace("</h", "(h")))
    plain = told.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    assert [c for c in plain if c.isdigit()] == [c for c in value if c.isdigit()]


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"pubYear": "2011", "firstPublicationDate": "2011-01-01"}, "2011"),
        ({"journalInfo": {"dateOfPublication": "2011 Aug 15"}, "firstPublicationDate": "2011-08-15"}, "2011-08-15"),
        ({"journalInfo": {"dateOfPublication": "2011 Aug-Sep"}}, "2011-08"),
        ({"journalInfo": {"dateOfPublication": "2011 Aug"}, "electronicPublicationDate": "2011-05-03"}, "2011-05-03"),
        ({"source": "PPR", "firstPublicationDate": "2022-05-17", "pubYear": "2022"}, "2022-05-17"),
        ({"pubYear": 2011, "electronicPublicationDate": "soon"}, None),
    ],
)
def test_a_date_is_no_more_precise_than_the_source(fields: dict[str, Any], published: str | None) -> None:
    assert article(**fields).published == published


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "no abstract"),
        ({"language": "fre", "abstractText": "It fell."}, None),
        ({"language": "fre"}, "language: fre"),
        ({"pubTypeList": {"pubType": ["Editorial"]}}, "editorial without results"),
        (
            {"commentCorrectionList": {"commentCorrection": [{"type": "Retraction of", "source": "MED", "id": "7"}]}},
            "retraction notice",
        ),
    ],
)
def test_what_gives_no_evidence_is_recorded_with_the_reason(fields: dict[str, Any], why: str | None) -> None:
    assert article(**fields).no_evidence == why


def test_one_bad_record_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    items = items_of(answer({"id": "1", "source": "MED", "title": "Drug A"}, [], {"id": "2", "title": 7}), "a.json")
    assert isinstance(items[0], Article)
    assert [str(item) for item in items[1:]] == [
        "a.json: record 2: no object",
        "a.json: record 3 (2): neither a title nor an abstract",
    ]
    assert "nested too deep" in the_reason(b'{"resultList": {"result": ' + b"[" * 200_000, "deep.json")
    monkeypatch.setattr("ingest.readers.europepmc.MAX_JSON", 100)
    assert "more than 100 bytes" in the_reason(answer({"title": "x" * 200}), "long.json")


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8))
def test_a_record_of_anything_is_an_article_or_an_error(record: dict[str, Any]) -> None:
    for item in items_of(answer(record), "a.json"):
        assert isinstance(item, Article) or "the reader failed" not in str(item)
