"""What can go wrong with a service, told with what to do next."""

from __future__ import annotations


class FetchError(Exception):
    """A request that came to nothing: which service, why, and what to try."""

    def __init__(self, service: str, reason: str, advice: str = "") -> None:
        super().__init__(f"{service}: {reason}" + (f"; {advice}" if advice else ""))
        self.service = service
        self.reason = reason
        self.advice = advice


class RefusedError(FetchError):
    """Another try would be answered the same way. ``status`` is that of the answer, None where there was none."""

    def __init__(self, service: str, reason: str, advice: str = "", *, status: int | None = None) -> None:
        super().__init__(service, reason, advice)
        self.status = status


class PassingError(FetchError):
    """Another try may do. ``after``: seconds that the service asks to wait; ``tries``: fewer than usual are enough."""

    def __init__(
        self, service: str, reason: str, advice: str = "", *, after: float | None = None, tries: int | None = None
    ) -> None:
        super().__init__(service, reason, advice)
        self.after = after
        self.tries = tries


class FolderError(Exception):
    """The folder for the files cannot be used; the message says why and what to do."""
