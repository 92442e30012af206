"""The shared folder of the corpora, as in ``tests/ingest``."""

from __future__ import annotations

from tests.ingest.conftest import shared

__all__ = ["shared"]
