"""Every bundled article and gold file is what the annotation guide says it is."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.annotation import GoldDoc
from corpus.load import articles, gold_docs

ROOT = Path(__file__).resolve().parent.parent.parent
SLUGS = [article.name.removesuffix(".md") for article in articles()]
REQUIRED = ("id", "title", "kind", "primary_source", "language", "licence", "source", "retold")
OPTIONAL = ("published", "journal", "registration")


def _text(slug: str) -> str:
    return (ROOT / "corpus" / "articles" / f"{slug}.md").read_text(encoding="utf-8")


def _parts(slug: str) -> tuple[dict[str, Any], str]:
    opening, front, body = _text(slug).split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(front), body


@cache
def _docs() -> dict[str, GoldDoc]:
    return {doc.article.removesuffix(".md"): doc for doc in gold_docs()}


def test_there_are_enough_articles_and_each_has_gold() -> None:
    assert len(SLUGS) >= 16
    assert list(_docs()) == SLUGS == sorted(SLUGS)
    gold = {path.name for path in (ROOT / "corpus" / "gold").iterdir()}
    assert gold == {f"{slug}.gold.json" for slug in SLUGS}


@pytest.mark.parametrize("slug", SLUGS)
def test_front_matter(slug: str) -> None:
    front, body = _parts(slug)
    assert set(REQUIRED) <= set(front) <= set(REQUIRED) | set(OPTIONAL)
    assert all(isinstance(value, str) and value.strip() for value in front.values())
    assert front["id"] == f"corpus/{slug}"
    assert front["kind"] == "news"
    assert front["language"] == "en"
    assert front["licence"].startswith("Apache-2.0 (text)")
    date.fromisoformat(front["retold"])
    assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", front.get("published", "2000"))
    assert body.startswith(f"\n# {front['title']}\n")


@pytest.mark.parametrize("slug", SLUGS)
def test_length_and_paragraphs(slug: str) -> None:
    _, body = _parts(slug)
    assert 120 <= len(body.split()) <= 350
    assert "  \n" not in body
    assert "\t" not in body


@pytest.mark.parametrize("slug", SLUGS)
def test_every_article_has_required_claims_with_a_comparison(slug: str) -> None:
    required = [claim for claim in _docs()[slug].claims if not claim.optional]
    assert required
    assert any(claim.comparator is not None and claim.effects for claim in required)


@pytest.mark.parametrize("slug", SLUGS)
def test_direction_agrees_with_the_printed_numbers(slug: str) -> None:
    """The text's word comes first, but a required claim whose two values differ clearly never says the opposite."""
    for claim in _docs()[slug].claims:
        values = {
            effect.arm: effect.value
            for effect in claim.effects
            if effect.value is not None and not effect.timepoint and effect.measure in ("median", "rate", "proportion")
        }
        if claim.direction in ("higher", "lower") and {"intervention", "comparator"} <= set(values):
            grows = (values["intervention"] or 0.0) > (values["comparator"] or 0.0)  # type: ignore[index]
            assert grows == (claim.direction == "higher"), claim.id


@pytest.mark.parametrize("slug", SLUGS)
def test_significance_agrees_with_p_and_interval(slug: str) -> None:
    for claim in _docs()[slug].claims:
        shown = set()
        for effect in claim.effects:
            if effect.p_value is not None:
                shown.add("significant" if effect.p_value < 0.05 else "not significant")
            elif effect.measure.is_ratio and effect.low is not None and effect.high is not None:
                excludes = effect.low > 1 or effect.high < 1
                shown.add("significant" if excludes else "not significant")
            if effect.low is not None and effect.high is not None and effect.value is not None:
                assert effect.low <= effect.value <= effect.high, claim.id
            if effect.events is not None and effect.total is not None and effect.unit == "%":
                assert effect.value == pytest.approx(100 * effect.events / effect.total, abs=0.5), claim.id
        if shown:
            assert shown == {claim.significance}, claim.id


def test_the_question_about_second_cancers_has_evidence_of_every_kind() -> None:
    directions: Counter[str | None] = Counter()
    for doc in _docs().values():
        for claim in doc.claims:
            of_lenalidomide = claim.intervention and re.search(r"lenalidomide|R2|maintenance", claim.intervention.text)
            of_second_cancers = "Neoplasms, Second Primary" in claim.outcome.also
            if of_lenalidomide and of_second_cancers and not claim.optional:
                directions[claim.direction] += 1
    assert directions["higher"] >= 4
    assert directions["lower"] >= 1
    assert directions["no difference"] >= 3


@cache
def _given_runs() -> tuple[frozenset[str], frozenset[str]]:
    shared = Path(os.environ.get("PICOGRAPH_SHARED", ROOT.parent / "shared"))
    if not shared.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the source texts are not at {shared}: set PICOGRAPH_SHARED")
        pytest.skip(f"the source texts are not at {shared}")
    telling, plain = set[str](), set[str]()
    for path in sorted(shared.rglob("*")):
        if path.suffix in (".md", ".txt") and path.stat().st_size < 60_000 and path.parts[-1] != "README.md":
            text = path.read_text(encoding="utf-8", errors="replace")
            for version in (text, re.sub(r"\]\([^)]*\)", "]", text)):  # with and without the targets of links
                telling.update(_runs(_with_decimals(version), 8))
                plain.update(_runs(re.findall(r"[a-z0-9]+", version.lower()), 12))
    assert len(plain) > 10_000, f"hardly any text under {shared}"
    return frozenset(telling), frozenset(plain)


def _with_decimals(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W_\d]+", text.lower())


def _runs(words: list[str], length: int) -> Iterator[str]:
    return (" ".join(words[i : i + length]) for i in range(len(words) - length + 1))


@pytest.mark.parametrize("slug", SLUGS)
def test_sentences_are_our_own(slug: str) -> None:
    """No run of 12 words of an article, and none of 8 of its body, stands in a text it was retold from."""
    telling, plain = _given_runs()
    assert [run for run in _runs(re.findall(r"[a-z0-9]+", _text(slug).lower()), 12) if run in plain] == []
    assert [run for run in _runs(_with_decimals(_parts(slug)[1]), 8) if run in telling] == []


def test_the_page_about_the_corpus_has_a_row_for_every_article_and_the_right_numbers() -> None:
    page = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([^]]+)\]\(articles/([^)]+)\.md\) \|.*\| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    counted = {slug: sum(not claim.optional for claim in doc.claims) for slug, doc in _docs().items()}
    optional = {slug: len(doc.claims) - counted[slug] for slug, doc in _docs().items()}
    assert rows == [(slug, slug, str(counted[slug]), str(optional[slug])) for slug in SLUGS]
    together = f"{sum(counted.values())} required and {sum(optional.values())} optional claims"
    assert page.startswith(f"# The bundled corpus\n\n{len(SLUGS)} short articles")
    assert together in page
    for slug in SLUGS:
        front, _ = _parts(slug)
        assert f"| {front.get('published', '')} | {front['primary_source']} | {front['source']} |" in page
