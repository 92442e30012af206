"""Why a claim answers a question: the concept, the path up to a broader one, a loose spelling, or words."""

from __future__ import annotations

import doctest
from importlib import import_module
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.present import claim_out, evidence_out
from graph.library import Library
from graph.model import How, Matched
from graph.opening import MEMORY
from graph.why import path_up, sentence
from ingest.claim import Mention
from ingest.terminology import Concept, ConceptKind, Terminology
from tests import builders
from tests.builders import LENALIDOMIDE, RUN
from tests.graph.small import CONCEPTS, HAEMATOLOGICAL, IMID, SPM, TERMINOLOGY, THALIDOMIDE

AML = "https://w3id.org/picograph/concept/second-aml"
WIDE = Terminology([*CONCEPTS, Concept(AML, "second primary AML", ConceptKind.DISEASE, (), (HAEMATOLOGICAL,))])


def why(question: str, terminology: Terminology = WIDE, **slots: Mention | None) -> list[Matched]:
    source = builders.article()
    given = {"outcome": Mention("SPM", None, None, SPM), **slots}
    with Library.open(MEMORY, terminology=terminology) as library:
        library.ingest(source, [builders.spm_claim(source, **given)], RUN)
        return [matched for row in library.evidence(question).rows for matched in row.matched]


def outcome(question: str, mention: Mention) -> tuple[How, tuple[str, ...], str, str]:
    (matched,) = why(f"? -> {question}", outcome=mention)
    return matched.how, matched.path, matched.name, sentence(matched)


def test_the_same_concept_under_any_name() -> None:
    path = ("second primary malignancy",)
    told = outcome('"second cancers"', Mention("SPM", None, None, SPM))
    assert told == (How.SAME, path, "second cancer", '"second cancer" is a name of second primary malignancy')


def test_a_narrower_concept_with_every_step_up() -> None:
    path = ("second primary AML", "haematological second primary malignancy", "second primary malignancy")
    told = outcome('"second primary malignancy"', Mention("sAML", None, None, AML))
    assert told == (How.NARROWER, path, "second primary malignancy", " is a ".join(path))
    assert outcome("SPM", Mention("sAML", None, None, AML))[3] == f'{" is a ".join(path)}, of which "SPM" is a name'


def test_a_loose_spelling() -> None:
    how, path, name, said = outcome('"cancers, secondary"', Mention("SPM", None, None, SPM))
    assert (how, path, name) == (How.LOOSE, ("second primary malignancy",), "second cancer")
    assert said == '"cancers, secondary" is a loose spelling of "second cancer", a name of second primary malignancy'


def test_words_of_a_mention_that_names_no_concept() -> None:
    assert outcome("SPM", Mention("any second cancers")) == (
        How.WORDS,
        (),
        "second cancer",
        'by words: "second cancer"',
    )
    assert outcome('"any second"', Mention("any second cancers"))[:3] == (How.WORDS, (), "any second")


def test_every_term_of_the_question_is_told_in_its_order() -> None:
    found = why('"immunomodulatory drugs" -> SPM population:transplant-eligible comparator:placebo')
    assert [(m.role, m.term, m.how) for m in found] == [
        ("intervention", "immunomodulatory drugs", How.NARROWER),
        ("outcome", "SPM", How.SAME),
        ("comparator", "placebo", How.WORDS),
        ("population", "transplant-eligible", How.WORDS),
    ]
    assert found[0].path == ("lenalidomide", "immunomodulatory drugs")
    assert why("? -> ?") == []


def test_the_nearest_of_several_concepts_counts() -> None:
    both = Mention("SPM or sAML", None, None, AML, (AML, SPM))
    assert outcome("SPM", both)[:2] == (How.SAME, ("second primary malignancy",))
    pair = Mention("x", None, None, "urn:unknown", ("urn:unknown", THALIDOMIDE, LENALIDOMIDE))
    (matched, _) = why("imids -> SPM", intervention=pair)
    assert matched.path == ("thalidomide", "immunomodulatory drugs")


def test_a_concept_that_nobody_knows_is_itself() -> None:
    (matched,) = why("http://example.org/x -> ?", intervention=Mention("x", None, None, "http://example.org/x"))
    assert (matched.how, matched.path) == (How.SAME, ("http://example.org/x",))


def test_of_two_ways_up_the_shorter_and_then_the_first_is_told() -> None:
    ways = {"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ("e",), "x": ("a", "e"), "e": ()}
    made = [Concept(f"urn:{n}", n, ConceptKind.DRUG, (), tuple(f"urn:{p}" for p in up)) for n, up in ways.items()]
    terminology = Terminology(made)
    assert path_up("urn:a", {"urn:d", "urn:e"}, terminology) == ("urn:a", "urn:b", "urn:d")
    assert path_up("urn:x", {"urn:e"}, terminology) == ("urn:x", "urn:e")
    assert path_up("urn:e", {"urn:a"}, terminology) is None
    assert path_up("urn:none", {"urn:a"}, terminology) is None


@given(st.sampled_from([c.iri for c in WIDE]), st.sets(st.sampled_from([c.iri for c in WIDE]), max_size=3))
def test_a_path_climbs_by_parents_to_a_target_whenever_one_is_broader(start: str, targets: set[str]) -> None:
    way = path_up(start, targets, WIDE)
    assert (way is None) == WIDE.ancestors(start).isdisjoint(targets)
    if way is not None:
        assert (way[0], way[-1] in targets) == (start, True)
        for lower, upper in pairwise(way):
            concept = WIDE.get(lower)
            assert concept is not None
            assert upper in concept.parents


def test_the_answer_of_the_service_carries_it() -> None:
    source = builders.article()
    with Library.open(MEMORY, terminology=WIDE) as library:
        library.ingest(source, [builders.spm_claim(source, outcome=Mention("sAML", None, None, AML))], RUN)
        (claim,) = evidence_out(library.evidence("? -> SPM")).model_dump(mode="json")["claims"]
        assert claim_out(*library.claim(claim["id"])).matched is None
    path = ["second primary AML", "haematological second primary malignancy", "second primary malignancy"]
    said = f'{" is a ".join(path)}, of which "SPM" is a name'
    told = {"role": "outcome", "term": "SPM", "how": "narrower concept", "path": path, "name": "SPM", "said": said}
    assert claim["matched"] == [told]


@pytest.mark.parametrize("module", ["graph.why", "graph.used", "graph.naming", "graph.skos_export"])
def test_worked_examples_hold(module: str) -> None:
    found = doctest.testmod(import_module(module))
    assert found.attempted > 0
    assert found.failed == 0


@given(
    st.sampled_from(["SPM", '"second cancers"', "haematological second primary malignancy", '"cancer, second"', "?"]),
    st.sampled_from([SPM, HAEMATOLOGICAL, IMID, None, "urn:unknown"]),
    st.sampled_from(["second cancer", "no second cancer", "deaths", "SPM"]),
)
def test_every_claim_that_is_found_has_a_reason_for_every_term(term: str, concept: str | None, words: str) -> None:
    source = builders.article()
    with Library.open(MEMORY, terminology=TERMINOLOGY) as library:
        library.ingest(source, [builders.spm_claim(source, outcome=Mention(words, None, None, concept))], RUN)
        for row in library.evidence(f"lenalidomide -> {term}").rows:
            assert [m.role for m in row.matched] == ["intervention", *(["outcome"] if term != "?" else [])]
