"""A service with the sample article and a decision on it, for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.settings import Settings
from graph.library import Library
from graph.model import Verdict
from tests.api.conftest import serving
from tests.api.samples import fill


@pytest.fixture(scope="module")
def shared_library() -> Iterator[Library]:
    """A library in memory that no test changes."""
    with Library.open("memory:") as library:
        fill(library)
        claim, _ = next(library.claims())
        library.decide(claim.id, Verdict.ACCEPT, author="A. Reader", made_at="2026-03-01T12:00:00Z")
        yield library


@pytest.fixture(scope="module")
def endpoint(shared_library: Library) -> Iterator[httpx.Client]:
    """A client of the service over ``shared_library``; patient, for machines with much to do."""
    settings = Settings(reader="tests.api.readers:sample", sparql_timeout=60, sparql_wait=60)
    with (
        serving(shared_library, settings) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=90) as client,
    ):
        yield client
