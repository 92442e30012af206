"""Bytes to text: encodings of the field, and what is refused with a reason."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.decode import MAX_BYTES, decode
from ingest.readers.errors import ReadError
from ingest.readers.table import read_bytes

WORDS = "Relapse fell to 16·6% – “less” than with placebo (P ≤ .05), Müller said.\r\nIt was 4%.\n"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16-le bom", "utf-16-be bom", "utf-16-le", "utf-16-be", "utf-32-le bom"],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data, "a.txt") == WORDS


def test_western_one_byte_text_is_read() -> None:
    words = "“Müller” saw 12% – 14%…"
    assert decode(words.encode("cp1252"), "a.txt") == words


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode(), "a.txt") == text


def read_or_told(data: bytes) -> str | ReadError:
    try:
        return decode(data, "a.bin")
    except ReadError as error:
        return error


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_read_error(data: bytes) -> None:
    found = read_or_told(data)
    assert isinstance(found, str) or (found.name == "a.bin" and found.reason)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "binary data"),
        (b"some words\x00and more words", "binary data"),
        (bytes(range(1, 32)) * 4, "binary data"),
        (b"caf\x81 \xff\x9d\xfe", "neither UTF-8 nor Western"),
        (codecs.BOM_UTF8 + b"caf\xff", "not valid utf-8"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not valid utf-16-le"),
        (b"a" * (MAX_BYTES + 1), "the limit is 10,000,000"),
    ],
    ids=["image", "nul", "control", "no encoding", "broken utf-8", "broken utf-16", "too large"],
)
def test_what_is_no_text_is_refused_with_its_name_and_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        decode(data, "folder/a.bin")
    assert str(caught.value).startswith("folder/a.bin: ")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u2003\u00a0".encode()])
def test_a_file_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\n---\n", "We use cookies on this site.\n", "Site Editors\n\nSign in\n"]
)
def test_a_file_of_furniture_alone_is_no_article(text: str) -> None:
    with pytest.raises(ReadError, match="no article text"):
        read_bytes(text.encode(), "a.txt")


def test_the_largest_text_is_taken() -> None:
    assert len(decode(b"a" * MAX_BYTES, "a.txt")) == MAX_BYTES


def test_an_error_says_which_where_and_why() -> None:
    error = ReadError("a.txt", "byte 3", "no text")
    assert (str(error), error.name, error.place, error.reason) == (
        "a.txt: byte 3: no text",
        "a.txt",
        "byte 3",
        "no text",
    )
