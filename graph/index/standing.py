"""What linking is told of articles, and what the columns keep of their heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph import codes
from graph.language.fitting import day_of
from graph.linking.facts import ArticleFacts
from graph.reading import Reader
from graph.rows import article_head, stored_notice, study_report, told
from graph.standing import StoredNotice
from graph.study_grounds import ArticleHead, StudyReport
from graph.vocab import node
from ingest.article import ArticleKind

_KINDS = tuple(ArticleKind)
_NUMBERS = {codes.ARTICLE_KIND.encode(kind).value: number for number, kind in enumerate(_KINDS)}


def facts_of(reader: Reader, articles: Sequence[str]) -> dict[str, ArticleFacts]:
    """What linking has to know of these articles; those that the library lacks are left out."""
    given = [node(article) for article in articles]
    heads = [article_head(row) for row in reader.rows("article_heads", article=given)]
    reports: dict[str, list[StudyReport]] = defaultdict(list)
    for row in reader.rows("study_reports", article=given):
        report = study_report(row)
        reports[report.article].append(report)
    notices: dict[str, list[StoredNotice]] = defaultdict(list)
    for row in reader.rows("notices", article=given):
        notice = stored_notice(row)
        notices[notice.article].append(notice)
    tells = told(reader.rows("figures", article=given), reader.rows("given", article=given))
    return {
        head.id: ArticleFacts(head, tuple(reports[head.id]), tells.get(head.id), tuple(notices[head.id]))
        for head in heads
    }


def date_of(head: ArticleHead) -> int:
    """When the article was published, as ``language.fitting.day_of`` has it; 0 where nobody says."""
    return day_of(head.published) or 0


def kind_number(head: ArticleHead) -> int:
    """Its kind as the columns have it."""
    return _NUMBERS[head.kind]


def kind_of(number: int) -> ArticleKind:
    """The inverse of ``kind_number``."""
    return _KINDS[number]
