"""Requests no faster than a service allows."""

from __future__ import annotations

from collections.abc import Callable

Clock = Callable[[], float]
Sleep = Callable[[float], None]


class Pace:
    """Lets one request through every ``seconds``, repeated ones too. ``clock`` gives seconds that never go back."""

    def __init__(self, seconds: float, clock: Clock, sleep: Sleep) -> None:
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._next: float | None = None

    def wait(self) -> None:
        """Come back when the next request may go out."""
        now = self._clock()
        if self._next is not None and self._next > now:
            self._sleep(self._next - now)
            now = max(self._clock(), self._next)
        self._next = now + self._seconds
