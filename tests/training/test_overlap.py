"""Which texts may be trained on, and how they are dealt into folds: the same words are the same text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from training.folds import grouped_folds
from training.overlap import letters, pieces, without

HELD = (
    "We compared zinc lozenges with placebo in nurses who had caught a cold. Coughs stopped two days sooner with zinc."
)


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"id": str(i), "text": text} for i, text in enumerate(texts)]


def test_only_letters_and_digits_are_compared() -> None:
    assert letters("Zinc, 12.5 %\n(n_0) – β") == "zinc125n0β"


def test_a_text_that_shares_a_stretch_is_left_out_however_it_is_printed() -> None:
    spaced = " - ".join(HELD.upper().split())
    kept, dropped = without(rows(spaced, f"Background. {HELD} The end.", "Zinc lozenges."), pieces([HELD]))
    assert ([row["text"] for row in kept], dropped) == (["Zinc lozenges."], 2)


def test_a_text_shorter_than_a_stretch_keeps_nothing_out() -> None:
    assert pieces(["Coughs stopped.", ""]) == set()
    assert without(rows("Coughs stopped."), pieces(["Coughing stopped."]))[1] == 0


def test_of_a_long_text_the_end_counts_as_much_as_the_beginning() -> None:
    plain = letters(HELD)
    assert without(rows(plain[-60:], plain[:60], plain[-59:]), pieces([HELD]))[1] == 2


word = st.text("abcdefgh", min_size=1, max_size=8)
prose = st.lists(word, min_size=1, max_size=60).map(" ".join)


@given(held=st.lists(word, min_size=60, max_size=90).map(" ".join), before=prose, after=prose)
def test_a_held_out_text_is_found_wherever_it_stands(held: str, before: str, after: str) -> None:
    assert without(rows(f"{before}. {held}; {after}"), pieces([held])) == ([], 1)


@given(held=st.text("abcdefgh", min_size=120, max_size=400), data=st.data())
def test_any_long_enough_stretch_of_it_is_found(held: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(held) - 119))
    assert without(rows(held[start : start + 119]), pieces([held]))[1] == 1


@given(held=prose, other=prose)
def test_texts_without_a_letter_in_common_stay(held: str, other: str) -> None:
    given_rows = rows(other.translate(str.maketrans("abcdefgh", "stuvwxyz")))
    assert without(given_rows, pieces([held])) == (given_rows, 0)


articles = st.lists(st.tuples(st.none() | st.integers(1, 8), st.integers(0, 5)), max_size=40).map(
    lambda pairs: [{"id": str(i), "pmid": pmid, "text": ""} for i, (pmid, _) in enumerate(pairs)]
)


@given(given_rows=articles, count=st.integers(1, 6))
def test_folds_are_of_like_size_and_divide_no_abstract(given_rows: list[dict[str, object]], count: int) -> None:
    folds = grouped_folds(given_rows, count)
    assert len(folds) == len(given_rows)
    assert set(folds) <= set(range(count))
    fold_of: dict[object, set[int]] = {}
    for row, fold in zip(given_rows, folds, strict=True):
        fold_of.setdefault(row["pmid"] or f"alone {row['id']}", set()).add(fold)
    assert all(len(group) == 1 for group in fold_of.values())
    sizes = [folds.count(n) for n in range(count)]
    largest = max((sum(r["pmid"] == p for r in given_rows) for p in range(1, 9)), default=0)
    assert max(sizes) - min(sizes) <= max(largest, 1)


@given(given_rows=articles.flatmap(lambda r: st.tuples(st.just(r), st.permutations(r))))
def test_folds_do_not_depend_on_the_order_of_the_rows(
    given_rows: tuple[list[dict[str, object]], list[dict[str, object]]],
) -> None:
    first, second = ({str(r["id"]): f for r, f in zip(rs, grouped_folds(rs), strict=True)} for rs in given_rows)
    assert first == second


def test_one_large_abstract_is_as_much_as_many_small_ones() -> None:
    given_rows = [{"id": str(i), "pmid": pmid, "text": ""} for i, pmid in enumerate([7, 7, 7, 1, 2, 3])]
    folds = grouped_folds(given_rows, 2)
    assert folds[:3] == [folds[0]] * 3
    assert folds[3:] == [1 - folds[0]] * 3
