"""Short wordings of a claim that tables on the terminal and in pages share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.claim_schemas import (
    ArticleMetaOut,
    CheckOut,
    ClaimOut,
    EffectOut,
    MentionOut,
    NoticeOut,
    QuoteOut,
    TableOut,
    ToldOut,
)
from graph.cited import primary_iri
from ingest.notices import NoticeKind

ARMS = ("intervention", "comparator", "contrast", "overall")
EXCERPT = 160
SIGNS = {"higher": "▲", "lower": "▼", "no difference": "■", "mixed": "◆", "unknown": "○"}
"""Shapes for what studies found, beside the words."""
SECONDARY = ("news", "review")
GRADES = ("error", "note", "pass")
_PLACE = re.compile(r"effects\[(?P<index>\d+)\]\.(?P<field>[a-z_.]+): ")
_CLOSING = {")": "(", "]": "["}


def short_id(claim_id: str) -> str:
    """The beginning of a claim's id, long enough to name it.

    >>> short_id("https://w3id.org/picograph/claim/5b0c7d0f6f1e4a0d8c3b2a190817f6e5")
    '5b0c7d0f'
    """
    return tail(claim_id)[:8]


def tail(claim_id: str) -> str:
    """The last part of a claim's IRI."""
    return claim_id.rsplit("/", 1)[-1]


def words(mention: MentionOut | None) -> str:
    """A slot as the text has it, with what it stands for where the text elides it."""
    if mention is None:
        return "–"
    text = " ".join(mention.text.split())
    label = mention.label
    if label and mention.concept is None and label.casefold() != text.casefold():
        return f"{text} [{label}]"
    return text


def study_name(claim: ClaimOut) -> str:
    """The study's name, else its registration, else the title of the article, else the article's id."""
    study, article = claim.study, claim.article
    named = None if study is None else study.name or study.registration
    return named or article.title or article.id


def is_secondary(article: ArticleMetaOut) -> bool:
    """True for an article that tells what another publication found."""
    return article.kind in SECONDARY or article.primary_source is not None


def source_note(article: ArticleMetaOut) -> str | None:
    """What to tell of a secondary source: its kind and the publication it reports on; None for a primary one."""
    if not is_secondary(article):
        return None
    return f"secondary source ({article.kind}), reports on {article.primary_source or 'a publication it does not name'}"


def withdrawn(article: ArticleMetaOut) -> bool:
    """True where a notice says that the article is retracted, beside its own mark."""
    return any(n.kind == NoticeKind.RETRACTION.value and not n.of_other for n in article.notices)


def standing(article: ArticleMetaOut) -> list[str]:
    """Short words for what takes the article out of the evidence: ``retracted``, ``expression of concern``."""
    doubted = any(n.kind == NoticeKind.CONCERN.value and not n.of_other for n in article.notices)
    return ["retracted"] * article.retracted + [NoticeKind.CONCERN.value] * doubted


def about_notice(notice: NoticeOut) -> str:
    """What a notice says, in words.

    >>> about_notice(NoticeOut(kind="correction", of_other=True))
    'This is itself a notice (correction)'
    """
    if notice.of_other:
        about = "; the article it is about" if notice.source else ""
        return f"This is itself a notice ({notice.kind}){about}"
    said = {
        NoticeKind.RETRACTION: "This article has been retracted",
        NoticeKind.CONCERN: "There is an expression of concern about this article",
        NoticeKind.CORRECTION: "There is a correction of this article",
        NoticeKind.REPUBLICATION: "This article was corrected and republished",
        NoticeKind.COMMENT: "There is a comment on this article",
    }
    return said[NoticeKind(notice.kind)]


def primary_link(article: ArticleMetaOut) -> str | None:
    """Where to find the publication that a secondary source reports on; None where it is named in words alone."""
    return cited_link(article.primary_source)


def cited_link(source: str | None) -> str | None:
    """Where to find what is cited as ``doi:...`` or the like; None where it is named in words alone."""
    found = primary_iri(source)
    return found if found is not None and found.startswith(("http://", "https://")) else None


def tellings(claim: ClaimOut) -> list[tuple[str, ToldOut]]:
    """Where else the claim's finding is told, each with what to say of it: of the best source, or of worse ones."""
    best = [("told best in", claim.retells)] if claim.retells is not None else []
    return [*best, *(("also reported in", told) for told in claim.also)]


