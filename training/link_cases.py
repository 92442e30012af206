"""Articles with gold mentions and concepts, as the linker meets them, and what their annotators did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.abbreviations import find_definitions, resolve
from ingest.article import Span
from ingest.curies import expand, shorten
from ingest.link_candidates import Usage
from ingest.link_forms import full_form, keys_of
from ingest.linking import Mention
from ingest.names import Names
from ingest.nlp import parse
from ingest.term_keys import key_of
from ingest.terminology import ConceptKind, Terminology
from training.corpora import Row

NONE = frozenset({"-1", "-", ""})
"""What the corpora write where a mention has no concept."""


@dataclass(frozen=True)
class Case:
    """An article with its mentions, their gold concepts (IRIs; empty for none) and its abbreviations."""

    text: str
    mentions: tuple[Mention, ...]
    gold: tuple[frozenset[str], ...]
    short: Mapping[str, str]


def cases_of(rows: Iterable[Row]) -> list[Case]:
    """The articles of a corpus as the linker meets them."""
    out = []
    for row in rows:
        text = row["text"]
        parsed = parse(text, [Span(0, len(text))])
        short = resolve(text, parsed.abbreviations, find_definitions(text))
        mentions = tuple(
            Mention(text[e["start"] : e["end"]], "drug" if e["label"] == "Chemical" else "disease")
            for e in row["entities"]
        )
        gold = tuple(frozenset(iri_of(i) for i in e["ids"] if i not in NONE) for e in row["entities"])
        out.append(Case(text, mentions, gold, short))
    return out


def iri_of(ident: str) -> str:
    """The IRI of an id of the corpora: a MeSH id, or ``OMIM:`` and a number."""
    return expand("omim:" + ident[5:]) if ident.startswith("OMIM:") else expand("mesh:" + ident)


def usage_of(cases: Iterable[Case], terminology: Terminology) -> Usage:
    """How often mentions of a key were given each concept that the terminology has.

    An abbreviation counts for itself and for its long form.
    """
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for mention, gold in zip(case.mentions, case.gold, strict=True):
            long = full_form(mention.text, case.short)
            known = [iri for iri in gold if terminology.get(iri) is not None]
            if len(gold) != 1 or not known:
                continue
            for key in dict.fromkeys(keys_of(form)[0] for form in (long, mention.text) if form and keys_of(form)):
                out[key][known[0]] += 1
    return {key: dict(sorted(out[key].items())) for key in sorted(out)}


def untold(case: Case) -> Case:
    """The same article where nobody says of what kind its mentions are."""
    return replace(case, mentions=tuple(replace(m, kind=None) for m in case.mentions))


def unmentioned(rows: Iterable[Row], names: Names) -> list[str]:
    """Keys of names that stand in the text twice or more and that annotators mostly passed over, in order."""
    seen: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        text = row["text"]
        parsed = parse(text, [Span(0, len(text))])
        for found in names.find(text, parsed.tokens, resolve(text, parsed.abbreviations, find_definitions(text))):
            marked = any(e["start"] < found.span.end and found.span.start < e["end"] for e in row["entities"])
            if found.kind in (ConceptKind.DRUG, ConceptKind.DISEASE):
                seen[key_of(found.span.of(text)), marked] += 1
    keys = {key for key, _ in seen}
    return sorted(k for k in keys if seen[k, False] > seen[k, True] and seen[k, False] + seen[k, True] > 1)


def usage_lines(usage: Usage) -> Iterator[str]:
    """One line a key: the key, and concepts (compact ids) with their counts; read by ``ingest.link_model``."""
    for key in sorted(usage):
        yield f"{key}\t" + "|".join(f"{shorten(iri)}={count}" for iri, count in usage[key].items()) + "\n"
