"""A few child processes, kept ready: who gets one, for how long, and what becomes of it afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from api.sparql.errors import EndpointBusy, MemoryOver, NoSnapshots, QueryEnded, TimeOver
from api.sparql.snapshots import Snapshot, Snapshots
from api.sparql.worker import Worker

log = logging.getLogger("picograph")
_FIRST = 30.0
"""Seconds that a query may wait for the very first process."""
_RETRY = 1.0
_FAT = 150_000_000
"""Bytes of resident memory from which on a process is not used again: it would keep them."""
_DIED = (OSError, TimeoutError, QueryEnded, MemoryOver)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of queries; the settings ``sparql_...`` say more of each."""

    children: int
    seconds: float
    memory: int
    queue: int
    wait: float


class Pool:
    """Child processes on the newest of ``snapshots``. For one event loop; started by the first query."""

    def __init__(self, bounds: Bounds, snapshots: Snapshots) -> None:
        self._bounds, self._snapshots = bounds, snapshots
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._started = self._ready = self._closed = False

    async def run(self, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes, Snapshot]:
        """The head of a reply, the bytes behind it, and the copy that it comes from.

        The process dies when whoever asked is cancelled. Raises EndpointBusy, TimeOver, MemoryOver, QueryEnded,
        NoSnapshots.
        """
        await self._snapshots.present()  # where there are none, no process is of use
        worker = await self._take()
        kept = False
        try:
            snapshot = await self._snapshots.present()
            if worker.folder != snapshot.folder:
                await worker.open(snapshot.folder)
            head, body = await worker.ask(asked | {"memory": self._bounds.memory}, self._bounds.seconds)
            kept = worker.resident < _FAT
        except TimeoutError as error:
            raise TimeOver(f"the query was ended after {self._bounds.seconds:g} seconds") from error
        finally:
            if kept:
                self._idle.put_nowait(worker)
            else:
                self._drop(worker)
            self._tidy()
        if head["outcome"] == "memory":
            raise MemoryOver("the query needs more memory than a query gets here; ask for less at once")
        return head, body, snapshot

    def workers(self) -> list[Worker]:
        """The processes there are now."""
        return list(self._workers)

    async def close(self) -> None:
        """End every process, and with it every query."""
        self._closed = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in self.workers():
            await worker.end()
        self._workers.clear()

    async def _take(self) -> Worker:
        if self._closed:
            raise EndpointBusy("the service is stopping")
        if not self._started:
            self._started = True
            for _ in range(self._bounds.children):
                self._later(self._add())
        if not self._idle.empty():
            return self._idle.get_nowait()
        if self._waiting >= self._bounds.queue:
            raise EndpointBusy(f"{self._waiting} queries are waiting already; try again later")
        self._waiting += 1
        patience = self._bounds.wait if self._ready else max(_FIRST, self._bounds.wait)
        try:
            async with asyncio.timeout(patience):
                return await self._idle.get()
        except TimeoutError as error:
            raise EndpointBusy(f"other queries took all of {patience:g} seconds; try again later") from error
        finally:
            self._waiting -= 1

    def _drop(self, worker: Worker) -> None:
        worker.kill()
        self._workers.discard(worker)
        if not self._closed:
            self._later(self._add())

    def _tidy(self) -> None:
        """Let processes that have nothing to do open the newest copy, and remove the copies that none has open."""
        newest = self._snapshots.newest
        for _ in range(self._idle.qsize()):
            worker = self._idle.get_nowait()
            if newest is None or worker.folder == newest.folder:
                self._idle.put_nowait(worker)
            else:
                self._later(self._open(worker))
        self._snapshots.remove_others({w.folder for w in self._workers if w.folder is not None})

    async def _add(self) -> None:
        """One more process, tried until there is one."""
        while not self._closed:
            try:
                worker = await Worker.start(self._snapshots.place)
            except _DIED as error:
                log.warning("no process for SPARQL queries could be started: %r", error)
                await asyncio.sleep(_RETRY)
                continue
            self._workers.add(worker)
            await self._open(worker)
            return

    async def _open(self, worker: Worker) -> None:
        """Let ``worker`` open the newest copy; it is ready then."""
        try:
            snapshot = await self._snapshots.present()
            await worker.open(snapshot.folder)
        except (*_DIED, NoSnapshots) as error:
            log.warning("a process for SPARQL queries could not open its copy of the store: %r", error)
            await asyncio.sleep(_RETRY)
            self._drop(worker)
            return
        self._ready = True
        self._idle.put_nowait(worker)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
