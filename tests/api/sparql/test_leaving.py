"""Those who leave: a client frees its process, and a service takes its processes with it."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx
import psutil
import pytest

from api.settings import Settings
from graph.library import Library
from tests.api.conftest import environment, serving
from tests.api.sparql.attacks import ENDED

ENDLESS = ENDED["cross join"]
KILLED = """
import asyncio, os, signal
from api.settings import Settings
from api.sparql.endpoint import Endpoint
from api.sparql.protocol import Asked
from graph.library import Library

async def work():
    endpoint = Endpoint(Library.open("memory:"), Settings(sparql_children=1, sparql_timeout=600))
    asked = Asked("ASK {}")
    await endpoint.answer(asked, endpoint.look(asked), "json")
    print(endpoint.pool.workers()[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(work())
"""


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_that_goes_away_frees_its_process(shared_library: Library, method: str) -> None:
    settings = Settings(reader="tests.api.readers:sample", sparql_children=1, sparql_timeout=3600, sparql_wait=60)
    with (
        serving(shared_library, settings) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=90) as client,
    ):
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        place = "params" if method == "GET" else "data"
        impatient = httpx.Client(base_url=address, trust_env=False, timeout=0.5)
        with impatient, pytest.raises(httpx.ReadTimeout):
            impatient.request(method, "/sparql", **{place: {"query": ENDLESS}})  # type: ignore[arg-type]
        answer = client.get("/sparql", params={"query": "ASK {}"})
        assert answer.status_code == 200, answer.text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process notices at the end of its query")
def test_no_process_outlives_a_killed_service() -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED], capture_output=True, env=environment(), timeout=120, check=False
    )
    child = int(done.stdout)
    for _ in range(200):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")
