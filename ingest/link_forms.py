"""The forms under which a mention may stand in a terminology: its long form, its head, the parts of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.term_keys import key_of

MAX_WORDS = 12
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_TOKEN = re.compile(r"[^\s/()]+")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_ENDS = re.compile(r"^[\s\"'(\[,;:.-]+|[\s\"')\],;:.-]+$")
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and|or)\b|,|\band/or\b|\band\b|\bor\b|/|\bas well as\b|\+|\bplus\b)\s*", re.IGNORECASE
)
_LONGEST_LIST = 6
_NAME = 5
"""Names joined by hyphens ("bortezomib-melphalan-prednisone") have at least so many letters each."""
LONGEST = 250
"""A longer mention names nothing as a whole and is not looked at: time and memory stay bounded for hostile texts."""
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2})-(?=[A-Za-z]{3})")
_CODE = re.compile(r"\b([A-Z]{1,5})[ -](\d{2,})\b")
_JOINED = re.compile(r"\b([A-Za-z]{1,5})(\d{2,})\b")


def full_form(text: str, short: Mapping[str, str]) -> str | None:
    """``text`` with the article's short forms written out; None where it has none.

    >>> full_form("SPMs", {"SPM": "second primary malignancy"})
    'second primary malignancy'
    """
    if not short or len(text) > LONGEST:
        return None
    whole = short.get(text) or short.get(_PLURAL.sub("", text))
    if whole:
        return whole
    changed = False

    def written_out(token: re.Match[str]) -> str:
        nonlocal changed
        long = short.get(token[0]) or short.get(_PLURAL.sub("", token[0]))
        if long is None or long.casefold() in text.casefold():
            return token[0]
        changed = True
        return long

    out = _TOKEN.sub(written_out, text)
    return out if changed else None


@lru_cache(maxsize=20_000)
def keys_of(text: str) -> tuple[str, ...]:
    """Look-up keys of the whole of ``text``: as it stands, without what stands in brackets, hyphens and codes written
    another way.

    >>> keys_of("KF17837"), keys_of("thrombo-embolism")
    (('kf17837', 'kf 17837'), ('thrombo embolism', 'thromboembolism'))
    """
    if len(text) > LONGEST:
        return ()
    trimmed = _ENDS.sub("", text)
    bare = _BRACKETS.sub("", trimmed)
    forms = (text, trimmed, bare, _HYPHEN.sub("", bare), _CODE.sub(r"\1\2", bare), _JOINED.sub(r"\1 \2", bare))
    return tuple(dict.fromkeys(key for key in map(key_of, forms) if key))


def shorter(key: str) -> list[str]:
    """Parts of a key that hold its head: without first words, without last words, what stands before "of"; long first.

    >>> shorter("acute renal failure")
    ['renal failure', 'acute renal', 'failure', 'acute']
    """
    words = key.split(" ")[:MAX_WORDS]
    out = []
    for left in range(1, len(words)):
        out += [" ".join(words[left:]), " ".join(words[:-left])]
    return list(dict.fromkeys(sorted(out, key=lambda k: -len(k.split(" ")))))


def one_letter_apart(one: str, two: str) -> bool:
    """True where one letter was left out, added, changed, or two neighbours changed places.

    >>> one_letter_apart("metfromin", "metformin"), one_letter_apart("nivolumb", "nivolumab")
    (True, True)
    >>> one_letter_apart("prednisone", "prednisolone"), one_letter_apart("same", "same")
    (False, False)
    """
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[first:], two[first:]
    if len(one) != len(two):
        return rest[1:] == other or rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[:2][::-1] and rest[2:] == other[2:])


def parts_of(text: str) -> list[tuple[str, ...]]:
    """Ways to read ``text`` as a list: each a tuple of its items written out in full. Empty where it is none.

    >>> parts_of("breast and ovarian cancer")
    [('breast cancer', 'ovarian cancer'), ('breast', 'ovarian cancer')]
    """
    if len(text) > LONGEST:
        return []
    bare = _BRACKETS.sub("", _ENDS.sub("", text))
    items = [item for item in _JOIN.split(bare) if item]
    if len(items) == 1 and "-" in bare and " " not in bare:
        joined = tuple(item for item in bare.split("-") if len(item) >= _NAME)
        return [joined] if len(joined) == bare.count("-") + 1 <= _LONGEST_LIST else []
    if not 2 <= len(items) <= _LONGEST_LIST or any(len(item.split()) > MAX_WORDS for item in items):
        return []
    first, last = items[0].split(), items[-1].split()
    out: list[tuple[str, ...]] = []
    for shared in range(1, len(last)):
        tail = " ".join(last[-shared:])
        out.append((*(f"{item} {tail}" for item in items[:-1]), items[-1]))
    for shared in range(1, len(first)):
        head = " ".join(first[:shared])
        out.append((items[0], *(f"{head} {item}" for item in items[1:])))
    return [*out, tuple(items)]
