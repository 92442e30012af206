"""A whole question as one SPARQL 1.1 query, whose rows are the claims of the answer in its order. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import filterfalse

from pyoxigraph import NamedNode

from graph import codes
from graph.asking.filtering import DATE, ISSUED, QUOTE, STUDY, code, coded, filter_lines, is_set
from graph.asking.naming import Patterns, indented, text
from graph.asking.slots import slot_lines
from graph.language.model import Designs, Order, Question, Retracted, Says, Since, Size, Until
from graph.language.understanding import Understood
from graph.study_grounds import SECONDARY
from graph.vocab import PREFIXES
from ingest.claim import ClaimKind, Status

_PREFIXES = ("dcterms", "ev", "oa", "obo", "prov")


def sparql(understood: Understood, excluded: Collection[str], doubled: Collection[str]) -> str:
    """The query. Its first variable is the claim; the others are what orders the claims.

    ``excluded`` are the articles that are retracted or in doubt, ``doubled`` the abstracts whose full text is in the
    library: which these are follows from the whole library, so the query names them. Only those that have claims for
    this question need be given.
    """
    question, patterns = understood.question, Patterns()
    sets: list[str] = []
    for asked in understood.slots:
        sets += slot_lines(asked, patterns)
    for each in filter(is_set, question.filters):
        sets += filter_lines(each, patterns.number())
    sets += [*([] if sets else ["?claim a ev:Claim ."]), "?claim ev:article ?article ."]
    lines = ["{ SELECT DISTINCT ?claim ?article WHERE {", *indented(sets), "} }"]
    lines += _selected(question, excluded, doubled)
    if question.order is Order.LARGEST or any(isinstance(each, Size | Designs) for each in question.filters):
        lines += STUDY
    if question.order is Order.NEWEST or any(isinstance(each, Since | Until) for each in question.filters):
        lines.append(ISSUED)
    if any(isinstance(each, Says) for each in question.filters):
        lines.append(QUOTE)
    for each in filterfalse(is_set, question.filters):
        lines += filter_lines(each, patterns.number())
    lines += [*_secondary(), *_first(question.order)]
    first = "DESC(?first)" if question.order in (Order.NEWEST, Order.LARGEST) else "?first"
    return "\n".join(
        [
            f"# {' '.join(question.text.split())}",
            *(f"PREFIX {name}: <{PREFIXES[name]}>" for name in _PREFIXES),
            "SELECT DISTINCT ?claim ?first ?secondary ?article ?start WHERE {",
            *indented(lines),
            "}",
            f"ORDER BY {first} ?secondary STR(?article) ?start STR(?claim)",
            "",
        ]
    )


def _selected(question: Question, excluded: Iterable[str], doubled: Iterable[str]) -> list[str]:
    """Status, kind and standing; what a question leaves out that does not say."""
    statuses = frozenset(Status) - {Status.REJECTED} if question.statuses is None else question.statuses
    kinds = frozenset({ClaimKind.OWN_RESULT}) if question.kinds is None else question.kinds
    lines = ["# every claim has these; OPTIONAL makes engines look them up, claim by claim"]
    lines += [f"OPTIONAL {{ ?claim ev:{name} ?{name} }}" for name in ("status", "kind")]
    lines.append("OPTIONAL { ?claim ev:quoteStart ?start }")
    lines.append(f"FILTER(?status IN ({', '.join(coded(codes.STATUS, statuses).split())}))")
    lines.append(f"FILTER(?kind IN ({', '.join(coded(codes.CLAIM_KIND, kinds).split())}))")
    if question.retracted is Retracted.YES:
        lines.append(_articles(excluded))
    elif question.retracted is not Retracted.ANY and excluded:
        lines += ["# retracted, or in doubt", f"MINUS {{ {_articles(excluded)} }}"]
    if doubled:
        lines += ["# abstracts whose full text is in the library", f"MINUS {{ {_articles(doubled)} }}"]
    return lines


def _articles(articles: Iterable[str]) -> str:
    return f"VALUES ?article {{ {' '.join(str(NamedNode(article)) for article in sorted(articles))} }}"


def _secondary() -> list[str]:
    kinds = ", ".join(f"ev:{kind}" for kind in sorted(SECONDARY))
    return [
        "OPTIONAL { ?article ev:kind ?articleKind }",
        "OPTIONAL { ?article prov:hadPrimarySource ?primary }",
        f"BIND(IF(BOUND(?primary) || ?articleKind IN ({kinds}), 1, 0) AS ?secondary)",
    ]


def _first(order: Order) -> list[str]:
    if order is Order.UNCERTAIN:
        return ["OPTIONAL { ?claim ev:confidence ?confidence }", "BIND(FLOOR(1000 * ?confidence + 0.5) AS ?first)"]
    if order is Order.NEWEST:
        return [f'BIND(COALESCE(IF(REGEX(?issued, {text(DATE)}), ?issued, ""), "") AS ?first)']
    if order is Order.LARGEST:
        return ["BIND(COALESCE(?randomised, ?enrolled, -1) AS ?first)"]
    *before, last = enumerate(ClaimKind)
    rank = str(last[0])
    for number, kind in reversed(before):
        rank = f"IF(?kind = {code(codes.CLAIM_KIND, kind)}, {number}, {rank})"
    return [f"BIND({rank} AS ?first)"]
