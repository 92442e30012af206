"""What can be computed again from the printed numbers of one claim. A check finds; it never repairs.

Tolerances come from the printed decimals: a value printed with ``d`` decimals stands for any number within half a unit
of its last place. ``docs/reading.md`` lists every rule with its formula.
"""

from __future__ import annotations

from ingest.check_parts import as_checks
from ingest.checks_arms import compare_arms
from ingest.checks_chance import compare_chance
from ingest.checks_intervals import check_interval
from ingest.checks_shares import check_share, check_sizes
from ingest.claim import Check, Claim

RULES = (
    "percentage-range", "fraction-against-percentage", "events-within-total", "spread-not-negative",
    "interval-order", "value-in-interval", "ratio-at-log-centre", "difference-at-centre",
    "interval-against-p", "p-from-interval", "significance-against-interval", "significance-against-p",
    "no-difference-against-significance",
    "direction-against-values", "direction-against-ratio", "ratio-against-values", "ratio-from-values",
    "difference-from-values",
    "total-within-enrolled", "totals-against-enrolled", "total-against-arm-size", "arm-sizes-against-randomised",
)  # fmt: skip
"""The name of every rule, in the order in which the guide tells them."""


def check_claim(claim: Claim) -> tuple[Check, ...]:
    """Every rule that applies to ``claim``, in a fixed order; one that misses a number says which."""
    return as_checks(
        [
            *(f for n, e in enumerate(claim.effects) for rule in (check_share, check_interval) for f in rule(n, e)),
            *compare_chance(claim),
            *compare_arms(claim),
            *check_sizes(claim),
        ]
    )
