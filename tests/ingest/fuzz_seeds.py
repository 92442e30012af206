"""Small valid inputs of each format, to be broken: the golden ones, and some of every format beside them."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent / "golden"

JATS = b"""<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "a.dtd">
<article article-type="research-article" xml:lang="en"><front><journal-meta><journal-title>A Journal</journal-title>
</journal-meta><article-meta><article-id pub-id-type="pmid">90000001</article-id>
<article-id pub-id-type="doi">10.1000/fuzz</article-id><title-group><article-title>Drug or placebo</article-title>
</title-group><pub-date pub-type="epub"><day>3</day><month>2</month><year>2020</year></pub-date>
<related-article related-article-type="retracted-article" xlink:href="10.1000/other"
 xmlns:xlink="http://www.w3.org/1999/xlink"/>
<abstract><sec><title>Results</title><p>Relapse was 12% with drug and 19% with placebo
 (<italic>P</italic>=0.01).</p></sec></abstract></article-meta></front>
<body><sec sec-type="methods"><title>Methods</title><p>We did x<sup>2</sup>.</p></sec>
<sec><title>Results</title><table-wrap id="t1"><label>Table 1</label><caption><p>Events.</p></caption><table><thead><tr>
<th rowspan="2">Event</th><th colspan="2">Arm</th></tr><tr><th>Drug</th><th>Placebo<sup>a</sup></th></tr></thead><tbody>
<tr><td>Death</td><td>12 (5%)</td><td>19 (9%)</td></tr><tr><td>&#160;&#160;Pain</td><td colspan="2">3</td></tr></tbody>
</table><table-wrap-foot><fn><p><sup>a</sup> Given daily.</p></fn></table-wrap-foot></table-wrap></sec></body></article>
"""
NBIB = b"""
PMID- 90000001
OWN - NLM
STAT- MEDLINE
DP  - 2020 Feb 3
TI  - Drug or placebo: a randomised
      trial.
AB  - BACKGROUND: Few know. RESULTS: Relapse was 12% with drug and 19% with
      placebo (P=0.01).
FAU - Adams, Ann
AU  - Adams A
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
AID - 10.1000/fuzz [doi]
SI  - ClinicalTrials.gov/NCT01234567
JT  - A Journal
RIN - Lancet. 2021;1:2. PMID: 90000002

PMID- 90000003
TI  - Second.
PT  - Editorial
"""
RIS = """TY  - JOUR
TI  - Drug or placebo
AU  - Adams, Ann
PY  - 2020/02/03/
DO  - 10.1000/fuzz
JO  - A Journal
AB  - Relapse was 12% with drug and 19% with placebo (P=0.01). Überlebende.
KW  - one
SN  - 1234-5678
ER  -

TY  - CHAP
T1  - A chapter
N2  - Nothing.
ER  -
""".encode()
HTML = b"""<!DOCTYPE html><html lang="en"><head><title>Drug or placebo</title><meta charset="utf-8">
<meta name="citation_doi" content="10.1000/fuzz"><meta name="citation_pmid" content="90000001">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Drug", "datePublished": "2020-02-03"}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Drug or placebo</h1><p>Relapse was seen in 12% of those who
took the drug and in 19% of those who took placebo (P=0.01), the trial found. It was led by doctors of two clinics.</p>
<table><caption>Table 1. Events</caption><tr><th rowspan=2>Event</th><th colspan=2>Arm</th></tr>
<tr><th>Drug<th>Placebo</tr><tr><td>Death<td>12 (5%)<td>19 (9%)</table>
<p>More &amp; more was said about it in the days that followed.</p>
</article></body></html>"""
BIOC = b"""{"source": "x", "date": "2020", "key": "k", "infons": {}, "documents": [{"id": "90000001", "infons": {},
"passages": [{"offset": 0, "infons": {"type": "title"}, "text": "Drug or placebo", "sentences": [], "annotations": [],
"relations": []}, {"offset": 16, "infons": {"type": "abstract"}, "text": "Relapse was 12% with drug.", "sentences": [],
"annotations": [], "relations": []}], "annotations": [], "relations": []}]}"""


def pdf(words: str = "Relapse was 12% with drug and 19% with placebo.") -> bytes:
    """A page with one line, without compression."""
    content = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    return out + head + table + end


def docx() -> bytes:
    """A document with a heading, a paragraph and a table."""
    from docx import Document

    made = Document()
    made.add_heading("Drug or placebo", 0)
    made.add_heading("Results", 1)
    made.add_paragraph("Relapse was 12% with drug and 19% with placebo (P=0.01).")
    table = made.add_table(rows=2, cols=3)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ["Event", "Drug", "Placebo", "Death", "12", "19"], strict=True
    ):
        cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _golden() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(GOLDEN.rglob("*")):
        kept = path.is_file() and path.parent.name != "bad" and "vocabularies" not in path.parts
        if kept and not path.name.endswith((".read.json", ".claims.json", ".py")):
            found[f"{path.parent.name}/{path.name}"] = path.read_bytes()
    return found


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def own_seeds() -> dict[str, bytes]:
    """The valid inputs of this file by name."""
    plain = {"jats": JATS, "nbib": NBIB, "ris": RIS, "html": HTML, "bioc": BIOC, "pdf": pdf(), "docx": docx()}
    return plain | {"zip": _zip({"a.xml": JATS, "b.nbib": NBIB}), "gz": gzip.compress(JATS)}


def seeds() -> dict[str, bytes]:
    """Every input by name, golden ones that are broken already as well; a few texts stand for all of them."""
    golden = _golden()
    for name in [name for name in golden if name.startswith("text/")][3:]:
        del golden[name]
    return golden | own_seeds()
