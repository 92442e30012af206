"""What read a text is told by its version: the rules, and what the user has switched on."""

from __future__ import annotations

from ingest.pipeline import Pipeline, version
from ingest.terminology import Concept, ConceptKind, Terminology, shipped_table


def test_the_version_is_that_of_what_ships_until_a_vocabulary_is_added(pipeline: Pipeline) -> None:
    assert version() == pipeline.VERSION
    more = Terminology([Concept("urn:x:1", "zorbalimab", ConceptKind.DRUG)], [shipped_table()])
    own = Pipeline(more)
    assert f"{version()}, terminology+{more.digest[:12]}" == own.VERSION
