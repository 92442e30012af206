"""Which form of an answer a request asks for with its Accept header."""

from __future__ import annotations

from collections.abc import Mapping

from api.sparql.formats import ranges


def preferred(accept: str | None, offered: Mapping[str, str]) -> str:
    """The name of the offered media type that the header likes best; of equals the one that it names most exactly.

    The first one offered where there is no header, or where it likes none: a browser or a script is better served so
    than with an error.

    >>> preferred("text/html, */*;q=0.1", {"turtle": "text/turtle", "html": "text/html; charset=utf-8"})
    'html'
    """
    first = next(iter(offered))
    best, score = first, (0.0, 0)
    wanted = ranges(accept or "")
    for name, media in offered.items():
        exactness, quality = max(
            ((r.covers(media.partition(";")[0]), r.quality) for r in wanted), default=(0, 0.0), key=lambda pair: pair[0]
        )
        if exactness and quality and (quality, exactness) > score:
            best, score = name, (quality, exactness)
    return best
