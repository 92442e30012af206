"""Reading articles in a process of its own, so that a serving process never loads a language model."""

from __future__ import annotations

import io
import multiprocessing
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from api.services.reading import READER, ReadArticle, ReadingError

Reads = Callable[..., Iterator[ReadArticle | ReadingError]]
_END = "end"
_PATIENCE = 5.0
"""Seconds that closing waits for whoever is reading."""


def _load(target: str) -> Reads:
    module, _, name = target.partition(":")
    reader: Reads = getattr(import_module(module), name)
    return reader


def _work(connection: Connection, target: str) -> None:
    """The child's loop: answer requests until the parent closes its end.

    For each record a number when its reading begins, then an article, or the words that say why there is none; at
    last ``_END``. What the parent has not taken yet waits in the pipe, and the child with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the pipe
    read = _load(target)
    while True:
        try:
            data, name, given_id, skip = connection.recv()
        except EOFError:
            return
        try:
            for item in read(io.BytesIO(data), name, given_id, skip, connection.send):
                connection.send(item if isinstance(item, ReadArticle) else (item.args[0],))
        except ReadingError as failure:
            connection.send((failure.args[0],))
        except Exception as error:  # an input that breaks the readers must not end the process
            connection.send((f"{name}: the reader failed on this article ({type(error).__name__})",))
        connection.send(_END)


class ReadingProcess:
    """One child process that reads inputs, one at a time. Started on first use, started again after it died."""

    def __init__(self, *, timeout: float, reader: str = READER) -> None:
        self._timeout = timeout
        self._reader = reader
        self._lock = threading.Lock()
        self._child: BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False

    def read(self, data: bytes, name: str, given_id: str | None = None) -> Iterator[ReadArticle | ReadingError]:
        """Each article in ``data``, or the ReadingError that says why there is none: unreadable, too slow, crashed.

        Each article has ``timeout`` seconds; one that takes longer, or ends the child, costs no other. Nothing is read
        far ahead of who asks. Raises ReadingError when others are being read for so long. Other callers wait until
        the iteration is over or closed.
        """
        if not self._lock.acquire(timeout=self._timeout):
            raise ReadingError("other articles are being read; try again later", busy=True)
        whole = False
        try:
            skip: int | None = 0
            while skip is not None:
                skip = yield from self._read_on(data, name, given_id, skip)
            whole = True
        finally:
            if not whole:
                self._stop()  # in the middle of an input that nobody wants any more
            self._lock.release()

    def _read_on(
        self, data: bytes, name: str, given_id: str | None, skip: int
    ) -> Generator[ReadArticle | ReadingError, None, int | None]:
        """The records behind the first ``skip``; returns how many to pass over next time, None when all are read."""
        begun: int | None = None
        try:
            connection = self._started()
            connection.send((data, name, given_id, skip))
            while True:
                if not connection.poll(self._timeout):
                    reason = f"not read within {self._timeout:g} seconds; given up"
                    break
                told = connection.recv()
                if isinstance(told, int):
                    begun = told
                    continue
                if told == _END:
                    return None
                begun = None
                yield told if isinstance(told, ReadArticle) else ReadingError(*told)
        except (EOFError, OSError):
            reason = "the reading process died on this article"
        self._stop()
        place = f"{name}: record {begun + 1}" if begun else name
        yield ReadingError(f"{place}: {reason}")
        return None if begun is None else begun + 1

    @property
    def is_busy(self) -> bool:
        """True while an input is being read."""
        return self._lock.locked()

    def close(self) -> None:
        """Stop the child, in the middle of an article if need be; that one and later ones fail."""
        self._closed = True
        if (child := self._child) is not None:
            child.kill()  # whoever waits for its answer holds the lock, and lets go of it now
        held = self._lock.acquire(timeout=_PATIENCE)  # not for ever: who holds it may wait for a client that went away
        self._stop()
        if held:
            self._lock.release()

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
