"""The regression suite: result sentences of our own, each with the claims that a careful reader takes from it.

``sentences/*.jsonl``, one object a line: ``id``, ``phenomena``, ``text`` (one to three sentences), ``claims`` in the
form of the gold files. Right, left out and wrong are counted by phenomenon; a text that says nothing is right when
nothing is read from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

from corpus.annotation import GoldDoc
from corpus.load import CorpusError, read_gold
from corpus.score import Predicted, agrees, own_results, pair, wrong_arm
from corpus.soundness import why_unsound

_JUDGEMENTS = ("comparator", "direction", "assertion")
_NO_STUDY = dict.fromkeys(("name", "phase", "enrolled", "randomised", "registration", "follow_up"))


@dataclass(frozen=True, slots=True)
class Item:
    """A text of the suite with its gold and the phenomena that it stands for."""

    id: str
    phenomena: tuple[str, ...]
    doc: GoldDoc


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims read right (numbers, arms, comparator, direction and assertion), left out, and read wrong.

    ``wrong_arm`` counts those of the wrong that have a number of the gold under another arm.
    """

    right: int = 0
    left_out: int = 0
    wrong: int = 0
    wrong_arm: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)})

    @property
    def share(self) -> float | None:
        """Right among all; None where there is nothing."""
        whole = self.right + self.left_out + self.wrong
        return self.right / whole if whole else None


def items() -> Iterator[Item]:
    """Every text of the suite, by file and line. Raises CorpusError where one is not in form or denies its gold."""
    seen: set[str] = set()
    for file in sorted(files("corpus").joinpath("sentences").iterdir(), key=lambda f: f.name):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            item = read_item(f"{file.name}:{number}", line)
            if item.id in seen:
                raise CorpusError(f"{file.name}:{number}", None, f"the id {item.id} is used twice")
            seen.add(item.id)
            yield item


def read_item(where: str, line: str) -> Item:
    """One line of the suite. Raises CorpusError with ``where`` in it, never another."""
    try:
        data = json.loads(line)
        name, phenomena, text = str(data["id"]), tuple(map(str, data["phenomena"])), str(data["text"])
        gold = json.dumps({"article": name, "study": _NO_STUDY, "claims": data["claims"]})
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(where, None, f"not in the form of the suite: {error!r}") from error
    if not phenomena or not text.strip():
        raise CorpusError(where, None, "an item needs a text and a phenomenon")
    return Item(name, phenomena, read_gold(where, gold, name, text))


def tally(doc: GoldDoc, claims: Iterable[Predicted]) -> Tally:
    """What of ``claims`` is right by ``doc``. Optional gold claims count neither way, however they are read."""
    own = own_results(claims)
    sound = [claim for claim in own if not why_unsound(claim, doc.text)]
    partner = dict(pair(doc, sound))
    found = [(doc.claims[i], sound[j]) for j, i in partner.items() if not doc.claims[i].optional]
    right = sum(all(agrees(doc, gold, claim, what) for what in _JUDGEMENTS) for gold, claim in found)
    arms = sum(wrong_arm(doc, claim, doc.claims[partner[j]] if j in partner else None) for j, claim in enumerate(sound))
    wrong = len(own) - len(partner) + len(found) - right
    left_out = sum(not gold.optional for gold in doc.claims) - len(found)
    return Tally(right + (not own and not doc.claims), left_out, wrong, arms)


def by_phenomenon(
    suite: Sequence[Item], read: Callable[[str], Iterable[Mapping[str, Any]]]
) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """The tally of each phenomenon, in alphabetical order, and of each item, with the claims that ``read`` finds."""
    scored = {item.id: tally(item.doc, read(item.doc.text)) for item in suite}
    names = sorted({name for item in suite for name in item.phenomena})
    return {name: sum((scored[item.id] for item in suite if name in item.phenomena), Tally()) for name in names}, scored
