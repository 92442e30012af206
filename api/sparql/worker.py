"""One child process, seen from the service: started, asked, ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from api.sparql.errors import MemoryOver, QueryEnded
from api.sparql.wire import HEAD, packed

_START = "import json, sys; sys.path[:] = json.loads(sys.argv.pop()); from api.sparql.child import main; main()"
_OUT_OF_MEMORY = (b"memory allocation", b"bad_alloc", b"MemoryError", b"out of memory")
_LAST_WORDS = 20_000
_OPENING = 20.0
"""Seconds for a process to start, and for one to open a copy."""


class Worker:
    """A child process. It is of no more use once ``kill`` was called or a method has raised."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.means: tuple[str, ...] = ()
        """What the process has given up, see ``confinement``."""
        self.folder: Path | None = None
        """The copy that it answers from; None before the first one."""
        self.resident = 0
        """Bytes of memory that it held after its last answer."""

    @classmethod
    async def start(cls, copies: Path) -> Worker:
        """A process that can read below the folder ``copies`` and nothing else. Raises QueryEnded when none starts."""
        environment = {"MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8", "RUST_BACKTRACE": "0"}  # nothing of ours: no keys
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-c", _START, str(copies), str(os.getpid()), json.dumps(sys.path)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            close_fds=True,
        )
        worker = cls(process)
        head, _ = await worker._exchange(None, _OPENING)
        worker.means = tuple(head["means"])
        return worker

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    async def open(self, folder: Path) -> None:
        """Answer from the copy in ``folder`` from now on."""
        self.folder = folder
        await self._exchange({"open": str(folder), "seconds": _OPENING}, _OPENING)

    async def ask(self, asked: dict[str, Any], seconds: float) -> tuple[dict[str, Any], bytes]:
        """The head of the reply and the bytes behind it.

        Raises TimeoutError after ``seconds``, MemoryOver and QueryEnded when the process dies of it.
        """
        return await self._exchange({**asked, "seconds": seconds}, seconds)

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End the process and wait until it is gone."""
        self.kill()
        await self._process.wait()

    async def _exchange(self, asked: dict[str, Any] | None, seconds: float) -> tuple[dict[str, Any], bytes]:
        sent, told = self._process.stdin, self._process.stdout
        assert sent is not None
        assert told is not None
        try:
            async with asyncio.timeout(seconds):
                if asked is not None:
                    sent.write(packed(asked))
                    await sent.drain()
                length = HEAD.unpack(await told.readexactly(HEAD.size))[0]
                head: dict[str, Any] = json.loads(await told.readexactly(length))
                body = await told.readexactly(head["bytes"])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.kill()
            raise await self._reason() from error
        except BaseException:  # too late, or nobody waits for it any more
            self.kill()
            raise
        self.resident = head.get("resident", 0)
        return head, body

    async def _reason(self) -> MemoryOver | QueryEnded:
        """Why the process has died, from what it said last."""
        words = b""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                words = await self._process.stderr.read(_LAST_WORDS) if self._process.stderr else b""
                await self._process.wait()
        if any(sign in words for sign in _OUT_OF_MEMORY):
            return MemoryOver("the query needs more memory than a query gets here; ask for less at once")
        if self._process.returncode == -signal.SIGSEGV:
            return QueryEnded("the query is too intricate for the query engine; write it shorter")
        return QueryEnded("the query engine failed on this query; nothing else was harmed")
