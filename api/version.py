"""The version of the installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def package_version() -> str:
    """The version as ``1.2.3``; ``0+unknown`` when the package is not installed."""
    try:
        return version("picograph")
    except PackageNotFoundError:
        return "0+unknown"
