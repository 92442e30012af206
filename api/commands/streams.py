"""`read` and `annotate`: JSON lines in, JSON lines out; no store."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.aids import WithoutOption, aids_but
from api.commands.failures import FAILED, warn
from api.commands.output import write_line

if TYPE_CHECKING:
    from ingest.article import Article
    from ingest.pipeline import Pipeline

FilesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE]...", help="JSON lines; standard input without a file, or for `-`.")
]


class Layer(StrEnum):
    """Layers of annotation."""

    RESULT = "result"
    PIO = "pio"
    CONCEPT = "concept"
    ROLE = "role"


class LineError(Exception):
    """A line that cannot be answered; the message says why."""


def _lines(files: list[str]) -> Iterator[tuple[str, int, bytes | OSError]]:
    for name in files or ["-"]:
        if name == "-":
            yield from (("standard input", number, line) for number, line in enumerate(sys.stdin.buffer, 1))
            continue
        try:
            with Path(name).open("rb") as file:
                yield from ((name, number, line) for number, line in enumerate(file, 1))
        except OSError as error:
            yield name, 0, error


def parse_line(line: bytes, number: int) -> dict[str, Any]:
    """The object of one line, with its ``id``. Raises LineError."""
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        value = json.loads(text)
    except UnicodeDecodeError as error:
        raise LineError(f"not UTF-8 (byte {error.start + 1})") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise LineError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise LineError("not a JSON object")
    if not isinstance(value.get("id"), str | int) or isinstance(value.get("id"), bool):
        raise LineError('no "id" (a string)')
    return value


def text_of(value: dict[str, Any]) -> str:
    """The ``text`` of a line. Raises LineError."""
    text = value.get("text")
    if not isinstance(text, str):
        raise LineError('no "text" (a string)')
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise LineError(f'"text" holds half a surrogate pair at code point {error.start}') from error
    return text


def answer_lines(files: list[str] | None, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer every line, tell the bad ones on standard error, and exit 1 when there was one.

    Raises OtherModelError at the first good line when the model that the user named cannot be used.
    """
    from ingest.other_model import OtherModelError

    failed = False
    for name, number, line in _lines(files or []):
        if isinstance(line, OSError):
            warn(f"{name}: {line.strerror}")
            failed = True
            continue
        if not line.strip():
            continue
        try:
            answered = answer(parse_line(line, number))
        except LineError as error:
            warn(f"{name}: line {number}: {error}")
            failed = True
        except OtherModelError:  # no text is to blame, and the next one would fail the same way
            raise
        except Exception as error:  # one text that breaks the reader must not cost the other answers
            warn(f"{name}: line {number}: the reader failed on this text ({type(error).__name__}: {error})")
            failed = True
        else:
            write_line(answered)
    if failed:
        raise typer.Exit(FAILED)


def article_of(value: dict[str, Any]) -> Article:
    """The article of one line of ``read``. Raises LineError."""
    from ingest.readers.errors import ReadError, SeveralArticlesError
    from ingest.readers.files import read_article, read_bytes

    path, wanted = value.get("path"), value.get("article")
    try:
        if path is None:
            return read_bytes(text_of(value).encode("utf-8"), f"{value['id']}.txt", given_id=str(value["id"]))
        if "text" in value:
            raise LineError('"text" and "path" in one line')
        if not isinstance(path, str):
            raise LineError('"path" is not a string')
        if not isinstance(wanted, str | int | None) or isinstance(wanted, bool):
            raise LineError('"article" is neither a number nor an id')
        return read_article(Path(path), wanted=wanted)
    except SeveralArticlesError as error:
        raise LineError(f'{error}; name one under "article", or read them all with `picograph ingest`') from error
    except ReadError as error:
        raise LineError(str(error)) from error
    except ValueError as error:
        raise LineError(f"{value['id']}: {error}") from error


def at_first_use() -> Callable[[], Pipeline]:
    """The pipeline when it is first asked for: a stream without a good line needs none."""

    @cache
    def load() -> Pipeline:
        from api.settings import Settings
        from ingest.pipeline import load_pipeline

        return load_pipeline(Settings().model)

    return load


def read(files: FilesArgument = None) -> None:
    """Read articles: the study and the claims of each, one JSON line for one JSON line.

    In: {"id", "text"} or {"id", "path"}; for a file of several articles "article" says which one, by its PMID, DOI or
    other id, or its number from 1 on. Out: {"id", "study", "claims"}. No store is needed. A bad line is told on
    standard error, the others are answered, and the exit status is 1.

    \b
    Examples:
      echo '{"id": "1", "path": "trial.md"}' | picograph read
      echo '{"id": "1", "path": "export.nbib", "article": "27935580"}' | picograph read
      picograph read articles.jsonl > claims.jsonl
    """
    from ingest.claim_json import study_json, to_json

    pipeline = at_first_use()

    def answer(value: dict[str, Any]) -> dict[str, Any]:
        article = article_of(value)
        reading = pipeline().read(article)
        claims = [to_json(claim, reading.article) for claim in reading.claims]
        return {"id": value["id"], "study": study_json(reading.study), "claims": claims}

    answer_lines(files, answer)


def _entities(value: dict[str, Any], text: str) -> list[dict[str, Any]] | None:
    entities = value.get("entities")
    if entities is None:
        return None
    if not isinstance(entities, list):
        raise LineError('"entities" is not a list')
    for number, entity in enumerate(entities):
        if not isinstance(entity, dict) or not isinstance(entity.get("label"), str):
            raise LineError(f'entities[{number}] is not an object with a "label"')
        start, end = entity.get("start"), entity.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise LineError(f"entities[{number}]: need 0 <= start < end <= {len(text)}, got [{start}, {end})")
    return entities


def annotate(
    files: FilesArgument = None,
    layer: Annotated[list[Layer] | None, typer.Option(help="Only this layer; may be repeated.")] = None,
    without: WithoutOption = None,
) -> None:
    """Annotate texts with entities, relations and abbreviations, one JSON line for one JSON line.

    In: {"id", "text"}, optionally "entities", which are then taken as given. Out: {"id", "text", "entities",
    "relations", "pairs"}. No store is needed. Bad lines as in `picograph read`.

    \b
    Examples:
      picograph annotate --layer concept < texts.jsonl
      picograph annotate --layer result --layer role texts.jsonl
      picograph annotate --layer concept --without terminology texts.jsonl
    """
    layers = [item.value for item in dict.fromkeys(layer)] if layer else None
    pipeline, aids = at_first_use(), aids_but(without)

    def answer(value: dict[str, Any]) -> dict[str, Any]:
        text = text_of(value)
        entities = _entities(value, text)
        found = pipeline().annotate(text, layers=layers, entities=entities, aids=aids)
        return {"id": value["id"], "text": text, **found}

    answer_lines(files, answer)
