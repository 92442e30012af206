"""The articles and reports of a library, and what follows for each article from numbers and words alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.registries import Number
from graph.study_grounds import POOLED, ArticleHead, StudyReport, aliases, name_in, one_of_each, registered
from ingest.terminology import key_of

_GENERIC = frozenset(
    [
        *(
            "study",
            "trial",
            "the study",
            "the trial",
            "main study",
            "clinical trial",
            "study group",
            "pilot",
            "registry",
        ),
        *(
            "cohort",
            "rct",
            "phase",
            "phase 1",
            "phase 2",
            "phase 3",
            "phase i",
            "phase ii",
            "phase iii",
            "part 1",
            "part 2",
        ),
        *("extension", "open label", "open label extension", "randomized", "randomised", "placebo", "control"),
    ]
)
"""Keys of words that name no study."""


@dataclass
class Library:
    """The articles and reports of a library, and what follows from each by itself."""

    heads: Mapping[str, ArticleHead]
    reports: Mapping[str, Sequence[StudyReport]]
    alias: Mapping[Number, Number] = field(default_factory=dict)
    articles: Sequence[str] = ()
    _numbers: dict[str, frozenset[Number]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        heads: Iterable[ArticleHead],
        reports: Iterable[StudyReport],
        alias: Mapping[Number, Number] | None = None,
    ) -> Library:
        """In a fixed order, whatever the order of what is given.

        ``alias`` is what ``aliases`` gives; None works it out, which needs every article that has the numbers.
        """
        by_article: dict[str, list[StudyReport]] = {}
        for report in sorted(set(reports), key=lambda r: (r.article, r.study, r.name or "", r.design or "")):
            by_article.setdefault(report.article, []).append(report)
        known = {head.id: head for head in sorted(heads, key=lambda h: h.id)}
        everything = sorted({*known, *by_article})
        made = cls(known, by_article, {}, everything)
        made.alias = aliases(made.numbers(article) for article in everything) if alias is None else alias
        return made

    def numbers(self, article: str) -> frozenset[Number]:
        """Registry numbers that the article is filed under or that its reports give."""
        found = self._numbers.get(article)
        if found is None:
            found = self._numbers[article] = self._given(article)
        return found

    def _given(self, article: str) -> frozenset[Number]:
        head = self.heads.get(article)
        told = {n for r in self.reports.get(article, ()) if (n := registered(r.study)) is not None}
        return (head.numbers if head is not None else frozenset()) | told

    def one(self, number: Number) -> Number:
        """The number by which the study of ``number`` goes."""
        return self.alias.get(number, number)

    def pools(self, article: str) -> bool:
        """True for an article of several studies: by title, types, two numbers of one registry, or design."""
        head, numbers = self.heads.get(article), {self.one(n) for n in self.numbers(article)}
        if head is not None and (head.pools or head.kind.rpartition("#")[2] == "review"):
            return True
        pooled = any(r.design in POOLED for r in self.reports.get(article, ()))
        return not one_of_each(numbers) or (pooled and len(numbers) != 1)

    def bears(self, article: str) -> frozenset[Number]:
        """Numbers that the article is a witness of; none of an article that has those of several studies."""
        numbers = self.numbers(article)
        return numbers if one_of_each(numbers) or not self.pools(article) else frozenset()

    def printed(self, article: str) -> str:
        """The name that the article gives its study, as printed."""
        return next((r.name for r in self.reports.get(article, ()) if r.name), "")

    def is_part(self, article: str) -> bool:
        """True for a part or an extension of a study, by its title."""
        head = self.heads.get(article)
        return head is not None and head.is_part

    def sizes(self, article: str) -> frozenset[int]:
        """The numbers of participants that the article gives."""
        return frozenset(size for r in self.reports.get(article, ()) for size in r.sizes)

    def names(self, article: str) -> frozenset[str]:
        """Keys of the names that the article gives its study; none where they do not tell its parts apart."""
        head = self.heads.get(article)
        if head is not None and head.is_part:
            return frozenset()
        keys = {key_of(r.name or "") or name_in(r.study) or "" for r in self.reports.get(article, ())}
        return frozenset(key for key in keys if len(key) > 2 and key not in _GENERIC)
