"""One database, opened: reads for everybody, writes through the ledger."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from wall.core.runtime import OffLoop
from wall.store.backup import copy_database
from wall.store.engine import open_readers, open_writer
from wall.store.ledger import Action, Ledger, T
from wall.store.migrate import migrate


class Store:
    """What services are handed. `read` for one consistent look, `write` for one action of the ledger."""

    def __init__(self, readers: Engine, writer: Engine, ledger: Ledger) -> None:
        self.ledger = ledger
        self._readers = readers
        self._writer = writer
        self._file = Path(readers.url.database or "wall.db")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on which all reads see the same moment."""
        with self._readers.begin() as connection:
            yield connection

    def write(self, action: Action[T]) -> T:
        """See Ledger.write."""
        return self.ledger.write(action)

    def free_bytes(self) -> int:
        """How much room is left on the disk that holds the database."""
        return shutil.disk_usage(self._file.parent).free

    def back_up(self, name: str) -> Path:
        """Copy the database to `backups/NAME.db` beside it. It blocks: call it off the loop. Raises CannotBackUp."""
        target = self._file.parent / "backups" / f"{name}.db"
        try:
            copy_database(self._file, target)
        except (sqlite3.Error, OSError) as error:
            raise CannotBackUp(str(error)) from error
        return target

    def close(self) -> None:
        """Finish what was accepted, then let go of the database."""
        self.ledger.close()
        self._readers.dispose()
        self._writer.dispose()


class CannotBackUp(Exception):
    """A copy could not be made; the message says why."""


class CannotOpen(Exception):
    """A database that cannot be used; the message says which and why."""


def open_store(url: str, off_loop: OffLoop) -> Store:
    """Open the database at `url`, making or migrating it first where it needs that.

    Raises CannotOpen where the file is no database, cannot be written, or is newer than this program.
    """
    writer = open_writer(url)
    try:
        migrate(writer)
    except DBAPIError as error:
        raise CannotOpen(f"DATABASE_URL: {url} cannot be used: {error.orig}.") from error
    except CommandError as error:
        raise CannotOpen(f"DATABASE_URL: {url} was made by a newer Scribe Wall ({error}).") from error
    return Store(open_readers(url), writer, Ledger(writer, off_loop))
