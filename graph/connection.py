"""How a store behind a URL is reached: its addresses, who asks, and what it cannot do by itself.

Read from ``PICOGRAPH_STORE_...`` variables, or given as arguments. What is secret shows in no message.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import StoreError

Auth = Literal["basic", "digest"]


class Connection(BaseSettings):
    """What a URL alone does not say. A variable such as ``PICOGRAPH_STORE_USER`` sets one; arguments come first."""

    model_config = SettingsConfigDict(
        env_prefix="PICOGRAPH_STORE_", frozen=True, extra="ignore", hide_input_in_errors=True, env_ignore_empty=True
    )

    user: str | None = Field(default=None, description="who asks; a user in the URL comes first")
    password: SecretStr | None = Field(default=None, description="the user's")
    auth: Auth = Field(default="basic", description="how user and password are sent: basic or digest")
    token: SecretStr | None = Field(default=None, description="a bearer token, instead of user and password")
    update: str | None = Field(default=None, description="the address for updates, where it does not follow")
    default_graph: str | None = Field(
        default=None, description="the graph that stands for the default graph, where a store has none of its own"
    )
    update_limit: int | None = Field(
        default=None, ge=50, description="triples in one update, where a store has a limit"
    )
    bytes: int = Field(default=1 << 30, gt=0, description="of one answer, at most")

    @field_validator("update")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in ("http", "https") or "@" in urlsplit(value).netloc):
            raise ValueError("needs an http:// or https:// address without user and password")
        return value

    @field_validator("default_graph")
    @classmethod
    def _iri(cls, value: str | None) -> str | None:
        if value is not None and (":" not in value or any(c in '<>"{}|^`\\' or c <= " " for c in value)):
            raise ValueError("needs an IRI")
        return value

    @model_validator(mode="after")
    def _one_way(self) -> Connection:
        if self.token is not None and self.user is not None:
            raise ValueError("give a token, or a user with a password, not both")
        return self


def connection_from_environment() -> Connection:
    """The connection that the environment describes. Raises StoreError, which names the variable and no value."""
    try:
        return Connection()
    except ValidationError as error:
        told = "; ".join(_told(e["loc"], e["msg"]) for e in error.errors(include_input=False, include_url=False))
        raise StoreError(told) from None


def _told(place: tuple[int | str, ...], message: str) -> str:
    name = f"PICOGRAPH_STORE_{str(place[0]).upper()}" if place else "PICOGRAPH_STORE_TOKEN, PICOGRAPH_STORE_USER"
    return f"{name}: {message.removeprefix('Value error, ')}"


def endpoints(url: str) -> tuple[str, str]:
    """The query and the update address of the store at ``url``, without user and password.

    >>> endpoints("http://localhost:7878")
    ('http://localhost:7878/query', 'http://localhost:7878/update')
    >>> endpoints("http://me:secret@localhost:8890/sparql?key=1")
    ('http://localhost:8890/sparql?key=1', 'http://localhost:8890/sparql?key=1')
    >>> endpoints("http://localhost:3030/ds/query")
    ('http://localhost:3030/ds/query', 'http://localhost:3030/ds/update')
    """
    parts = urlsplit(url)
    host, path = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
    paths = (path, path)
    if not path.endswith("/sparql"):
        base = path.removesuffix("/query")
        paths = (f"{base}/query", f"{base}/update")
    query, update = (urlunsplit((parts.scheme, host, one, parts.query, "")) for one in paths)
    return query, update


def without_credentials(url: str) -> str:
    """``url`` as it may be shown: without user, password and what follows a question mark.

    >>> without_credentials("https://me:secret@example.org/sparql?key=1")
    'https://example.org/sparql'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class BearerAuth(httpx.Auth):
    """A token that goes with every request."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See httpx."""
        request.headers["Authorization"] = self._header
        yield request


def auth_of(url: str, connection: Connection) -> tuple[httpx.Auth | None, tuple[str, ...]]:
    """How requests are signed, None where they are not; and the secrets, to be kept out of messages."""
    parts = urlsplit(url)
    user, password = connection.user, connection.password.get_secret_value() if connection.password else ""
    if parts.username is not None:
        user, password = unquote(parts.username), unquote(parts.password or "")
    elif connection.token is not None:
        token = connection.token.get_secret_value()
        return BearerAuth(token), (token,)
    if user is None:
        return None, ()
    kind = httpx.DigestAuth if connection.auth == "digest" else httpx.BasicAuth
    return kind(user, password), tuple(secret for secret in (password, parts.password) if secret)