def reasons(claim: ClaimOut) -> list[str]:
    """Why the claim answers the question, the roles with the same reason together; empty where no question was asked.

    That a concept is called by its own name is no news: such roles have "the same concept".
    """
    roles: dict[str, list[str]] = {}
    for one in claim.matched or ():
        own_name = one.how == "same concept" and [one.name.casefold()] == [p.casefold() for p in one.path]
        roles.setdefault("the same concept" if own_name else one.said, []).append(one.role)
    return [f"{' and '.join(some)}, {why}" for why, some in roles.items()]


def printed(claim: ClaimOut, arm: str) -> list[str]:
    """The numbers of this arm as ``printed_effect`` shows them, each once."""
    return list(dict.fromkeys(printed_effect(claim, i) for i, e in enumerate(claim.effects) if e.arm == arm))


def placed(claim: ClaimOut, arm: str) -> list[tuple[str, str]]:
    """``printed`` with the place in a table that each number is from, "" in running text."""
    found = ((printed_effect(claim, i), place_in_table(e.table)) for i, e in enumerate(claim.effects) if e.arm == arm)
    return list(dict.fromkeys(found))


def place_in_table(place: TableOut | None) -> str:
    """Where in a table: its label, then row and column from the outermost head to the innermost; "" in running text.

    >>> place_in_table(TableOut(id="t2", label="Table 2", row=("Infections", "Grade 3"), column=("Placebo",)))
    'Table 2: Infections › Grade 3 / Placebo'
    """
    if place is None:
        return ""
    heads = " / ".join(" › ".join(path) for path in (place.row, place.column) if path)
    return f"{place.label or place.id}: {heads}" if heads else place.label or place.id


def printed_effect(claim: ClaimOut, index: int) -> str:
    """What the article prints of one effect, word for word but for line breaks; behind it what a curator made of it."""
    effect = claim.effects[index]
    return " ".join(_whole(effect, claim.quote).split()) + _curated(claim, index, effect)


def _whole(effect: EffectOut, quote: QuoteOut) -> str:
    """The effect's words, with the bracket that ends them where the article prints it next."""
    place = effect.end - quote.start
    following = quote.exact[place : place + 1] if quote.start <= effect.start else ""
    opening = _CLOSING.get(following, "")
    lacks = opening and effect.text.count(opening) > effect.text.count(following)
    return effect.text + following if lacks else effect.text


def _curated(claim: ClaimOut, index: int, effect: EffectOut) -> str:
    """Numbers of the effect that a curator set and the article does not print; the check ``printed`` names them."""
    found = []
    for place in (_PLACE.match(check.message) for check in claim.checks if check.rule == "printed"):
        if place is None or int(place["index"]) != index:
            continue
        value: Any = effect.model_dump()
        for name in place["field"].split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, int | float):
            name = "" if place["field"] == "value" else place["field"].replace(".", " ") + " "
            found.append(f"{name}{value:.10g}")
    return f" [corrected: {', '.join(found)}]" if found else ""


def graded(claim: ClaimOut) -> list[CheckOut]:
    """The checks that could be made, what needs a look first: errors, notes, passes."""
    return sorted((c for c in claim.checks if c.grade in GRADES), key=lambda c: GRADES.index(c.grade))


def unchecked(claim: ClaimOut) -> list[CheckOut]:
    """The checks that miss a printed number."""
    return [c for c in claim.checks if c.grade not in GRADES]


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The beginning of ``text``, cut between words.

    >>> excerpt("one two three", 8)
    'one two…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit + 1].rsplit(" ", 1)[0][:limit] + "…"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "study"), counted(2, "study"), counted(0, "claim")
    ('1 study', '2 studies', '0 claims')
    """
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def found_in_words(counts: Mapping[str, int]) -> str:
    """What studies found, in words.

    >>> found_in_words({"higher": 2, "no difference": 1})
    '2 higher, 1 no difference'
    """
    return ", ".join(f"{number} {found}" for found, number in counts.items())


def number_words(claim: ClaimOut) -> list[str]:
    """The numbers of a claim as printed: those that compare the arms, else those of each arm with its name."""
    contrast = printed(claim, "contrast")
    return contrast or [f"{arm} {', '.join(found)}" for arm in ARMS if (found := printed(claim, arm))]


def heat_level(studies: int) -> int:
    """How dark a cell of the evidence map is: 1 for one study, one more each time that the number doubles, 5 at most.

    >>> [heat_level(number) for number in (1, 2, 3, 4, 8, 16, 99)]
    [1, 2, 2, 3, 4, 5, 5]
    """
    return min(studies.bit_length(), 5)
