"""What goes between the service and a process that answers: the length of a head, the head as JSON, then bytes."""

from __future__ import annotations

import json
import struct
from typing import Any

HEAD = struct.Struct(">I")

ROW_FORMATS = ("json", "xml", "csv", "tsv")
"""Formats of the answers to SELECT and ASK."""
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld")
"""Formats of the answers to CONSTRUCT and DESCRIBE."""


def packed(head: dict[str, Any]) -> bytes:
    """``head`` as it is sent."""
    data = json.dumps(head).encode("ascii")
    return HEAD.pack(len(data)) + data
