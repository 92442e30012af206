"""The seed article and four more, read and scored; nothing of them is in the project, their folder is named outside."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ingest.article import ArticleKind, SectionKind
from ingest.claim_json import to_json
from ingest.pipeline import Reading, load_pipeline
from ingest.readers.table import read_bytes

NAMES = ["dimopoulos2012_spm_rrmm", "first_final_2018", "jones2016_myeloma_xi_spm", "relevance_6yr"]


@cache
def reading(path: Path) -> Reading:
    return load_pipeline().read(read_bytes(path.read_bytes(), path.name))


def lines(path: Path) -> list[dict[str, Any]]:
    found = reading(path)
    return [to_json(c, found.article) for c in found.claims]


def scored(shared: Path, text: Path, folder: Path) -> dict[str, Any]:
    """What the scorer says of the claims of ``text``."""
    claims = folder / f"{text.stem}.jsonl"
    claims.write_text("".join(json.dumps(line) + "\n" for line in lines(text)), encoding="utf-8")
    gold = text.with_suffix(".gold.json")
    command = [sys.executable, str(shared / "eval" / "score_claims.py"), str(gold), str(claims), "--text", str(text)]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True, timeout=120)
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    (path,) = (shared / "seeds").glob("*.txt")
    return path


def test_the_seed_article_is_read_as_a_careful_reader_would(shared: Path, seed: Path, tmp_path: Path) -> None:
    scores = scored(shared, seed, tmp_path)
    for perfect in ("recall", "direction", "comparator", "study"):
        assert scores[perfect] == 1.0, (perfect, scores)
    assert scores["precision"] >= 0.85
    assert (scores["unsound"], scores["wrong_arm"]) == (0, 0)


def test_the_seed_article_is_a_news_page_that_names_its_source(seed: Path) -> None:
    article = reading(seed).article
    assert article.kind is ArticleKind.NEWS
    assert article.primary_source == "eClinical Medicine"
    assert article.published == "2023-10-06"
    assert article.title is not None
    assert article.title in article.text
    assert len(article.authors) == 1


def test_the_study_of_the_seed_article(seed: Path) -> None:
    study = reading(seed).study
    assert study is not None
    assert (study.name, study.phase, study.enrolled, study.randomised) == ("Myeloma XI", "III", 4358, 2274)
    assert study.follow_up is not None
    assert "1 year" in study.follow_up


def test_the_seed_article_prints_no_interval_and_no_p_value_so_none_is_claimed(seed: Path) -> None:
    effects = [e for c in reading(seed).claims for e in c.effects]
    assert len(effects) >= 8
    assert all(e.interval is None and e.p is None for e in effects)


def test_nothing_is_claimed_from_the_furniture_of_the_seed_article(seed: Path) -> None:
    article = reading(seed).article
    furniture = [s.span for s in article.sections if s.kind is SectionKind.FURNITURE]
    assert any("cookies" in s.of(article.text) for s in furniture)
    for claim in reading(seed).claims:
        mentions = (claim.intervention, claim.comparator, claim.outcome, claim.population)
        spans = [q.span for q in (claim.quote, *claim.restatements)]
        spans += [e.span for e in claim.effects] + [m.span for m in mentions if m is not None and m.span is not None]
        assert not any(span.overlaps(f) for span in spans for f in furniture)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_abstract_gives_no_unsound_claim_and_no_number_in_the_wrong_arm(
    shared: Path, tmp_path: Path, name: str
) -> None:
    scores = scored(shared, shared / "claims" / f"{name}.txt", tmp_path)
    assert scores["claims"] > 0
    assert (scores["unsound"], scores["wrong_arm"]) == (0, 0)


@pytest.mark.parametrize("name", ["seed", *NAMES])
def test_every_exported_line_is_valid_against_the_schema(
    shared: Path, seed: Path, claim_schema: dict[str, Any], name: str
) -> None:
    validator = Draft202012Validator(claim_schema)
    for line in lines(seed if name == "seed" else shared / "claims" / f"{name}.txt"):
        validator.validate(line)
