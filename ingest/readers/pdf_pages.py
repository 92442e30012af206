"""Words and rules of a PDF's pages, taken out by ``pdf_worker`` in a process that cannot do harm."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.building import clean_words
from ingest.readers.errors import ReadError
from ingest.readers.pdf_worker import MAX_PAGES, MAX_SECONDS

MAX_WAIT = 900.0
"""Seconds after which a file is given up however busy the machine is; the worker's own limit is of computing time."""
_LOST = re.compile(r"\(cid:\d+\)")
_MAX_LINE = 20_000_000
_MAX_ALL = 60_000_000


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap in one font. Places are in points from the upper left corner of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``rules`` are horizontal lines (x0, y, x1), ``walls`` vertical ones (x, top, bottom)."""

    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float], ...] = ()
    walls: tuple[tuple[float, float, float], ...] = ()
    images: int = 0


@dataclass(frozen=True, slots=True)
class Pdf:
    """All pages, and the file's own metadata ("Title", "Author") as it gives them."""

    pages: tuple[Page, ...]
    info: dict[str, str]


def read_pages(data: bytes, name: str, seconds: int = MAX_SECONDS) -> Pdf:
    """The pages of a PDF. Raises ReadError for one that is encrypted, damaged, too long, or takes too much to read.

    ``seconds`` is how much computing one page may take.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        lines = list(_lines(file.fileno(), name, seconds))
    head = lines[0] if lines else {}
    failed = next((line["error"] for line in lines if "error" in line), None)
    if failed == "encrypted":
        raise ReadError(name, "whole file", "encrypted: open it with its password and save it without one")
    place = f"page {len(lines)}" if lines else "whole file"
    if failed is not None:
        raise ReadError(name, place, f"a damaged PDF: {clean_words(str(failed))}")
    count = head.get("pages", 0)
    if not lines or len(lines) < 1 + min(count, MAX_PAGES):
        raise ReadError(name, place, "it takes too much time or memory to read: print it to a new PDF and give that")
    if count > MAX_PAGES:
        raise ReadError(name, "whole file", f"{count:,} pages; the limit is {MAX_PAGES}: cut it into articles")
    if any(line["cut"] for line in lines[1:]):
        raise ReadError(name, "whole file", "more words on a page than an article has")
    return Pdf(tuple(_page(line) for line in lines[1:]), {k: clean_words(v) for k, v in head.get("info", {}).items()})


def _lines(descriptor: int, name: str, seconds: int) -> Iterator[dict[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    worker = subprocess.Popen(  # noqa: S603 (our own module, and nothing of the file on the command line)
        [sys.executable, "-m", "ingest.readers.pdf_worker", str(seconds)],
        stdin=descriptor, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    timer = threading.Timer(MAX_WAIT, worker.kill)
    timer.daemon = True
    timer.start()
    try:
        total = 0
        while worker.stdout is not None and (line := worker.stdout.readline(_MAX_LINE)):
            total += len(line)
            if total > _MAX_ALL:
                raise ReadError(name, "whole file", "more text than an article has")
            try:
                yield json.loads(line)
            except ValueError:
                return  # cut off where the worker was ended
    finally:
        timer.cancel()
        worker.kill()
        if worker.stdout is not None:
            worker.stdout.close()
        worker.wait()


def _page(line: dict[str, Any]) -> Page:
    made = tuple(_word(*word) for word in line["words"] if word[0].strip() and word[5] > 0.5)
    rules, walls = tuple(map(tuple, line["rules"])), tuple(map(tuple, line["walls"]))
    return Page(line["width"], line["height"], made, rules, walls, line["images"])


def _word(text: str, x0: float, top: float, x1: float, bottom: float, size: float, bold: int) -> Word:
    """A word; letters that its font gives no meaning are marked as lost, so that no number closes up over them."""
    return Word(_LOST.sub("\ufffd", text), x0, top, x1, bottom, size, bool(bold))
