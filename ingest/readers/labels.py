"""Labels inside a paragraph, as structured abstracts print them: "BACKGROUND: ... METHODS: ... RESULTS: ..."."""

from __future__ import annotations

import re

_LABELS = (
    r"background(?:\s+and\s+(?:aims?|objectives?|purpose))?|introduction|context|rationale|importance|objectives?|aims?"
    r"|purpose|study\s+objectives?|aims?\s+and\s+objectives?|hypothes[ei]s|(?:patients?|materials?|subjects)\s+and\s+methods?"
    r"|methods?(?:\s+and\s+(?:results|materials|findings))?|methodology|(?:study\s+|trial\s+)?design(?:,?\s+(?:setting|and\s+setting)"
    r"(?:,?\s+and\s+participants)?)?|setting(?:\s+and\s+participants)?|participants|patients|subjects|interventions?"
    r"|(?:main\s+|primary\s+)?outcomes?(?:\s+measures?)?|measurements?(?:\s+and\s+main\s+results)?|main\s+outcomes?"
    r"(?:\s+and\s+measures?)?|data\s+sources?|results?|main\s+results?|findings|discussion|conclusions?(?:\s+and\s+relevance)?"
    r"|interpretation|significance|implications|funding|trial\s+registration|clinical\s+trial\s+registration|keywords?"
)
_BEGINS = re.compile(r"[.?!)\]]\s|\n")
"""What ends before a label."""
_COLON = re.compile(rf"(?P<label>(?i:{_LABELS}))\s?[:–—]\s+(?=\S)")
_CAPITALS = re.compile(
    r"(?P<label>BACKGROUND|INTRODUCTION|OBJECTIVES?|AIMS?|PURPOSE|CONTEXT|METHODS?"
    r"|(?:PATIENTS|MATERIALS?) AND METHODS|DESIGN|SETTING|PARTICIPANTS|INTERVENTIONS?|MAIN OUTCOME MEASURES?"
    r"|MEASUREMENTS|RESULTS?|FINDINGS|CONCLUSIONS?|INTERPRETATION)\s+(?=[A-Z0-9])"
)


def labelled(text: str, start: int, end: int) -> list[tuple[int, int, str | None]]:
    """``text[start:end]`` cut behind its labels: start, end and label of each part; None for what has no label.

    >>> text = "Aims: To see. Results: It fell."
    >>> [(text[a:b], label) for a, b, label in labelled(text, 0, len(text))]
    [('To see. ', 'Aims'), ('It fell.', 'Results')]
    """
    piece = text[start:end]
    places = (0, *(m.end() for m in _BEGINS.finditer(piece)))
    found = {at: m for at in places if (m := _COLON.match(piece, at) or _CAPITALS.match(piece, at)) is not None}
    parts: list[tuple[int, int, str | None]] = []
    begin, label = 0, None
    for at in sorted(found):
        if piece[begin:at].strip():
            parts.append((start + begin, start + at, label))
        begin, label = found[at].end(), found[at]["label"]
    if piece[begin:].strip():
        parts.append((start + begin, end, label))
    return parts
