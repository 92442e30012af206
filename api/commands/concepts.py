"""`concept`: what words are linked to, and why. `terminology`: check, pack and export vocabularies."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.failures import FAILED, REFUSED
from api.commands.files import replaced
from api.commands.output import clean, messages, out, write, write_json

if TYPE_CHECKING:
    from ingest.link_candidates import Candidate
    from ingest.linking import Link
    from ingest.terminology import Terminology

terminology = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""The concepts that ship with picograph, and vocabularies of your own.

    \b
    Examples:
      picograph terminology check mine.tsv
      picograph terminology export --out terminology.ttl
    """,
)

LIMIT = 10


def concept(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The words of a mention.")],
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="What the words are taken for: drug, disease, outcome, procedure, population."
        ),
    ] = None,
    article: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False, help="The article (plain text): its abbreviations count."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="So many candidates are shown.")] = LIMIT,
    json_output: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Explain which concept words are linked to, with all candidates and their scores.

    Exit 1 when no concept is good enough.

    \b
    Examples:
      picograph concept "second cancers"
      picograph concept SPM --article article.txt
      picograph concept "newly diagnosed transplant-ineligible multiple myeloma" --json
    """
    from ingest.link_model import load_linker
    from ingest.linking import Mention
    from ingest.terminology import ConceptKind, load_terminology

    if kind is not None and kind not in list(ConceptKind):
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(ConceptKind)}", param_hint="--kind")
    if not text.strip():
        raise typer.BadParameter("there are no words in it", param_hint="TEXT")
    whole = "" if article is None else article.read_text(encoding="utf-8", errors="replace")
    known = load_terminology()
    (link,) = load_linker(known).link([Mention(text, kind)], _short_forms(whole), whole)
    if json_output:
        write_json(explained(text, link, known, limit))
    else:
        _show(text, link, known, limit)
    if not link.concepts:
        raise typer.Exit(FAILED)


def explained(text: str, link: Link, known: Terminology, limit: int = LIMIT) -> dict[str, Any]:
    """The answer for programs; ``concept`` is None where nothing is good enough."""
    return {
        "text": text,
        "long_form": link.long,
        "concept": link.concepts[0] if link.concepts else None,
        "concepts": [_named(iri, known) for iri in link.concepts],
        "modifiers": [_named(iri, known) for iri in link.modifiers],
        "score": link.score,
        "candidates": [
            {
                **_named(w.candidate.iri, known),
                "score": w.score,
                "found": how(w.candidate),
                "by_name": w.candidate.name,
                "likeness": round(w.candidate.likeness, 3),
            }
            for w in link.weighed[:limit]
        ],
    }


def how(candidate: Candidate) -> str:
    """How a candidate was found, in words."""
    from ingest.link_candidates import How

    return {
        How.EXACT: "same name",
        How.LOOSE: "same words, another order or head noun",
        How.USAGE: "usage of annotated articles",
        How.BROADER: "broader than a name of another vocabulary",
        How.PART: "name of a part of the words",
        How.ALIKE: "name spelt alike",
        How.MEANING: "name of like meaning",
    }[candidate.how] + (", abbreviation written out" if candidate.long else "")


def _short_forms(text: str) -> dict[str, str]:
    if not text.strip():
        return {}
    from ingest.abbreviations import find_definitions, resolve
    from ingest.article import Span
    from ingest.nlp import parse

    parsed = parse(text, [Span(0, len(text))])
    return dict(resolve(text, parsed.abbreviations, find_definitions(text)))


def _named(iri: str, known: Terminology) -> dict[str, Any]:
    from ingest.curies import expand

    found = known.get(iri)
    if found is None:  # pragma: no cover - links lead to concepts of this terminology
        return {"iri": iri, "name": None, "kind": None, "same": []}
    return {"iri": iri, "name": found.name, "kind": found.kind.value, "same": [expand(s) for s in found.same]}


def _show(text: str, link: Link, known: Terminology, limit: int) -> None:
    from rich.table import Table

    told = explained(text, link, known, limit)
    console = out()
    if link.long:
        console.print(f"{clean(text)}: written out {clean(link.long)!r}", soft_wrap=True)
    if link.concepts:
        names = ", ".join(f"{c['name']} ({c['kind']}) {c['iri']}" for c in told["concepts"])
        console.print(f"{clean(text)}: {names}, score {link.score:.2f}", soft_wrap=True)
    else:
        console.print(f"{clean(text)}: no concept is good enough", soft_wrap=True)
    for modifier in told["modifiers"]:
        console.print(f"  with {modifier['name']} {modifier['iri']}", soft_wrap=True)
    table = Table("score", "concept", "kind", "found by", "name", box=None, pad_edge=False)
    for c in told["candidates"]:
        table.add_row(
            f"{c['score']:.2f}", f"{c['name']} ({c['iri'].rpartition('/')[2]})", c["kind"], c["found"], c["by_name"]
        )
    if told["candidates"]:
        console.print(table)


@terminology.command()
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Vocabularies: .tsv, .ttl, .rdf, .nt, .obo.")],
    json_output: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say what is in vocabulary files and, with file and line, what is wrong with them. Exit 2 when anything is.

    \b
    Examples:
      picograph terminology check mine.tsv
      picograph terminology check disease=mondo.obo --json
    """
    from ingest.vocabularies.loading import check as checked

    report = checked(files)
    if json_output:
        write_json(
            {
                "files": [asdict(f) for f in report.files],
                "problems": [asdict(p) for p in report.problems],
                "count": report.count,
            }
        )
    else:
        out().print(str(report), soft_wrap=True)
    if report.count:
        raise typer.Exit(REFUSED)


@terminology.command()
def pack(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Vocabularies, as for `check`.")],
    to: Annotated[Path, typer.Option("--out", metavar="FILE.npz", dir_okay=False, help="Write it here.")],
) -> None:
    """Check vocabularies and write them as one file that loads in a moment; name it in PICOGRAPH_VOCABULARIES.

    \b
    Example:
      picograph terminology pack mondo.obo mine.tsv --out mine.npz
    """
    from ingest.vocabularies.loading import pack_vocabularies

    messages().print(str(pack_vocabularies(files, to)), soft_wrap=True)


@terminology.command()
def export(
    to: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", dir_okay=False, help="Write here; standard output without.")
    ] = None,
) -> None:
    """Write every concept, with your own vocabularies, as SKOS in Turtle.

    \b
    Example:
      picograph terminology export --out terminology.ttl
    """
    from graph.skos_export import skos_lines
    from ingest.terminology import load_terminology

    known = load_terminology()
    if to is None:
        for line in skos_lines(known):
            write(line)
        return
    with replaced(to) as file:
        file.writelines(skos_lines(known))
    messages().print(f"{len(known):,} concepts written to {to}", soft_wrap=True)
