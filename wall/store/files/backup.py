"""A copy of the whole database, made while it is in use."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wall.store.files.atomic_files import atomic_write
from wall.store.files.seal import Kind, check, seal
from wall.store.problems import CannotUse

LEFT_FREE_BYTES = 50_000_000
"""Room that a copy leaves to the ledger, which needs it more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a database has come: the same as before where nothing has changed."""

    event_open: bool
    marks: tuple[Any, ...]


def copy_database(source: Path, target: Path) -> None:
    """Copy all that is committed, and check the copy. Raises sqlite3.Error, OSError or CannotUse; then there is no copy.

    It is of one moment, and writers go on meanwhile: in WAL, whoever reads is in nobody's way.
    """
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _see_that_there_is_room(source, target.parent)
    with closing(_open(source)) as read:
        write_copy(read, target)


def write_copy(read: sqlite3.Connection, target: Path) -> None:
    """As copy_database, of what an open connection sees."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with atomic_write(target) as half:
        with closing(sqlite3.connect(half)) as written:
            read.execute("BEGIN")
            events = _events_in(read)
            read.backup(written)
            read.execute("ROLLBACK")
        seal(half, Kind.BACKUP)
        check(half, Kind.BACKUP)
        with closing(_open(half)) as copied:
            if _events_in(copied) != events:
                raise CannotUse("the copy does not have the latest of every event")


def version_in(copy: Path, event_id: int) -> int | None:
    """How far an event had come when the copy was made."""
    with closing(_open(copy)) as connection:
        return dict(_events_in(connection)).get(event_id)


def progress_of(database: Path) -> Progress:
    """How far a database has come. Raises sqlite3.Error."""
    with closing(_open(database)) as connection:
        (event_open,) = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM events WHERE open AND NOT rehearsal)"
        ).fetchone()
        others = connection.execute(
            "SELECT (SELECT max(id) FROM audit), (SELECT max(at) FROM answers)"
        ).fetchone()
        return Progress(bool(event_open), (*_events_in(connection), *others))


def _events_in(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Each event's id and version."""
    return connection.execute("SELECT id, version FROM events ORDER BY id").fetchall()


def _open(database: Path) -> sqlite3.Connection:
    """A connection to a database that is there; it says itself when a transaction begins."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _see_that_there_is_room(source: Path, folder: Path) -> None:
    beside = source.with_name(f"{source.name}-wal")
    size = source.stat().st_size + (beside.stat().st_size if beside.exists() else 0)
    needed = size + LEFT_FREE_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OSError(
            f"only {free // 1_000_000} MB are free in {folder}, and {needed // 1_000_000} are needed"
        )
