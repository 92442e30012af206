"""The folder of corpora and scorers, and the pipeline that ships."""

from tests.ingest.conftest import pipeline as pipeline
from tests.ingest.conftest import shared as shared
