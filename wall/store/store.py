"""One database, opened: reads for everybody, writes through the ledger."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from wall.core.runtime import OffLoop
from wall.store.backups import Backups
from wall.store.engine import empty_log, open_readers, open_writer
from wall.store.identity import read_identity
from wall.store.in_use import InUse, share
from wall.store.ledger import Action, Ledger, T
from wall.store.migrate import migrate
from wall.store.problems import CannotOpen, FromNewer, OtherTables
from wall.store.whole_files import make_private, remove_half


class Store:
    """What services are handed. `read` for one consistent look, `write` for one action of the ledger."""

    def __init__(
        self, file: Path, readers: Engine, writer: Engine, ledger: Ledger, let_go: Callable[[], None]
    ) -> None:
        self.ledger = ledger
        self.rights_changed: Callable[[], None] = lambda: (
            None
        )  # hears that a session ended or a role was taken
        self.backups = Backups(file)
        self._file = file
        self._readers = readers
        self._writer = writer
        self._let_go = let_go
        self._traces = True  # a power cut may have come before the last ones were wiped away

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on which all reads see the same moment."""
        with self._readers.begin() as connection:
            yield connection

    @contextmanager
    def read_apart(self) -> Iterator[Connection]:
        """As `read`, for a long look off the loop: nothing is shared that the loop could have to wait for."""
        engine = open_readers(self._readers.url)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

    @cached_property
    def identity(self) -> str:
        """Which database this is; see wall.store.identity."""
        with self.read() as connection:
            return read_identity(connection)

    def write(self, action: Action[T]) -> T:
        """See Ledger.write."""
        return self.ledger.write(action)

    def erase(self, action: Action[T]) -> T:
        """As `write`, for what takes something out for good. See wipe."""
        outcome = self.write(action)
        self._traces = True
        return outcome

    def wipe(self) -> None:
        """Leave nothing of what was erased in any file of the database. It blocks: call it off the loop.

        Does nothing where nothing was erased; where somebody reads just now, the next call tries again.
        """
        if self._traces:
            self._traces = False  # before the log is emptied: somebody may erase something meanwhile
            if not empty_log(self._file):
                self._traces = True

    def free_bytes(self) -> int:
        """How much room is left on the disk that holds the database."""
        return shutil.disk_usage(self._file.parent).free

    def back_up(self, name: str) -> Path:
        """See Backups.make."""
        return self.backups.make(name)

    def close(self) -> None:
        """Finish what was accepted, then let go of the database."""
        self.ledger.close()
        self._readers.dispose()
        self._writer.dispose()
        self._let_go()


def open_store(url: str, off_loop: OffLoop) -> Store:
    """Open the database at `url`, making or migrating it first where it needs that.

    Raises CannotOpen where the file is no database, cannot be written, has other tables or is newer than this program.
    """
    file = Path(url.removeprefix("sqlite:///"))
    try:
        let_go = share(file)
        try:
            remove_half(file)  # of a restore; none is being made while we hold the database
            make_private(file)
            writer = open_writer(url)
            migrate(writer)
        except BaseException:
            let_go()
            raise
    except InUse:
        raise CannotOpen(f"DATABASE_URL: a backup takes the place of {url} just now; try again.") from None
    except OSError as error:
        raise CannotOpen(f"DATABASE_URL: {url} cannot be used: {error.strerror}.") from error
    except DBAPIError as error:
        raise CannotOpen(f"DATABASE_URL: {url} cannot be used: {error.orig}.") from error
    except FromNewer as error:
        raise CannotOpen(f"DATABASE_URL: {url} was made by a newer Scribe Wall ({error}).") from error
    except OtherTables as error:
        raise CannotOpen(
            f"DATABASE_URL: the tables of {url} are not those that this Scribe Wall works with: {error}. "
            "Nothing was changed. “python run.py backups” lists the copies; “python run.py restore FILE” puts one in its place."
        ) from error
    return Store(file, open_readers(url), writer, Ledger(writer, off_loop), let_go)
