"""Short wordings of a claim that tables on the terminal and in pages share."""

from __future__ import annotations

from api.claim_schemas import ClaimOut, EffectOut, MentionOut

ARMS = ("intervention", "comparator", "contrast", "overall")
EXCERPT = 160


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


def printed(effects: tuple[EffectOut, ...], arm: str) -> list[str]:
    """What the article prints of this arm, word for word but for line breaks."""
    return list(dict.fromkeys(" ".join(e.text.split()) for e in effects if e.arm == arm))


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
