"""Mentions and their concepts: with the linker that ships, and with a terminology small enough to see whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.curies import expand, shorten
from ingest.link_model import load_linker
from ingest.linking import Link, Linker, Mention
from ingest.term_keys import key_of
from ingest.term_table import Source
from ingest.terminology import Concept, ConceptKind, Terminology, load_terminology, shipped_table
from tests.ingest.conftest import ROOT

_DRUG, _DISEASE = ConceptKind.DRUG, ConceptKind.DISEASE


@pytest.fixture(scope="module")
def linker() -> Linker:
    return load_linker(load_terminology())


def one(linker: Linker, words: str, kind: str | None = None, **short: str) -> Link:
    (link,) = linker.link([Mention(words, kind)], short, " ".join([words, *short.values()]))
    return link


def named(link: Link) -> list[str]:
    return [shorten(iri) for iri in link.concepts]


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("SPM", "mesh:D016609"),
        ("second primary malignancies", "mesh:D016609"),
        ("second cancers", "mesh:D016609"),
        ("secondary neoplasms", "mesh:D016609"),
        ("Neoplasms, Second Primary", "mesh:D016609"),
        ("Revlimid", "mesh:D000077269"),
        ("lenalidomid", "mesh:D000077269"),
        ("acute myeloid leukaemia", "mesh:D015470"),
        ("neutropaenia", "mesh:D009503"),
        ("breast tumours", "mesh:D001943"),
        ("malignancy of the breast", "mesh:D001943"),
        ("thrombo-embolism", "mesh:D013923"),
        ("cyclosporin", "mesh:D016572"),
        ("overall survival", "own:overall-survival"),
        ("PFS2", "own:pfs2"),
        ("time to next treatment", "own:time-to-next-treatment"),
        ("non-melanoma skin cancers", "own:nmsc"),
        ("NDMM", "own:newly-diagnosed-myeloma"),
    ],
)
def test_a_concept_is_found_under_the_names_that_articles_use(linker: Linker, words: str, ident: str) -> None:
    assert named(one(linker, words))[:1] == [ident]


@pytest.mark.parametrize(
    "words", ["xyzzy", "the", "", "   ", "()", "\x00", "of", "12.5", "MS", "é" * 300, "a b " * 200]
)
def test_what_names_nothing_or_too_much_has_no_concept(linker: Linker, words: str) -> None:
    link = one(linker, words)
    assert (link.concepts, link.score) == ((), None)


def test_an_abbreviation_means_what_the_article_says(linker: Linker) -> None:
    assert named(one(linker, "SPM", "disease", SPM="scapuloperoneal myopathy")) != ["mesh:D016609"]
    assert named(one(linker, "SPMs", "disease", SPM="second primary malignancy")) == ["mesh:D016609"]
    assert named(one(linker, "MM", "disease", MM="malignant melanoma")) == ["mesh:D008545"]
    assert named(one(linker, "MM", "disease", MM="multiple myeloma")) == ["mesh:D009101"]
    assert one(linker, "MM", "disease", MM="multiple myeloma").long == "multiple myeloma"


def test_a_composed_mention_has_its_head_and_its_modifiers(linker: Linker) -> None:
    link = one(linker, "newly diagnosed transplant-ineligible multiple myeloma")
    assert named(link) == ["mesh:D009101"]
    assert [shorten(m) for m in link.modifiers] == ["own:newly-diagnosed", "own:transplant-ineligible"]


@pytest.mark.parametrize(
    ("words", "head", "modifiers"),
    [
        ("relapsed or refractory follicular lymphoma", "mesh:D008224", ["own:relapsed-or-refractory"]),
        ("lenalidomide maintenance", "mesh:D000077269", []),
        ("oral dexamethasone 40 mg weekly", "mesh:D003907", []),
        ("rate of grade 3 or 4 neutropenia", "mesh:D009503", []),
        ("median overall survival", "own:overall-survival", []),
        ("incidence of second primary malignancies", "mesh:D016609", []),
    ],
)
def test_words_that_only_say_how_much_leave_the_concept(
    linker: Linker, words: str, head: str, modifiers: list[str]
) -> None:
    link = one(linker, words)
    assert (named(link), [shorten(m) for m in link.modifiers]) == ([head], modifiers)


@pytest.mark.parametrize(
    ("words", "idents"),
    [
        ("lenalidomide plus dexamethasone", ["mesh:D000077269", "mesh:D003907"]),
        ("lenalidomide, bortezomib and dexamethasone", ["mesh:D000077269", "mesh:D000069286", "mesh:D003907"]),
        ("colon and stomach cancer", ["mesh:D003110", "mesh:D013274"]),
    ],
)
def test_a_list_of_things_has_all_their_concepts_in_its_order(linker: Linker, words: str, idents: list[str]) -> None:
    assert named(one(linker, words)) == idents


def test_every_link_shows_its_candidates_best_first(linker: Linker) -> None:
    link = one(linker, "tumour of the breast", "disease")
    scores = [w.score for w in link.weighed]
    assert scores == sorted(scores, reverse=True)
    assert link.weighed[0].candidate.iri == link.concepts[0] == expand("mesh:D001943")
    assert all(0 <= s <= 1 for s in scores)


def test_mentions_of_one_article_are_linked_alike_and_again_alike(linker: Linker) -> None:
    mentions = [Mention(w, "disease") for w in ("neuropathy", "neuropathy", "peripheral neuropathy", "pain")]
    first = linker.link(mentions, {}, "Neuropathy.")
    assert first[0] == first[1]
    assert linker.link(mentions, {}, "Neuropathy.") == first
    assert load_linker(load_terminology()).link(mentions, {}, "Neuropathy.") == first


def test_mentions_that_a_person_marked_are_believed_sooner(linker: Linker) -> None:
    words = "visual deficits|impaired memory|renal insult|cardiac troubles|motor deficits|lung problems|liver harm"
    doubtful = [Mention(w, "disease") for w in words.split("|")]
    own, marked = linker.link(doubtful, {}), linker.link(doubtful, {}, sure=True)
    assert all(m.concepts or not o.concepts for o, m in zip(own, marked, strict=True))
    assert all(m.score is None or m.score >= 0.25 for m in marked)
    assert all(o.score is None or o.score >= 0.35 for o in own)


@pytest.mark.parametrize(
    ("words", "kind", "ident"),
    [
        ("statins", "drug", "mesh:D019161"),
        ("escitalopram", "drug", "mesh:D000089983"),
        ("glutamine", "drug", "mesh:D005973"),
        ("smoking", None, "mesh:D012906"),
        ("ischemic stroke", "disease", "mesh:D000083242"),
        ("hepatitis C", "disease", "mesh:D006526"),
        ("imatinib", "drug", "mesh:D000068877"),
        ("Gleevec", "drug", "mesh:D000068877"),
        ("sitagliptin", "drug", "mesh:D000068900"),
        ("duloxetine", "drug", "mesh:D000068736"),
        ("death", "outcome", "mesh:D009026"),
        ("BMI", "outcome", "mesh:D015992"),
        ("sham procedure", None, "own:sham"),
        ("mFOLFOX6", "drug", "own:folfox"),
        ("heart failure hospitalization", "outcome", "own:heart-failure-hospitalisation"),
    ],
)
def test_a_name_is_not_overruled_by_what_annotators_of_other_articles_chose(
    linker: Linker, words: str, kind: str | None, ident: str
) -> None:
    assert named(one(linker, words, kind)) == [ident]


@pytest.mark.parametrize(
    "words", ["high cholesterol", "glucose level", "type 3 diabetes", "interleukin 99", "low hemoglobin"]
)
def test_an_amount_or_a_number_is_part_of_what_is_meant(linker: Linker, words: str) -> None:
    link = one(linker, words)
    amounts = {"high", "low", "level", "type", "3", "99"}
    bare = " ".join(word for word in words.split(" ") if word not in amounts)
    assert named(one(linker, bare))
    assert named(link) != named(one(linker, bare))


@pytest.mark.parametrize(
    ("words", "ident"),
    [
        ("lenalidomde", "mesh:D000077269"),
        ("metfromin", "mesh:D008687"),
        ("pembrolizumb", "mesh:C582435"),
        ("dexametasone", "mesh:D003907"),
        ("carfilzomab", "mesh:C524865"),
    ],
)
def test_a_well_known_name_with_one_wrong_letter_is_still_that_name(linker: Linker, words: str, ident: str) -> None:
    link = one(linker, words, "drug")
    assert named(link) == [ident]
    assert link.score is not None
    assert link.score < 0.9


def test_drugs_joined_by_hyphens_are_a_list(linker: Linker) -> None:
    assert named(one(linker, "bortezomib-melphalan-prednisone", "drug")) == [
        "mesh:D000069286", "mesh:D008558", "mesh:D011241",
    ]  # fmt: skip


def test_every_name_of_our_own_list_is_linked_to_its_concept(linker: Linker) -> None:
    terminology = linker.terminology
    own = [c for c in map(terminology.get, OWN_IRIS) if c is not None]
    assert len(own) == len(OWN_IRIS)
    asked = [(Mention(name, c.kind), c) for c in own for name in own_names(terminology, c)]
    links = linker.link([m for m, _ in asked], {})
    missed = [(m.text, c.name) for (m, c), link in zip(asked, links, strict=True) if link.concepts[:1] != (c.iri,)]
    assert missed == []


def own_names(terminology: Terminology, concept: Concept) -> list[str]:
    names = (concept.name, *concept.synonyms)
    return [
        n for n in names if any(x.iri == concept.iri and x.source is Source.OWN for x in terminology.namings(key_of(n)))
    ]


OWN_IRIS = [
    expand(line.split("\t")[0])
    for line in (ROOT / "ingest" / "data" / "own.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def test_a_class_is_above_its_members(linker: Linker) -> None:
    broader = linker.terminology.ancestors
    for member, of_class in (
        ("rosuvastatin", "statins"),
        ("empagliflozin", "SGLT2 inhibitors"),
        ("pembrolizumab", "immune checkpoint inhibitors"),
        ("bortezomib", "proteasome inhibitors"),
        ("lenalidomide", "antineoplastic agents"),
        ("sertraline", "SSRIs"),
    ):
        (drug,), (above, *_) = linker.terminology.find(member)[:1], linker.terminology.find(of_class)
        assert above.iri in broader(drug.iri), member


def test_a_users_name_does_not_switch_off_the_shipped_concept() -> None:
    mine = Terminology([Concept("urn:x:arm", "lenalidomide arm", _DRUG, ("lenalidomide",))], [shipped_table()])
    assert named(one(load_linker(mine), "lenalidomide")) == ["mesh:D000077269"]
    assert named(one(load_linker(mine), "lenalidomide arm")) == ["urn:x:arm"]


def test_a_very_long_mention_costs_next_to_nothing(linker: Linker) -> None:
    words = "aspirin and " + "w " * 50_000
    assert one(linker, words).concepts == ()
    assert one(linker, words, "drug", aspirin="x " * 50_000).concepts == ()


SMALL = Terminology(
    [
        Concept("urn:a:len", "lenalidomide", _DRUG, ("Revlimid",)),
        Concept("urn:a:spm", "second primary malignancy", _DISEASE, ("SPM",)),
        Concept("urn:a:aml", "secondary acute myeloid leukaemia", _DISEASE, (), ("urn:a:spm",)),
        Concept("urn:a:old", "older people", ConceptKind.POPULATION, ("older",)),
    ]
)


@pytest.mark.parametrize("words", ["Revlimid", "second primary malignancies", "SPM", "primary second cancers"])
def test_a_terminology_of_ones_own_is_linked_to(words: str) -> None:
    assert named(one(load_linker(SMALL), words))[0].startswith("urn:a:")


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60), st.sampled_from([None, "drug", "disease"]), st.dictionaries(st.text(), st.text(), max_size=3)
)
def test_any_words_are_linked_to_concepts_or_to_none(words: str, kind: str | None, short: dict[str, str]) -> None:
    (link,) = load_linker(SMALL).link([Mention(words, kind)], short, words)
    assert all(SMALL.get(iri) is not None for iri in (*link.concepts, *link.modifiers))
    assert (link.score is None) == (not link.concepts)
    assert len(set(link.concepts)) == len(link.concepts)
