"""Formulas of JATS as words: MathML, else TeX; each once, whatever forms the source gives side by side."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.raised import raise_words

_TEX = re.compile(r"\\begin\{document\}(?P<body>.*?)\\end\{document\}", re.S)
_TEX_SIGNS = (
    (re.compile(r"\\(?:text|mathrm|mathit|mathbf|mbox|rm|it|bf)\b\s*"), ""),
    (re.compile(r"\\(?:leq?|leqslant)(?![a-z])"), "≤"),
    (re.compile(r"\\(?:geq?|geqslant)(?![a-z])"), "≥"),
    (re.compile(r"\\pm(?![a-z])"), "±"),
    (re.compile(r"\\times(?![a-z])"), "×"),
    (re.compile(r"\\(?:cdot|bullet)(?![a-z])"), "·"),
    (re.compile(r"\\(?:sim|approx)(?![a-z])"), "~"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\^\{?([+-]?\d{1,3})\}?"), lambda m: raise_words(m[1]) or m[1]),
    (re.compile(r"\\[a-zA-Z]+|[{}$]|\\[,;:! ]"), ""),
)
MAX_TEX = 5000
"""Characters of a formula in TeX; a longer one is left out."""
_UNSEEN = frozenset({"annotation", "annotation-xml", "graphic", "inline-graphic", "label", "alt-text", "object-id"})


def formula(element: etree._Element) -> str:
    """The formula's words: of its MathML, its plain text, or its TeX; empty where there is only a picture."""
    if element.tag == "math":
        return mathml(element)
    math = element.find(".//math")
    if math is not None:
        return mathml(math)
    tex = element.find(".//tex-math")
    if tex is not None:
        return _of_tex("".join(tex.itertext()))
    return "".join(_plain(element))


def mathml(node: etree._Element) -> str:
    """MathML in one line: fractions with a slash, exponents raised.

    >>> mathml(etree.XML("<math><msup><mn>10</mn><mn>9</mn></msup></math>"))
    '10⁹'
    """
    if not isinstance(node.tag, str) or node.tag in _UNSEEN:
        return ""
    parts = [mathml(child) for child in node]
    if node.tag == "mfrac" and len(parts) == 2:
        return f"{parts[0]}/{parts[1]}"
    if node.tag in ("msup", "mover") and len(parts) == 2:
        return parts[0] + (raise_words(parts[1]) or ("^" + parts[1] if parts[1].isalnum() else parts[1]))
    if node.tag == "mfenced":
        return "(" + ", ".join(parts) + ")"
    if node.tag == "mspace":
        return " "
    return " ".join((node.text or "").split()) + "".join(parts)


def _of_tex(tex: str) -> str:
    if len(tex) > MAX_TEX:
        return ""
    m = _TEX.search(tex)
    words = m["body"] if m else tex
    for pattern, plain in _TEX_SIGNS:
        words = pattern.sub(plain, words)
    return " ".join(words.split())


def _plain(element: etree._Element) -> list[str]:
    out = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNSEEN:
            words = "".join(_plain(child))
            out.append(raise_words(words) or words if child.tag == "sup" else words)
        out.append(child.tail or "")
    return out
