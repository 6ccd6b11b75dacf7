"""One database, opened: reads for everybody, writes through the ledger."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from wall.core.runtime import OffLoop
from wall.store.engine import open_readers, open_writer
from wall.store.ledger import Action, Ledger, T
from wall.store.migrate import migrate


class Store:
    """What services are handed. `read` for one consistent look, `write` for one action of the ledger."""

    def __init__(self, readers: Engine, writer: Engine, ledger: Ledger) -> None:
        self.ledger = ledger
        self._readers = readers
        self._writer = writer

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on which all reads see the same moment."""
        with self._readers.begin() as connection:
            yield connection

    def write(self, action: Action[T]) -> T:
        """See Ledger.write."""
        return self.ledger.write(action)

    def close(self) -> None:
        """Finish what was accepted, then let go of the database."""
        self.ledger.close()
        self._readers.dispose()
        self._writer.dispose()


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
