"""Terminologies of several tables, and names of several sources: which comes first, what is added, what changes."""

from __future__ import annotations

import pytest

from ingest.term_table import Row, Source, Table, pack
from ingest.terminology import Concept, ConceptKind, Terminology, key_of

DRUG, DISEASE = ConceptKind.DRUG, ConceptKind.DISEASE


def row(iri: str, *names: tuple[str, Source]) -> Row:
    return Row(iri, "disease", names)


RANKED = Terminology(
    tables=[
        Table(
            pack(
                [
                    row("mesh:D2", ("Sclerosis", Source.MESH), ("MS", Source.SHORT), ("plaque", Source.MESH)),
                    row("mesh:D1", ("Morphine", Source.MESH), ("plaque", Source.MESH), ("MS", Source.SHORT)),
                    row("mondo:1", ("plaque", Source.ONTOLOGY), ("ABC", Source.SHORT)),
                    row("own:a", ("mitral", Source.OWN), ("plaque", Source.OWN), ("abc", Source.CORPUS)),
                    row("mesh:D0", ("Plaques", Source.MESH)),
                ]
            )
        )
    ]
)


def found(name: str) -> list[str]:
    return [c.iri.rpartition("/")[2] for c in RANKED.find(name)]


def test_concepts_of_one_name_come_by_source_then_preferred_then_id() -> None:
    assert found("plaque") == ["a", "D0", "D1", "D2", "MONDO_1"]


def test_a_short_form_counts_where_nothing_else_has_the_name() -> None:
    assert found("MS") == ["D1", "D2"]
    assert found("ABC") == ["a"]


def test_a_naming_tells_the_name_as_written_its_source_and_whether_it_is_preferred() -> None:
    namings = {
        (n.name, n.source, n.preferred) for n in RANKED.namings(key_of("Plaques")) if n.iri.endswith(("D0", "D1"))
    }
    assert namings == {("Plaques", Source.MESH, True), ("plaque", Source.MESH, False)}
    assert RANKED.namings("nothing") == RANKED.namings("") == ()


OVER = (
    Concept("mesh:D1", "morphine of ours", DRUG, ("Morphine", "MSO4"), ("urn:o:1",), "higher", ("chebi:9",)),
    Concept("urn:o:1", "our analgesics", DRUG, (), ("mesh:D0",)),
)


def overlaid() -> Terminology:
    rows = [
        Row(c.iri, c.kind.value, [(n, Source.OWN) for n in (c.name, *c.synonyms)], c.parents, c.same, c.favours)
        for c in OVER
    ]
    return Terminology(tables=[*RANKED.tables, Table(pack(rows))])


def test_a_later_table_adds_names_links_and_parents_and_takes_nothing() -> None:
    both = overlaid().get("mesh:D1")
    assert both is not None
    assert (both.name, both.kind, both.favours) == ("Morphine", DISEASE, "higher")
    assert both.synonyms == ("plaque", "MS", "morphine of ours", "MSO4")
    assert (both.parents, both.same) == (("urn:o:1",), ("chebi:9",))


def test_the_hierarchy_goes_from_table_to_table() -> None:
    terminology = overlaid()
    (top,) = (c.iri for c in terminology.find("Plaques") if c.iri.endswith("D0"))
    (bottom,) = (c.iri for c in terminology.find("MSO4"))
    assert terminology.ancestors(bottom) == {bottom, "urn:o:1", top}
    assert terminology.descendants(top) == {bottom, "urn:o:1", top}
    assert terminology.children(top) == ("urn:o:1",)


def test_concepts_of_several_tables_count_once() -> None:
    terminology = overlaid()
    assert len(terminology) == len(list(terminology)) == len(RANKED) + 1


def test_concepts_over_a_table_are_laid_over_it_too() -> None:
    terminology = Terminology([Concept("urn:o:2", "ours", DRUG, (), ("mesh:D1",))], tables=RANKED.tables)
    assert [c.iri for c in terminology.find("ours")] == ["urn:o:2"]
    assert terminology.ancestors("urn:o:2") == {"urn:o:2", "http://id.nlm.nih.gov/mesh/D1"}


def test_an_unknown_parent_in_any_table_is_refused() -> None:
    with pytest.raises(ValueError, match="urn:o:2 has the unknown parent urn:o:9"):
        Terminology([Concept("urn:o:2", "ours", DRUG, (), ("urn:o:9",))], tables=RANKED.tables)


CHANGES = (
    Concept("urn:a:1", "b", DRUG),
    Concept("urn:a:1", "a", DISEASE),
    Concept("urn:a:1", "a", DRUG, ("c",)),
    Concept("urn:a:1", "a", DRUG, (), ("urn:a:2",)),
    Concept("urn:a:1", "a", DRUG, (), (), "lower"),
    Concept("urn:a:1", "a", DRUG, (), (), None, ("chebi:1",)),
    Concept("urn:a:1", "a", DRUG, spot=False),
)


@pytest.mark.parametrize("changed", CHANGES)
def test_the_digest_changes_with_anything_in_a_concept(changed: Concept) -> None:
    other = Concept("urn:a:2", "other", DRUG)
    assert Terminology([Concept("urn:a:1", "a", DRUG), other]).digest != Terminology([changed, other]).digest


def test_the_digest_does_not_change_with_the_order() -> None:
    concepts = [Concept(f"urn:a:{i}", f"name {i}", DRUG) for i in range(5)]
    assert Terminology(concepts).digest == Terminology(concepts[::-1]).digest
    assert Terminology(concepts).digest != overlaid().digest != RANKED.digest
