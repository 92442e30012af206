"""From the setting to tables: which files, checked one after the other, each laid over those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from ingest.term_keys import key_of
from ingest.term_table import KINDS, Row, Source, Table, pack
from ingest.terminology import shipped_table
from ingest.vocabularies.decode import read_bytes
from ingest.vocabularies.formats import PACKED, read
from ingest.vocabularies.intake import Limits
from ingest.vocabularies.joining import Joined, join
from ingest.vocabularies.known import Known
from ingest.vocabularies.linker_concepts import linker_table, pack_linker
from ingest.vocabularies.linker_folder import PACKED as PACKED_LINKER
from ingest.vocabularies.linker_folder import is_folder, open_folder
from ingest.vocabularies.packed import read_packed, write_packed
from ingest.vocabularies.problems import Problem, Problems, VocabularyError
from ingest.vocabularies.report import EXAMPLES, FileReport, Report
from ingest.vocabularies.setting import path_of


def check(paths: Sequence[str | Path], limits: Limits = Limits()) -> Report:  # noqa: B008 (frozen)
    """What is in the files, and what is wrong with them; nothing is kept. A path may have ``disease=`` and the like
    before it, and may be the folder of a linker. Never raises for what a file holds."""
    run = _Run(limits)
    run.take(paths, tables=False)
    return Report(tuple(run.reports), run.problems.in_order, run.problems.count)


def pack_vocabularies(paths: Sequence[str | Path], out: Path, limits: Limits = Limits()) -> Report:  # noqa: B008
    """Check the files and write them as one packed vocabulary, whole or not at all.

    A single path may be the folder of a linker, whose concepts are packed into the ``picograph.npz`` in it. Raises
    VocabularyError where a file cannot be used, OSError where ``out`` cannot be written.
    """
    if out.suffix.lower() != PACKED:
        raise VocabularyError([Problem(str(out), None, f"a packed vocabulary is named *{PACKED}")])
    if len(paths) == 1 and is_folder(Path(paths[0])):
        return Report((_of_linker(Path(paths[0]), out),))
    run = _Run(limits)
    for path in paths:
        if str(path).lower().endswith(PACKED):
            run.problems.add(Problem(str(path), None, "it is packed already; name the files that it was made from"))
    run.take(paths, tables=False)
    if run.problems.count:
        raise run.problems.error()
    write_packed(_together(run.rows), out)
    return Report(tuple(run.reports))


def read_tables(paths: Sequence[str | Path], limits: Limits = Limits()) -> list[Table]:  # noqa: B008
    """The tables of the files, in their order.

    Raises VocabularyError, with all that is wrong, where one of them cannot be used.
    """
    run = _Run(limits)
    run.take(paths)
    if run.problems.count:
        raise run.problems.error()
    return run.known.tables[1:]


class _Run:
    """Takes files in turn; what one has is known to the next."""

    def __init__(self, limits: Limits) -> None:
        self.known = Known([shipped_table()])
        self.problems = Problems()
        self.reports: list[FileReport] = []
        self.rows: list[tuple[Row, ...]] = []
        self._limits = limits

    def take(self, paths: Sequence[str | Path], *, tables: bool = True) -> None:
        """Each file, or what is wrong with it. Without ``tables`` that of the last, which nobody needs, is not made."""
        for number, given in enumerate(paths, start=1):
            try:
                kind, path = _parted(str(given))
                if not tables and is_folder(path):
                    self.reports.append(_of_linker(path))
                    continue
                data = read_bytes(path, self._limits)
                if path.suffix.lower() == PACKED:
                    self._packed(data, path, kind)
                else:
                    self._source(data, path, kind)
                    if tables or number < len(paths):
                        self.known.add(Table(pack(self.rows[-1])))
            except VocabularyError as error:
                for problem in error.problems:
                    self.problems.add(problem)

    def _packed(self, data: bytes, path: Path, kind: str | None) -> None:
        if kind is not None:
            raise VocabularyError([Problem(str(path), None, f"its kinds are packed; take `{kind}=` away")])
        table, _ = read_packed(data, str(path), self._limits, self.known)
        old = sum(self.known.kind(table.ids[i]) is not None for i in range(len(table.ids)))
        self.known.add(table)
        self.reports.append(FileReport(str(path), "packed", len(table.ids) - old, old, len(table.texts)))

    def _source(self, data: bytes, path: Path, kind: str | None) -> None:
        intake, encoding = read(data, path, self._limits)
        joined = join(intake, self.known, kind)
        self.problems.add_all(intake.problems)
        self.rows.append(() if intake.problems.count else joined.rows)
        if not intake.problems.count:
            names = sum(len(row.names) for row in joined.rows)
            new = len(intake.terms) - len(joined.merged)
            notes = (*_notes(joined), *intake.notes)
            self.reports.append(FileReport(str(path), encoding, new, len(joined.merged), names, notes))


def _of_linker(path: Path, out: Path | None = None) -> FileReport:
    """What the folder of a linker has; its packed form is written where ``out`` is given."""
    folder = open_folder(path)
    if out is not None and out.resolve() != (path / PACKED_LINKER).resolve():
        raise VocabularyError([Problem(str(out), None, f"a linker is packed into {path / PACKED_LINKER}; name that")])
    table = linker_table(folder, anew=True) if out is None else pack_linker(folder)
    shipped = Known([shipped_table()])
    old = sum(shipped.kind(table.ids[i]) is not None for i in range(len(table.ids)))
    return FileReport(str(folder.concepts), "UTF-8", len(table.ids) - old, old, len(table.texts))


def _parted(given: str) -> tuple[str | None, Path]:
    """The kind and the path of ``disease=terms.obo``; without a kind, None and the path."""
    before, equals, after = given.strip().partition("=")
    if equals and before in KINDS:
        return before, path_of(after)
    path = path_of(given.strip())
    if equals and before.isalpha() and not path.exists():
        raise VocabularyError([Problem(given, None, f"the kind {before!r} is none; known are {', '.join(KINDS)}")])
    return None, path


def _notes(joined: Joined) -> list[str]:
    other = [(ident, one) for ident, one in joined.merged if ident != one]
    some = [f"{ident} is {one}, and its names are added to it" for ident, one in other[:EXAMPLES]]
    return [*some, *([f"and so for {len(other) - EXAMPLES:,} more"] if len(other) > EXAMPLES else [])]


def _together(files: Iterable[Iterable[Row]]) -> list[Row]:
    """One row for each concept, where several files have it."""
    out: dict[str, Row] = {}
    for row in chain.from_iterable(files):
        before = out.get(row.iri)
        out[row.iri] = row if before is None else _both(before, row)
    return list(out.values())


def _both(one: Row, two: Row) -> Row:
    by_key: dict[str, tuple[tuple[str, Source], bool]] = {}
    for name, spot in zip((*one.names, *two.names), (*one.spots, *two.spots), strict=True):
        by_key.setdefault(key_of(name[0]), (name, spot))
    names, spots = zip(*by_key.values(), strict=True)
    return replace(
        one,
        names=names,
        spots=spots,
        parents=tuple(dict.fromkeys((*one.parents, *two.parents))),
        same=tuple(dict.fromkeys((*one.same, *two.same))),
        favours=one.favours or two.favours,
    )
