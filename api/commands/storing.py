"""`store`: backup, restore, migrate, compact; verify and stats are in ``checking``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands import checking
from api.commands.asking import JsonOption
from api.commands.failures import CommandError, Usage
from api.commands.output import messages, out, write_json
from api.commands.store import StoreOption, is_url, location_of
from api.commands.upkeep import kept_store, service_of, shown

store = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep a store: back it up, restore it, bring it to this version, look whether all is well with it.\n\n"
    "\b\nExamples:\n  picograph store backup --keep 7\n  picograph store verify",
)


@store.command()
def backup(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(show_default=False, help="Where backups go; by default STORE.backups.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, show_default=False, help="Keep so many, the newest; by default all.")
    ] = None,
    as_json: JsonOption = False,
    place: StoreOption = None,
) -> None:
    """Copy a store on disk into a new dated folder, at one revision, also while a service has it.

    On the same disk it takes no time and little room, because files are linked: copy it elsewhere to outlive the disk.
    A running service makes backups only in its own folder, PICOGRAPH_BACKUPS.

    \b
    Examples:
      picograph store backup
      picograph --store .picograph/demo store backup /mnt/backups --keep 7
    """
    location = location_of(ctx, place)
    address = service_of(location)
    if address is not None:
        if folder is not None:
            told = f"the service at {address} makes backups in its own folder, PICOGRAPH_BACKUPS"
            raise Usage(f"{told}; leave FOLDER out")
        from api.client import RemoteRecords

        remote = RemoteRecords(address)
        try:
            made = remote.backup(keep)
        finally:
            remote.close()
    else:
        from api.clock import now
        from api.services.upkeep import backup_out

        if is_url(location):
            from graph.connection import without_credentials

            raise CommandError(
                f"{without_credentials(location)} makes its own copies: picograph cannot over the SPARQL protocol; "
                "`picograph export --format nquads` writes what the store holds into a file"
            )
        target = folder or Path(f"{Path(location).expanduser().resolve()}.backups")
        with kept_store(location) as kept:
            made = backup_out(kept.backup(target, now(), keep))
    if as_json:
        write_json(made.model_dump(mode="json"))
    else:
        out().print(f"{made.path}\nrevision {made.revision}, {made.counts['claims']:,} claims", soft_wrap=True)


@store.command()
def restore(
    ctx: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="The folder of one backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Where there is a store, move it aside; it is never deleted.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Compare revision and counts alone, do not read every claim.")
    ] = False,
    as_json: JsonOption = False,
    place: StoreOption = None,
) -> None:
    """Make a store of a backup, in a new or empty folder. It is verified before it becomes the store.

    \b
    Examples:
      picograph --store restored store restore store.backups/picograph-20260301T120000Z-r14
      picograph store restore store.backups/picograph-20260301T120000Z-r14 --replace
    """
    from graph.operations.restoring import restore as restore_store

    location = location_of(ctx, place)
    if is_url(location) or location == "memory:":
        raise CommandError("a backup is restored into a folder: name one with --store")
    with shown("verifying") as progress:
        done = restore_store(source, Path(location), replace=replace, quick=quick, progress=progress)
    aside = None if done.aside is None else str(done.aside)
    if as_json:
        write_json({"path": str(done.path), "revision": done.backup.revision, "moved_aside": aside})
        return
    out().print(f"{done.path} is at revision {done.backup.revision}, as of {done.backup.made_at}", soft_wrap=True)
    if aside is not None:
        messages().print(f"what was there is now {aside}; remove it when you no longer need it", soft_wrap=True)


@store.command()
def migrate(
    ctx: typer.Context,
    target: Annotated[
        Path | None, typer.Option("--to", show_default=False, help="Make another folder, leave this one as it is.")
    ] = None,
    as_json: JsonOption = False,
    place: StoreOption = None,
) -> None:
    """Make a store of an earlier format one of this version. The old data stays beside the new in the folder.

    \b
    Examples:
      picograph store migrate
      picograph --store old store migrate --to new
    """
    from dataclasses import asdict

    from graph.migrating import migrate as migrate_store

    location = location_of(ctx, place)
    if is_url(location) or location == "memory:":
        raise CommandError("only a store in a folder is migrated: export the claims of this one, and ingest them anew")
    source = Path(location)
    if not source.expanduser().exists():
        raise CommandError(f"there is no store at {location}; name one with --store")
    with messages().status(f"migrating {location}"):
        report = migrate_store(source, target or source)
    if as_json:
        write_json(asdict(report))
    else:
        told = f"{report.articles:,} articles, {report.claims:,} claims, {report.decisions:,} decisions"
        became = f"{report.quads_before:,} triples became {report.quads_after:,}"
        out().print(f"{target or source}: {told}; {became}", soft_wrap=True)


@store.command()
def compact(ctx: typer.Context, as_json: JsonOption = False, place: StoreOption = None) -> None:
    """Make a large store smaller, by writing it anew: worth it once, when very much was ingested or loaded.

    From some 700,000 claims on a store shrinks by a third; a smaller one is left as it is. Until it is done, the disk
    needs room for the store once more.

    \b
    Examples:
      picograph store compact
      picograph --store .picograph/large store compact --json
    """
    from dataclasses import asdict

    with kept_store(location_of(ctx, place)) as kept, messages().status("writing the store anew"):
        done = kept.compact()
    if as_json:
        write_json(asdict(done))
    elif done.before == done.after:
        out().print(f"{done.before / 1e9:.1f} GB on disk: left as it is, a store of this size would not shrink")
    else:
        out().print(f"{done.after / 1e9:.1f} GB on disk, {done.before / 1e9:.1f} GB before")


store.command()(checking.verify)
store.command()(checking.stats)
