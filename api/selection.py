"""What an export holds and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.claim import ClaimKind, Status


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSONL = "jsonl"
    TURTLE = "turtle"
    NQUADS = "nquads"
    GRAPHML = "graphml"
    NETWORK_JSON = "network-json"
    JSONLD = "jsonld"
    NANOPUB = "nanopub"
    TRIG = "trig"

    @property
    def media_type(self) -> str:
        """For the Content-Type header."""
        return {
            ExportFormat.JSONL: "application/x-ndjson",
            ExportFormat.TURTLE: "text/turtle; charset=utf-8",
            ExportFormat.NQUADS: "application/n-quads",
            ExportFormat.GRAPHML: "application/graphml+xml",
            ExportFormat.NETWORK_JSON: "application/json",
            ExportFormat.JSONLD: "application/ld+json",
            ExportFormat.NANOPUB: "application/trig",
            ExportFormat.TRIG: "application/trig",
        }[self]

    @property
    def suffix(self) -> str:
        """The usual ending of a file name."""
        endings = {"turtle": ".ttl", "nquads": ".nq", "network-json": ".json", "nanopub": ".trig"}
        return endings.get(self.value, f".{self.value}")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims to export; None takes all."""

    statuses: tuple[Status, ...] | None = None
    kinds: tuple[ClaimKind, ...] | None = None
    article: str | None = None
    question: str | None = None
