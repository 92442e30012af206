"""Readers for tests of the reading process: one that knows the sample article, and some that misbehave."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from api.services.reading import ReadArticle, ReadingError
from tests.api import samples

NEXT = "\n=====\n"
"""Between the records of an input."""


def sample(
    stream: BinaryIO, name: str, given_id: str | None, skip: int, began: Callable[[int], None]
) -> Iterator[ReadArticle | ReadingError]:
    """The sample article with its claims, for each record; anything else is unreadable.

    Records that are one word misbehave as the inputs of that name do, but after their reading has begun.
    """
    text = stream.read().decode("utf-8", "replace")
    _misbehave(name)
    for number, record in enumerate(text.split(NEXT)):
        if number < skip:
            continue
        if "With lenalidomide" not in record:
            began(number)
            _misbehave(record.strip())
            yield ReadingError(f"{name}: line 1: not the sample")
            continue
        home = samples.article(record, given_id or f"sent{number or ''}")
        yield ReadArticle(home, samples.claims(home), "test 1")


def _misbehave(name: str) -> None:
    match name:
        case "dies.txt":
            os._exit(3)
        case "sleeps.txt":
            time.sleep(60)
        case "breaks.txt":
            raise ZeroDivisionError("a fault of the reader")
