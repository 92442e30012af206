"""Parts of JATS without an article around them: tags balanced, and wrapped so that they parse."""

from __future__ import annotations

import re
from html import escape

from lxml import etree

from ingest.readers.xml_input import not_well_formed, numbered

FIRST = frozenset(
    {"abstract", "trans-abstract", "sec", "table-wrap", "table-wrap-group", "fig", "body", "front", "back"}
) | frozenset({"article-meta", "title-group", "floats-group", "boxed-text", "app-group", "article-title"})
"""What a fragment may begin with."""

_TAG = re.compile(rb"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_CUT = re.compile(rb"<(?:/?[A-Za-z][^<>]{0,2000})?\Z")
_BARE = re.compile(rb"&(?!#?\w{1,40};)")
_SPACES = re.compile(rb"[\s<]([A-Za-z_][\w.-]*):[A-Za-z_]")
_KNOWN = {b"xlink": b"http://www.w3.org/1999/xlink", b"mml": b"http://www.w3.org/1998/Math/MathML"}


def parse_fragment(data: bytes, name: str) -> etree._Element:
    """An ``article`` element around the parts in ``data``. Raises ReadError where that is no XML even when balanced.

    An end without a beginning is left out, and what is not ended ends with what holds it: fragments are cut anywhere.
    """
    bare = _without(_without(_without(data, b"<!--", b"-->"), b"<?", b"?>"), b"<![CDATA[", b"]]>", keep=True)
    body = _balanced(_BARE.sub(b"&amp;", numbered(bare)))
    spaces = sorted(set(_SPACES.findall(body)) - {b"xml", b"xmlns"})
    declared = b"".join(b' xmlns:%s="%s"' % (p, _KNOWN.get(p, b"urn:" + p)) for p in spaces)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(b"<article%s>%s</article>" % (declared, body), parser)
    except etree.XMLSyntaxError as error:
        raise not_well_formed(error, name) from error


def _balanced(data: bytes) -> bytes:
    open_tags: list[bytes] = []
    out: list[bytes] = []
    place = 0
    for m in _TAG.finditer(data):
        out.append(data[place : m.start()].replace(b"<", b"&lt;"))
        place, tag = m.end(), m["name"]
        if m["close"]:
            if tag not in open_tags[-300:]:
                continue
            while open_tags[-1] != tag:
                out.append(b"</%s>" % open_tags.pop())
            open_tags.pop()
        elif not m["rest"].endswith(b"/"):
            open_tags.append(tag)
        out.append(m[0])
    out.append(_CUT.sub(b"", data[place:]).replace(b"<", b"&lt;"))
    out += [b"</%s>" % tag for tag in reversed(open_tags)]
    return b"".join(out)


def _without(data: bytes, begin: bytes, end: bytes, *, keep: bool = False) -> bytes:
    """``data`` without what stands between ``begin`` and ``end``; with ``keep`` only these two are taken out."""
    out: list[bytes] = []
    place = 0
    while (at := data.find(begin, place)) >= 0:
        stop = data.find(end, at)
        inside = data[at + len(begin) : stop if stop >= 0 else len(data)]
        out += [data[place:at], escape(inside.decode("latin-1"), quote=False).encode("latin-1") if keep else b""]
        place = stop + len(end) if stop >= 0 else len(data)
    return b"".join(out) + data[place:]
