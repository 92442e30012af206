"""The words of a paragraph in a Word file, as they are when all its changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.readers.raised import is_power, raise_words
from ingest.readers.raw_tables import Piece

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr", f"{W}instrText", _FALLBACK})
_BLANK = {f"{W}tab": "\t", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_MARKS = frozenset("0123456789,;–-* †‡§")


def pieces_of(element: etree._Element) -> Iterator[Piece]:
    """Runs of words in order, each with whether it is raised; deleted words and text boxes are left out."""
    walk = etree.iterwalk(element, events=("start", "end"))
    raised = 0
    for event, node in walk:
        if event == "end":
            raised -= node.tag == f"{M}sup"
            continue
        if node.tag in _LEFT_OUT and node is not element:
            walk.skip_subtree()
        elif node.tag == f"{M}sup":
            raised += 1
        elif node.tag in (f"{W}t", f"{M}t"):
            yield node.text or "", bool(raised) or _is_raised(node.getparent())
        elif node.tag in _BLANK:
            yield _BLANK[node.tag], False
        elif node.tag == f"{W}p" and node is not element:
            yield " ", False


def line_of(element: etree._Element) -> str:
    """The words in one line: exponents in superscript characters, raised numbers of references left out."""
    out = ""
    for words, high in pieces_of(element):
        if not high or not words.strip():
            out += words
        elif is_power(out, words) or (raise_words(words) and out[-1:].isdigit()):
            out += raise_words(words) or words
        elif not (set(words) <= _MARKS and out.strip()):
            out += words
    return out


def is_bold(paragraph: etree._Element) -> bool:
    """True where every run with words is bold by its own mark."""
    runs = [r for r in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in r.iter(f"{W}t")).strip()]
    return bool(runs) and all(_on(r.find(f"{W}rPr/{W}b")) for r in runs)


def _on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_raised(run: etree._Element | None) -> bool:
    mark = None if run is None else run.find(f"{W}rPr/{W}vertAlign")
    return mark is not None and mark.get(f"{W}val") == "superscript"
