"""Every property test with more examples and with several seeds."""

from __future__ import annotations

import re
import subprocess
import sys
import time

from tests.api.conftest import ROOT, environment
from tests.soak.figures import Report
from tests.soak.profile import PROFILE


def run(seeds: int, first_seed: int, timeout: float) -> Report:
    """Run them once for each seed, all together within ``timeout`` seconds."""
    report, until = Report("property tests, long"), time.monotonic() + timeout
    for seed in range(first_seed, first_seed + seeds):
        left = until - time.monotonic()
        if left < 10:
            report.figures[f"seed {seed}"] = "no time left"
            continue
        options = ["-m", "hypothesis", "-p", "tests.soak.profile", f"--hypothesis-profile={PROFILE}"]
        command = [sys.executable, "-m", "pytest", "tests", *options, f"--hypothesis-seed={seed}", "-n", "auto"]
        began = time.monotonic()
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=left, check=False
            )
        except subprocess.TimeoutExpired:
            report.figures[f"seed {seed}"] = f"not ended within {left:.0f} s; given up"
            continue
        summary = re.findall(r"^\d+ (?:passed|failed).*$", done.stdout, re.MULTILINE)
        told = summary[-1] if summary else done.stdout[-2_000:] + done.stderr[-500:]
        report.figures[f"seed {seed}"] = (
            f"{told if done.returncode == 0 else 'failed'}, {time.monotonic() - began:.0f} s"
        )
        report.expect(done.returncode == 0, done.stdout[-3_000:])
    return report
