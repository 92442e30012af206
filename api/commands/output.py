"""Printing: data on standard output, progress and messages on standard error."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """``text`` without what a terminal would obey instead of show, white space as single blanks."""
    return " ".join(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", " ")).split())


def safe(text: str) -> str:
    """``text`` without what a terminal would obey instead of show, white space as it stands."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def out() -> Console:
    """The console of standard output: colours and the terminal's width, or plain text of 80 columns in a pipe."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)


def messages() -> Console:
    """The console of standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def write(data: bytes) -> None:
    """Bytes on standard output, at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_line(value: Any) -> None:
    """One JSON line in UTF-8 on standard output, at once."""
    write(json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n")


def write_json(value: Any) -> None:
    """A JSON value for people and programs, indented."""
    write(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
