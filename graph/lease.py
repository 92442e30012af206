"""One writer at a time on a store that several processes may write to.

Such stores need not notice that two updates read the same state before either wrote (measured: Oxigraph's server does
not). So a writer first says that it wants to write, and writes only when nobody else says so: each says it in a triple
of its own, so that saying it never conflicts. A lease runs out, so that a writer that dies blocks others for a minute.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from pyoxigraph import Literal, Quad

from graph.errors import StoreBusy
from graph.records import STORE
from graph.vocab import EV, LEASES, node

DURATION = 60.0
"""Seconds after which a lease counts for nothing; the clocks of writers must agree to well within that."""
PATIENCE = 75.0
"""Seconds to wait for others before StoreBusy."""


@contextmanager
def leased(read: Callable[[], list[str]], change: Callable[[list[Quad], list[Quad]], None]) -> Iterator[None]:
    """Alone among all who write to the store. ``read`` gives the leases there are, ``change`` removes and adds quads.

    Raises StoreBusy when others do not let go.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        mine = f"{time.time() + DURATION:.1f} {uuid4()}"
        change([], [_lease(mine)])
        try:
            others = [lease for lease in read() if lease != mine]
            stale = [lease for lease in others if expired(lease, time.time())]
            if stale:
                change([_lease(lease) for lease in stale], [])
            alone = len(stale) == len(others)
            if alone:
                yield
                return
        finally:
            change([_lease(mine)], [])
        if time.monotonic() > deadline:
            raise StoreBusy("another writer holds the store; try again in a minute")
        time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 (spreads the tries of writers, hides nothing)


def expired(lease: str, now: float) -> bool:
    """True when the lease has run out at ``now``, or is none.

    >>> expired("100.0 a", 101.0), expired("100.0 a", 99.0), expired("x", 0.0)
    (True, False, True)
    """
    try:
        return float(lease.partition(" ")[0]) < now
    except ValueError:
        return True


def _lease(text: str) -> Quad:
    return Quad(STORE, node(EV.writer), Literal(text), LEASES)
