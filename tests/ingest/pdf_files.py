"""PDF files written by hand: words where we want them, rules, and what a hostile one has."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

Text = tuple[float, float, str]
"""Words at a place in points: from the left, and from the upper edge of a page of 600 x 800."""


def words(texts: Sequence[Text], size: float = 10, bold: bool = False) -> str:
    """Drawing words in Helvetica."""
    font = "F2" if bold else "F1"
    escaped = [(x, 800 - y, t.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")) for x, y, t in texts]
    return "".join(f"BT /{font} {size} Tf {x} {y} Td ({t}) Tj ET\n" for x, y, t in escaped)


def rule(x0: float, y: float, x1: float) -> str:
    """Drawing a horizontal line."""
    return f"{x0} {800 - y} m {x1} {800 - y} l S\n"


def pdf(pages: Sequence[str | bytes], *, info: str = "", extra: str = "", trailer: str = "") -> bytes:
    """A file of pages with these contents; bytes are taken as packed. ``extra`` are objects from 100 on."""
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: f"<< {info} >>".encode("latin-1"),
    }
    kids = []
    for number, content in enumerate(pages):
        place = 10 + 2 * number if number < 40 else 1000 + 2 * number
        kids.append(f"{place} 0 R")
        objects[place] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {place + 1} 0 R /Resources << /Font "
            f"<< /F1 3 0 R /F2 4 0 R >> /XObject << /X 100 0 R >> >> >>"
        ).encode()
        body = content if isinstance(content, bytes) else content.encode("cp1252")
        packed = b"/Filter /FlateDecode " if isinstance(content, bytes) else b""
        objects[place + 1] = b"<< %s/Length %d >>\nstream\n%s\nendstream" % (packed, len(body), body)
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    if extra:
        objects[100] = extra.encode("latin-1")
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode(
        "latin-1"
    )
    return bytes(out)


def packed(length: int) -> bytes:
    """Very many operators in very few bytes."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(b"q Q " * 250_000) for _ in range(length // 1_000_000)) + squeeze.flush()
