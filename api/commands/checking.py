"""`store verify` and `store stats`: whether all is well with a store, and what it holds."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.asking import JsonOption
from api.commands.failures import FAILED
from api.commands.output import clean, messages, out, write_json
from api.commands.store import StoreOption, location_of
from api.commands.upkeep import kept_store, service_of, shown

PlaceArgument = Annotated[
    str | None,
    typer.Argument(metavar="[PATH|URL]", show_default=False, help="A store or a backup; by default --store."),
]


def verify(
    ctx: typer.Context,
    where: PlaceArgument = None,
    shapes: Annotated[bool, typer.Option(help="Check everything against the SHACL shapes too.")] = True,
    as_json: JsonOption = False,
    place: StoreOption = None,
) -> None:
    """Read everything in a store or a backup and compare: log, texts, quotes, numbers' places, decisions, shapes.

    Exit status 1 when something is wrong; each line tells where and what. Then restore a backup that verifies, or read
    the articles that are named again.

    \b
    Examples:
      picograph store verify
      picograph store verify store.backups/picograph-20260301T120000Z-r14
      picograph store verify --no-shapes --json
    """
    with kept_store(where or location_of(ctx, place)) as kept, shown("verifying") as progress:
        found = kept.verify(shapes=shapes, progress=progress)
    if as_json:
        from dataclasses import asdict

        write_json(asdict(found))
    else:
        for finding in found.findings:
            out().print(f"{clean(finding.place)}: {clean(finding.reason)}", soft_wrap=True)
        told = f"{found.articles:,} articles, {found.claims:,} claims, {found.decisions:,} decisions"
        problems = f"{len(found.findings)} problems" if found.findings else "all is well"
        messages().print(f"{told} at revision {found.revision:,}: {problems}", soft_wrap=True)
    if found.findings:
        raise typer.Exit(FAILED)


def stats(
    ctx: typer.Context,
    where: PlaceArgument = None,
    triples: Annotated[bool, typer.Option(help="Count triples by graph, which reads the whole store.")] = True,
    as_json: JsonOption = False,
    place: StoreOption = None,
) -> None:
    """What a store holds: articles, claims by status, effects, decisions, triples by graph, room on disk.

    \b
    Examples:
      picograph store stats
      picograph store stats --no-triples --json
    """
    location = where or location_of(ctx, place)
    address = service_of(location)
    if address is not None:
        from api.client import RemoteRecords

        remote = RemoteRecords(address)
        try:
            found = remote.figures(triples)
        finally:
            remote.close()
    else:
        from api.services.upkeep import store_out

        with kept_store(location) as kept:
            found = store_out(kept.figures(triples=triples))
    if as_json:
        write_json(found.model_dump(mode="json"))
        return
    rows = [("store", found.store_id), ("format", str(found.format)), ("revision", f"{found.revision:,}")]
    rows += [(name, f"{number:,}") for name, number in found.counts.items()]
    rows += [(f"triples, {name}", f"{number:,}") for name, number in (found.triples or {}).items()]
    if found.bytes is not None:
        rows.append(("on disk", f"{found.bytes / 1e6:,.1f} MB"))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        out().print(f"{name:<{width}}  {value}", soft_wrap=True)
