"""The answers to rows: articles read once each, questions asked of them, and the contract's form of what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from api.commands.fill_columns import NUMBERS
from api.commands.fill_rows import Result, Row, Source, plain_number

if TYPE_CHECKING:
    from ingest.article import Span
    from ingest.fill.model import Answer
    from ingest.fill.prepared import Prepared


def answers(
    rows: Sequence[Row],
    prepare: Callable[[Source], Prepared],
    *,
    derive: bool = False,
    with_text: bool = False,
    done: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """What became of each row, in their order. All rows of an article are answered before the next one is read.

    ``prepare`` gives an article or raises ReadError or OSError. ``done`` is called with each result as it comes.
    """
    results: dict[int, Result] = {}
    for source, places in _by_source(rows):
        prepared: Prepared | None = None
        failure: str | None = None
        if source is not None:
            prepared, failure = _prepared(source, prepare)
        for place in places:
            row = rows[place]
            if prepared is None:
                result = Result(row, None, row.error or failure)
            else:
                result = _answered(row, prepared, derive, with_text)
            results[place] = result
            done(result)
    return [results[place] for place in range(len(rows))]


def _by_source(rows: Sequence[Row]) -> Iterator[tuple[Source | None, list[int]]]:
    """Sources in the order of their first rows, with the places of all their rows; rows in error by themselves."""
    places: dict[Source, list[int]] = {}
    order: list[tuple[Source | None, list[int]]] = []
    for place, row in enumerate(rows):
        if row.error is not None or row.source is None:
            order.append((None, [place]))
        elif row.source in places:
            places[row.source].append(place)
        else:
            places[row.source] = [place]
            order.append((row.source, places[row.source]))
    yield from order


def _prepared(source: Source, prepare: Callable[[Source], Prepared]) -> tuple[Prepared | None, str | None]:
    from ingest.readers.errors import ReadError

    try:
        return prepare(source), None
    except ReadError as error:
        return None, str(error)
    except OSError as error:
        return None, f"{source.path}: {error.strerror or error}"
    except ValueError as error:
        return None, f"{source.path or 'text'}: {error}"


def _answered(row: Row, prepared: Prepared, derive: bool, with_text: bool) -> Result:
    from ingest.fill.answering import answer
    from ingest.fill.model import OutcomeType, Question
    from ingest.other_model import OtherModelError

    asked = row.asked
    kind = asked.get("outcome_type")
    question = Question(
        str(row.id),
        asked["intervention"] or "",
        asked["comparator"] or "",
        asked["outcome"] or "",
        OutcomeType(kind) if kind else None,
    )
    try:
        found = answer(prepared, question, derive=derive)
    except OtherModelError:
        raise
    except Exception as error:  # one question that breaks the reader must not cost the others
        return Result(row, None, f"no answer could be made of this article ({type(error).__name__}: {error})")
    return Result(row, answer_json(row.id, found, prepared, with_text=with_text))


def answer_json(ident: str | int, found: Answer, prepared: Prepared, *, with_text: bool = False) -> dict[str, Any]:
    """The contract's form of an answer; a number that is not given is null."""
    out: dict[str, Any] = {"id": ident, "outcome_type": found.outcome_type and str(found.outcome_type)}
    out |= dict.fromkeys(NUMBERS)
    quotes: list[dict[str, Any]] = []
    claims: dict[str, None] = {}
    for number in found.numbers:
        out[number.field] = plain_number(number.value)
        extra: dict[str, Any] = {"derived": True, "note": number.note} if number.derived else {}
        quotes.append(_quote(prepared, number.span, number.field, number.claim, extra))
        if number.claim:
            claims[number.claim] = None
    out["direction_label"] = found.direction and str(found.direction.label)
    if found.direction:
        quotes.append(_quote(prepared, found.direction.span, "direction_label", found.direction.claim, {}))
        if found.direction.claim:
            claims[found.direction.claim] = None
    out |= {"quotes": quotes, "claims": list(claims), "text_sha256": prepared.article.text_sha256}
    if with_text:
        out["text"] = prepared.text
    return out


def _quote(prepared: Prepared, span: Span, field: str, claim: str | None, extra: dict[str, Any]) -> dict[str, Any]:
    from ingest.fill.quoting import quoted

    words = quoted(prepared, span)
    out = {"exact": words.of(prepared.text), "start": words.start, "end": words.end, "field": field}
    return out | ({"claim": claim} if claim else {}) | extra


def preparer(model: Callable[[], Any]) -> Callable[[Source], Prepared]:
    """Reads an article in any format, told by its content; ``model`` gives the pipeline when it is first needed."""
    from ingest.fill.prepared import Prepared
    from ingest.readers.files import read_article, read_bytes

    def prepare(source: Source) -> Prepared:
        if source.path is not None:
            article = read_article(source.path)
        else:
            article = read_bytes((source.text or "").encode("utf-8"), "text")
        return Prepared(article, lambda a: model().read(a))

    return prepare
