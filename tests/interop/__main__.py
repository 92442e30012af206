"""`python -m tests.interop`: what every store does and answers, asked of Virtuoso. Other arguments go to pytest."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.interop import virtuoso

SUITES = (
    "tests/graph/test_store_contract.py",
    "tests/graph/test_sparql_steps.py",
    "tests/graph/test_same_answers.py",
    "tests/graph/test_evidence.py",
    "tests/graph/test_decisions.py",
    "tests/graph/test_versions.py",
    "tests/graph/test_hierarchy.py",
)


def main() -> int:
    """Start the store, run the suites on it; the status of pytest."""
    with virtuoso.served() as url:
        described = {
            "PICOGRAPH_INTEROP_URL": f"{url}/sparql",
            "PICOGRAPH_STORE_UPDATE": f"{url}/sparql-auth",
            "PICOGRAPH_STORE_USER": virtuoso.USER,
            "PICOGRAPH_STORE_PASSWORD": virtuoso.PASSWORD,
            "PICOGRAPH_STORE_AUTH": "digest",
            "PICOGRAPH_STORE_DEFAULT_GRAPH": "https://w3id.org/picograph/graph/default",
            "PICOGRAPH_STORE_UPDATE_LIMIT": "300",
        }
        command = [sys.executable, "-m", "pytest", *SUITES, *sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, **described}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
