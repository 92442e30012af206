"""How often the checks pass, note or fail on articles of one's own: ``python -m corpus.discrepancies FILE...``.

Each FILE holds JSON lines with a ``text`` and an ``id`` or ``pmcid`` (``.gz`` too). Nothing but counts is kept of an
article, and with ``--list`` the claims with a note or an error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from ingest.checks import RULES
from ingest.claim import Claim, Grade

GRADES = (Grade.PASS, Grade.NOTE, Grade.ERROR, Grade.NOT_CHECKABLE)
TOLD = (Grade.NOTE, Grade.ERROR)


@dataclass
class Tally:
    """Checks by rule and grade, over articles and claims."""

    articles: int = 0
    with_claims: int = 0
    with_error: int = 0
    claims: int = 0
    numbered: int = 0
    claims_by_worst: Counter[str] = field(default_factory=Counter)
    checks: Counter[tuple[str, Grade]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, claims: Sequence[Claim]) -> None:
        """One article's claims. A claim counts once, for its worst grade: error, note, pass, else none of them."""
        self.articles += 1
        self.with_claims += bool(claims)
        self.claims += len(claims)
        self.numbered += sum(bool(claim.effects) for claim in claims)
        self.with_error += any(check.grade is Grade.ERROR for claim in claims for check in claim.checks)
        for claim in claims:
            grades = {check.grade for check in claim.checks}
            worst = next((g.value for g in (Grade.ERROR, Grade.NOTE, Grade.PASS) if g in grades), "nothing to check")
            self.claims_by_worst[worst] += 1
            self.checks.update((check.rule, check.grade) for check in claim.checks)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row for each rule: its name, how often each grade was given, errors and notes as a share of those asked.

        Rules that were never asked are left out.
        """
        for rule in [*RULES, *sorted({r for r, _ in self.checks} - set(RULES))]:
            counts = [self.checks[rule, grade] for grade in GRADES]
            if any(counts):
                asked = sum(counts[:3])
                shares = [f"{100 * n / asked:.1f} %" if asked else "–" for n in (counts[2], counts[1])]
                yield (rule, *map(str, counts), *shares)

    def as_json(self) -> dict[str, Any]:
        """Everything that was counted."""
        return {
            "articles": self.articles,
            "articles_with_claims": self.with_claims,
            "articles_with_an_error": self.with_error,
            "claims": self.claims,
            "claims_with_numbers": self.numbered,
            "claims_by_worst_grade": dict(sorted(self.claims_by_worst.items())),
            "checks": {
                rule: {grade.value: self.checks[rule, grade] for grade in GRADES}
                for rule in sorted({r for r, _ in self.checks})
            },
            "failures": self.failures,
        }


def texts(paths: Iterable[Path]) -> Iterator[tuple[str, str | None]]:
    """Id and text of each line; the text is None where the line is no such object."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    value = json.loads(line)
                    name = str(value.get("id", value.get("pmcid", f"{path.name}:{number}")))
                    text = value.get("text")
                except (json.JSONDecodeError, RecursionError, AttributeError):
                    name, text = f"{path.name}:{number}", None
                yield name, text if isinstance(text, str) else None


def told(name: str, claim: Claim) -> Iterator[dict[str, Any]]:
    """The notes and errors of one claim, each with what is needed to look at it."""
    for check in claim.checks:
        if check.grade in TOLD:
            slots = (claim.intervention, claim.comparator, claim.outcome, claim.population)
            yield {
                "article": name,
                "claim": claim.id,
                "grade": check.grade.value,
                "rule": check.rule,
                "message": check.message,
                "slots": [None if m is None else m.text for m in slots],
                "direction": [claim.direction, claim.direction_basis],
                "significance": [claim.significance, claim.significance_basis],
                "effects": [[e.arm.value, e.measure.value, e.text] for e in claim.effects],
                "quote": claim.quote.exact,
                "section": claim.quote.section,
            }


def run(lines: Iterable[tuple[str, str | None]], listed: IO[str] | None = None) -> Tally:
    """Read every text and count its checks; notes and errors go to ``listed`` as JSON lines."""
    from ingest.pipeline import load_pipeline
    from ingest.readers.errors import ReadError
    from ingest.readers.files import read_bytes

    tally = Tally()
    for name, text in lines:
        if text is None:
            tally.failures.append(f"{name}: no text")
            continue
        try:
            article = read_bytes(text.encode("utf-8", "replace"), f"{name}.txt", given_id=name)
        except ReadError as error:
            tally.failures.append(str(error))
            continue
        claims = load_pipeline().read(article).claims
        tally.add(claims)
        if listed is not None:
            for claim in claims:
                for one in told(name, claim):
                    listed.write(json.dumps(one, ensure_ascii=False) + "\n")
    return tally


def table(tally: Tally) -> str:
    """The counts as a Markdown table with what they were taken from above it."""
    worst = ", ".join(f"{n} {name}" for name, n in sorted(tally.claims_by_worst.items()))
    lines = [
        f"{tally.articles} articles ({tally.with_claims} with claims, {tally.with_error} with an error), "
        f"{tally.claims} claims ({tally.numbered} with numbers); by their worst grade: {worst or 'none'}",
        "",
        "| rule | pass | note | error | not checkable | errors | notes |",
        "|---|---|---|---|---|---|---|",
        *("| " + " | ".join((f"`{name}`", *rest)) + " |" for name, *rest in tally.rows()),
    ]
    return "\n".join([*lines, *(f"failed: {failure}" for failure in tally.failures)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m corpus.discrepancies", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="counts as JSON instead of a table")
    parser.add_argument("--limit", type=int, help="only so many texts")
    parser.add_argument("--list", type=Path, metavar="FILE", help="write notes and errors there, as JSON lines")
    return parser.parse_args()


def main() -> None:
    """Count, print, and exit 1 where a text could not be read."""
    from itertools import islice

    asked = _arguments()
    lines = islice(texts(asked.files), asked.limit)
    if asked.list is None:
        tally = run(lines)
    else:
        with asked.list.open("w", encoding="utf-8") as listed:
            tally = run(lines, listed)
    print(json.dumps(tally.as_json(), ensure_ascii=False, indent=2) if asked.json else table(tally))
    sys.exit(bool(tally.failures))


if __name__ == "__main__":
    main()
