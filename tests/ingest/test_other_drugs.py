"""The numbers of a drug that the article mentions beside its trial are not given to the arms of the trial."""

from __future__ import annotations

from ingest.pipeline import Pipeline
from ingest.readers.text import read_text

TRIAL = (
    "We randomly assigned patients to empagliflozin 10 mg or placebo. Death from cardiovascular causes occurred in "
    "3.7% with empagliflozin and 5.9% with placebo (hazard ratio 0.62; 95% CI 0.49 to 0.77). "
)
OTHERS = (
    "Escitalopram reduced ischemic stroke compared with citalopram (odds ratio 0.80; 95% CI 0.70 to 0.91). "
    "Statins reduced depression score (odds ratio 0.70; 95% CI 0.60 to 0.90)."
)


def test_other_drugs_keep_their_numbers(pipeline: Pipeline) -> None:
    claims = pipeline.read(read_text((TRIAL + OTHERS).encode(), "note.txt")).claims
    who = {c.effects[-1].value: c.intervention and c.intervention.text for c in claims if c.effects}
    assert who[0.62] == "empagliflozin"
    assert who.get(0.80, "Escitalopram") == "Escitalopram"
    assert who.get(0.70, "Statins") == "Statins"
