"""The head of a Markdown file: ids in any usual form, dates, authors, and heads that are made to do harm."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ingest.readers.errors import ReadError
from ingest.readers.front_matter import MAX_VALUE, authors_of, read_front_matter, scalar, texts_of


def texts(yaml: str) -> dict[str, str]:
    front, _ = read_front_matter(f"---\n{yaml}\n---\nRelapse was rare.\n", "a.md")
    return texts_of(front, "a.md")


@pytest.mark.parametrize(
    ("yaml", "key", "plain"),
    [
        ("doi: 10.1000/AbC.1", "doi", "10.1000/AbC.1"),
        ("doi: https://doi.org/10.1000/x", "doi", "10.1000/x"),
        ("doi: http://dx.doi.org/10.1000/x", "doi", "10.1000/x"),
        ("doi: 'doi:10.1000/x'", "doi", "10.1000/x"),
        ("doi: 'DOI: 10.1000/x'", "doi", "10.1000/x"),
        ("pmcid: PMC123", "pmcid", "PMC123"),
        ("pmcid: pmc123", "pmcid", "PMC123"),
        ("pmcid: 123", "pmcid", "PMC123"),
        ("pmid: 456", "pmid", "456"),
        ("pmid: 'PMID: 456'", "pmid", "456"),
    ],
)
def test_an_id_is_kept_in_its_plain_form(yaml: str, key: str, plain: str) -> None:
    assert texts(yaml) == {key: plain}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("doi", "11.1000/x"),
        ("doi", "10.1000"),
        ("doi", "'10.1000/x y'"),
        ("doi", "https://example.org/10.1000/x"),
        ("pmid", "12a"),
        ("pmid", "1234567890"),
        ("pmid", "-5"),
        ("pmid", "1.5"),
        ("pmcid", "PMC"),
        ("pmcid", "PMC12x"),
    ],
)
def test_a_wrong_id_is_refused_by_file_and_key(key: str, value: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.md: front matter, {key}: .* is no {key.upper()}$") as caught:
        texts(f"{key}: {value}")
    assert (caught.value.name, caught.value.place) == ("a.md", f"front matter, {key}")


@pytest.mark.parametrize(
    "value", ["\ud800", "a\udfffb", "\x00", "a\x08b", "x" * (MAX_VALUE + 1)], ids=["high", "low", "nul", "bs", "long"]
)
def test_a_value_that_is_no_text_is_refused(value: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.md: front matter, title: too long, or holds characters"):
        texts_of({"title": value}, "a.md")


def test_the_longest_value_is_kept() -> None:
    assert texts_of({"title": "x" * MAX_VALUE}, "a.md") == {"title": "x" * MAX_VALUE}


def test_an_escaped_surrogate_in_a_head_is_refused() -> None:
    with pytest.raises(ReadError, match=r"^a\.md: "):
        texts(r'title: "\ud800"')


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000], ids=["positive", "negative"])
def test_a_number_of_5000_digits_is_refused(number: str) -> None:
    with pytest.raises(ReadError, match=r"^a\.md: line \d+: the front matter is not valid YAML$"):
        texts(f"pmid: {number}\njournal: Samples")


def test_a_number_that_can_be_read_and_not_printed_is_left_out() -> None:
    assert texts(f"title: 0x{'f' * 5000}\njournal: Samples") == {"journal": "Samples"}


def test_a_number_too_long_to_print_is_no_text() -> None:
    assert scalar(10**5000) is None


def test_anchors_within_anchors_stay_small() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    bomb = "\n".join([*lines, "title: *a11", "author: *a11", "journal: Samples"])
    front, _ = read_front_matter(f"---\n{bomb}\n---\n", "a.md")
    assert texts_of(front, "a.md") == {"journal": "Samples"}
    assert authors_of(front) == ()


@pytest.mark.parametrize("value", ["[one, two]", "{a: b}", "true", "false", "null", "~", "''", "'  '"])
def test_what_is_not_one_value_is_left_out(value: str) -> None:
    assert texts(f"title: {value}\njournal: Samples") == {"journal": "Samples"}


def test_keys_that_nobody_asked_for_are_left_out() -> None:
    assert texts("title: A trial\nsecret: x\n1: y") == {"title": "A trial"}


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023-10-06", "2023-10-06"),
        ("2023-10-06 23:30:00", "2023-10-06"),
        ("2023-10-06T10:00:00Z", "2023-10-06"),
        ("6 October 2023", "2023-10-06"),
        ("'October 6, 2023'", "2023-10-06"),
        ("October 2023", "2023-10"),
        ("2023", "2023"),
        ("soon", None),
        ("123", None),
    ],
)
def test_the_day_of_publication_is_kept_as_printed(value: str, date: str | None) -> None:
    assert texts(f"published: {value}").get("published") == date


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2023, 10, 6), "2023-10-06"),
        (datetime.datetime(2023, 10, 6, 9, 30), "2023-10-06"),
        (7, "7"),
        (1.5, "1.5"),
        ("  a ", "a"),
        (True, None),
        (None, None),
        (["a"], None),
        (b"a", None),
    ],
)
def test_one_value_as_text(value: Any, text: str | None) -> None:
    assert scalar(value) == text


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ({"authors": ["Ada Sample", "Ben Example"]}, ("Ada Sample", "Ben Example")),
        ({"author": "Ada Sample"}, ("Ada Sample",)),
        ({"authors": [], "author": "Ada Sample"}, ("Ada Sample",)),
        ({"authors": ["Ada Sample", None, True, ["x"], {"name": "y"}, " "]}, ("Ada Sample",)),
        ({"authors": ["x" * (MAX_VALUE + 1), "Ada Sample"]}, ("Ada Sample",)),
        ({"authors": {"name": "Ada Sample"}}, ()),
        ({}, ()),
    ],
)
def test_authors_are_the_names_that_are_text(front: dict[str, Any], names: tuple[str, ...]) -> None:
    assert authors_of(front) == names


def test_no_more_than_500_authors_are_kept() -> None:
    assert authors_of({"authors": [f"A{n}" for n in range(600)]}) == tuple(f"A{n}" for n in range(500))
