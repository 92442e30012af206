"""Reading articles in a process of its own, so that a serving process never loads a language model."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from ingest.article import Article
from ingest.claim import Claim

log = logging.getLogger("picograph")
READER = "api.services.reading:read_article"


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


def read_article(data: bytes, name: str, given_id: str | None) -> ReadArticle:
    """Read one file with the full pipeline; loads it at the first call. Raises ReadingError."""
    from ingest.readers.errors import ReadError
    from ingest.readers.files import read_bytes

    try:
        article = read_bytes(data, name, given_id=given_id)
    except ReadError as error:
        raise ReadingError(str(error)) from error
    from api.settings import Settings
    from ingest.other_model import OtherModelError
    from ingest.pipeline import load_pipeline  # only now: what is no article needs no language model
    from ingest.vocabularies.problems import VocabularyError

    try:
        pipeline = load_pipeline(Settings().model)
    except (OtherModelError, VocabularyError) as error:
        raise ReadingError(str(error)) from error
    try:
        reading = pipeline.read(article)
    except Exception as error:  # one article that breaks the pipeline must not cost the others
        log.debug("%s", name, exc_info=error)
        raise ReadingError(f"{name}: the reader failed on this article ({type(error).__name__}: {error})") from error
    return ReadArticle(reading.article, reading.claims, pipeline.VERSION)


def _load(target: str) -> Callable[[bytes, str, str | None], ReadArticle]:
    module, _, name = target.partition(":")
    reader: Callable[[bytes, str, str | None], ReadArticle] = getattr(import_module(module), name)
    return reader


def _work(connection: Connection, target: str) -> None:
    """The child's loop: answer requests until the parent closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    read = _load(target)
    while True:
        try:
            data, name, given_id = connection.recv()
        except EOFError:
            return
        try:
            connection.send(read(data, name, given_id))
        except ReadingError as failure:
            connection.send(failure.args[0])
        except Exception as error:  # one article that breaks the pipeline must not end the process
            connection.send(f"{name}: the reader failed on this article ({type(error).__name__})")


class ReadingProcess:
    """One child process that reads articles, one at a time. Started on first use, started again after it died."""

    def __init__(self, *, timeout: float, reader: str = READER) -> None:
        self._timeout = timeout
        self._reader = reader
        self._lock = threading.Lock()
        self._child: BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False

    def read(self, data: bytes, name: str, given_id: str | None = None) -> ReadArticle:
        """The article in ``data``. Raises ReadingError: unreadable, too slow (seconds of ``timeout``), or crashed."""
        if not self._lock.acquire(timeout=self._timeout):
            raise ReadingError("other articles are being read; try again later", busy=True)
        try:
            connection = self._started()
            try:
                connection.send((data, name, given_id))
                if not connection.poll(self._timeout):
                    self._stop()
                    raise ReadingError(f"{name}: not read within {self._timeout:g} seconds; given up")
                answer = connection.recv()
            except (EOFError, OSError) as error:
                self._stop()
                raise ReadingError(f"{name}: the reading process died on this article") from error
        finally:
            self._lock.release()
        if isinstance(answer, ReadArticle):
            return answer
        raise ReadingError(str(answer))

    @property
    def is_busy(self) -> bool:
        """True while an article is being read."""
        return self._lock.locked()

    def close(self) -> None:
        """Stop the child, in the middle of an article if need be; that one and later ones fail."""
        self._closed = True
        if (child := self._child) is not None:
            child.kill()  # whoever waits for its answer holds the lock, and lets go of it now
        with self._lock:
            self._stop()

    def _started(self) -> Connection:
        if self._connection is not None and self._child is not None and self._child.is_alive():
            return self._connection
        self._stop()
        if self._closed:
            raise ReadingError("the service is stopping", busy=True)
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(target=_work, args=(theirs, self._reader), name="picograph-reader", daemon=True)
        child.start()
        theirs.close()
        self._child, self._connection = child, ours
        return ours

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
        self._child = self._connection = None
