"""Inputs that are broken in every way that came to mind, and what must hold of whatever is read of them."""

from __future__ import annotations

import io
import re
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from hypothesis import strategies as st

from ingest.article import Article
from ingest.readers.building import MAX_TEXT
from ingest.readers.containers import opened
from ingest.readers.errors import ReadError
from ingest.readers.source import HEAD, Item, Source
from ingest.readers.streams import FAULTS
from ingest.readers.table import ENDINGS, format_of
from tests.ingest.read_golden import places_hold

PATIENCE = 60
"""Seconds after which an input counts as one that never ends; all of them take a small part of one."""
_MANY_RECORDS = 5_000

_TOKENS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"<", b">", b"&", b"&x;", b"&#0;", b"&#x110000;",
    b"&#xD800;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml?>", b'<?xml version="1.0" encoding="utf-16"?>',
    b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', b"&z;",
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b' rowspan="65000" colspan="65000"', b' rowspan="-1"',
    b' colspan="x"', b' rowspan="99999999999999999999"', b"<table>", b"<tr>", b"<td>", b"<th>", b"</table>", b"<sup>",
    b"<p>", b"</p>", b"<PMID>", b"<article>", b"</article>", b"{", b"}", b"[", b"]", b'"', b"null", b"1e999", b"NaN",
    b"\\ud800", b"\\u0000", b",", b":", b"\r", b"\n", b"\n\n", b"\t", b"|", b"|t|", b"PMID- ", b"TY  - ", b"ER  - ",
    b"obj", b"endobj", b"stream", b"/Length 99999999999", b"(", b")", b"<<", b">>", b"---\n", b"PK\x03\x04", b"  ",
    "é".encode(), "\u2028".encode(), "\U0001f600".encode(), "\u202e".encode(), b"%PDF-1.4", b"\x1f\x8b\x08",
]  # fmt: skip
_NESTED = [(b"<p>", b"</p>"), (b"<sec>", b"</sec>"), (b"<div>", b"</div>"), (b"<table><tr><td>", b"</td></tr></table>"),
           (b"[", b"]"), (b'{"a":', b"}"), (b"<sup>", b"</sup>"), (b"<i>", b""), (b"(", b""), (b"<<", b">>"),
           (b"> ", b""), (b"- ", b""), (b"<section><b>", b"")]  # fmt: skip
_NUMBERS = [b"0", b"-1", b"1e309", b"99999999999999999999999", b"2147483648", b"NaN", b"", b"1.5", b"\xd9\xa1"]
_VALUES = [b"null", b"[]", b"{}", b"0", b'""', b"true", b"[[]]", b'{"a": {}}', b"1e999", b'"\\ud800"']
_CODES = ["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7"]


@dataclass(frozen=True)
class Mutation:
    """One way to break an input; ``at`` and ``to`` are thousandths of its length, ``which`` picks a detail."""

    kind: str
    at: int
    to: int
    which: int

    def of(self, data: bytes) -> bytes:
        """The broken input."""
        low, high = sorted((self.at * len(data) // 1000, self.to * len(data) // 1000))
        head, middle, tail = data[:low], data[low:high], data[high:]
        match self.kind:
            case "flip":
                return head + bytes([self.which % 256]) + data[low + 1 :]
            case "cut":
                return head
            case "behead":
                return tail
            case "delete":
                return head + tail
            case "repeat":
                return head + middle * (2 + self.which % 4) + tail
            case "swap":
                return tail + middle + head
            case "token":
                return head + _TOKENS[self.which % len(_TOKENS)] * (1 + self.which // 7 % 3) + data[low:]
            case "nest":
                opening, closing = _NESTED[self.which % len(_NESTED)]
                times = (3, 300, 5_000)[self.which % 3]
                return head + opening * times + middle + closing * times + tail
            case "number":
                new = _NUMBERS[self.which % len(_NUMBERS)]
                return head + re.sub(rb"\d+", lambda m: new, data[low:], count=1 + self.which % 5)
            case "value":
                new = _VALUES[self.which % len(_VALUES)]
                return head + re.sub(rb'"[^"]{0,200}"', lambda m: new, data[low:], count=1 + self.which % 3)
            case "tag":
                return head + re.sub(rb"<(/?)\w+", rb"<\1td", data[low:], count=1 + self.which % 5)
            case "inside":
                return self._inside(data)
            case _:
                return data.decode("utf-8", "replace").encode(_CODES[self.which % len(_CODES)], "replace")

    def _inside(self, data: bytes) -> bytes:
        """A zip with one of its files broken, else the input as it is; documents of Word are zips."""
        out = io.BytesIO()
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w") as made:
                names = sorted(held.namelist(), key=lambda name: (not name.endswith("document.xml"), name))
                chosen = names[self.at * self.to * len(names) // 1_000_001]  # the first ones the most often
                for name in held.namelist():
                    inner = held.read(name)
                    kind = _INSIDE[self.which % len(_INSIDE)]
                    step = Mutation(kind, self.which % 1001, self.to, self.which // len(_INSIDE))
                    made.writestr(name, step.of(inner) if name == chosen else inner)
        except (*FAULTS, IndexError, UnicodeError):
            return data
        return out.getvalue()


_INSIDE = ("flip", "cut", "delete", "repeat", "token", "nest", "number", "value", "tag")
KINDS = (
    "flip", "cut", "behead", "delete", "repeat", "swap", "token", "nest", "number", "value", "tag", "code", "inside",
)  # fmt: skip
_SHARE = st.integers(0, 1000)
mutations = st.lists(
    st.builds(Mutation, st.sampled_from(KINDS), _SHARE, _SHARE, st.integers(0, 10_000)), min_size=1, max_size=6
)
_LARGEST = 2_000_000


def broken(data: bytes, steps: list[Mutation]) -> bytes:
    """``data`` after all of the ``steps``; never larger than a few megabytes."""
    for step in steps:
        made = step.of(data)
        data = made if len(made) <= _LARGEST else made[:_LARGEST]
    return data


@contextmanager
def in_time() -> Iterator[None]:
    """Raises TimeoutError in what never ends."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it takes more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def records_of(data: bytes) -> Iterator[Item]:
    """What the readers make of ``data``, without the net that catches their faults."""
    for inner in opened(Source("fuzz", io.BytesIO(data), data[:HEAD]), ENDINGS):
        if isinstance(inner, ReadError):
            yield inner
            continue
        try:
            yield from format_of(inner).read(inner)
        except ReadError as error:
            yield error


def read_and_check(data: bytes) -> list[Item]:
    """Every record of ``data``: articles whose parts stand where they say, or errors with a reason; and it ends."""
    items = list[Item]()
    with in_time():
        for item in records_of(data):
            items.append(item)
            assert len(items) <= _MANY_RECORDS
    for item in items:
        if isinstance(item, Article):
            assert len(item.text) <= 2 * MAX_TEXT
            item.text.encode("utf-8")
            places_hold(item)
        else:
            assert isinstance(item, ReadError)
            assert item.reason.strip()
            assert len(str(item)) < 2_000
    assert items
    return items
