"""`evaluate --sentences`: the reader against result sentences of our own, right, left out and wrong by phenomenon."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from api.commands.output import out, write_json

if TYPE_CHECKING:
    from corpus.sentences import Tally

LEGEND = (
    "Right: numbers, arms, comparator, direction and assertion agree; or nothing was read where there is nothing. "
    "Arm: of the wrong, those with a number under the wrong arm."
)


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    share = "–" if tally.share is None else f"{tally.share:.2f}"
    return (name, str(tally.right), str(tally.left_out), str(tally.wrong), str(tally.wrong_arm), share)


def evaluate_sentences(as_json: bool) -> None:
    """Read every sentence of the suite and print what became of its claims."""
    from api.settings import Settings
    from api.version import package_version
    from corpus.sentences import Tally, by_phenomenon, items
    from ingest.claim_json import to_json
    from ingest.pipeline import load_pipeline
    from ingest.readers.files import read_bytes

    pipeline = load_pipeline(Settings().model)

    def read(text: str) -> list[dict[str, Any]]:
        reading = pipeline.read(read_bytes(text.encode("utf-8"), "sentence.txt"))
        return [to_json(claim, reading.article) for claim in reading.claims]

    phenomena, scored = by_phenomenon(list(items()), read)
    total = sum(scored.values(), Tally())
    if as_json:
        write_json(
            {
                "picograph": package_version(),
                "pipeline": pipeline.VERSION,
                "total": asdict(total),
                "phenomena": {name: asdict(tally) for name, tally in phenomena.items()},
                "items": {name: asdict(tally) for name, tally in scored.items()},
            }
        )
        return
    from api.commands.tables import plain_table

    rows = [_row(name, tally) for name, tally in phenomena.items()]
    headers = ("Phenomenon", "Right", "Left out", "Wrong", "Arm", "Share")
    out().print(plain_table([*rows, _row(f"all {len(scored)} texts", total)], *headers))
    out().print(LEGEND, style="dim")
