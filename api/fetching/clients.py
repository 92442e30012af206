"""HTTP clients: who they say they are, and what of the environment they heed."""

from __future__ import annotations

import httpx

from api.fetching.errors import RefusedError
from api.settings import FetchSettings
from api.version import package_version


def new_client(settings: FetchSettings, service: str, near: bool) -> httpx.Client:
    """A client that checks certificates and follows no redirect; ``near``: without the proxy of the environment.

    Raises RefusedError where the environment names a proxy or certificates that cannot be used.
    """
    contact = f" (mailto:{settings.email})" if settings.email else ""
    agent = {"User-Agent": f"picograph/{package_version()}{contact}", "Accept-Encoding": "gzip, deflate"}
    try:
        return httpx.Client(headers=agent, timeout=settings.fetch_timeout, trust_env=not near)
    except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
        said = error if isinstance(error, ImportError | OSError) else type(error).__name__  # others may show a password
        reason = f"the proxy or the certificates that the environment names cannot be used ({said})"
        raise RefusedError(service, reason, "see HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE") from error
