"""A backup takes the place of the database."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from wall.store.files.atomic_files import SQLITE_SIDES, atomic_write
from wall.store.files.lock import ExclusiveLock, InUse
from wall.store.files.log_file import log_belongs_to
from wall.store.files.seal import Kind
from wall.store.files.startup_check import log_of
from wall.store.files.working_copy import working_copy
from wall.store.problems import CannotRestore
from wall.store.queries import sessions
from wall.store.queries.erasing import erasures_in, repeat_erasures


def restore_database(backup: Path, database: Path, aside: Path) -> bool:
    """Put what a backup holds in the database's place, and set aside what was there as `aside`.

    What was erased since the backup was made is not brought back, and no session that was ended; False where there is no database to be read, so
    that nobody knows what was. Raises CannotUse, or CannotRestore while somebody uses the database or where the disk
    is full. Nothing has changed then.
    """
    try:
        alone = ExclusiveLock(database)
    except InUse:
        raise CannotRestore(
            f"A server is running on {database}. Stop it first (Ctrl-C), then restore again. Nothing was changed."
        ) from None
    replaced = False
    try:
        with atomic_write(database) as fresh:
            readable = database.exists() and log_belongs_to(database, log_of(database))
            erased = erasures_in(database) if readable else None
            living = sessions.living_in(database) if readable else None
            with (
                working_copy(backup, fresh, Kind.BACKUP, Kind.DATABASE) as engine,
                engine.begin() as restored,
            ):
                repeat_erasures(restored, erased or [])
                if living is not None:
                    sessions.end_all_but(restored, living)
            _set_aside(database, aside, readable=readable)
        replaced = True
    except OSError as error:
        raise CannotRestore(f"{backup} was not restored: {error}. Nothing was changed.") from error
    finally:
        alone.release(replaced=replaced)
    return erased is not None


def _take_log_in(connection: sqlite3.Connection, database: Path) -> None:
    """Bring into the database what a power cut left in the write-ahead log. Raises CannotRestore."""
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise CannotRestore(
                f"Another program has {database} open. Close it, then restore again. Nothing was changed."
            ) from None
        raise


def _set_aside(database: Path, aside: Path, *, readable: bool) -> None:
    """Give a database that nobody uses a second name; the first one is taken over from it a moment later."""
    if database.exists():
        database.chmod(0o600)
        if readable:
            with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
                _take_log_in(connection, database)
        try:
            aside.hardlink_to(database)
        except OSError:  # a file system without links: there is no moment without a database
            with atomic_write(aside) as half:
                shutil.copyfile(database, half)
    for side in SQLITE_SIDES:  # of one that is damaged or gone: a new database would take them for its own
        with suppress(FileNotFoundError):
            database.with_name(database.name + side).rename(aside.with_name(aside.name + side))
