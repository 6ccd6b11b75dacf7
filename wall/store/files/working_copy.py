"""A working copy of what was stored in a file: private, and in today's tables."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, update
from sqlalchemy.exc import DBAPIError

from wall.store.engine import open_writer
from wall.store.files.inspection import inspect_rows
from wall.store.files.seal import Kind, break_seal, check
from wall.store.migrate import migrate
from wall.store.problems import CannotUse, FromNewer, OtherTables
from wall.store.tables import events

VERSIONS_AHEAD = 100_000
"""More changes than are made between two backups."""


@contextmanager
def working_copy(file: Path, copy: Path, *kinds: Kind) -> Iterator[Engine]:
    """A checked copy of `file`, open. At the end it is one closed file; `file` itself stays as it is.

    The versions of its events are beyond all that any screen has seen, and screens from before start again: what
    they know may never have happened here. Raises CannotUse.
    """
    engine = None
    try:
        _copy(file, copy)
        check(copy, *kinds, name=file)
        break_seal(copy)
        engine = open_writer(f"sqlite:///{copy}")
        migrate(engine)
        ahead = events.c.version + VERSIONS_AHEAD
        with engine.begin() as connection:
            inspect_rows(connection, file)
            connection.execute(update(events).values(version=ahead, emptied=ahead))
        yield engine
    except (CannotUse, FromNewer, OtherTables, OSError, DBAPIError, sqlite3.Error) as error:
        raise CannotUse(f"{_why(file, error)} Nothing was changed.") from error
    finally:
        if engine is not None:
            engine.dispose()


def _copy(file: Path, copy: Path) -> None:
    shutil.copyfile(file, copy)
    beside = file.with_name(f"{file.name}-wal")
    if beside.exists():  # of a database that was copied by hand while it was in use
        shutil.copyfile(beside, copy.with_name(f"{copy.name}-wal"))


def _why(file: Path, error: Exception) -> str:
    if isinstance(error, CannotUse):
        return str(error)
    if isinstance(error, FromNewer):
        return f"{file} was made by a newer Scribe Wall ({error}). Update this one first."
    if isinstance(error, OtherTables):
        return f"{file} does not have the tables of Scribe Wall ({error})."
    return f"{file} could not be loaded: {getattr(error, 'orig', error)}."
