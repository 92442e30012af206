"""Vocabularies of the user's own: the same concepts from every format, and every fault with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.vocab import EV
from ingest.curies import expand
from ingest.terminology import Concept, ConceptKind, Terminology, shipped_table
from ingest.vocabularies import skos
from ingest.vocabularies.formats import READERS
from ingest.vocabularies.intake import Limits
from ingest.vocabularies.loading import check, read_tables
from ingest.vocabularies.problems import SHOWN, VocabularyError

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "vocabularies"
GOOD = sorted(p for p in (GOLDEN / "good").iterdir())
BAD = sorted(p for p in (GOLDEN / "bad").iterdir() if p.suffix != ".txt")
OWN = "http://example.org/vocabulary/"
LENALIDOMIDE = expand("mesh:D000077269")
HEAD = "iri\tname\tkind\tsynonyms\tparents\tfavours\tsame\n"


def over_shipped(*files: Path | str) -> Terminology:
    return Terminology(tables=[shipped_table(), *read_tables(files)])


def table(folder: Path, lines: str, name: str = "own.tsv") -> Path:
    path = folder / name
    path.write_bytes((HEAD + lines).encode("utf-8"))
    return path


def test_every_format_has_its_golden_file() -> None:
    assert {p.suffix for p in GOOD} | {".xml"} == set(READERS)


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.suffix[1:])
def test_every_format_gives_the_same_concepts(path: Path) -> None:
    terminology = over_shipped(path)
    walking = terminology.get(f"{OWN}0000001")
    assert walking == Concept(
        f"{OWN}0000001", "walking distance", ConceptKind.OUTCOME, ("distance walked", "walk length")
    )
    six = terminology.get(f"{OWN}0000002")
    assert six == Concept(
        f"{OWN}0000002", "six-minute walking distance", ConceptKind.OUTCOME, ("6MWD-X",), (f"{OWN}0000001",)
    )
    weary = terminology.get(f"{OWN}0000004")
    assert weary is not None
    assert (weary.kind, weary.parents) == (ConceptKind.DISEASE, (expand("mesh:D005221"),))
    assert terminology.get(f"{OWN}0000005") is None


@pytest.mark.parametrize("path", GOOD, ids=lambda p: p.suffix[1:])
def test_a_concept_that_is_a_shipped_one_gives_it_its_names(path: Path) -> None:
    terminology = over_shipped(path)
    shipped = Terminology(tables=[shipped_table()]).get(LENALIDOMIDE)
    found = terminology.get(LENALIDOMIDE)
    assert found is not None
    assert shipped is not None
    assert (found.name, found.kind, found.parents) == (shipped.name, shipped.kind, shipped.parents)
    assert set(found.synonyms) - set(shipped.synonyms) == {"Lenalix", "lenalidomide hard capsules"}
    assert f"{OWN}0000003" in found.same
    assert terminology.get(f"{OWN}0000003") is None
    assert [c.iri for c in terminology.find("LENALIX")] == [LENALIDOMIDE]
    (report,) = check([path]).files
    assert (report.new, report.merged, report.names) == (3, 1, 9)
    assert report.notes == (f"{OWN}0000003 is mesh:D000077269, and its names are added to it",)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.name)
def test_every_fault_is_told_with_file_and_line(path: Path) -> None:
    report = check([path])
    expected = path.with_name(f"{path.name}.txt").read_text(encoding="utf-8")
    assert "".join(f"{p}\n" for p in report.problems).replace(f"{path.parent}/", "") == expected
    assert report.files == ()
    with pytest.raises(VocabularyError) as raised:
        read_tables([path])
    assert raised.value.problems == report.problems


def test_no_more_than_twenty_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    path = table(tmp_path, "".join(f"urn:x:{i}\tname {i}\tpotion\n" for i in range(2_500)))
    with pytest.raises(VocabularyError) as raised:
        read_tables([path])
    lines = str(raised.value).splitlines()
    assert (len(lines), raised.value.count, lines[-1]) == (SHOWN + 1, 2_500, "and 2,480 more")
    assert lines[0].startswith(f"{path}:2: the kind 'potion' is none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marked_encodings_and_all_line_ends_are_read(tmp_path: Path, encoding: str, end: str) -> None:
    text = f"{HEAD}urn:x:1\tmaladie de Ménière à part\tdisease\n".replace("\n", end)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = tmp_path / "own.tsv"
    path.write_bytes(mark + text.encode(encoding))
    found = over_shipped(path).get("urn:x:1")
    assert found is not None
    assert found.name == "maladie de Ménière à part"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ((HEAD + "urn:x:1\tMénière\tdisease\n").encode("latin-1"), ":2: byte 53 (0xE9) is not UTF-8"),
        (b"\xff\xfe" + "é".encode("utf-16-le") + b"\x00", ":1: byte 4 (0x00) is not UTF-16"),
        (HEAD.encode("utf-32"), ":1: the file is in UTF-32; save it as UTF-8"),
        (b"\xfe\xff" + "a\n\n".encode("utf-16-be") + b"\x00", ":3: byte 8 (0x00) is not UTF-16"),
        (b"\xef\xbb\xbfiri\n\xff", ":2: byte 7 (0xFF) is not UTF-8"),
    ],
)
def test_another_encoding_is_refused_with_the_byte(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(data)
    (problem,) = check([path]).problems
    assert told in str(problem)


def test_a_file_may_build_on_the_one_before_it(tmp_path: Path) -> None:
    one = table(tmp_path, "urn:x:1\tone thing\tdrug\n", "one.tsv")
    two = table(tmp_path, "urn:x:2\ttwo thing\t\t\turn:x:1\nurn:x:1\tuno thing\n", "two.tsv")
    terminology = over_shipped(one, two)
    assert terminology.descendants("urn:x:1") == {"urn:x:1", "urn:x:2"}
    assert [c.iri for c in terminology.find("uno thing")] == ["urn:x:1"]
    assert [p.line for p in check([two, one]).problems] == [2, 3]


def test_a_kind_for_the_whole_file_is_the_last_resort(tmp_path: Path) -> None:
    path = table(tmp_path, "urn:x:1\tone thing\nurn:x:2\ttwo thing\t\t\tmesh:D005221\nurn:x:3\tthree thing\toutcome\n")
    terminology = over_shipped(f"procedure={path}")
    kinds = [c.kind.value for i in (1, 2, 3) if (c := terminology.get(f"urn:x:{i}"))]
    assert kinds == ["procedure", "disease", "outcome"]
    assert "the kind 'potion' is none" in str(check([f"potion={path}"]).problems[0])


def test_a_known_kind_stays_and_a_doubtful_identity_is_none(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "mesh:D000077269\tLenalix\toutcome\nurn:x:1\tmixture of two\tdrug\t\t\t\tmesh:D000077269|mesh:D013792\n",
    )
    report = check([path])
    assert report.problems == ()
    assert [n for f in report.files for n in f.notes] == [
        "urn:x:1 is said to be the same as several known concepts (mesh:D000077269, mesh:D013792) and stays its own",
        "mesh:D000077269 is said to be of kind outcome; it is known as drug and stays that",
    ]


def test_a_name_that_a_known_concept_has_is_told(tmp_path: Path) -> None:
    report = check([table(tmp_path, "urn:x:5\tlenalidomide arm\tdrug\tRevlimid\n")])
    assert report.problems == ()
    (note,) = [n for f in report.files for n in f.notes]
    assert note == "the name 'Revlimid' of urn:x:5 is one of mesh:D000077269 already, and stays its name first"


def test_an_id_of_another_vocabulary_that_ships_beside_a_concept_is_that_concept(tmp_path: Path) -> None:
    path = table(tmp_path, "drugbank:DB00480\tLenalix\n")
    found = over_shipped(path).find("Lenalix")
    assert [c.iri for c in found] == [LENALIDOMIDE]


def test_short_and_long_names_are_not_looked_for_in_running_text(tmp_path: Path) -> None:
    path = table(tmp_path, f"urn:x:1\tfine name\tdrug\tZQ|{'long ' * 20}\n")
    assert {text for text, _, c in over_shipped(path).spotted() if c.iri == "urn:x:1"} == {"fine name"}


@pytest.mark.parametrize("name", ["missing.tsv", "", "own.csv", "own"])
def test_a_path_that_is_no_vocabulary_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "own.csv").write_text("x")
    (tmp_path / "own").write_text("x")
    (problem,) = check([tmp_path / name]).problems
    assert problem.file == str(tmp_path / name)


def test_a_home_that_nobody_has_is_no_file() -> None:
    (problem,) = check(["~no-such-user/own.tsv"]).problems
    assert problem.reason == "there is no such file; look at the path"


def test_limits_are_kept(tmp_path: Path) -> None:
    path = table(tmp_path, "urn:x:1\tone\tdrug\nurn:x:2\ttwo\tdrug\nurn:x:3\tthree\tdrug\n")
    assert "the file has more than 2 concepts; split it" in str(check([path], Limits(concepts=2)).problems[0])
    assert "bytes; 50 are the most" in str(check([path], Limits(size=50)).problems[0])
    long = table(tmp_path, f"urn:x:1\t{'x' * 1_001}\tdrug\nurn:x:2\t{'y' * 200_000}\tdrug\n", "long.tsv")
    assert [(p.line, p.reason[:30]) for p in check([long]).problems] == [
        (2, "a name of 1,001 characters ('x"),
        (3, "this is no line of a table (fi"),
    ]


def test_the_words_for_kind_and_favours_are_those_of_the_graph() -> None:
    assert (str(EV.conceptKind), str(EV.favours)) == (skos.KIND, skos.FAVOURS)
