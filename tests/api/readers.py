"""Readers for tests of the reading process: one that knows the sample article, and some that misbehave."""

from __future__ import annotations

import os
import time

from api.services.reading import ReadArticle, ReadingError
from tests.api import samples


def sample(data: bytes, name: str, given_id: str | None) -> ReadArticle:
    """The sample article with its claims; anything else is unreadable."""
    text = data.decode("utf-8", "replace")
    match name:
        case "dies.txt":
            os._exit(3)
        case "sleeps.txt":
            time.sleep(60)
        case "breaks.txt":
            raise ZeroDivisionError("a fault of the reader")
    if "With lenalidomide" not in text:
        raise ReadingError(f"{name}: line 1: not the sample")
    home = samples.article(text, given_id or "sent")
    return ReadArticle(home, samples.claims(home), "test 1")
