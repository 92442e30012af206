"""One request: what is repeated, what is not, how long, and what is never told."""

from __future__ import annotations

import gzip
import itertools
import json
import logging
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.fetching.bodies import NotWholeError, parse_json
from api.fetching.errors import PassingError, RefusedError
from api.fetching.pace import Pace
from api.fetching.web import Request, Web
from api.settings import FetchSettings
from tests.api.fetching.conftest import Time, web_of
from tests.api.fetching.replay import Answer, Asked, Half, Replay, Reset, Silence

GOOD = Answer(b'{"whole": true}')
CERTIFICATE = Path(__file__).with_name("selfsigned.pem")
KEY = "0123456789abcdef"


def judge(status: int, data: bytes) -> None:
    """As the services do."""
    if status != 200:
        raise RefusedError("Service", f"it answers {status}", status=status)
    try:
        parse_json(data)
    except NotWholeError as error:
        raise PassingError("Service", f"the answer is {error}") from error


def request(server: Replay, *, form: bool = False) -> Request:
    """A request with something private where it has a body."""
    private = {"api_key": KEY} if form else {}
    return Request("Service", f"{server.url}/api", judge, {"q": "a b"}, form=form, private=private)


def always(_: Asked) -> Answer:
    """A world where all is well."""
    return GOOD


def asking(web: Web, time: Time, asked: Request) -> bytes:
    """Ask without a pace."""
    return web.ask(asked, Pace(0.0, time.clock, time.sleep))


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        ([], []),
        ([Answer(b"", 500)], [1.0]),
        ([Answer(b"", 502), Answer(b"", 503), Answer(b"", 504)], [1.0, 2.0, 4.0]),
        ([Answer(b"", 429)], [1.0]),
        ([Answer(b"", 429, {"Retry-After": "7"})], [7.0]),
        ([Answer(b"", 429, {"Retry-After": "Thu, 01 Jan 1970 00:00:30 GMT"})], [30.0]),
        ([Answer(b"", 503, {"Retry-After": "some time"})], [1.0]),
        ([Half()], [1.0]),
        ([Half(honest=True)], [1.0]),
        ([Answer(b"<html><body>Log in to the network</body></html>")], [1.0]),
        ([Answer(b"\x00\x01garbage")], [1.0]),
        ([Answer(b"")], [1.0]),
        ([Answer(b"no gzip", headers={"Content-Encoding": "gzip"})], [1.0]),
        ([Reset(), Half(), Answer(b"", 500)], [1.0, 2.0, 4.0]),
    ],
)
@pytest.mark.parametrize("form", [False, True], ids=["get", "post"])
def test_what_passes_is_asked_again(time: Time, faults: list[Answer], slept: list[float], form: bool) -> None:
    with Replay(always) as server, web_of(FetchSettings(), time) as web:
        server.faults.extend(faults)
        assert json.loads(asking(web, time, request(server, form=form))) == {"whole": True}
        assert time.slept == slept
        assert len(server.asked) == len(faults) + 1
        assert {a.method for a in server.asked} == {"POST" if form else "GET"}
        assert all(a.all["q"] == "a b" for a in server.asked)


@pytest.mark.parametrize("fault", [Answer(b"", 500), Answer(b"", 429), Half(), Reset(), Answer(b"<html>")])
def test_in_the_end_it_is_given_up(time: Time, fault: Answer) -> None:
    with Replay(always) as server, web_of(FetchSettings(fetch_tries=4), time) as web:
        server.faults.extend([fault] * 9)
        with pytest.raises(PassingError, match="try again later"):
            asking(web, time, request(server))
        assert len(server.asked) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_asked_again(time: Time, status: int) -> None:
    with Replay(always) as server, web_of(FetchSettings(), time) as web:
        server.faults.append(Answer(b"no", status))
        with pytest.raises(RefusedError) as refused:
            asking(web, time, request(server))
        assert refused.value.status == status
        assert (len(server.asked), time.slept) == (1, [])


def test_who_asks_to_come_back_much_later_is_left_alone(time: Time) -> None:
    with Replay(always) as server, web_of(FetchSettings(fetch_patience=600), time) as web:
        server.faults.append(Answer(b"", 429, {"Retry-After": "3600"}))
        with pytest.raises(PassingError, match="come back in 3600 seconds"):
            asking(web, time, request(server))
        assert (len(server.asked), time.slept) == (1, [])


def test_all_tries_together_have_a_bound(time: Time) -> None:
    with Replay(always) as server, web_of(FetchSettings(fetch_tries=20, fetch_patience=10), time) as web:
        server.faults.extend([Answer(b"", 500)] * 30)
        with pytest.raises(PassingError):
            asking(web, time, request(server))
        assert time.slept == [1.0, 2.0, 4.0]


def test_silence_is_a_failure_that_may_pass(time: Time) -> None:
    with Replay(always) as server, web_of(FetchSettings(fetch_timeout=0.2, fetch_tries=2), time) as web:
        server.faults.append(Silence())
        assert asking(web, time, request(server))
        server.faults.extend([Silence(), Silence()])
        with pytest.raises(PassingError, match=r"no answer for 0\.2 seconds"):
            asking(web, time, request(server))


