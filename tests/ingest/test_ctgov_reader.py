"""Registry records: every wrapper, every kind of value, which arm is the control, and what is refused."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article, ArticleKind
from ingest.claim import Arm, Effect, IntervalKind, Measure, Mention, ValueState
from ingest.readers.ctgov import CTGOV
from ingest.readers.files import read_file
from ingest.readers.source import HEAD, Source
from ingest.readers.table import format_of, read_source
from ingest.registry import RegistryArticle, Result
from tests.ingest.ctgov_records import TWO, as_bytes, denoms, groups, hazard, outcome, read, record, row
from tests.ingest.read_golden import GOLDEN, items_of, places_hold, the_reason

ONE, OTHER = record(outcome(row("12.5", "9.1"))), record(nct="NCT09000003")


def effects(article: RegistryArticle) -> list[list[Effect]]:
    return [list(result.effects) for result in article.results]


def the_result(article: RegistryArticle) -> Result:
    (result,) = article.results
    return result


@pytest.mark.parametrize(
    "data",
    [
        as_bytes([ONE, OTHER]),
        as_bytes({"studies": [ONE, OTHER], "nextPageToken": None}),
        as_bytes({"totalCount": 2, "studies": [ONE, OTHER]}),
        as_bytes(ONE) + b"\n" + as_bytes(OTHER) + b"\n",
        json.dumps(ONE, indent=2).encode() + b"\n" + json.dumps(OTHER, indent=2).encode(),
        as_bytes({"data": {"trials": [{"study": ONE}, {"study": OTHER}]}}),
        as_bytes({"results": [ONE, OTHER]}),
        json.dumps([ONE, OTHER]).encode("utf-16"),
        b"\xef\xbb\xbf" + as_bytes([ONE, OTHER]),
    ],
)
def test_records_are_read_however_they_are_wrapped(data: bytes) -> None:
    first, second = items_of(data, "x.json")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert [first.registration, second.registration] == ["NCT09000002", "NCT09000003"]
    assert first.id == "https://clinicaltrials.gov/study/NCT09000002"
    assert first.kind is ArticleKind.REGISTRY_RECORD
    assert (first.no_evidence, second.no_evidence) == (None, "registry record without results")


def test_a_bad_line_costs_no_other() -> None:
    line = as_bytes(ONE)
    first, bad, last = items_of(line + b"\n" + line[:200] + b"\n" + as_bytes(OTHER), "x.jsonl")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert "record 2: not valid JSON" in str(bad)


def test_a_record_without_its_number_costs_no_other() -> None:
    bad, last = items_of(as_bytes({"studies": [record(nct=""), OTHER]}), "x.json")
    assert "without its NCT number" in str(bad)
    assert isinstance(last, Article)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"studies": [], "totalCount": 0}', "no study record"),
        (b'{"FullStudiesResponse": {"FullStudies": []}}', "before version 2"),
        (as_bytes({"protocolSection": [1]}), "without its NCT number"),
        (as_bytes(ONE)[:-30], "in the middle of a record"),
        (b'{"protocolSection": ' + b"[" * 100_000, "nested deeper"),
        (b'{"protocolSection": {"identificationModule": {"nctId": nonsense}}}', "not valid JSON"),
        (b'{"protocolSection": "\xff\xfe"}', "not valid utf-8"),
    ],
)
def test_what_is_no_record_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    assert reason in the_reason(data, "bad.json")


def test_records_are_read_one_by_one_and_not_all_at_once() -> None:
    class Endless(io.BytesIO):
        number = 0

        def read(self, size: int | None = -1) -> bytes:
            self.number += 1
            before = b'{"studies": [' if self.number == 1 else b","
            return before + as_bytes(record(nct=f"NCT{self.number:08}"))

    source = Source("endless.json", Endless(), b'{"studies": [' + as_bytes(ONE))
    found = [item.id for item in islice(CTGOV.read(source), 40) if isinstance(item, Article)]
    assert len(set(found)) == 40


def test_metadata_dates_and_ids_come_from_their_fields() -> None:
    data = json.loads((GOLDEN / "ctgov" / "two_arms.json").read_text(encoding="utf-8"))
    article = read(data)
    assert article.registrations == ("NCT09000001", "2015-001234-56")
    assert article.publications == ("pmid:39000001",)
    assert (article.published, article.authors, article.language) == ("2021-06-14", ("Acme Pharma",), "en")
    del data["resultsSection"], data["protocolSection"]["statusModule"]["resultsFirstPostDateStruct"]
    data["protocolSection"]["designModule"]["enrollmentInfo"]["type"] = "ESTIMATED"
    planned = read(data)
    assert planned.published == "2015-11-03"
    assert planned.study is not None
    assert planned.study.enrolled is None
    assert "Enrolment: 460 (estimated)" in planned.text


@pytest.mark.parametrize(
    ("fields", "value", "expected"),
    [
        ({"paramType": "MEAN", "dispersionType": "Standard Deviation"}, {"value": "4.1", "spread": "1.3"},
         {"measure": Measure.MEAN, "value": 4.1, "standard_deviation": 1.3, "unit": "mo"}),
        ({"paramType": "LEAST_SQUARES_MEAN", "dispersionType": "STANDARD_ERROR"}, {"value": "-4", "spread": "0.3"},
         {"measure": Measure.MEAN, "value": -4.0, "standard_error": 0.3}),
        ({"paramType": "GEOMETRIC_MEAN", "dispersionType": "Geometric Coefficient of Variation"},
         {"value": "1,204.5", "spread": "33"},
         {"measure": Measure.GEOMETRIC_MEAN, "value": 1204.5, "standard_deviation": None, "standard_error": None}),
        ({"dispersionType": "Inter-Quartile Range"}, {"value": "3", "lowerLimit": "1", "upperLimit": "5"},
         {"measure": Measure.MEDIAN, "value": 3.0}),
        ({"paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants"}, {"value": "17"},
         {"measure": Measure.COUNT, "events": 17, "total": 100, "value": None, "unit": None}),
        ({"paramType": "NUMBER", "unitOfMeasure": "percentage of participants"}, {"value": "17.5"},
         {"measure": Measure.PROPORTION, "value": 17.5, "unit": "%", "events": None, "total": 100}),
        ({"paramType": "NUMBER", "unitOfMeasure": "events per 100 patient-years"}, {"value": "2.2"},
         {"measure": Measure.RATE, "value": 2.2}),
        ({"paramType": "NUMBER", "unitOfMeasure": "percentage of change"}, {"value": "2.2"},
         {"measure": Measure.OTHER, "value": 2.2}),
        ({"title": "Change from baseline in weight", "paramType": "MEAN", "unitOfMeasure": "kg"}, {"value": "-2"},
         {"value": -2.0, "unit": "kg", "change_from_baseline": True}),
        ({}, {"value": "NA", "comment": "Median was not reached", "lowerLimit": "20.1", "upperLimit": "NA"},
         {"value": None, "value_state": ValueState.NOT_REACHED}),
        ({}, {"value": "NA", "comment": "Not estimable: too few events."},
         {"value": None, "value_state": ValueState.NOT_ESTIMABLE}),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_type_spread_and_unit_say(
    fields: dict[str, Any], value: dict[str, str], expected: dict[str, Any]
) -> None:
    article = read(record(outcome(row(value, "9"), **fields)))
    effect = the_result(article).effects[0]
    assert {name: getattr(effect, name) for name in expected} == expected
    assert effect.arm is Arm.INTERVENTION
    assert effect.span.of(article.text) == effect.text


@pytest.mark.parametrize(
    ("spread", "kind", "level"),
    [
        ("95% Confidence Interval", IntervalKind.CONFIDENCE, 95.0),
        ("97.5% Confidence Interval", IntervalKind.CONFIDENCE, 97.5),
        ("CONFIDENCE_975", IntervalKind.CONFIDENCE, 97.5),
        ("CONFIDENCE_80", IntervalKind.CONFIDENCE, 80.0),
        ("Other Confidence Interval Level", IntervalKind.CONFIDENCE, None),
        ("INTER_QUARTILE_RANGE", IntervalKind.INTERQUARTILE, None),
        ("Full Range", IntervalKind.RANGE, None),
    ],
)
def test_limits_are_what_the_spread_says(spread: str, kind: IntervalKind, level: float | None) -> None:
    limits = {"value": "3", "lowerLimit": "1", "upperLimit": "NA"}
    interval = the_result(read(record(outcome(row(limits, "9"), dispersionType=spread)))).effects[0].interval
    assert interval is not None
    assert (interval.kind, interval.low, interval.high, interval.level) == (kind, 1.0, None, level)


@pytest.mark.parametrize("printed", ["NA", "<0.1", "12-14", "", "see below"])
def test_what_is_no_number_and_says_not_why_gives_no_effect(printed: str) -> None:
    result = the_result(read(record(outcome(row(printed, "9.1")))))
    assert [(e.arm, e.value) for e in result.effects] == [(Arm.COMPARATOR, 9.1)]


def test_more_people_with_an_event_than_people_give_no_effect() -> None:
    many = outcome(row("120", "12"), paramType="COUNT_OF_PARTICIPANTS", unitOfMeasure="Participants")
    assert [e.events for e in the_result(read(record(many))).effects] == [12]


def test_a_row_of_a_time_has_its_own_time_and_size_and_another_row_its_own_name() -> None:
    timed = outcome(row("4", "5", title="Week 12", sizes=(90, 80)), paramType="MEAN")
    effect = the_result(read(record(timed))).effects[1]
    assert (effect.timepoint, effect.total) == ("Week 12", 80)
    named = the_result(read(record(outcome(row("4", "5", title="Grade 3 nausea")))))
    assert (named.outcome.text, named.outcome.label) == ("Grade 3 nausea", "Overall survival: Grade 3 nausea")
    assert named.effects[0].timepoint == "24 months"


def sides(article: RegistryArticle) -> list[tuple[str | None, str | None, bool]]:
    def named(slot: Mention | None) -> str | None:
        return None if slot is None else slot.text

    return [(named(r.intervention), named(r.comparator), r.sided) for r in article.results]


@pytest.mark.parametrize(
    ("arms", "names", "expected"),
    [
        (TWO, ("Placebo", "Drug A"), [("Drug A", "Placebo", True)]),
        ((("A", "EXPERIMENTAL"), ("B", "ACTIVE_COMPARATOR")), ("A", "B"), [("A", "B", True)]),
        ((("A", "EXPERIMENTAL"), ("B", "EXPERIMENTAL")), ("A", "B"), [("A", "B", False)]),
        ((("A", "ACTIVE_COMPARATOR"), ("B", "ACTIVE_COMPARATOR")), ("A", "B"), [("A", "B", False)]),
        ((("A", "EXPERIMENTAL"), ("B", "ACTIVE_COMPARATOR"), ("C", "PLACEBO_COMPARATOR")), ("A", "B", "C"),
         [("A", "C", True), ("B", "C", True)]),
        ((("A", "EXPERIMENTAL"), ("B", "EXPERIMENTAL"), ("C", "EXPERIMENTAL")), ("A", "B", "C"),
         [("A", None, True), ("B", None, True), ("C", None, True)]),
        ((), ("Drug A 10 mg", "Matching placebo"), [("Drug A 10 mg", "Matching placebo", True)]),
        ((), ("Drug A then placebo", "Placebo then drug A"), [("Drug A then placebo", "Placebo then drug A", False)]),
        ((("Drug A", "EXPERIMENTAL"),), ("Drug A",), [("Drug A", None, True)]),
        (TWO, ("Drug A", "Placebo", "Total"), [("Drug A", "Placebo", True), (None, None, True)]),
    ],
)  # fmt: skip
def test_the_control_is_the_arm_that_the_record_calls_one(
    arms: tuple[tuple[str, str], ...], names: tuple[str, ...], expected: list[tuple[str | None, str | None, bool]]
) -> None:
    values = [str(n + 2) for n in range(len(names))]
    article = read(record(outcome(row(*values), names=names), arms=arms))
    assert sides(article) == expected
    for result in article.results:
        for effect in result.effects:
            group = {Arm.INTERVENTION: result.intervention, Arm.COMPARATOR: result.comparator}.get(effect.arm)
            name = group.text if group is not None else "Total"
            assert effect.value == names.index(name) + 2


FOUR = (
    ("A", "EXPERIMENTAL"),
    ("B", "ACTIVE_COMPARATOR"),
    ("A, part 2", "EXPERIMENTAL"),
    ("B, part 2", "ACTIVE_COMPARATOR"),
)


def test_with_two_controls_those_are_set_against_each_other_that_an_analysis_compares() -> None:
    names = tuple(name for name, _ in FOUR)
    analyses = [hazard(groupIds=["G0", "G1"]), hazard(groupIds=["G3", "G2"])]
    article = read(record(outcome(row("4", "3", "6", "5"), names=names, analyses=analyses), arms=FOUR))
    assert sides(article)[:2] == [("A", "B", True), ("A, part 2", "B, part 2", True)]
    assert [[e.value for e in r.effects] for r in article.results[:2]] == [[4, 3], [6, 5]]
    alone = read(record(outcome(row("4", "3", "6", "5"), names=names), arms=FOUR))
    assert sides(alone) == [(name, None, True) for name in names]


@pytest.mark.parametrize(
    ("estimate", "measure"),
    [
        ("Difference of Least Square (LS) Means", Measure.MEAN_DIFFERENCE),
        ("LS Mean Difference", Measure.MEAN_DIFFERENCE),
        ("Risk Ratio (RR)", Measure.RISK_RATIO),
        ("Odds Ratio (OR)", Measure.ODDS_RATIO),
        ("Odds Ratio, log", Measure.OTHER),
        ("Ratio of geometric means", Measure.OTHER),
        ("Median Difference (Final Values)", Measure.OTHER),
        ("Slope", Measure.OTHER),
    ],
)
def test_an_estimate_is_what_its_name_says(estimate: str, measure: Measure) -> None:
    article = read(record(outcome(row("14.0", "9.1"), analyses=[hazard(paramType=estimate)])))
    assert article.results[1].effects[0].measure is measure


def test_an_analysis_gives_its_estimate_interval_and_p() -> None:
    article = read(record(outcome(row("14.0", "9.1"), analyses=[hazard()])))
    effect = article.results[1].effects[0]
    assert (effect.measure, effect.arm, effect.value) == (Measure.HAZARD_RATIO, Arm.CONTRAST, 0.7)
    assert effect.interval is not None
    assert (effect.interval.low, effect.interval.high, effect.interval.level) == (0.55, 0.89, 95.0)
    assert effect.p is not None
    assert (effect.p.operator, effect.p.value) == ("=", 0.004)
    assert effect.text == "Hazard Ratio (HR) | 0.70 | 95% CI 0.55 to 0.89 | p = 0.004"


@pytest.mark.parametrize(
    ("values", "fields", "sided"),
    [
        (("14.0", "9.1"), {}, True),
        (("9.1", "14.0"), {}, False),
        (("14.0", "9.1"), {"groupIds": ["G1", "G0"]}, True),
        (("14.0", "9.1"), {"paramType": "Mean Difference (Net)", "paramValue": "4.9"}, True),
        (("14.0", "9.1"), {"paramType": "Mean Difference (Net)", "paramValue": "-4.9"}, False),
    ],
)
def test_a_ratio_that_the_values_contradict_has_no_side(
    values: tuple[str, str], fields: dict[str, Any], sided: bool
) -> None:
    article = read(record(outcome(row(*values), analyses=[hazard(**fields)])))
    assert article.results[1].sided is sided


@pytest.mark.parametrize(
    "fields", [{"groupIds": ["G0"]}, {"groupIds": ["G0", "G1", "G2"]}, {"groupIds": []}, {"groupIds": ["G0", "X"]},
               {"paramValue": "NA", "pValue": "NS"}]
)  # fmt: skip
def test_an_analysis_of_other_than_two_groups_or_without_numbers_gives_no_claim(fields: dict[str, Any]) -> None:
    measured = outcome(row("14.0", "9.1", "3"), names=("Drug A", "Placebo", "C"), analyses=[hazard(**fields)])
    assert not [r for r in read(record(measured)).results if r.table.id.endswith("analyses")]


def test_adverse_events_are_counts_of_those_at_risk() -> None:
    stats: list[dict[str, Any]] = [{"groupId": "G0", "numAffected": 4, "numAtRisk": 90}]
    stats += [{"groupId": "G1", "numAffected": "0", "numAtRisk": "88"}]
    module = {"eventGroups": groups(("Drug A", "Placebo")), "timeFrame": "1 year",
              "seriousEvents": [{"term": "Pneumonia", "stats": stats}, {"term": "Nothing", "stats": []}]}  # fmt: skip
    result = the_result(read(record(adverseEventsModule=module)))
    assert (result.outcome.text, result.outcome.label) == ("Pneumonia", "Pneumonia (serious adverse event)")
    assert [(e.arm, e.events, e.total, e.timepoint, e.text) for e in result.effects] == [
        (Arm.INTERVENTION, 4, 90, "1 year", "4/90"),
        (Arm.COMPARATOR, 0, 88, "1 year", "0/88"),
    ]


NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers_of(effect: Effect) -> Iterator[float]:
    interval, p = effect.interval, effect.p
    told = [effect.value, effect.events, effect.standard_deviation, effect.standard_error]
    told += [interval.low, interval.high] if interval else []
    told += [p.value] if p else []
    yield from (abs(float(n)) for n in told if n is not None)


def test_every_number_of_the_large_record_stands_in_the_words_of_its_effect() -> None:
    article = read(json.loads((GOLDEN / "ctgov" / "two_arms.json").read_text(encoding="utf-8")))
    places_hold(article)
    assert len(article.results) == 15
    for result in article.results:
        for effect in result.effects:
            assert effect.span.of(article.text) == effect.text
            assert result.row.contains(effect.span)
            printed = {float(n.replace(",", "")) for n in NUMBERS.findall(effect.text)}
            assert set(numbers_of(effect)) <= printed, effect


def mutated(data: Any, draw: st.DrawFn) -> Any:
    """``data`` with a few of its values exchanged for something else."""
    if draw(st.integers(0, 40)) == 0:
        return draw(st.sampled_from([None, 7, -1, "x", "", [], {}, [[]], "NA", True, {"a": []}, 1e308, "1e400"]))
    if isinstance(data, dict):
        return {k: mutated(v, draw) for k, v in data.items()}
    return [mutated(v, draw) for v in data] if isinstance(data, list) else data


SMALL = record(
    outcome(row("14.0", "9.1"), analyses=[hazard()]),
    adverseEventsModule={"eventGroups": groups(("Drug A", "Placebo")), "seriousEvents": []},
    participantFlowModule={"groups": groups(("Drug A",)), "periods": [{"title": "All", "milestones": []}]},
)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_a_record_of_odd_values_is_read_or_refused(data: st.DataObject) -> None:
    odd = data.draw(st.composite(lambda draw: mutated(SMALL, draw))())
    data_ = as_bytes({"protocolSection": {}, **odd} if isinstance(odd, dict) else [odd])
    for item in items_of(data_, "odd.json"):
        if isinstance(item, RegistryArticle):
            places_hold(item)
            for result in item.results:
                assert all(e.span.of(item.text) == e.text for e in result.effects)


@given(st.integers(1, 3000), st.integers(0, 3000))
@settings(max_examples=40, deadline=None)
def test_bytes_that_break_off_or_come_in_any_pieces_raise_nothing_unforeseen(size: int, end: int) -> None:
    whole = as_bytes({"studies": [ONE, OTHER]})[: -end or None]

    class Pieces(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            return super().read(size)

    found = list(read_source(Source("x.json", Pieces(whole), as_bytes({"studies": [ONE]})[:HEAD])))
    complete = [item for item in found if isinstance(item, Article)]
    assert [item.registration for item in complete] == ["NCT09000002", "NCT09000003"][: len(complete)]
    assert len(complete) == 2 or end
    assert any(not isinstance(item, Article) for item in found) is (end > 0)


def test_other_json_is_left_to_others() -> None:
    for text in (b'{"documents": [{"passages": []}]}', b'{"name": "x"}', b"[1, 2]", b"studies: none"):
        assert format_of(Source("x.json", io.BytesIO(text), text)).name != "ctgov"


def test_denoms_of_other_units_are_no_participants() -> None:
    eyes = outcome(row("4", "5"), denoms=[{"units": "Eyes", "counts": denoms(150, 140)[0]["counts"]}], paramType="MEAN")
    assert [e.total for e in the_result(read(record(eyes))).effects] == [None, None]


def test_every_sample_record_is_read(shared: Path) -> None:
    found = [item for path in sorted((shared / "samples" / "ctgov_v2").iterdir()) for item in read_file(path)]
    assert all(isinstance(item, RegistryArticle) for item in found)
    assert len(found) == 13
    for item in found:
        assert isinstance(item, RegistryArticle)
        places_hold(item)
