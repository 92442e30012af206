"""What linking needs of one article, as a value and as few bytes. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from graph.squeezing import Squeezer
from graph.standing import StoredNotice
from graph.study_figures import Figure, Told
from graph.study_grounds import ArticleHead, StudyReport
from ingest.notices import Notice, NoticeKind

_HEAD = tuple(field.name for field in fields(ArticleHead))
_OFTEN = (
    '"news","review","full text","https://w3id.org/picograph/vocab#registryRecord",true,"meta-analysis",'
    '["Meta-Analysis","Systematic Review"],["Multicenter Study"],["Clinical Trial, Phase III"],["retraction",false,'
    '"https://pubmed.ncbi.nlm.nih.gov/"],["correction",true,"https://doi.org/10."],'
    '"https://w3id.org/picograph/study/name/","https://w3id.org/picograph/study/article/","observational study",'
    '"registry","cohort study",[]]],"http://www.ebi.ac.uk/efo/EFO_080","http://www.ebi.ac.uk/efo/EFO_00",'
    '"https://w3id.org/picograph/concept/","A randomised, double-blind, placebo-controlled phase 3 trial of in '
    'patients with : versus for the treatment of","PMC1",[["https://doi.org/10.1",'
    '"https://w3id.org/picograph/vocab#fullText",false,"10.1","https://w3id.org/picograph/vocab#abstract",false,'
    '"10.",null,null,null,null,["NCT0"],[],["Randomized Controlled Trial","Journal Article"],"2019-05"],'
    '[["https://w3id.org/picograph/study/registration/NCT0","","randomised controlled trial",[100]]],[],[],[],[]],'
    '["http://id.nlm.nih.gov/mesh/C000","http://id.nlm.nih.gov/mesh/D010919","http://id.nlm.nih.gov/mesh/D00"],[0,'
    '1],[["difference",-1.5,-2.1,-0.3,1,[0]],["mean difference",-1.2,-2.1,-0.3,1,[0]],["odds ratio",0.62,0.41,0.82,'
    '1,[0]],["risk ratio",0.62,0.41,0.82,1,[0]],["hazard ratio",0.62,0.41,0.82,1,[0]]],[]]'
)
"""What facts often hold; a change of it is a change of the layout."""
_SQUEEZER = Squeezer(_OFTEN.encode("ascii"))


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """An article's metadata, what it reports of studies, what its results tell (None: nothing), and its notices.

    Reports, figures and notices are all of this article; ValueError where one is of another.
    """

    head: ArticleHead
    reports: tuple[StudyReport, ...] = ()
    told: Told | None = None
    notices: tuple[StoredNotice, ...] = ()

    def __post_init__(self) -> None:
        figures = self.told.figures if self.told is not None else ()
        for part in (*self.reports, *self.notices, *figures):
            if part.article != self.head.id:
                raise ValueError(f"{part!r} is not of {self.head.id}")


@dataclass(frozen=True, slots=True)
class Row:
    """How an article counts. ``unit`` is the IRI of what it counts for: a study, else the article that stands for it.

    ``mixed``: its claims may count for other studies (ask ``behind``). ``doubled``: an abstract whose full text is
    there too. ``excluded``: left out of evidence, being withdrawn or in doubt.
    """

    unit: str
    mixed: bool = False
    doubled: bool = False
    excluded: bool = False

    @property
    def flags(self) -> int:
        """The three as one number: 1 mixed, 2 doubled, 4 excluded."""
        return self.mixed + 2 * self.doubled + 4 * self.excluded

    @classmethod
    def of(cls, unit: str, flags: int) -> Row:
        """The inverse of ``flags``."""
        return cls(unit, bool(flags & 1), bool(flags & 2), bool(flags & 4))


def dumped(facts: ArticleFacts) -> bytes:
    """The facts in one form: equal facts give equal bytes."""
    told = facts.told or Told()
    iris = sorted({*told.drugs, *(f.drug for f in told.figures), *(f.outcome for f in told.figures)})
    place = {iri: index for index, iri in enumerate(iris)}
    drugs: dict[tuple[Any, ...], list[int]] = {}
    for f in sorted(told.figures):
        drugs.setdefault((f.measure, f.value, f.low, f.high, place[f.outcome]), []).append(place[f.drug])
    reports = {(r.study, r.name, r.design, tuple(sorted(r.sizes))) for r in facts.reports}
    notices = {(n.kind.value, n.of_other, n.about) for n in facts.notices}
    parts = (
        [getattr(facts.head, name) for name in _HEAD],
        sorted(reports, key=repr),
        iris,
        sorted(place[drug] for drug in told.drugs),
        [(*key, given) for key, given in drugs.items()],
        sorted(notices, key=repr),
    )
    return _SQUEEZER.squeeze(json.dumps(parts, separators=(",", ":")).encode("ascii"))


def loaded(held: bytes) -> ArticleFacts:
    """The facts that ``dumped`` wrote. Raises DamagedIndex."""
    head, reports, iris, drugs, figures, notices = json.loads(_SQUEEZER.release(held))
    article = head[0]
    return ArticleFacts(
        _head(head),
        tuple(StudyReport(article, study, name, design, frozenset(sizes)) for study, name, design, sizes in reports),
        _told(article, iris, drugs, figures),
        tuple(StoredNotice(article, NoticeKind(kind), other, about) for kind, other, about in notices),
    )


def head_in(held: bytes) -> ArticleHead:
    """The metadata alone. Raises DamagedIndex."""
    return _head(json.loads(_SQUEEZER.release(held))[0])


def said_text(notices: Iterable[Notice]) -> str | None:
    """Notices of other articles as JSON; None where there are none."""
    listed = [[n.kind.value, n.source] for n in notices]
    return json.dumps(listed, separators=(",", ":")) if listed else None


def said_in(text: str | None) -> tuple[Notice, ...]:
    """The inverse of ``said_text``."""
    return tuple(Notice(NoticeKind(kind), source) for kind, source in json.loads(text or "[]"))


def _head(fields: list[Any]) -> ArticleHead:
    values: list[Any] = [tuple(each) if isinstance(each, list) else each for each in fields]
    return ArticleHead(*values)


def _told(article: str, iris: list[str], drugs: Iterable[int], figures: Iterable[list[Any]]) -> Told | None:
    made = frozenset(
        Figure(article, measure, value, low, high, iris[outcome], iris[drug])
        for measure, value, low, high, outcome, given in figures
        for drug in given
    )
    given = frozenset(iris[drug] for drug in drugs)
    return Told(made, given) if made or given else None
