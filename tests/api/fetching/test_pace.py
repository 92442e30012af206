"""Never more requests in a second than a service allows, repeated ones counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.fetching.entrez import SECONDS, SECONDS_WITH_KEY
from api.fetching.pace import Pace
from api.fetching.pmc import Pmc
from api.settings import FetchSettings
from tests.api.fetching.conftest import Time, web_of
from tests.api.fetching.replay import Answer, Asked, Replay
from tests.api.fetching.worlds import Ncbi, jats


@given(
    st.sampled_from([(SECONDS, 3), (SECONDS_WITH_KEY, 10)]),
    st.lists(st.floats(0, 2), min_size=1, max_size=60),
)
def test_no_second_holds_more_than_is_allowed(pace: tuple[float, int], busy: list[float]) -> None:
    time, (seconds, allowed) = Time(), pace
    one = Pace(seconds, time.clock, time.sleep)
    sent = []
    for pause in busy:
        time.now += pause
        one.wait()
        sent.append(time.now)
    assert all(sum(start <= at < start + 1 for at in sent) <= allowed for start in sent)


def test_the_first_request_does_not_wait() -> None:
    time = Time()
    Pace(9.0, time.clock, time.sleep).wait()
    assert time.slept == []


@pytest.mark.parametrize(("key", "allowed"), [(None, 3), ("0123456789abcdef", 10)])
def test_ncbi_is_asked_as_often_as_it_lets_also_when_it_fails(key: str | None, allowed: int) -> None:
    time = Time()
    sent: list[float] = []
    world = Ncbi(articles={str(n): jats(str(n)) for n in range(1, 31)})

    def timed(asked: Asked) -> Answer:
        sent.append(time.now)
        return Answer(b"", 500) if len(sent) in (5, 6, 7) else world(asked)

    with Replay(timed) as server:
        settings = FetchSettings(ncbi_url=server.url, ncbi_api_key=key)  # type: ignore[arg-type]
        with web_of(settings, time) as web:
            service = Pmc(web, settings)
            assert len([*service.bring(list(service.find("all", 30).wanted))]) == 30
    assert len(sent) == 34
    most = max(sum(start <= at < start + 1 for at in sent) for start in sent)
    assert allowed - 1 <= most <= allowed
