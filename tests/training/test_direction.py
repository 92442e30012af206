"""How directions are learnt and measured, and what the model that ships reaches on the corpus' dev split."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.fill.direction_model import load_direction_model
from ingest.fill.model import Question
from training.direction import answers, macro_f
from training.direction_cases import CORPUS, Case, cases_of, label_of


def _case(label: int | None, article: str = "1") -> Case:
    return Case(article, Question("q", "a", "b", "c"), label, (), False, (), (), ())


def test_labels_with_and_without_their_last_letter() -> None:
    assert label_of("significantly increase") == label_of("significantly increased") == 0
    assert label_of("significantly decreased") == 1
    assert label_of("no significant difference") == 2
    assert label_of("invalid prompt") is None


def test_the_mean_of_the_labels_f1() -> None:
    cases = [_case(0), _case(0), _case(1), _case(2), _case(None)]
    assert macro_f(cases, [0, 0, 1, 2, 0]) == 1.0
    assert macro_f(cases, [0, None, 1, 1, 2]) == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_cases_of_one_article_are_in_one_fold() -> None:
    assert {_case(0, "7").fold(5), _case(1, "7").fold(5)} == {_case(2, "7").fold(5)}
    assert len({_case(0, str(n)).fold(5) for n in range(100)}) == 5


@pytest.mark.slow
def test_the_model_that_ships_reaches_its_target(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICOGRAPH_SHARED", str(shared))
    assert (shared / "corpora" / CORPUS).is_dir()
    dev = list(cases_of("dev"))
    assert macro_f(dev, answers(load_direction_model(), dev)) >= 0.70
