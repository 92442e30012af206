"""What claims count for that are not counted with their article: by the study that a mixed article gives for each.

Such an article is of several studies and linked with none of them, so that what becomes of one of those would not
reach it: its studies are kept here, by what their names follow from.
"""

from __future__ import annotations

from collections.abc import Iterable

from graph.linking.facts import ArticleFacts
from graph.linking.tables import Tables
from graph.study_grounds import BY_ARTICLE, BY_REGISTRATION, registered
from graph.study_links import is_study


def give(tables: Tables, n: int, facts: ArticleFacts | None) -> None:
    """Write which studies an article gives, None for one that is gone; nothing where it gives one alone."""
    tables.connection.execute("DELETE FROM link_given WHERE n = ?", (n,))
    reports = () if facts is None else facts.reports
    studies = sorted({report.study for report in reports if not report.study.startswith(BY_ARTICLE)})
    if len(studies) > 1:
        rows = [(n, study, _base(study)) for study in studies]
        tables.connection.executemany("INSERT INTO link_given VALUES (?, ?, ?, '', '')", rows)


def regive(tables: Tables, articles: Iterable[int], nodes: Iterable[str]) -> set[str]:
    """Write what the studies of these articles count for, and those that follow from ``nodes``; articles that changed.

    ``nodes`` are studies, and numbers as the IRIs of studies, of which anything changed.
    """
    rows = [row for n in sorted(articles) for row in tables.all("SELECT * FROM link_given WHERE n = ?", n)]
    for node in sorted(nodes):
        rows += tables.all("SELECT * FROM link_given WHERE base = ?", node)
        rows += tables.all("SELECT * FROM link_given WHERE node = ?", node)
    changed: set[int] = set()
    for n, study, _, *before in dict.fromkeys(rows):
        now = [node_of(tables, str(study)), canonical(tables, str(study))]
        if before != now:
            values = (*now, n, study)
            tables.connection.execute("UPDATE link_given SET node = ?, unit = ? WHERE n = ? AND study = ?", values)
            changed.add(int(str(n)))
    return {tables.own(n).id for n in changed}


def canonical(tables: Tables, study: str) -> str:
    """The one IRI of a study that an article gives as ``study``."""
    node = node_of(tables, study)
    row = tables.connection.execute("SELECT unit FROM link_nodes WHERE node = ?", (node,)).fetchone()
    if row is None:
        query = "SELECT unit FROM link_articles JOIN link_rows USING (n) WHERE id = ?"
        row = tables.connection.execute(query, (node,)).fetchone()
    return str(row[0]) if row is not None and is_study(str(row[0])) else node


def node_of(tables: Tables, study: str) -> str:
    """The node of a study: that of the number by which it goes, else its own IRI."""
    number = registered(study)
    return study if number is None else BY_REGISTRATION + tables.alias([number]).get(number, number).text


def _base(study: str) -> str:
    number = registered(study)
    return study if number is None else BY_REGISTRATION + number.text
