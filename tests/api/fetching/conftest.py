"""Time that passes only when somebody sleeps, and services on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from api.fetching.folder import opened
from api.fetching.pieces import Failure, Service
from api.fetching.run import Ask, Listener, Report, fetch
from api.fetching.web import Web
from api.settings import FetchSettings
from tests.api.fetching.replay import Replay
from tests.api.fetching.worlds import ClinicalTrials, EuropePmc, Ncbi


@dataclass
class Time:
    """Seconds since the beginning of the test; ``slept`` are the pauses, in order."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        """See Pace."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """See Pace."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("PICOGRAPH_") and n != "PICOGRAPH_SHARED"]:
        monkeypatch.delenv(name)


@pytest.fixture
def time() -> Time:
    """The time of the test."""
    return Time()


@pytest.fixture
def ncbi() -> Ncbi:
    """E-utilities."""
    return Ncbi()


@pytest.fixture
def europepmc() -> EuropePmc:
    """Europe PMC."""
    return EuropePmc()


@pytest.fixture
def clinicaltrials() -> ClinicalTrials:
    """ClinicalTrials.gov."""
    return ClinicalTrials()


@pytest.fixture
def servers(ncbi: Ncbi, europepmc: EuropePmc, clinicaltrials: ClinicalTrials) -> Iterator[dict[str, Replay]]:
    """Each of the three behind an address of its own."""
    with Replay(ncbi) as one, Replay(europepmc) as two, Replay(clinicaltrials) as three:
        yield {"ncbi": one, "europepmc": two, "clinicaltrials": three}


@pytest.fixture
def settings(servers: dict[str, Replay]) -> FetchSettings:
    """The addresses of the servers."""
    return FetchSettings(
        ncbi_url=servers["ncbi"].url + "/entrez/eutils",
        europepmc_url=servers["europepmc"].url + "/rest",
        clinicaltrials_url=servers["clinicaltrials"].url + "/api/v2",
    )


@pytest.fixture
def web(settings: FetchSettings, time: Time) -> Iterator[Web]:
    """Asks the servers in the time of the test."""
    with web_of(settings, time) as made:
        yield made


def web_of(settings: FetchSettings, time: Time, **more: Any) -> Web:
    """A Web in the time of the test, whose pauses are not varied."""
    return Web(settings, clock=time.clock, sleep=time.sleep, jitter=lambda: 0.5, wall=lambda: 0.0, **more)


@dataclass
class Run:
    """The report of a fetch and what was told in its course."""

    report: Report
    failed: list[str]
    noted: list[str]


def run_into(folder: Path, service: Service, words: list[str], limit: int = 100, *, again: bool = False) -> Run:
    """Fetch as the command does."""
    failed: list[str] = []
    noted: list[str] = []

    def fails(failure: Failure) -> None:
        failed.append(str(failure))

    ids = service.named(words)
    ask = Ask(ids, None if ids is not None else " ".join(words), limit, again)
    with opened(folder) as there:
        report = fetch(service, ask, there, Listener(failed=fails, noted=noted.append))
    return Run(report, failed, noted)


Fetch = Callable[..., Run]
