"""What is noted while an article is read, and that nothing depends on it."""

from __future__ import annotations

import pytest

from ingest.article import Span
from ingest.pipeline import load_pipeline
from ingest.readers.files import read_bytes
from ingest.trace import MAX_EVENTS, MAX_TEXT, NO_TRACE, Event, Step, Trace

TEXT = """Results

Patients were randomly assigned to lenalidomide (n = 100) or placebo (n = 102). Progression-free survival was longer
with lenalidomide than with placebo (30.5 vs 19.2 months; HR, 0.69; 95% CI, 0.55-0.81; P < .001). Second primary
malignancies occurred in 7% with lenalidomide. The rate of neutropenia was 12%, 13% and 14% in the lenalidomide and
placebo groups, respectively.
"""


def traced(text: str) -> tuple[list[Event], int]:
    trace = Trace()
    reading = load_pipeline().read(read_bytes(text.encode(), "trial.txt"), trace)
    assert load_pipeline().read(read_bytes(text.encode(), "trial.txt")) == reading, "a trace changes nothing"
    for event in trace.events:
        assert event.span.end <= len(reading.article.text)
    return trace.events, len(reading.claims)


def rules(events: list[Event], step: Step) -> list[str]:
    return [e.rule for e in events if e.step == step]


def test_every_decision_of_a_short_text_is_noted() -> None:
    events, claims = traced(TEXT)
    assert claims == 2
    assert len(rules(events, Step.SENTENCE)) == 4
    assert "names" in rules(events, Step.ARM)
    assert rules(events, Step.FIGURE) == ["size"] * 2 + ["plain", "duration", "ratio"] + ["percent"] * 4
    assert rules(events, Step.ROLES) == ["its own", "one group", "its own"]
    assert rules(events, Step.REFUSED) == [
        "enrolment: who was assigned to what",
        "the counts of values and arms disagree",
    ]
    assert len(rules(events, Step.CLAIM)) == 2


def test_the_word_that_gave_the_direction_is_pointed_at() -> None:
    events, _ = traced(TEXT)
    (word,) = [e for e in events if e.step == Step.WORDS and e.rule == "direction"]
    assert word.span.of(TEXT) == "longer"
    assert word.text == "higher"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The trial was designed to compare death with lenalidomide and placebo (12% vs 13%).", "no result"),
        ("Death rates were 12% before and 13% after lenalidomide.", "before and after"),
        ("Death was less frequent in women.", "no arm"),
        ("Death was recorded with lenalidomide.", "no number, and no word"),
        ("It was given to decrease death with lenalidomide.", "meant, not found"),
    ],
)
def test_a_refusal_says_why(sentence: str, why: str) -> None:
    events, _ = traced(f"Results\n\n{sentence}\n")
    assert [r for r in rules(events, Step.REFUSED) if r.startswith(why)]


def test_a_trace_is_bounded() -> None:
    trace = Trace()
    for _ in range(MAX_EVENTS + 3):
        trace.note(Step.CLAIM, "many", Span(0, 1), "x" * (MAX_TEXT + 9))
    assert (len(trace.events), trace.dropped) == (MAX_EVENTS, 3)
    assert len(trace.events[0].text) == MAX_TEXT


def test_nobody_asked() -> None:
    NO_TRACE.note(Step.CLAIM, "nobody asked", Span(0, 1))
    assert not NO_TRACE.on
    assert (NO_TRACE.events, NO_TRACE.dropped) == ([], 0)
