"""What is known of articles and studies before they are linked, and the words in which links are told. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from graph.mapping_article import STUDY_BASE
from graph.registries import Number, number_of
from ingest.article import article_iri

BY_REGISTRATION = f"{STUDY_BASE}registration/"
BY_NAME = f"{STUDY_BASE}name/"
BY_ARTICLE = f"{STUDY_BASE}article/"
SECONDARY = frozenset({"news", "review"})
POOLED = frozenset({"meta-analysis", "pooled analysis"})
_POOLED_TYPE = re.compile(r"meta-?analysis|systematic review|network meta", re.I)
_POOLED_TITLE = re.compile(r"\b(?:meta-?analys\w+|systematic review|pooled (?:analys\w+|data|results))\b", re.I)
_PART = re.compile(
    r"\b(?:extension|roll-?over|sub-?stud(?:y|ies)|part (?:\d|[A-D]|[IVX]+)\b|stage [12]\b|cohort [A-Z\d]\b)", re.I
)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What the library knows of an article without reading it. ``primary`` is the IRI it reports on, None if none.

    ``kind`` is the last part of its IRI in the vocabulary. ``registrations`` are the numbers it is filed under,
    ``publications`` those (``pmid:...``) that it lists as results of its study. ``published`` is ISO 8601.
    """

    id: str
    kind: str
    retracted: bool
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    primary: str | None = None
    title: str | None = None
    registrations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    published: str | None = None

    @property
    def secondary(self) -> bool:
        """True for an article that tells what another publication found."""
        return self.kind.rpartition("#")[2] in SECONDARY or self.primary is not None

    @property
    def pools(self) -> bool:
        """True where title or types say that it puts several studies together."""
        return any(_POOLED_TYPE.search(t) for t in self.types) or _POOLED_TITLE.search(self.title or "") is not None

    @property
    def is_part(self) -> bool:
        """True where the title speaks of a part or an extension of a study, which a name does not tell apart."""
        return _PART.search(self.title or "") is not None

    @property
    def numbers(self) -> frozenset[Number]:
        """The registry numbers, each in one form."""
        return frozenset(number_of(each) for each in self.registrations if each.strip())

    @property
    def ids(self) -> Mapping[str, str]:
        """The IRIs of its ids, by scheme."""
        return _ids(self.doi, self.pmid, self.pmcid)


@dataclass(frozen=True, slots=True)
class StudyReport:
    """That ``article`` reports ``study``, under ``name`` where it gives one, of this design and with these numbers."""

    article: str
    study: str
    name: str | None = None
    design: str | None = None
    sizes: frozenset[int] = frozenset()


@lru_cache(maxsize=16_384)
def _ids(doi: str | None, pmid: str | None, pmcid: str | None) -> Mapping[str, str]:
    given = {"doi": {"doi": doi}, "pmid": {"pmid": pmid}, "pmcid": {"pmcid": pmcid}}
    return {scheme: article_iri(**named, sha256="") for scheme, named in given.items() if named[scheme]}


def by_any_id(heads: Iterable[ArticleHead]) -> dict[str, str]:
    """Every IRI that a known article may be named by, to its id."""
    known: dict[str, str] = {}
    for head in heads:
        for iri in head.ids.values():
            known.setdefault(iri, head.id)
    return known | {head.id: head.id for head in heads}


def registered(study: str) -> Number | None:
    """The registry number in a study's IRI; None where it is called by anything else."""
    return number_of(unquote(study[len(BY_REGISTRATION) :])) if study.startswith(BY_REGISTRATION) else None


def name_in(study: str) -> str | None:
    """The name in a study's IRI, as a key; None where it is called by anything else."""
    return unquote(study[len(BY_NAME) :]).replace("-", " ") if study.startswith(BY_NAME) else None


def aliases(numbers: Iterable[frozenset[Number]]) -> Mapping[Number, Number]:
    """The number by which a study goes, for each of its other numbers.

    ``numbers`` are those of each article. Numbers of different registries in one article are of one study; but not
    those of an article with two of one registry, and not a number that is seen beside two others of one registry.
    """
    beside: dict[Number, dict[str, set[Number]]] = {}
    for each in numbers:
        if one_of_each(each):
            for number in each:
                for other in each - {number}:
                    beside.setdefault(number, {}).setdefault(other.registry, set()).add(other)
    out = {}
    for number in sorted(beside):
        better = sorted(next(iter(found)) for found in beside[number].values() if len(found) == 1)
        if better and better[0] < number:
            out[number] = better[0]
    for number in sorted(out):  # to the end of each chain; ranks only get better, so there is one
        while out[number] in out:
            out[number] = out[out[number]]
    return out


def one_of_each(numbers: Iterable[Number]) -> bool:
    """True where no registry has two of the numbers: they can be of one study."""
    listed = [number.registry for number in numbers]
    return len(listed) == len(set(listed))
