"""Questions as people ask them: a drug class and a group of outcomes that a claim is within; half with patients."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ingest.claim import Mention
from ingest.terminology import Terminology
from tests.synthetic.library import pair
from tests.synthetic.pools import pools

_PREFIXES = """\
PREFIX ev: <https://w3id.org/picograph/vocab#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about concepts, by their IRIs."""

    drug: str
    outcome: str
    population: str | None

    def text(self, *filters: str) -> str:
        """In the short language."""
        group = [] if self.population is None else [f'population:"{self.population}"']
        return " ".join([f'"{self.drug}" -> "{self.outcome}"', *group, *filters])

    @property
    def _match(self) -> str:
        lines = [
            f"?drug skos:broader* <{self.drug}> .",
            f"?result skos:broader* <{self.outcome}> .",
            "?claim ev:intervention/ev:concept ?drug .",
            "?claim ev:outcome/ev:concept ?result .",
            "?claim ev:kind ?kind .",  # as filters: Oxigraph begins with a pattern that has two constants
            "?claim ev:status ?status .",
            "FILTER(?kind = ev:ownResult && ?status != ev:rejected)",
            "?claim ev:article ?article .",
            "?claim ev:quoteStart ?start .",
        ]
        if self.population is not None:
            lines[2:2] = [f"?group skos:broader* <{self.population}> .", "?claim ev:population/ev:concept ?group ."]
        return "\n    ".join(lines)

    @property
    def page(self) -> str:
        """The first fifty in SPARQL, as one writes it who knows the vocabulary, with the words and the direction.

        The numbers are left out: with them it takes three to thirty times as long in Oxigraph, and the comparison is
        with the best that plain SPARQL does.
        """
        return f"""{_PREFIXES}
SELECT ?claim ?article ?words ?direction WHERE {{
    {self._match}
    ?claim ev:quote/oa:exact ?words .
    OPTIONAL {{ ?claim ev:direction ?direction }}
}} ORDER BY ?article ?start ?claim LIMIT 50"""

    @property
    def count(self) -> str:
        """How many claims there are, in SPARQL."""
        return f"{_PREFIXES}\nSELECT (COUNT(DISTINCT ?claim) AS ?number) WHERE {{\n    {self._match}\n}}"


def asked(number: int, articles: int, library_seed: int = 0, seed: int = 1) -> list[Asked]:
    """So many different questions about a library of so many articles; the same for the same seeds."""
    chance, terminology, found = random.Random(seed), pools(library_seed).terminology, dict[Asked, None]()
    while len(found) < number:
        _, claims = pair(library_seed, chance.randrange(articles))
        claim = chance.choice(claims)
        drug, outcome = (_broader(chance, terminology, m) for m in (claim.intervention, claim.outcome))
        population = _broader(chance, terminology, claim.population) if chance.random() < 0.5 else None
        if drug is not None and outcome is not None:
            found[Asked(drug, outcome, population)] = None
    return list(found)


def _broader(chance: random.Random, terminology: Terminology, mention: Mention | None) -> str | None:
    """The mention's concept or one that it is within, but nothing that everything is within."""
    if mention is None or mention.concept is None:
        return None
    about = (terminology.get(iri) for iri in sorted(terminology.ancestors(mention.concept)))
    within = [concept.iri for concept in about if concept is not None and concept.parents]
    return chance.choice(within) if within else mention.concept
