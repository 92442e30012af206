"""From an input to its articles with their claims, one by one; what the reading process and the command line run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from ingest.article import Article
from ingest.claim import Claim

if TYPE_CHECKING:
    from ingest.pipeline import Pipeline

log = logging.getLogger("picograph")
READER = "api.services.reading:read_articles"


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as read, with the version of what read it."""

    article: Article
    claims: tuple[Claim, ...]
    version: str


class ReadingError(Exception):
    """The article could not be read; the message is for people. ``busy`` when it may work later."""

    def __init__(self, message: str, *, busy: bool = False) -> None:
        super().__init__(message)
        self.busy = busy


Began = Callable[[int], None]
"""Hears the number of a record, from 0 on, when its reading for claims begins."""


def _unheard(number: int) -> None:
    pass


def read_articles(
    stream: BinaryIO, name: str, given_id: str | None = None, skip: int = 0, began: Began = _unheard
) -> Iterator[ReadArticle | ReadingError]:
    """Every record of an input, read with the full pipeline: its article with claims, or why there is none.

    The input is a stream from its beginning, and is never held whole. The first ``skip`` records are passed over. The
    pipeline loads at the first article. Raises ReadingError when it cannot be loaded.
    """
    from ingest.readers.errors import ReadError
    from ingest.readers.streams import source_of
    from ingest.readers.table import read_source

    try:
        source = source_of(stream, name, given_id)
    except ReadError as error:
        yield ReadingError(str(error))
        return
    for number, item in enumerate(read_source(source)):
        if number < skip:
            continue
        if isinstance(item, ReadError):
            yield ReadingError(str(item))
            continue
        pipeline = _pipeline()  # only now: what is no article needs no language model
        began(number)
        yield _read(pipeline, item, name)


def read_article(stream: BinaryIO, name: str, given_id: str | None = None) -> ReadArticle:
    """The first record of an input. Raises ReadingError, also where it holds none."""
    for item in read_articles(stream, name, given_id):
        if isinstance(item, ReadingError):
            raise item
        return item
    raise ReadingError(f"{name}: it holds no article")


def _read(pipeline: Pipeline, article: Article, name: str) -> ReadArticle | ReadingError:
    try:
        reading = pipeline.read(article)
    except Exception as error:  # one article that breaks the pipeline must not cost the others
        log.debug("%s", name, exc_info=error)
        told = f"{type(error).__name__}: {error}"
        return ReadingError(f"{name}: the reader failed on this article ({told}): {article.id}")
    return ReadArticle(reading.article, reading.claims, pipeline.VERSION)


def _pipeline() -> Pipeline:
    from ingest.other_model import OtherModelError
    from ingest.pipeline import load_pipeline
    from ingest.vocabularies.problems import VocabularyError

    try:
        return load_pipeline(_model())
    except (OtherModelError, VocabularyError) as error:
        raise ReadingError(str(error)) from error


def _model() -> str | None:
    from api.settings import Settings

    return Settings().model
