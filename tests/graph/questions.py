"""Random questions as values, in the one form in which a question is read."""

from __future__ import annotations

from hypothesis import strategies as st

from graph.language.model import (
    Designs,
    DesignWords,
    Directions,
    Filter,
    Grades,
    Measures,
    Order,
    Question,
    Retracted,
    Says,
    Significances,
    Since,
    Size,
    Until,
)
from graph.language.rendering import rendered
from graph.language.tree import And, Anything, Expression, Not, Or, Term, joined
from ingest.claim import ClaimKind, Direction, Grade, Measure, Significance, Status

_SIGNS = st.characters(categories=["L", "M", "N", "P", "S", "Zs"])
WORDS = st.text(_SIGNS, max_size=12).map(lambda inner: f"a{inner}b")
_PLAIN = st.text("abc019", min_size=1, max_size=4)


def some(members: type[Status] | type[ClaimKind] | type[Measure] | type[Grade]) -> st.SearchStrategy[frozenset]:  # type: ignore[type-arg]
    """A few members of a closed set."""
    return st.frozensets(st.sampled_from(list(members)), min_size=1, max_size=3)


def expressions(words: st.SearchStrategy[str]) -> st.SearchStrategy[Expression]:
    """Names joined by operators, a few levels deep."""

    def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3)
        return inner.map(Not) | several.map(lambda p: joined(And, p)) | several.map(lambda p: joined(Or, p))

    return st.recursive(words.map(Term), grown, max_leaves=5)


_KNOWN_DESIGNS = st.sampled_from(["randomised", "controlled", "cohort", "registry"])
_DESIGN = st.builds(DesignWords, st.lists(_KNOWN_DESIGNS, min_size=1, max_size=2).map(tuple), st.none() | st.just(3))


def filters(said: st.SearchStrategy[str] = _PLAIN) -> st.SearchStrategy[Filter]:
    """Filters other than status, kind, standing and order; ``said`` are words to look for in quotes."""
    directions = st.frozensets(st.sampled_from([*Direction, None]), min_size=1, max_size=2)
    chances = st.frozensets(st.sampled_from([*Significance, None]), min_size=1, max_size=2)
    return st.one_of(
        st.builds(Measures, some(Measure), st.booleans()),
        st.builds(Directions, directions, st.booleans()),
        st.builds(Significances, chances, st.booleans()),
        st.builds(Grades, some(Grade), st.booleans()),
        st.builds(Size, st.sampled_from([">=", "<=", ">", "<", "="]), st.sampled_from([0, 99, 100, 101, 500])),
        st.builds(Designs, st.lists(_DESIGN, min_size=1, max_size=2, unique=True).map(tuple), st.booleans()),
        st.builds(Says, st.lists(said, min_size=1, max_size=2).map(tuple), st.booleans()),
    )


@st.composite
def questions(
    draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS, said: st.SearchStrategy[str] = _PLAIN
) -> Question:
    """Any question; its text is its one form."""
    asked = expressions(words)
    places = st.lists(st.one_of(asked, st.just(Anything())), max_size=2).map(tuple)
    years = st.sampled_from([1999, 2015, 2020])
    bounds = draw(st.none() | years.map(Since)), draw(st.none() | years.map(Until))
    question = Question(
        "",
        draw(st.none() | asked),
        draw(st.none() | asked),
        populations=draw(places),
        comparators=draw(places),
        statuses=draw(st.none() | some(Status)),
        kinds=draw(st.none() | some(ClaimKind)),
        order=draw(st.sampled_from(Order)),
        retracted=draw(st.none() | st.sampled_from(Retracted)),
        filters=(*draw(st.lists(filters(said), max_size=2)), *(bound for bound in bounds if bound is not None)),
    )
    return Question(rendered(question), *(getattr(question, name) for name in Question.__slots__[1:]))
