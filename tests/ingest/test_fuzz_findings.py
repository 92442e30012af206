"""What fuzzing found, each as the smallest input that shows it."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.ingest.fuzz_seeds import docx
from tests.ingest.fuzzing import read_and_check

_PROSE = b"It was a long day for all who took the drug and for those who took placebo in the two clinics. "
_PAGE = b"<html><body><article><p>" + 5 * _PROSE + b"</p><p>%s" + 3 * _PROSE + b"</p></article></body></html>"
_DOCUMENT = b"<?xml version='1.0'?><collection><document><a%s></c>"
_REPORT = b"# A\n\nIt was published in the%sJournal\n\nand was long."

FOUND = {
    "a tag that is no name, in a table": _PAGE % b"<table><tr><t<<<h>a</t<<<h></tr></table>",
    "a tag with a control character in its name": _PAGE % b"<table><tr><t\x01d>a<td>b</table>",
    "a control character behind a raised mark": _PAGE % b"It was<sup>2</sup> one\x02 of<sup>3</sup> three. ",
    "a control character behind a script": _PAGE % b"It was<script>x</script> one&#2; of three. ",
    "a tag that Web of Science does not use": b"FN Clarivate\nVR 1.0\nPT J\nAU A\nUK x\nTI Drug or placebo\nER\nEF\n",
    "an XML name of many thousand letters": _DOCUMENT % (b"b" * 9_000),
    "blanks behind words that name a journal": _REPORT % (b" " * 9_000 + b"x"),
    "a word of many signs behind such words": _REPORT % (b" " + b"(" * 9_000),
}


_TYPES, _CORE, _WORDS = "[Content_Types].xml", "docProps/core.xml", "word/document.xml"
WORD = {
    "styles of another kind": (_TYPES, b"wordprocessingml.styles+xml", b"wordprocessingml.other+xml"),
    "properties of another kind": (_TYPES, b"core-properties+xml", b"other-properties+xml"),
    "properties of another name": (_CORE, b"coreProperties", b"otherProperties"),
    "a document of another name": (_WORDS, b"w:document", b"w:dokument"),
    "a document without a body": (_WORDS, b"w:body", b"w:bodies"),
}


@pytest.mark.parametrize("change", WORD.values(), ids=WORD)
def test_damaged_word_files_give_an_article_or_an_error(change: tuple[str, bytes, bytes]) -> None:
    changed, old, new = change
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as held, zipfile.ZipFile(out, "w") as made:
        for name in held.namelist():
            data = held.read(name)
            assert name != changed or old in data
            made.writestr(name, data.replace(old, new) if name == changed else data)
    read_and_check(out.getvalue())


@pytest.mark.parametrize("data", FOUND.values(), ids=FOUND)
def test_what_was_found_stays_mended(data: bytes) -> None:
    read_and_check(data)
