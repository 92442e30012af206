"""The pipeline, made once, and the folder of source texts and contracts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.pipeline import Pipeline, load_pipeline
from tests.api.conftest import claim_schema as claim_schema

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline that ships."""
    return load_pipeline()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that PICOGRAPH_SHARED names."""
    folder = Path(os.environ.get("PICOGRAPH_SHARED", ROOT.parent / "shared"))
    if not (folder / "seeds").is_dir():
        told = f"no source texts at {folder}: PICOGRAPH_SHARED names the folder that holds seeds/ and claims/"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    return folder