def test_an_answer_that_drips_is_cut_off(time: Time) -> None:
    hours = itertools.count(0.0, 3600.0)
    with Replay(always) as server, Web(FetchSettings(), clock=lambda: next(hours), sleep=time.sleep) as web:
        server.faults.append(GOOD)
        with pytest.raises(PassingError, match="takes over 600 seconds"):
            web.ask(request(server), Pace(0.0, time.clock, time.sleep))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b'{"a": "' + b"x" * 5_000 + b'"}'),
        Answer(b'{"a"', declared=5_000),
        Answer(gzip.compress(b'{"a": "' + b"x" * 500_000 + b'"}'), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["sent", "promised", "packed"],
)
def test_too_large_is_refused_at_once(time: Time, answer: Answer) -> None:
    with Replay(always) as server, web_of(FetchSettings(fetch_bytes=1_000), time) as web:
        server.faults.append(answer)
        with pytest.raises(RefusedError, match="more than 1,000 bytes"):
            asking(web, time, request(server))
        assert len(server.asked) == 1


def test_nobody_there_is_told_soon(time: Time) -> None:
    with Replay(always) as server:
        gone = request(server)
    told: list[str] = []
    with web_of(FetchSettings(), time, told=told.append) as web, pytest.raises(PassingError, match="machine online"):
        asking(web, time, gone)
    assert time.slept == [1.0, 2.0]
    assert [line.rsplit("; ", 1)[1] for line in told] == ["once more in 1 s (try 2)", "once more in 2 s (try 3)"]


@pytest.mark.parametrize("form", [False, True], ids=["get", "post"])
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_on_the_same_host_is_followed_with_all_that_was_asked(time: Time, status: int, form: bool) -> None:
    with Replay(always) as server, web_of(FetchSettings(), time) as web:
        server.faults.append(Answer(b"", status, {"Location": "/moved?q=a+b"}))
        assert asking(web, time, request(server, form=form)) == GOOD.body
        first, second = server.asked
        assert second.path == "/moved"
        assert (second.method, second.all) == (first.method, first.all)


@pytest.mark.parametrize("where", ["http://127.0.0.2:{port}/", "http://localhost:{port}/", "http://example.invalid/"])
@pytest.mark.parametrize("form", [False, True], ids=["get", "post"])
def test_a_redirect_to_another_host_is_not_followed(time: Time, where: str, form: bool) -> None:
    with Replay(always) as server, Replay(always) as other, web_of(FetchSettings(), time) as web:
        server.faults.append(Answer(b"", 302, {"Location": where.format(port=other.url.rsplit(":", 1)[1])}))
        with pytest.raises(RefusedError, match="not followed"):
            asking(web, time, request(server, form=form))
        assert other.asked == []


def test_what_is_private_goes_to_no_other_host_by_https(time: Time) -> None:
    with Replay(always) as server, web_of(FetchSettings(), time) as web:
        server.faults.append(Answer(b"", 307, {"Location": "https://example.invalid/"}))
        with pytest.raises(RefusedError, match=r"redirects to https://example\.invalid, which is not followed"):
            asking(web, time, request(server, form=True))


def test_a_ring_of_redirects_ends(time: Time) -> None:
    with Replay(lambda _: Answer(b"", 302, {"Location": "/api"})) as server, web_of(FetchSettings(), time) as web:
        with pytest.raises(RefusedError, match="redirects more than 5 times"):
            asking(web, time, request(server))
        assert len(server.asked) == 6


def test_the_user_agent_says_who_asks(time: Time) -> None:
    with Replay(always) as server, web_of(FetchSettings(email="me@example.org"), time) as web:
        asking(web, time, request(server))
        assert server.asked[0].headers["User-Agent"].startswith("picograph/")
        assert server.asked[0].headers["User-Agent"].endswith("(mailto:me@example.org)")


def test_what_is_private_is_in_no_address_log_or_message(time: Time, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    with Replay(always) as server, web_of(FetchSettings(fetch_tries=2), time, told=told.append) as web:
        asked = request(server, form=True)
        server.faults.extend([Answer(b"", 500), Answer(b"", 500)])
        with pytest.raises(PassingError) as error:
            asking(web, time, asked)
        assert [a.form["api_key"] for a in server.asked] == [KEY, KEY]
        assert not any(KEY in a.address for a in server.asked)
    assert told
    assert caplog.records
    for words in (*told, *(r.getMessage() for r in caplog.records), str(error.value), asked.shown, repr(asked)):
        assert KEY not in words


def test_a_certificate_that_nobody_vouches_for_is_refused(time: Time) -> None:
    with Replay(always, CERTIFICATE) as server, web_of(FetchSettings(), time) as web:
        with pytest.raises(RefusedError, match=r"certificate of 127\.0\.0\.1 is not to be trusted"):
            asking(web, time, request(server, form=True))
        assert server.asked == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("ALL_PROXY", "socks5://127.0.0.1:1"), ("HTTPS_PROXY", "ftp://example.invalid"), ("SSL_CERT_FILE", "/none")],
)
def test_an_environment_that_cannot_be_used_is_told(
    time: Time, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    asked = Request("Service", "https://service.invalid/", judge)
    with web_of(FetchSettings(), time) as web, pytest.raises(RefusedError, match="see HTTPS_PROXY"):
        asking(web, time, asked)


@pytest.mark.parametrize(
    "fields",
    [
        {"ncbi_url": "http://example.org"},
        {"ncbi_url": f"https://me:{KEY}@example.org/"},
        {"clinicaltrials_url": "ftp://example.org"},
        {"europepmc_url": "https://example.org/?a=b"},
        {"email": "nobody"},
        {"fetch_tries": 0},
    ],
)
def test_settings_that_cannot_be_are_refused_without_showing_them(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as error:
        FetchSettings(**fields)  # type: ignore[arg-type]
    assert KEY not in str(error.value)
    assert KEY not in repr(FetchSettings(ncbi_api_key=KEY))  # type: ignore[arg-type]
