"""The bundled corpus: articles told in our own words, and the gold claims annotated beside them.

Every gold file is checked as it is read, against the words of its article: see :class:`CorpusError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from corpus.annotation import GoldClaim, GoldDoc, GoldEffect, GoldMention, GoldStudy
from corpus.printed import prints
from ingest.claim import Arm, Assertion, ClaimKind, Direction, IntervalKind, Measure, Significance, ValueState

P_OPERATORS = ("=", "<", ">", "<=", ">=")


class CorpusError(Exception):
    """A bundled file that does not hold what it should. Names the file, the claim (None: the whole file) and why."""

    def __init__(self, file: str, claim: str | None, reason: str) -> None:
        self.file, self.claim, self.reason = file, claim, reason
        super().__init__(f"{file}: {reason}" if claim is None else f"{file}, claim {claim!r}: {reason}")


def articles() -> tuple[Traversable, ...]:
    """The bundled articles (Markdown), sorted by file name."""
    found = files("corpus").joinpath("articles").iterdir()
    return tuple(sorted((item for item in found if item.name.endswith(".md")), key=lambda item: item.name))


def gold_docs() -> Iterator[GoldDoc]:
    """The gold file of every bundled article, checked, in the order of :func:`articles`.

    Raises CorpusError where a gold file is missing or disagrees with its article.
    """
    for article in articles():
        name = article.name.removesuffix(".md") + ".gold.json"
        try:
            gold = files("corpus").joinpath("gold", name).read_text(encoding="utf-8")
        except FileNotFoundError as error:
            raise CorpusError(name, None, f"no gold for {article.name}") from error
        yield read_gold(name, gold, article.name, article.read_text(encoding="utf-8"))


def read_gold(file: str, gold: str, article: str, text: str) -> GoldDoc:
    """Read the JSON ``gold`` of ``file`` for the article of that name and text. Raises CorpusError, never another."""
    where: str | None = None
    try:
        data = json.loads(gold)
        if data["article"] != article:
            raise CorpusError(file, None, f"is for {data['article']}, not for {article}")
        study = GoldStudy(**data["study"])
        claims = []
        for item in data["claims"]:
            where = str(item["id"])
            claims.append(_claim(item))
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(file, where, f"not in the form of the annotation guide: {error!r}") from error
    doc = GoldDoc(article, text, study, tuple(claims))
    for claim, reason in faults(doc):
        raise CorpusError(file, claim, reason)
    return doc


def faults(doc: GoldDoc) -> Iterator[tuple[str | None, str]]:
    """What in ``doc`` its article does not bear out: claim id (None: the study) and reason, in file order."""
    for name, fact in doc.study.facts().items():
        if name == "phase":
            continue  # "phase III" and "phase 3" are one fact, so that it need not be verbatim
        if not (prints(doc.text, fact) if isinstance(fact, int) else fact in doc.text):
            yield None, f"study {name} {fact!r} does not stand in the article"
    ids = [claim.id for claim in doc.claims]
    for claim in doc.claims:
        if ids.count(claim.id) > 1:
            yield claim.id, "the id is used twice"
        if (times := doc.text.count(claim.quote)) != 1:
            yield claim.id, f"the quote stands {times} times in the article, not once: {claim.quote!r}"
        for slot, mention in claim.mentions().items():
            if not mention.text.strip() or mention.text not in doc.text:
                yield claim.id, f"{slot} {mention.text!r} is not verbatim"
        for effect in claim.effects:
            for reason in _effect_faults(effect, claim.quote, doc.text):
                yield claim.id, reason


def _effect_faults(effect: GoldEffect, quote: str, text: str) -> Iterator[str]:
    for number in sorted(effect.numbers() | ({effect.p_value} if effect.p_value is not None else set())):
        if not prints(quote, number):
            yield f"{number:g} is not printed in the quote"
    if effect.total is not None and not prints(text, effect.total):
        yield f"the total {effect.total} is not printed in the article"
    if effect.timepoint is not None and effect.timepoint not in text:
        yield f"time point {effect.timepoint!r} is not verbatim"
    if (effect.p_operator is None) != (effect.p_value is None) or effect.p_operator not in (None, *P_OPERATORS):
        yield f"p needs a value and one of {' '.join(P_OPERATORS)}"
    if not effect.numbers() and effect.p_value is None and effect.value_state is ValueState.REPORTED:
        yield "an effect needs a number, or a state that says why there is none"


def _claim(item: Mapping[str, Any]) -> GoldClaim:
    return GoldClaim(
        id=str(item["id"]),
        optional=bool(item["optional"]),
        intervention=_mention(item["intervention"]),
        comparator=_mention(item["comparator"]),
        outcome=GoldMention(item["outcome"]["text"], tuple(item["outcome"]["also"])),
        population=_mention(item["population"]),
        effects=tuple(_effect(effect) for effect in item["effects"]),
        direction=None if item["direction"] is None else Direction(item["direction"]),
        significance=None if item["significance"] is None else Significance(item["significance"]),
        assertion=Assertion(item["assertion"]),
        kind=ClaimKind(item["kind"]),
        quote=str(item["quote"]),
    )


def _mention(item: Mapping[str, Any] | None) -> GoldMention | None:
    return None if item is None else GoldMention(item["text"], tuple(item["also"]), bool(item.get("implied", False)))


def _effect(item: Mapping[str, Any]) -> GoldEffect:
    closed = {"measure": Measure, "arm": Arm, "interval_kind": IntervalKind, "value_state": ValueState}
    values: dict[str, Any] = {key: closed[key](value) if key in closed else value for key, value in item.items()}
    return GoldEffect(**values)
