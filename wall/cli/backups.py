"""Backups and transfers, for the terminal."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wall.core.codes import typed_event_code
from wall.core.server.runtime import Runtime
from wall.services.events.creating import make_first_event
from wall.services.exports.transfer import export_event, import_event
from wall.services.server.backups import back_up, list_backups
from wall.store import Backups, open_store
from wall.store.files.backups import copy_to
from wall.store.files.restore import restore_database

if TYPE_CHECKING:
    from config import Settings


def make_backup(settings: "Settings", runtime: Runtime, target: Path | None) -> str:
    """Make a backup in `backups/`, or where somebody wants it. Returns what to print."""
    database = _database(settings)
    if target is None:
        target = back_up(Backups(database), runtime.off_loop)
    else:
        copy_to(database, _free(target))
    return f"Backup made and checked: {target} ({_size(target.stat().st_size)})."


def describe_backups(settings: "Settings") -> str:
    """A line for each backup, or that there is none."""
    backups = Backups(settings.database_file)
    lines = [
        f"{one.at}  {_size(one.size):>9}  {'good   ' if one.good else 'DAMAGED'}  {one.file}"
        for one in list_backups(backups)
    ]
    return "\n".join(lines) or f"No backups in {backups.folder} yet."


def restore_backup(settings: "Settings", backup: Path) -> str:
    """Restore a backup; the present database is set aside. Returns what to print."""
    database = settings.database_file
    aside = Backups(database).aside_at(datetime.now(UTC))
    known = restore_database(backup, database, aside)
    set_aside = f" The database from before is now {aside}." if aside.exists() else ""
    lost = "" if known else " Erase again what was erased after this backup was made."
    return f"{backup} is restored.{set_aside}{lost} Start the server: python run.py"


def export_event_to(settings: "Settings", runtime: Runtime, code: str, target: Path) -> str:
    """Write one event to a file. Returns what to print."""
    _database(settings)
    store = open_store(settings.database_url, runtime.off_loop)
    try:
        event = export_event(store, typed_event_code(code), _free(target))
    finally:
        store.close()
    return (
        f"Exported {event.code} ({event.title}) to {target}, with its pledges, private pages and settings, but not its team. "
        "Close the event here, so that no one sends pledges to both servers."
    )


def import_event_from(settings: "Settings", runtime: Runtime, file: Path) -> str:
    """Import one event from a file. Returns what to print."""
    store = open_store(settings.database_url, runtime.off_loop)
    try:
        make_first_event(store)
        event, before = import_event(store, file)
    finally:
        store.close()
    renamed = (
        ""
        if event.code == before
        else f" Its code is new, because this server already uses {before}. Print new posters."
    )
    return f"Imported {event.code} ({event.title}). You will find it at the desk.{renamed}"


def _database(settings: "Settings") -> Path:
    database = settings.database_file
    if not database.exists():
        raise click.ClickException(f"DATABASE_URL: there is no {database} yet, so there is nothing to copy.")
    return database


def _free(target: Path) -> Path:
    if target.exists():
        raise click.ClickException(f"{target} already exists. Choose another name. Nothing was changed.")
    if not target.resolve().parent.is_dir():
        raise click.ClickException(f"There is no folder {target.resolve().parent}. Nothing was changed.")
    return target


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB"
