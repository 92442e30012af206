"""A record of a trial registry with the results that its structure gives: no sentence has to be read for them."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.article import Article, Span
from ingest.claim import Effect, Mention, Study, TableSelector


@dataclass(frozen=True, slots=True)
class Result:
    """One row of a results table of a record: whose numbers they are, and what they are of.

    ``row`` is the row's range in the text, ``table`` names its table and heads. ``sided`` is False where the record
    does not say which of two arms is the control, so that nobody knows which way a ratio or a difference goes.
    ``superiority`` is False where the test asked something else than whether the arms differ. ``primary`` for a
    primary outcome, ``adverse`` for an adverse event.
    """

    outcome: Mention
    row: Span
    table: TableSelector
    effects: tuple[Effect, ...]
    intervention: Mention | None = None
    comparator: Mention | None = None
    sided: bool = True
    superiority: bool = True
    primary: bool = False
    adverse: bool = False


@dataclass(frozen=True)
class RegistryArticle(Article):
    """A record as an article, with what its structure says of the study and its results.

    ``study`` and ``results`` are for reading the claims (``ingest.registry_claims``) and are not stored with the
    article: its text has every number of them at the place that each names.
    """

    study: Study | None = None
    results: tuple[Result, ...] = ()
